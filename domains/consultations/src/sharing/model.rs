//! Who shares, and until when that holds.

use kernel::{
    Phi, Timestamp,
    ids::{AccountId, ScreenShareId, VisitGuestId},
};
use serde::Serialize;

use crate::{
    guests::GuestRole,
    visits::{Side, Visit},
};

/// A page renews every eight seconds: two may be lost.
const LAPSES_AFTER_SECONDS: i64 = 20;

/// Somebody in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharer {
    Person(AccountId, Side),
    Guest(VisitGuestId, GuestRole),
}

impl Sharer {
    pub const fn role(self) -> &'static str {
        match self {
            Self::Person(_, side) => side.code(),
            Self::Guest(_, role) => role.code(),
        }
    }

    pub(super) const fn account(self) -> Option<AccountId> {
        match self {
            Self::Person(account, _) => Some(account),
            Self::Guest(..) => None,
        }
    }

    pub(super) const fn guest(self) -> Option<VisitGuestId> {
        match self {
            Self::Person(..) => None,
            Self::Guest(guest, _) => Some(guest),
        }
    }
}

/// To share one's screen.
#[derive(Debug, Clone)]
pub struct Start {
    /// Names the page.
    pub client: String,
    /// Whoever shares now gives way.
    pub take_over: bool,
}

/// Why it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndReason {
    Stopped,
    Left,
    TakenOver,
    /// The doctor took the leave back, or one of the two the invitation.
    Withdrawn,
    VisitOver,
    /// The page fell silent.
    Lost,
}

impl EndReason {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Left => "left",
            Self::TakenOver => "taken_over",
            Self::Withdrawn => "withdrawn",
            Self::VisitOver => "visit_over",
            Self::Lost => "lost",
        }
    }
}

/// A screen that is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    pub id: ScreenShareId,
    pub account: Option<AccountId>,
    pub guest: Option<VisitGuestId>,
    pub role: String,
    /// Of a third party, as typed.
    pub guest_name: Option<Phi<String>>,
    pub client: String,
    pub renewed_at: Timestamp,
}

impl Share {
    pub fn is_live(&self, now: Timestamp) -> bool {
        now.seconds_since(self.renewed_at) <= LAPSES_AFTER_SECONDS
    }

    pub fn is_of(&self, who: Sharer) -> bool {
        match who {
            Sharer::Person(account, _) => self.account == Some(account),
            Sharer::Guest(guest, _) => self.guest == Some(guest),
        }
    }

    /// The peer of the media room whose picture it is.
    pub(crate) fn peer(&self) -> Option<uuid::Uuid> {
        self.account.map(AccountId::uuid).or(self.guest.map(VisitGuestId::uuid))
    }
}

/// As pages are told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub(crate) struct Shown {
    /// `patient`, `doctor`, or as what a third party came.
    role: String,
    name: String,
    /// By the account or guest that is told.
    mine: bool,
    /// Names the page that shares.
    client: String,
}

impl Shown {
    pub(crate) fn new(share: &Share, visit: &Visit, mine: bool) -> Self {
        let name = match share.role.as_str() {
            "patient" => visit.patient_name.clone(),
            "doctor" => visit.practitioner_name.clone(),
            _ => share.guest_name.as_ref().map(|name| name.expose().clone()).unwrap_or_default(),
        };
        Self { role: share.role.clone(), name, mine, client: share.client.clone() }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_share_lapses_when_its_page_is_silent() {
        let at = |second: i64| Timestamp::from_unix_seconds(1_790_000_000 + second);
        let account = AccountId::from_uuid(Uuid::from_u128(1));
        let share = Share {
            id: ScreenShareId::from_uuid(Uuid::nil()),
            account: Some(account),
            guest: None,
            role: "doctor".to_owned(),
            guest_name: None,
            client: "a page".to_owned(),
            renewed_at: at(0),
        };
        assert!(share.is_live(at(20)) && !share.is_live(at(21)));
        assert!(share.is_of(Sharer::Person(account, Side::Doctor)));
        assert!(!share.is_of(Sharer::Guest(VisitGuestId::from_uuid(Uuid::from_u128(1)), GuestRole::Nurse)));
    }
}
