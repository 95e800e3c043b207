use kernel::{
    Money, Timestamp,
    ids::{AppointmentId, ChargeId, EVisitId, PatientId, PractitionerId, ThreadId},
};
use serde::Serialize;

/// As it stands in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Proposed,
    Accepted,
    Declined,
    Withdrawn,
    Expired,
    /// Paid, and not answered in time: the money went back.
    Unanswered,
}

impl Status {
    pub const ALL: [Self; 6] =
        [Self::Proposed, Self::Accepted, Self::Declined, Self::Withdrawn, Self::Expired, Self::Unanswered];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::Unanswered => "unanswered",
        }
    }

    pub fn read(code: &str) -> Self {
        Self::ALL.into_iter().find(|status| status.code() == code).unwrap_or(Self::Expired)
    }
}

/// A price for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EVisit {
    pub id: EVisitId,
    pub thread: ThreadId,
    pub patient: PatientId,
    pub practitioner: PractitionerId,
    pub appointment: AppointmentId,
    pub price: Money,
    pub status: Status,
    pub proposed_at: Timestamp,
    /// From then on it is not accepted; once accepted, not paid.
    pub ends_at: Timestamp,
    pub charge: Option<ChargeId>,
    pub paid_at: Option<Timestamp>,
    /// Once paid: from then on the money goes back.
    pub answer_due_at: Option<Timestamp>,
    pub answered_at: Option<Timestamp>,
}

impl EVisit {
    /// Whether or not a job has run: what is over is over by the clock.
    pub fn status_at(&self, now: Timestamp) -> Status {
        match self.status {
            Status::Proposed if now >= self.ends_at => Status::Expired,
            Status::Accepted if self.paid_at.is_none() && now >= self.ends_at => Status::Expired,
            status => status,
        }
    }

    pub fn may_be_accepted(&self, now: Timestamp) -> bool {
        self.status_at(now) == Status::Proposed
    }

    /// Accepted and not paid: the answer is held.
    pub fn holds_answer(&self, now: Timestamp) -> bool {
        self.status_at(now) == Status::Accepted && self.paid_at.is_none()
    }

    /// Paid, and the team owes an answer.
    pub fn awaits_answer(&self) -> bool {
        self.status == Status::Accepted && self.paid_at.is_some() && self.answered_at.is_none()
    }

    /// Nothing else may be proposed beside it.
    pub fn stands(&self, now: Timestamp) -> bool {
        self.may_be_accepted(now) || self.holds_answer(now) || self.awaits_answer()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_unix_seconds(1_790_000_000).plus_minutes(minute)
    }

    fn e_visit(status: Status) -> EVisit {
        let id = uuid::Uuid::nil();
        EVisit {
            id: id.into(),
            thread: id.into(),
            patient: id.into(),
            practitioner: id.into(),
            appointment: id.into(),
            price: Money::new(100, kernel::Currency::USD),
            status,
            proposed_at: at(0),
            ends_at: at(60),
            charge: None,
            paid_at: None,
            answer_due_at: None,
            answered_at: None,
        }
    }

    #[test]
    fn what_is_over_is_over_by_the_clock() {
        let proposed = e_visit(Status::Proposed);
        assert!(proposed.may_be_accepted(at(59)) && !proposed.may_be_accepted(at(60)));
        let accepted = e_visit(Status::Accepted);
        assert!(accepted.holds_answer(at(59)) && !accepted.holds_answer(at(60)), "unpaid in time, it holds nothing");
        let paid = EVisit { paid_at: Some(at(5)), ..accepted };
        assert!(!paid.holds_answer(at(6)) && paid.awaits_answer() && paid.stands(at(600)));
        let answered = EVisit { answered_at: Some(at(9)), ..paid };
        assert!(!answered.stands(at(10)));
        for status in [Status::Declined, Status::Withdrawn, Status::Expired, Status::Unanswered] {
            assert!(!e_visit(status).stands(at(1)), "{status:?}");
        }
    }
}
