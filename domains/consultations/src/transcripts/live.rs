//! What the room's socket tells of the transcript.

use serde::Serialize;
use web::Ctx;

use super::{EndReason, Segment, Transcript, TranscriptStatus, pages::terms_of};
use crate::visits::Side;

/// Whether somebody is listened to; everyone in the room sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Sign {
    status: TranscriptStatus,
    paused_by: Option<Side>,
    end_reason: Option<EndReason>,
    /// While the question stands: what agreeing means.
    #[serde(skip_serializing_if = "Option::is_none")]
    terms: Option<String>,
    /// And whom it names as being sent the sound.
    #[serde(skip_serializing_if = "Option::is_none")]
    sound_to: Option<String>,
}

impl Sign {
    pub(crate) fn of(me: &Ctx, transcript: &Transcript) -> Self {
        let asks = transcript.status == TranscriptStatus::Asked;
        Self {
            status: transcript.status,
            paused_by: transcript.paused_by,
            end_reason: transcript.end_reason,
            terms: asks.then(|| terms_of(me, transcript)),
            sound_to: transcript.sound_to.clone().filter(|_| asks),
        }
    }
}

/// One utterance, as it appears under the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Caption {
    number: i32,
    from: Side,
    mine: bool,
    starts_ms: i32,
    /// Empty when it was not heard.
    text: String,
}

impl Caption {
    pub(crate) fn of(segment: Segment, side: Side) -> Self {
        let Segment { number, from, starts_ms, said, .. } = segment;
        Self { number, from, mine: from == side, starts_ms, text: said.text }
    }
}
