//! The recorder keeps some seconds of sound.

use db::Tx;
use kernel::ids::{RecordingPartId, VisitId};
use speech::PACKET_MS;
use vault::Vault;

use super::{
    Recording, RecordingEnd, RecordingError, RecordingStatus as Status,
    model::pack,
    store::{self, at},
};
use crate::visits::store as visits;

/// Longer than any visit.
const LONGEST_MS: i64 = 3 * 3600 * 1000;

/// Packets of [`PACKET_MS`] each, one after another.
#[derive(Debug, Clone)]
pub struct NewPart {
    /// Milliseconds since the recording began.
    pub starts_ms: i64,
    pub packets: Vec<Vec<u8>>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// And it goes on.
    Yes,
    /// The recording does not run (any more).
    No,
    /// It has become too long.
    Full,
}

/// Keeps the sound, in the system's context. What was heard before a pause or an orderly end is kept up to that moment, and not a packet
/// longer; after a withdrawal nothing is.
pub async fn append(tx: &mut Tx, vault: &Vault, id: VisitId, mut new: NewPart) -> Result<Kept, RecordingError> {
    // Held until the end: a pause waits for this part, or this part finds the pause.
    let Some(found) = store::lock(tx, id).await? else {
        return Ok(Kept::No);
    };
    if found.length_ms >= LONGEST_MS {
        return Ok(Kept::Full);
    }
    new.packets.truncate(allowed(&found, new.starts_ms));
    if new.packets.is_empty() {
        return Ok(if found.standing.is_listening() { Kept::Yes } else { Kept::No });
    }
    let visit = visits::find(tx, id).await?.ok_or(RecordingError::NotFound)?;
    let part = tx.id::<RecordingPartId>();
    let sealed = vault.seal(tx, visit.patient, at(part), &pack(&new.packets)).await?;
    let length_ms = i64::try_from(new.packets.len()).unwrap_or(0) * i64::from(PACKET_MS);
    store::insert_part(tx, (part, &visit), (new.starts_ms, length_ms), &sealed).await?;
    Ok(if found.standing.is_listening() { Kept::Yes } else { Kept::No })
}

/// How many of the packets from `starts_ms` on were heard while it ran.
fn allowed(found: &Recording, starts_ms: i64) -> usize {
    let standing = found.standing;
    let orderly = standing.status == Status::Paused
        || matches!(standing.end, Some(RecordingEnd::Stopped | RecordingEnd::VisitOver | RecordingEnd::TooLong));
    if standing.status == Status::Running {
        return usize::MAX;
    }
    let Some(zero) = found.started_at.filter(|_| orderly) else {
        return 0;
    };
    let until_ms = (found.changed_at.micros() - zero.micros()) / 1000;
    usize::try_from((until_ms - starts_ms) / i64::from(PACKET_MS)).unwrap_or(0)
}
