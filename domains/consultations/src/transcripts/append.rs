//! The scribe writes an utterance down.

use db::Tx;
use kernel::ids::{AccountId, SegmentId, VisitId};
use serde_json::json;
use vault::Vault;

use super::{
    Said, TranscriptError, TranscriptStatus,
    store::{self, at},
};
use crate::{news, visits::store as visits};

/// What one person said between two pauses.
#[derive(Debug, Clone)]
pub struct NewSegment {
    pub speaker: AccountId,
    /// Milliseconds since the transcript began.
    pub starts_ms: i32,
    pub ends_ms: i32,
    pub said: Said,
}

/// Keeps the utterance and tells the room; in the system's context. False when it is not kept: the transcript does not run (any more),
/// or the speaker did not agree.
pub async fn append(tx: &mut Tx, vault: &Vault, id: VisitId, new: NewSegment) -> Result<bool, TranscriptError> {
    // Held until the end: a pause waits for this utterance, or this utterance finds the pause.
    let Some(transcript) = store::lock(tx, id).await? else {
        return Ok(false);
    };
    if transcript.status != TranscriptStatus::Running {
        return Ok(false);
    }
    let consents = store::list_given(tx, id).await?;
    let Some((_, side)) = consents.into_iter().find(|(account, _)| *account == new.speaker) else {
        return Ok(false);
    };
    let visit = visits::find(tx, id).await?.ok_or(TranscriptError::NotFound)?;
    let segment = tx.id::<SegmentId>();
    let sealed = vault.seal_json(tx, visit.patient, at(segment), &new.said).await?;
    let number = store::insert_segment(tx, (segment, &visit, side), &new, &sealed).await?;
    news::in_room(tx, id, "caption", json!({ "number": number })).await?;
    Ok(true)
}
