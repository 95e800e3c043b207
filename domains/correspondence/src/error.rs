//! Why something was not written, read or accepted.

use kernel::{Fault, FaultKind, FieldError};

#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// No such thread, patient, cover or price, or not for this person.
    #[error("nothing of this kind that this account may see")]
    NotFound,
    #[error("what was typed cannot be sent")]
    Invalid(Vec<FieldError>),
    /// What was typed tells of an emergency, and its sender has not said that it is to be sent all the same.
    #[error("the words tell of an emergency")]
    Urgent(Vec<String>),
    /// Too many messages at once, in one conversation or in all.
    #[error("too many messages; wait {retry_after_seconds} s")]
    TooMany { retry_after_seconds: u32 },
    /// There was no visit lately, or the record is closed to this doctor.
    #[error("there is no treatment relationship with this doctor now")]
    NoRelationship,
    /// A consent or an emergency opens a record for reading.
    #[error("the record is open for reading only")]
    ReadOnly,
    /// Another message went under the same id before.
    #[error("this id was used for another message")]
    IdUsed,
    /// The patient has accepted a price, and the answer is held until it is paid.
    #[error("the e-visit is not paid yet")]
    WaitsForPayment,
    /// A price stands open already.
    #[error("another price stands open")]
    PriceStands,
    /// The price was decided about, or its time is over.
    #[error("this price does not stand any more")]
    PriceGone,
    #[error("it is in that state already")]
    Illegal,
    /// The doctor has somebody else for a part of these days.
    #[error("another cover is set for these days")]
    CoverOverlaps,
    #[error(transparent)]
    Raise(#[from] billing::charges::RaiseError),
    #[error(transparent)]
    Reason(#[from] scheduling::appointments::ReasonError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for MessageError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::Urgent(codes) => {
                FaultKind::Conflict { code: "urgent_words", detail: Some(serde_json::json!({ "flags": codes })) }
            }
            Self::TooMany { retry_after_seconds } => {
                FaultKind::RateLimited { retry_after_seconds: *retry_after_seconds }
            }
            Self::NoRelationship => FaultKind::conflict("no_treatment_relationship"),
            Self::ReadOnly => FaultKind::forbidden("chart-rule-read-only", "chart-rule-read-only-who"),
            Self::IdUsed => FaultKind::conflict("client_id_used"),
            Self::WaitsForPayment => FaultKind::conflict("waits_for_payment"),
            Self::PriceStands => FaultKind::conflict("price_stands"),
            Self::PriceGone => FaultKind::conflict("price_gone"),
            Self::Illegal => FaultKind::conflict("illegal_transition"),
            Self::CoverOverlaps => FaultKind::conflict("cover_overlaps"),
            Self::Raise(error) => error.kind(),
            Self::Reason(error) => error.kind(),
            Self::Vault(error) => error.kind(),
            Self::Db(error) => error.kind(),
        }
    }
}
