use kernel::{
    Timestamp,
    ids::{AppointmentId, ChargeId, PatientId, PractitionerId},
};
use serde::Serialize;

/// A patient has so long to choose.
pub(super) const HOURS_TO_CHOOSE: i64 = 12;

/// Why there is something to choose.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    CancelledByDoctor,
    CancelledByPlatform,
    NoShowDoctor,
    /// The visit ended before the two could speak.
    TechnicalFailure,
}

impl Cause {
    pub const ALL: [Self; 4] =
        [Self::CancelledByDoctor, Self::CancelledByPlatform, Self::NoShowDoctor, Self::TechnicalFailure];

    pub const fn code(self) -> &'static str {
        match self {
            Self::CancelledByDoctor => "cancelled_by_doctor",
            Self::CancelledByPlatform => "cancelled_by_platform",
            Self::NoShowDoctor => "no_show_doctor",
            Self::TechnicalFailure => "technical_failure",
        }
    }

    pub(crate) fn read(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }

    pub(super) const fn reason(self) -> billing::refunds::RefundReason {
        use billing::refunds::RefundReason;
        match self {
            Self::CancelledByDoctor => RefundReason::CancelledByDoctor,
            Self::CancelledByPlatform => RefundReason::CancelledByPlatform,
            Self::NoShowDoctor => RefundReason::NoShowDoctor,
            Self::TechnicalFailure => RefundReason::TechnicalFailure,
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
