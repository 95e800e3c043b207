//! Why nothing is written down.

use kernel::{Fault, FaultKind};

use super::TranscriptStatus;

#[derive(Debug, thiserror::Error)]
pub enum TranscriptError {
    /// No such visit, or not this person's; or nothing was ever asked.
    #[error("no such transcript")]
    NotFound,
    /// This machine has no engine.
    #[error("speech recognition is not installed")]
    NoEngine,
    /// No engine for this language, or not the one that was named when it was asked.
    #[error("no engine for this")]
    NotThisEngine,
    /// The visit is over, or is not held by sound.
    #[error("nothing is said at this visit")]
    NotSpoken,
    /// The room is on a media node of another machine, whose sound does not come here.
    #[error("the room is on another media node")]
    Elsewhere,
    /// Not from where it stands.
    #[error("the transcript is {}", .0.code())]
    Illegal(TranscriptStatus),
    /// The other side paused it.
    #[error("only who paused may go on")]
    PausedByOther,
    /// Only who is in the room can agree.
    #[error("not in the room")]
    NotInRoom,
    /// Not this side's to decide.
    #[error("this is for the other side to decide")]
    NotYours,
    /// It is there and does not start.
    #[error(transparent)]
    Speech(#[from] speech::SpeechError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<sqlx::Error> for TranscriptError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Fault for TranscriptError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::NotThisEngine => FaultKind::conflict("speech_language"),
            Self::NoEngine => FaultKind::conflict("no_speech_engine"),
            Self::NotSpoken => FaultKind::conflict("visit_closed"),
            Self::Illegal(status) => FaultKind::Conflict {
                code: "illegal_transition",
                detail: Some(serde_json::json!({ "transcript": status.code() })),
            },
            Self::PausedByOther => FaultKind::conflict("paused_by_other"),
            Self::NotInRoom => FaultKind::conflict("not_in_room"),
            Self::NotYours => FaultKind::conflict("not_yours_to_decide"),
            Self::Elsewhere | Self::Speech(_) => FaultKind::Unavailable,
            Self::Vault(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}
