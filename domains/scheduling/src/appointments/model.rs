use std::fmt;

use kernel::{
    Fault, FaultKind, Money, TimeSlot, Timestamp, Zone,
    ids::{AccountId, AppointmentId, ChargeId, FacilityId, PatientId, PractitionerId, ServiceId},
};
use serde::{Deserialize, Serialize};

use crate::{cancellation::Policy, slots::Mode};

macro_rules! written_states {
    ($(#[$doc:meta])* $name:ident { $($(#[$state_doc:meta])* $state:ident = $code:literal / $key:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$state_doc])* $state),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$state),+];
            /// As stored and as the API writes it.
            pub const fn code(self) -> &'static str { match self { $(Self::$state => $code),+ } }
            /// Fluent key of the label.
            pub const fn label_key(self) -> &'static str { match self { $(Self::$state => $key),+ } }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.code()) }
        }
        impl std::str::FromStr for $name {
            type Err = UnknownState;
            fn from_str(code: &str) -> Result<Self, UnknownState> {
                Self::ALL.iter().copied().find(|state| state.code() == code).ok_or(UnknownState)
            }
        }
    };
}

/// No state has this code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no state is called that")]
pub struct UnknownState;

written_states! {
    /// Whether the time is the patient's.
    Status {
        /// The doctor has to say yes first; the time is kept meanwhile.
        Requested = "requested" / "shared-appointment-requested",
        /// The time is kept until it is paid, or the hold ends.
        Held = "held" / "shared-appointment-held",
        Confirmed = "confirmed" / "shared-appointment-confirmed",
        Fulfilled = "fulfilled" / "shared-appointment-fulfilled",
        Rejected = "rejected" / "shared-appointment-rejected",
        Expired = "expired" / "shared-appointment-expired",
        Released = "released" / "shared-appointment-released",
        CancelledByPatient = "cancelled_by_patient" / "shared-appointment-cancelled_by_patient",
        CancelledByDoctor = "cancelled_by_doctor" / "shared-appointment-cancelled_by_doctor",
        CancelledByPlatform = "cancelled_by_platform" / "shared-appointment-cancelled_by_platform",
        NoShowPatient = "no_show_patient" / "shared-appointment-no_show_patient",
        NoShowDoctor = "no_show_doctor" / "shared-appointment-no_show_doctor",
        EnteredInError = "entered_in_error" / "shared-appointment-entered_in_error",
    }
}

written_states! {
    /// How far the meeting itself has come.
    VisitStatus {
        NotOpen = "not_open" / "shared-visit-not_open",
        Waiting = "waiting" / "shared-visit-waiting",
        InConsultation = "in_consultation" / "shared-visit-in_consultation",
        Ended = "ended" / "shared-visit-ended",
        Signed = "signed" / "shared-visit-signed",
    }
}

impl Status {
    /// The tone of its chip: "ok", "info", "warn", "crit" or "" for what is over.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Requested | Self::Held => "warn",
            Self::Confirmed => "ok",
            Self::Fulfilled => "info",
            Self::Rejected
            | Self::CancelledByDoctor
            | Self::CancelledByPlatform
            | Self::NoShowPatient
            | Self::NoShowDoctor => "crit",
            Self::Expired | Self::Released | Self::CancelledByPatient | Self::EnteredInError => "",
        }
    }

    /// The time is taken.
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Requested | Self::Held | Self::Confirmed)
    }

    /// Waits for an answer or for money, and lapses.
    pub const fn lapses(self) -> bool {
        matches!(self, Self::Requested | Self::Held)
    }
}

/// The named commands. Nothing else changes a state.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Verb {
    Approve,
    Reject,
    /// One of the waiting list takes the time that is kept for them.
    Accept,
    Confirm,
    Expire,
    Release,
    CancelByPatient,
    CancelByDoctor,
    CancelByPlatform,
    Reschedule,
    Arrive,
    Admit,
    End,
    Sign,
    MissByPatient,
    MissByDoctor,
    Reinstate,
}

impl Verb {
    pub const ALL: [Self; 17] = [
        Self::Approve,
        Self::Reject,
        Self::Accept,
        Self::Confirm,
        Self::Expire,
        Self::Release,
        Self::CancelByPatient,
        Self::CancelByDoctor,
        Self::CancelByPlatform,
        Self::Reschedule,
        Self::Arrive,
        Self::Admit,
        Self::End,
        Self::Sign,
        Self::MissByPatient,
        Self::MissByDoctor,
        Self::Reinstate,
    ];

    /// As written in `appointment_events`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Accept => "accept",
            Self::Confirm => "confirm",
            Self::Expire => "expire",
            Self::Release => "release",
            Self::CancelByPatient => "cancel_by_patient",
            Self::CancelByDoctor => "cancel_by_doctor",
            Self::CancelByPlatform => "cancel_by_platform",
            Self::Reschedule => "reschedule",
            Self::Arrive => "arrive",
            Self::Admit => "admit",
            Self::End => "end",
            Self::Sign => "sign",
            Self::MissByPatient => "miss_by_patient",
            Self::MissByDoctor => "miss_by_doctor",
            Self::Reinstate => "reinstate",
        }
    }
}

/// Both machines of an appointment (the third, the payment, is billing's).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
pub struct State {
    pub booking: Status,
    pub visit: VisitStatus,
}

/// The command does not fit the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cannot {} an appointment that is {} ({})", .verb.code(), .state.booking, .state.visit)]
pub struct IllegalTransition {
    pub state: State,
    pub verb: Verb,
}

impl Fault for IllegalTransition {
    fn kind(&self) -> FaultKind {
        let detail = serde_json::json!({ "status": self.state.booking.code(), "visit_status": self.state.visit.code(),
            "command": self.verb.code() });
        FaultKind::Conflict { code: "illegal_transition", detail: Some(detail) }
    }
}

