//! Appointments as words, and what can be done with each.

use kernel::{Money, Timestamp, Zone};
use web::PageFrame;

use super::store::Coming;
use crate::doctors::{day_name, doctor_name, initials};

/// The waiting room opens this many minutes before the visit.
pub(super) const OPENS_BEFORE_MIN: i64 = 15;

/// What the next step of an appointment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Pay before the hold ends.
    Pay,
    /// The doctor has not answered.
    Wait,
    /// The waiting room, or the visit, is open.
    Join,
    /// Online, but not open yet.
    Later,
    /// At the clinic.
    Come,
}

#[derive(Debug)]
pub(super) struct Visit {
    pub(super) href: String,
    /// Whose it is, where it is not that of whom the page is about.
    pub(super) whose: String,
    pub(super) doctor: String,
    pub(super) initials: String,
    pub(super) specialties: String,
    pub(super) when: String,
    pub(super) short: String,
    pub(super) mode: String,
    pub(super) place: String,
    pub(super) step: Step,
    pub(super) go: String,
    pub(super) note: String,
}

/// What can be done with this appointment now.
pub(super) fn step(coming: &Coming, now: Timestamp) -> Step {
    match (coming.status.as_str(), coming.mode.as_str()) {
        ("held", _) => Step::Pay,
        ("requested", _) => Step::Wait,
        (_, "in_person") => Step::Come,
        _ if coming.visit.is_some() || coming.visit_status != "not_open" => Step::Join,
        _ if coming.starts_at.minutes_since(now) < OPENS_BEFORE_MIN => Step::Join,
        _ => Step::Later,
    }
}

pub(super) fn visit(page: &PageFrame, coming: &Coming, zone: &Zone, now: Timestamp) -> Visit {
    let step = step(coming, now);
    let href = format!("/appointments/{}", coming.id);
    let go = match (step, coming.visit) {
        (Step::Pay, _) => format!("{href}/checkout"),
        (Step::Join, Some(visit)) => format!("/visits/{visit}"),
        (Step::Join, None) => format!("{href}/waiting-room"),
        _ => href.clone(),
    };
    let (day, time) = (day_name(page, coming.starts_at, zone, now), page.time(coming.starts_at));
    let names = coming.specialties.iter().map(|code| page.t(format!("specialty-{code}")));
    let whose = page.people.iter().find(|one| one.patient == coming.patient && !one.is_chosen);
    Visit {
        whose: whose.map(|one| page.tr("home-visit-for", [("name", one.name.as_str())])).unwrap_or_default(),
        doctor: doctor_name(page, &coming.doctor),
        initials: initials(&coming.doctor),
        specialties: names.collect::<Vec<_>>().join(" · "),
        when: page.when(coming.starts_at),
        short: page.tr("home-day-and-time", [("day", day.as_str()), ("time", time.as_str())]),
        mode: page.t(format!("shared-mode-{}", coming.mode)),
        place: coming.place.clone().unwrap_or_default(),
        note: note(page, coming, step),
        step,
        go,
        href,
    }
}

fn note(page: &PageFrame, coming: &Coming, step: Step) -> String {
    let at = |key: &str, at: Timestamp| page.tr(key, [("time", page.time(at).as_str())]);
    match (step, coming.hold_expires_at) {
        (Step::Pay, Some(ends)) => {
            let price = page.money(Money::new(coming.price_amount, coming.currency));
            let time = page.time(ends);
            page.tr("home-pay-before", [("price", price.as_str()), ("time", time.as_str())])
        }
        (Step::Wait, _) => page.t("home-waiting-answer"),
        (Step::Later, _) => at("home-join-opens", coming.starts_at.plus_minutes(-OPENS_BEFORE_MIN)),
        (Step::Join, _) => page.t("home-join-open"),
        (Step::Come, _) => page.t("home-come-early"),
        (Step::Pay, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coming(status: &str, mode: &str, starts_at: Timestamp) -> Coming {
        let id = "019350f0-0000-7000-8000-000000000001".parse().expect("an id");
        Coming {
            id,
            patient: kernel::ids::PatientId::from_uuid(uuid::Uuid::nil()),
            status: status.into(),
            visit_status: "not_open".into(),
            mode: mode.into(),
            starts_at,
            hold_expires_at: None,
            price_amount: 2_400,
            currency: kernel::Currency::USD,
            doctor: "Nusrat Rahman".into(),
            specialties: vec![],
            place: None,
            visit: None,
        }
    }

    #[test]
    fn the_door_opens_a_quarter_of_an_hour_before() {
        let now: Timestamp = "2026-11-21T10:00:00Z".parse().expect("an instant");
        assert_eq!(step(&coming("confirmed", "video", now.plus_minutes(16)), now), Step::Later);
        assert_eq!(step(&coming("confirmed", "video", now.plus_minutes(14)), now), Step::Join);
        assert_eq!(step(&coming("confirmed", "in_person", now), now), Step::Come);
        assert_eq!(step(&coming("held", "video", now), now), Step::Pay);
        assert_eq!(step(&coming("requested", "video", now), now), Step::Wait);
    }
}
