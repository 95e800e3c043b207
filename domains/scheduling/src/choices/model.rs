use kernel::{
    Timestamp,
    ids::{AppointmentId, ChargeId, PatientId, PractitionerId},
};
use serde::Serialize;

use crate::slots::Notice;

/// A patient has so long to choose what becomes of a visit that was called off.
pub(super) const HOURS_TO_CHOOSE: i64 = 12;
/// And so long when the time was gone before the money came: it goes back within a minute of its arrival.
const SECONDS_FOR_LATE_MONEY: i64 = 50;

/// Why there is something to choose.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    CancelledByDoctor,
    CancelledByPlatform,
    NoShowDoctor,
    /// The money came after the hold had ended, and the time was somebody else's.
    SlotGone,
    /// An emergency needed the time.
    Displaced,
    /// The visit ended before the two could speak.
    TechnicalFailure,
}

impl Cause {
    pub const ALL: [Self; 6] = [
        Self::CancelledByDoctor,
        Self::CancelledByPlatform,
        Self::NoShowDoctor,
        Self::SlotGone,
        Self::Displaced,
        Self::TechnicalFailure,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::CancelledByDoctor => "cancelled_by_doctor",
            Self::CancelledByPlatform => "cancelled_by_platform",
            Self::NoShowDoctor => "no_show_doctor",
            Self::SlotGone => "slot_gone",
            Self::Displaced => "displaced",
            Self::TechnicalFailure => "technical_failure",
        }
    }

    pub(crate) fn read(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }

    /// Who gave way to an emergency goes before others: minutes kept back, and short notice, are theirs too.
    pub(super) const fn notice(self) -> Notice {
        match self {
            Self::Displaced => Notice::Urgent,
            Self::CancelledByDoctor
            | Self::CancelledByPlatform
            | Self::NoShowDoctor
            | Self::SlotGone
            | Self::TechnicalFailure => Notice::AsOffered,
        }
    }

    pub(super) const fn reason(self) -> billing::refunds::RefundReason {
        use billing::refunds::RefundReason;
        match self {
            Self::CancelledByDoctor => RefundReason::CancelledByDoctor,
            Self::CancelledByPlatform | Self::Displaced => RefundReason::CancelledByPlatform,
            Self::NoShowDoctor => RefundReason::NoShowDoctor,
            Self::SlotGone => RefundReason::SlotGone,
            Self::TechnicalFailure => RefundReason::TechnicalFailure,
        }
    }

    pub(super) const fn seconds_to_choose(self) -> i64 {
        match self {
            Self::CancelledByDoctor
            | Self::CancelledByPlatform
            | Self::NoShowDoctor
            | Self::Displaced
            | Self::TechnicalFailure => HOURS_TO_CHOOSE * 3600,
            Self::SlotGone => SECONDS_FOR_LATE_MONEY,
        }
    }
}

/// Where a choice stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceStatus {
    Open,
    Rebooked,
    Refunded,
}

impl ChoiceStatus {
    pub const ALL: [Self; 3] = [Self::Open, Self::Rebooked, Self::Refunded];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Rebooked => "rebooked",
            Self::Refunded => "refunded",
        }
    }

    pub(crate) fn read(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What was called off.
    pub appointment: AppointmentId,
    pub patient: PatientId,
    pub practitioner: PractitionerId,
    pub cause: Cause,
    /// What was paid for it, if anything.
    pub charge: Option<ChargeId>,
    /// As written. What holds now is `status_at`.
    pub status: ChoiceStatus,
    pub choose_until: Timestamp,
    pub rebooked_as: Option<AppointmentId>,
}

impl Choice {
    /// A choice past its end is refunded, whether or not anything has written that down.
    pub fn status_at(&self, now: Timestamp) -> ChoiceStatus {
        if self.status == ChoiceStatus::Open && self.choose_until <= now { ChoiceStatus::Refunded } else { self.status }
    }

    pub fn is_open(&self, now: Timestamp) -> bool {
        self.status_at(now) == ChoiceStatus::Open
    }
}
