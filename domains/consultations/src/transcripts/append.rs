//! The scribe writes an utterance down.

use db::Tx;
use kernel::ids::{AccountId, SegmentId, VisitId};
use serde_json::json;
use vault::Vault;

use super::{
    EndReason, Said, Transcript, TranscriptError, TranscriptStatus,
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
    if !stood_when_said(&transcript, new.starts_ms) {
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

/// It runs, or the doctor stopped it, or the visit ended, after this was begun: what was said until then is still written down. After a
/// pause or a withdrawal nothing is.
fn stood_when_said(transcript: &Transcript, starts_ms: i32) -> bool {
    let orderly = matches!(transcript.end_reason, Some(EndReason::Stopped | EndReason::VisitOver));
    let ended_ms = transcript.started_at.map_or(0, |zero| (transcript.changed_at.micros() - zero.micros()) / 1000);
    transcript.status == TranscriptStatus::Running || (orderly && i64::from(starts_ms) <= ended_ms)
}
