//! What the room is told of the recording.

use serde::Serialize;

use super::{Recording, RecordingEnd, RecordingStatus, Who};

/// Whether somebody is recorded; everyone in the room sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub(crate) struct Sign {
    status: RecordingStatus,
    paused_by: Option<Who>,
    end_reason: Option<RecordingEnd>,
    /// Whether the one who is told has agreed.
    agreed: bool,
}

impl Sign {
    pub(crate) fn of(recording: &Recording, agreed: bool) -> Self {
        let standing = recording.standing;
        Self { status: standing.status, paused_by: standing.paused_by, end_reason: standing.end, agreed }
    }
}

/// The sign for one account or guest; `None` before anybody was asked.
pub(crate) async fn sign(
    tx: &mut db::Tx,
    visit: kernel::ids::VisitId,
    who: uuid::Uuid,
) -> Result<Option<Sign>, db::Error> {
    let Some(recording) = super::store::find(tx, visit).await? else {
        return Ok(None);
    };
    let given = super::store::list_given(tx, visit).await?;
    Ok(Some(Sign::of(&recording, given.contains(&who))))
}
