//! A supervision, and whether it is in force.

use kernel::{
    FieldError, LocalDate, Timestamp, Zone,
    ids::{PractitionerId, SupervisionId},
};
use serde::Serialize;

/// How far a supervision has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Its first day has not come.
    Planned,
    InForce,
    /// Its last day has passed, or it was ended.
    Over,
}

impl Phase {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::InForce => "in_force",
            Self::Over => "over",
        }
    }
}

/// That one doctor's notes are checked by another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supervision {
    pub id: SupervisionId,
    pub trainee: PractitionerId,
    pub supervisor: PractitionerId,
    pub supervisor_name: String,
    /// The trainee's days, the last one included.
    pub from: LocalDate,
    pub until: Option<LocalDate>,
    pub ended_at: Option<Timestamp>,
    /// Of the trainee, whose days these are.
    pub zone: Zone,
}

impl Supervision {
    pub fn phase(&self, now: Timestamp) -> Phase {
        let today = now.date_in(&self.zone);
        if self.ended_at.is_some() || self.until.is_some_and(|until| until < today) {
            Phase::Over
        } else if self.from > today {
            Phase::Planned
        } else {
            Phase::InForce
        }
    }
}

/// A supervision is planned for no more than this many days ahead.
const AHEAD: i32 = 366;

/// What to do about the days; `today` is the trainee's.
pub(super) fn check_days(from: LocalDate, until: Option<LocalDate>, today: LocalDate) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if from < today || from > today.plus_days(AHEAD) {
        errors.push(FieldError::new("from", "consultations-error-supervision-from"));
    }
    if until.is_some_and(|until| until < from) {
        errors.push(FieldError::new("until", "consultations-error-supervision-until"));
    }
    errors
}

#[cfg(test)]
mod tests {
    use kernel::ids::{PractitionerId, SupervisionId};
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> LocalDate {
        text.parse().expect("a day")
    }

    fn of(from: &str, until: Option<&str>) -> Supervision {
        Supervision {
            id: SupervisionId::from_uuid(Uuid::nil()),
            trainee: PractitionerId::from_uuid(Uuid::nil()),
            supervisor: PractitionerId::from_uuid(Uuid::nil()),
            supervisor_name: String::new(),
            from: day(from),
            until: until.map(day),
            ended_at: None,
            zone: "Asia/Dhaka".parse().expect("a zone"),
        }
    }

    #[test]
    fn it_is_in_force_from_its_first_to_its_last_day_where_the_trainee_works() {
        let one = of("2026-12-01", Some("2026-12-02"));
        let at = |text: &str| one.phase(text.parse().expect("a time"));
        assert_eq!(at("2026-11-30T17:59:00Z"), Phase::Planned);
        assert_eq!(at("2026-11-30T18:00:00Z"), Phase::InForce, "midnight in Dhaka");
        assert_eq!(at("2026-12-02T17:59:00Z"), Phase::InForce);
        assert_eq!(at("2026-12-02T18:00:00Z"), Phase::Over);
        let now: Timestamp = "2026-12-01T10:00:00Z".parse().expect("a time");
        assert_eq!(Supervision { ended_at: Some(now), ..one.clone() }.phase(now), Phase::Over);
    }

    #[test]
    fn it_begins_today_or_later_and_does_not_end_before_it_begins() {
        let today = day("2026-12-01");
        assert!(check_days(today, None, today).is_empty());
        assert_eq!(check_days(day("2026-11-30"), None, today)[0].field, "from");
        assert_eq!(check_days(today, Some(day("2026-11-30")), today)[0].field, "until");
    }
}
