//! Keep what the doctor has written so far.

use access::Actor;
use db::{ResultExt, Tx};
use kernel::ids::{NoteId, VisitId};
use vault::Vault;

use super::{
    NoteContent,
    store::{self, at},
};
use crate::visits::{VisitError, VisitState, store as visits};

/// A draft to keep.
#[derive(Debug, Clone)]
pub struct SaveNote {
    pub visit: VisitId,
    /// The version it was read at: 0 before the first save. `None` replaces whatever stands.
    pub read_at: Option<i32>,
    pub content: NoteContent,
}

/// Keeps the draft and returns its version. Refused when the note is signed, or was changed since it was read.
pub async fn save(tx: &mut Tx, vault: &Vault, actor: &Actor, command: SaveNote) -> Result<i32, VisitError> {
    let visit = visits::lock_as_doctor(tx, actor, command.visit).await?.ok_or(VisitError::NotFound)?;
    if visit.state == VisitState::Signed {
        return Err(VisitError::Illegal(visit.state));
    }
    let standing = store::lock(tx, actor, visit.id).await?;
    let current = standing.map_or(0, |(_, version, _)| version);
    if command.read_at.is_some_and(|read_at| read_at != current) {
        return Err(VisitError::Stale { current });
    }
    let version = current + 1;
    let id = standing.map_or_else(|| tx.id::<NoteId>(), |(id, ..)| id);
    let sealed = vault.seal_json(tx, visit.patient, at(id, version), &command.content).await?;
    if standing.is_some() {
        store::set_content(tx, id, version, &sealed).await?;
    } else {
        store::insert(tx, id, &visit, &sealed)
            .await
            .on_constraint("visit_notes_visit_id_key", || VisitError::Stale { current: 1 })?;
    }
    Ok(version)
}
