//! Take two records apart: the link ends, and both are as before. What was written into the survivor meanwhile stays there.

use access::Actor;
use audit::{Entry, Outcome};
use db::Tx;
use identity::letters::Sender;
use kernel::{
    Fault, FaultKind, FieldError,
    ids::{PatientId, RecordJoinId},
};
use vault::Vault;

use super::{
    letters,
    prove::{self, Unproved},
    store,
};

/// Why, and the second factor.
#[derive(Debug, Clone, Default)]
pub struct Part {
    pub reason: String,
    /// Six digits of the authenticator app, or a recovery code.
    pub code: String,
}

/// Why they were not taken apart.
#[derive(Debug, thiserror::Error)]
pub enum PartError {
    #[error("no such join, or not for whoever asks")]
    NotFound,
    #[error("the form is not complete")]
    Invalid(Vec<FieldError>),
    #[error("the second factor is wrong")]
    WrongFactor,
    #[error("the account has no second factor")]
    NoFactor,
    /// Another administrator was first.
    #[error("they were taken apart already")]
    Ended,
    #[error(transparent)]
    Tell(#[from] notify::TellError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl PartError {
    /// The refusal is on record, and a code that was right is spent: the caller commits.
    pub fn is_kept(&self) -> bool {
        matches!(self, Self::WrongFactor | Self::Ended)
    }
}

impl Fault for PartError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::WrongFactor => FaultKind::invalid("code", "people-join-error-code"),
            Self::NoFactor => FaultKind::forbidden("people-rule-join-factor", "people-rule-join-factor-who"),
            Self::Ended => FaultKind::conflict("join_ended"),
            Self::Tell(error) => error.kind(),
            Self::Vault(error) => error.kind(),
            Self::Db(error) => error.kind(),
        }
    }
}

impl From<Unproved> for PartError {
    fn from(error: Unproved) -> Self {
        match error {
            Unproved::NotAllowed => Self::NotFound,
            Unproved::WrongFactor => Self::WrongFactor,
            Unproved::NoFactor => Self::NoFactor,
            Unproved::Vault(error) => Self::Vault(error),
        }
    }
}

/// End a join: in the system's context. The caller has counted the try of the second factor, and commits also when
/// [`PartError::is_kept`].
pub async fn part(
    tx: &mut Tx,
    vault: &Vault,
    sender: &Sender<'_>,
    actor: &Actor,
    (id, command): (RecordJoinId, Part),
) -> Result<(), PartError> {
    let reason = prove::checked(&command.reason, &command.code).map_err(PartError::Invalid)?;
    let proof = prove::proved(tx, vault, actor, &command.code).await;
    let done = match proof {
        Ok(()) => ended(tx, vault, actor, id, &reason).await,
        Err(error) => Err(error.into()),
    };
    match done {
        Ok(both) => Ok(letters::parted(tx, sender, id, both).await?),
        Err(error) => {
            if error.is_kept() {
                entry(id, None).record(tx, Outcome::Refused).await?;
            }
            Err(error)
        }
    }
}

async fn ended(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    id: RecordJoinId,
    reason: &str,
) -> Result<[PatientId; 2], PartError> {
    let join = store::lock(tx, id).await?.ok_or(PartError::NotFound)?;
    if !join.stands {
        return Err(PartError::Ended);
    }
    let sealed = vault.seal_text(tx, join.survivor, store::ending_at(id), reason).await?;
    store::set_ended(tx, id, actor.account, &sealed).await?;
    let both = [join.survivor, join.retired];
    for record in both {
        entry(id, Some(record)).record(tx, Outcome::Done).await?;
    }
    Ok(both)
}

const fn entry(id: RecordJoinId, patient: Option<PatientId>) -> Entry {
    Entry { action: "parted", object: "record_join", object_id: id.uuid(), patient, purpose: "operations" }
}
