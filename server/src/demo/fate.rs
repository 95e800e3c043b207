//! What becomes of an appointment.

/// How far an appointment came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Signed,
    /// Over, and the note still to be signed.
    Ended,
    InCall,
    Waiting,
    Confirmed,
    Held,
    Requested,
    CancelledByPatient,
    CancelledByDoctor,
    NoShowPatient,
    Expired,
}

impl Fate {
    pub(super) fn status(self) -> &'static str {
        match self {
            Self::Signed | Self::Ended => "fulfilled",
            Self::InCall | Self::Waiting | Self::Confirmed => "confirmed",
            Self::Held => "held",
            Self::Requested => "requested",
            Self::CancelledByPatient => "cancelled_by_patient",
            Self::CancelledByDoctor => "cancelled_by_doctor",
            Self::NoShowPatient => "no_show_patient",
            Self::Expired => "expired",
        }
    }

    pub(super) fn visit_status(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Ended => "ended",
            Self::InCall => "in_consultation",
            Self::Waiting => "waiting",
            _ => "not_open",
        }
    }

    pub(super) fn was_paid(self) -> bool {
        !matches!(self, Self::Held | Self::Requested | Self::Expired)
    }

    pub(super) fn was_refunded(self) -> bool {
        matches!(self, Self::CancelledByPatient | Self::CancelledByDoctor)
    }

    pub(super) fn has_visit(self) -> bool {
        matches!(self, Self::Signed | Self::Ended | Self::InCall)
    }
}
