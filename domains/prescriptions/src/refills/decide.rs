//! Answer a request for a refill.

use access::Actor;
use db::Tx;
use kernel::{
    Fault, FaultKind, FieldError,
    ids::{PrescriptionId, RefillRequestId},
};
use vault::Vault;

use super::{
    ask::at_answer,
    model::{Reason, RefillStatus},
    store::{self, Answer, Row},
    tell::RefillAnswered,
};
use crate::prescribing::{self, Copying, DraftError, ReadError, SignError, Signing};

/// The doctor's answer.
#[derive(Debug, Clone)]
pub enum Decision {
    /// Sign the same again, with reasons for alerts that interrupt.
    Approve(Signing),
    /// Not prescribed again.
    Deny(Reason),
    /// Not yet.
    Defer(Reason),
}

/// Why a request was not answered.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// Nothing waits for an answer.
    #[error("no request is open for this prescription")]
    NoneOpen,
    /// The answer is too long.
    #[error("the answer is too long")]
    Invalid(Vec<FieldError>),
    /// No copy could be made.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// The copy was not signed: alerts, restrictions, a code.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// See [`ReadError`].
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl From<db::Error> for DecideError {
    fn from(error: db::Error) -> Self {
        Self::Read(error.into())
    }
}

impl From<vault::Error> for DecideError {
    fn from(error: vault::Error) -> Self {
        Self::Read(error.into())
    }
}

impl Fault for DecideError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NoneOpen => FaultKind::conflict("no_open_request"),
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::Draft(error) => error.kind(),
            Self::Sign(error) => error.kind(),
            Self::Read(error) => error.kind(),
        }
    }
}

/// Answer the open request for a prescription of this doctor. To approve is to sign a copy: what a signature asks for, it asks for. To
/// change, copy the prescription with [`Copying::Renewing`], edit and sign it: the signature answers the request.
pub async fn decide(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    prescription: PrescriptionId,
    decision: Decision,
    answer: &str,
) -> Result<RefillRequestId, DecideError> {
    let practitioner = actor.practitioner.ok_or(ReadError::NotFound)?;
    prescribing::store::lock_own(tx, prescription, practitioner).await?.ok_or(ReadError::NotFound)?;
    let request = store::lock_open(tx, prescription, practitioner).await?.ok_or(DecideError::NoneOpen)?;
    let answer = answer.trim();
    if answer.chars().count() > 500 {
        return Err(DecideError::Invalid(vec![
            FieldError::new("answer", "prescriptions-error-long").with("most", 500),
        ]));
    }
    match decision {
        Decision::Approve(signing) => {
            let copy = prescribing::copy(tx, vault, actor, prescription, Copying::Renewing).await?;
            prescribing::sign(tx, vault, actor, copy, signing).await?;
        }
        Decision::Deny(reason) => refuse(tx, vault, &request, (RefillStatus::Denied, reason), answer).await?,
        Decision::Defer(reason) => refuse(tx, vault, &request, (RefillStatus::Deferred, reason), answer).await?,
    }
    Ok(request.id)
}

async fn refuse(
    tx: &mut Tx,
    vault: &Vault,
    request: &Row,
    (status, reason): (RefillStatus, Reason),
    answer: &str,
) -> Result<(), DecideError> {
    let sealed = match answer {
        "" => None,
        answer => Some(vault.seal_text(tx, request.patient, at_answer(request.id), answer).await?),
    };
    let answered = Answer {
        id: request.id,
        status: status.as_str(),
        reason: Some(reason.as_str()),
        words_sealed: sealed.as_deref(),
        renewed_as: None,
    };
    store::set_answered(tx, answered).await?;
    jobs::publish(tx, &RefillAnswered { request: request.id }).await?;
    Ok(())
}

/// A prescription that renews another was signed: the open request, where there is one, is answered by it.
pub(crate) async fn settle(
    tx: &mut Tx,
    renewed: PrescriptionId,
    by: PrescriptionId,
    practitioner: kernel::ids::PractitionerId,
    same: bool,
) -> Result<(), ReadError> {
    let Some(request) = store::lock_open(tx, renewed, practitioner).await? else { return Ok(()) };
    let status = if same { RefillStatus::Approved } else { RefillStatus::Changed };
    let answered =
        Answer { id: request.id, status: status.as_str(), reason: None, words_sealed: None, renewed_as: Some(by) };
    store::set_answered(tx, answered).await?;
    Ok(())
}
