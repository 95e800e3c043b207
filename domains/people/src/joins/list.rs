//! Look through the joins. One line in the trail for each look, without a patient.

use access::{Actor, Role};
use db::Tx;
use kernel::{Fault, FaultKind, ids::RecordJoinId};
use vault::Vault;

use super::{holdings::Parts, model::Joined, store};

/// One join with the words of whoever decided, and what was written into the survivor meanwhile.
pub(super) struct Whole {
    pub(super) join: Joined,
    pub(super) reason: String,
    /// Why they were taken apart; empty while they are joined.
    pub(super) ending: String,
    /// Fluent key and count.
    pub(super) since: Vec<(&'static str, i64)>,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum ReadError {
    #[error("no such join, or not for whoever asks")]
    NotFound,
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ReadError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Vault(error) => error.kind(),
            Self::Db(error) => error.kind(),
        }
    }
}

/// The latest first, at most `most` after this one, and whether there are more.
pub(super) async fn list(
    tx: &mut Tx,
    actor: &Actor,
    after: Option<RecordJoinId>,
    most: usize,
) -> Result<(Vec<Joined>, bool), ReadError> {
    let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
    let mut joins = store::list(tx, None, after, limit).await?;
    let more = joins.len() > most;
    joins.truncate(most);
    seen(tx, actor).await?;
    Ok((joins, more))
}

/// One of them. In the system's context.
pub(super) async fn one(
    tx: &mut Tx,
    vault: &Vault,
    parts: &Parts,
    actor: &Actor,
    id: RecordJoinId,
) -> Result<Whole, ReadError> {
    if !actor.is(Role::Administrator) {
        return Err(ReadError::NotFound);
    }
    let join = store::list(tx, Some(id), None, 1).await?.pop().ok_or(ReadError::NotFound)?;
    let reasons = store::find_reasons(tx, id).await?.ok_or(ReadError::NotFound)?;
    let reason = vault.open_text(tx, join.survivor, store::reason_at(id), &reasons.joining).await?.into_inner();
    let ending = match reasons.ending {
        Some(sealed) => vault.open_text(tx, join.survivor, store::ending_at(id), &sealed).await?.into_inner(),
        None => String::new(),
    };
    let since = parts.since(tx, join.survivor, join.at).await?;
    seen(tx, actor).await?;
    Ok(Whole { join, reason, ending, since })
}

async fn seen(tx: &mut Tx, actor: &Actor) -> Result<(), db::Error> {
    let object_id = actor.account.uuid();
    let entry = audit::Entry { action: "read", object: "record_join", object_id, patient: None, purpose: "operations" };
    audit::record(tx, entry).await?;
    Ok(())
}
