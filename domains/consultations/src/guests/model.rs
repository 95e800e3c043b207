//! The third party and how far it has come.

use kernel::{
    Phi, Timestamp,
    ids::{PatientId, PractitionerId, VisitGuestId, VisitId},
};
use serde::{Deserialize, Serialize};

/// Third parties of a visit at once: so many more lines a browser opens.
pub(crate) const MOST: usize = 2;
/// A link that nobody opens.
pub(super) const LINK_MINUTES: i64 = 60;
/// Characters of a typed name.
pub(super) const LONGEST_NAME: usize = 80;

/// As what somebody comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GuestRole {
    Family,
    Guardian,
    Interpreter,
    Nurse,
    Trainee,
}

impl GuestRole {
    pub const ALL: [Self; 5] = [Self::Family, Self::Guardian, Self::Interpreter, Self::Nurse, Self::Trainee];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Family => "family",
            Self::Guardian => "guardian",
            Self::Interpreter => "interpreter",
            Self::Nurse => "nurse",
            Self::Trainee => "trainee",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// How far a third party has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GuestStanding {
    /// The link waits to be opened.
    Invited,
    /// Nobody opened it in time.
    Expired,
    /// There, at the door.
    Waiting,
    /// In the room.
    Admitted,
    Revoked,
}

impl GuestStanding {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Expired => "expired",
            Self::Waiting => "waiting",
            Self::Admitted => "admitted",
            Self::Revoked => "revoked",
        }
    }

    /// Neither gone nor too late.
    pub const fn counts(self) -> bool {
        matches!(self, Self::Invited | Self::Waiting | Self::Admitted)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    pub id: VisitGuestId,
    pub visit: VisitId,
    pub patient: PatientId,
    pub practitioner: PractitionerId,
    pub role: GuestRole,
    /// As typed by the guest.
    pub name: Option<Phi<String>>,
    pub expires_at: Timestamp,
    pub patient_consented_at: Option<Timestamp>,
    pub doctor_consented_at: Option<Timestamp>,
    pub came_at: Option<Timestamp>,
    pub admitted_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    /// The doctor lets them share a screen.
    pub may_share_since: Option<Timestamp>,
}

impl Guest {
    pub fn standing(&self, now: Timestamp) -> GuestStanding {
        match (self.revoked_at, self.admitted_at, self.came_at) {
            (Some(_), _, _) => GuestStanding::Revoked,
            (None, Some(_), _) => GuestStanding::Admitted,
            (None, None, Some(_)) => GuestStanding::Waiting,
            (None, None, None) if now >= self.expires_at => GuestStanding::Expired,
            (None, None, None) => GuestStanding::Invited,
        }
    }

    pub fn has_consents(&self) -> bool {
        self.patient_consented_at.is_some() && self.doctor_consented_at.is_some()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_guest_comes_step_by_step_and_can_be_sent_away_at_each() {
        let at = |second: i64| Timestamp::from_unix_seconds(1_790_000_000 + second);
        let invited = Guest {
            id: VisitGuestId::from_uuid(Uuid::nil()),
            visit: VisitId::from_uuid(Uuid::nil()),
            patient: PatientId::from_uuid(Uuid::nil()),
            practitioner: PractitionerId::from_uuid(Uuid::nil()),
            role: GuestRole::Interpreter,
            name: None,
            expires_at: at(60),
            patient_consented_at: Some(at(0)),
            doctor_consented_at: None,
            came_at: None,
            admitted_at: None,
            revoked_at: None,
            may_share_since: None,
        };
        let came = Guest { came_at: Some(at(10)), doctor_consented_at: Some(at(5)), ..invited.clone() };
        let inside = Guest { admitted_at: Some(at(20)), ..came.clone() };
        assert_eq!(invited.standing(at(59)), GuestStanding::Invited);
        assert_eq!(invited.standing(at(60)), GuestStanding::Expired);
        assert_eq!(came.standing(at(99)), GuestStanding::Waiting, "who came in time may wait");
        assert_eq!(inside.standing(at(99)), GuestStanding::Admitted);
        assert!(!invited.has_consents() && came.has_consents());
        for guest in [invited, came, inside] {
            let revoked = Guest { revoked_at: Some(at(30)), ..guest };
            assert_eq!(revoked.standing(at(99)), GuestStanding::Revoked);
        }
    }
}
