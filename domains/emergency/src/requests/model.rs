use kernel::{
    Locale, Timestamp, Zone,
    ids::{AppointmentId, PatientId, PractitionerId, UrgentRequestId},
};

use crate::acuity::Acuity;

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$word_doc])* $word),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$word),+];
            pub const fn code(self) -> &'static str { match self { $(Self::$word => $code),+ } }
            pub(crate) fn read(code: &str) -> Option<Self> { Self::ALL.iter().copied().find(|one| one.code() == code) }
        }
    };
}
pub(crate) use codes;

codes! {
    /// Where a request stands.
    Status {
        Seeking = "seeking",
        /// A doctor has said yes to a guest and waits to hear who it is.
        Accepted = "accepted",
        Booked = "booked",
        /// Nobody was found: to the emergency department, with a note.
        Escalated = "escalated",
        /// Nobody was found for what can wait for an ordinary visit.
        Unmet = "unmet",
        Cancelled = "cancelled",
        /// The guest never said who they are.
        Lapsed = "lapsed",
    }
}

codes! {
    /// The steps of the ladder, in their order.
    Rung {
        /// Free minutes, and those that are kept back for this.
        Reserved = "reserved",
        /// Doctors who are ready now are asked.
        Pool = "pool",
        /// A place in a buffer, or over what is booked.
        Insert = "insert",
        /// The time of somebody who can wait.
        Displace = "displace",
        Escalate = "escalate",
    }
}

impl Status {
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Seeking | Self::Accepted)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub id: UrgentRequestId,
    /// `None`: a guest who has not said who they are.
    pub patient: Option<PatientId>,
    pub country: Option<String>,
    pub locale: Locale,
    pub zone: Zone,
    pub acuity: Acuity,
    pub status: Status,
    pub rung: Rung,
    /// Steps that were taken.
    pub step: i32,
    pub next_at: Timestamp,
    pub promised_by: Timestamp,
    pub practitioner: Option<PractitionerId>,
    pub appointment: Option<AppointmentId>,
    pub held_until: Option<Timestamp>,
    pub is_override: bool,
    pub created_at: Timestamp,
}

impl Request {
    /// As it is at an instant: a doctor does not wait for a guest for ever, whether or not a job has written that down.
    pub fn status_at(&self, now: Timestamp) -> Status {
        match (self.status, self.held_until) {
            (Status::Accepted, Some(end)) if end <= now => Status::Lapsed,
            (status, _) => status,
        }
    }
}