impl State {
    pub const fn new(booking: Status, visit: VisitStatus) -> Self {
        Self { booking, visit }
    }

    /// The state after a command.
    #[expect(clippy::match_same_arms, reason = "a row of the table for each command reads better than joined rows")]
    pub fn after(self, verb: Verb) -> Result<Self, IllegalTransition> {
        use {Status as S, Verb as V, VisitStatus as W};
        let unseen = |booking| Some(Self::new(booking, W::NotOpen));
        let next = match (verb, self.booking, self.visit) {
            (V::Approve, S::Requested, W::NotOpen) => unseen(S::Held),
            (V::Reject, S::Requested, W::NotOpen) => unseen(S::Rejected),
            (V::Accept, S::Held, W::NotOpen) => unseen(S::Held),
            // From expired: money that came late, and the time is still free.
            (V::Confirm, S::Held | S::Expired, W::NotOpen) => unseen(S::Confirmed),
            (V::Expire, S::Requested | S::Held, W::NotOpen) => unseen(S::Expired),
            (V::Release, S::Requested | S::Held, W::NotOpen) => unseen(S::Released),
            (V::CancelByPatient, S::Confirmed, W::NotOpen | W::Waiting) => unseen(S::CancelledByPatient),
            (V::CancelByDoctor, S::Held | S::Confirmed, W::NotOpen | W::Waiting) => unseen(S::CancelledByDoctor),
            (V::CancelByPlatform, S::Requested | S::Held | S::Confirmed, W::NotOpen | W::Waiting) => {
                unseen(S::CancelledByPlatform)
            }
            (V::Reschedule, S::Confirmed, W::NotOpen) => unseen(S::Confirmed),
            (V::Arrive, S::Confirmed, W::NotOpen) => Some(Self::new(S::Confirmed, W::Waiting)),
            (V::Admit, S::Confirmed, W::Waiting) => Some(Self::new(S::Confirmed, W::InConsultation)),
            (V::End, S::Confirmed, W::InConsultation) => Some(Self::new(S::Fulfilled, W::Ended)),
            (V::Sign, S::Fulfilled, W::Ended) => Some(Self::new(S::Fulfilled, W::Signed)),
            (V::MissByPatient, S::Confirmed, W::NotOpen) => unseen(S::NoShowPatient),
            (V::MissByDoctor, S::Confirmed, W::NotOpen | W::Waiting) => unseen(S::NoShowDoctor),
            (V::Reinstate, S::NoShowPatient, W::NotOpen) => unseen(S::Confirmed),
            _ => None,
        };
        next.ok_or(IllegalTransition { state: self, verb })
    }
}

/// On whose side a command comes in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    Patient(AccountId),
    Doctor(AccountId),
    Administrator(AccountId),
    /// A nurse at the desk, who says that somebody is here and changes nothing else.
    Reception(AccountId),
    /// The clock, or money.
    System,
}

impl By {
    /// On whose side this person stands; `None` for somebody who has no part in it. Who is both patient and staff comes as the patient.
    pub(crate) fn of(actor: &access::Actor, appointment: &Appointment) -> Option<Self> {
        if actor.patients.contains(&appointment.patient) {
            Some(Self::Patient(actor.account))
        } else if actor.practitioner == Some(appointment.practitioner) {
            Some(Self::Doctor(actor.account))
        } else if actor.is(access::Role::Administrator) {
            Some(Self::Administrator(actor.account))
        } else {
            None
        }
    }

    pub(crate) const fn account(self) -> Option<AccountId> {
        match self {
            Self::Patient(account)
            | Self::Doctor(account)
            | Self::Administrator(account)
            | Self::Reception(account) => Some(account),
            Self::System => None,
        }
    }

    pub(crate) const fn role(self) -> &'static str {
        match self {
            Self::Patient(_) => "patient",
            Self::Doctor(_) => "doctor",
            Self::Administrator(_) => "administrator",
            Self::Reception(_) => "nurse",
            Self::System => "system",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Appointment {
    pub id: AppointmentId,
    pub patient: PatientId,
    pub practitioner: PractitionerId,
    pub service: ServiceId,
    pub facility: Option<FacilityId>,
    pub mode: Mode,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// The time with its buffers.
    pub busy: TimeSlot,
    /// As written. What holds now is `status_at`.
    pub state: State,
    pub hold_expires_at: Option<Timestamp>,
    /// Snapshot of the day of booking.
    pub price: Money,
    pub charge: Option<ChargeId>,
    /// Snapshot of the day of booking: what comes back when the patient cancels.
    pub policy: Policy,
    pub patient_zone: Zone,
    pub arrived_at: Option<Timestamp>,
    pub admitted_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    /// How often the patient has moved it.
    pub moves: i32,
    pub version: i32,
    pub created_at: Timestamp,
}

impl Appointment {
    /// The booking as it is at an instant: a hold past its end has expired, whether or not anything has written that down.
    pub fn status_at(&self, now: Timestamp) -> Status {
        match self.hold_expires_at {
            Some(end) if self.state.booking.lapses() && end <= now => Status::Expired,
            _ => self.state.booking,
        }
    }

    pub(crate) fn state_at(&self, now: Timestamp) -> State {
        State::new(self.status_at(now), self.state.visit)
    }

    /// Urgent: nothing was charged at the booking, the bill comes after the visit.
    pub fn is_paid_later(&self) -> bool {
        self.charge.is_none() && !self.price.is_zero() && !self.state.booking.lapses()
    }

    /// May be paid for now.
    pub fn is_payable(&self, now: Timestamp) -> bool {
        self.status_at(now) == Status::Held && !self.price.is_zero()
    }
}
