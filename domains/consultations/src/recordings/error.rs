//! Why nothing is recorded.

use kernel::{Fault, FaultKind};

use super::RecordingStatus;

#[derive(Debug, thiserror::Error)]
pub enum RecordingError {
    /// No such visit, or not this person's; or nothing was ever asked.
    #[error("no such recording")]
    NotFound,
    /// This hospital does not record.
    #[error("recording is switched off")]
    Off,
    /// The visit is over, or is not held by sound.
    #[error("nothing is said at this visit")]
    NotSpoken,
    /// The room is on a media node of another machine, whose sound does not come here.
    #[error("the room is on another media node")]
    Elsewhere,
    /// Not from where it stands.
    #[error("the recording is {}", .0.code())]
    Illegal(RecordingStatus),
    /// The other side paused it, or somebody in the room has not agreed.
    #[error("only who paused may go on")]
    PausedByOther,
    /// Only who is in the room can agree.
    #[error("not in the room")]
    NotInRoom,
    /// Not this side's to decide.
    #[error("this is for the other side to decide")]
    NotYours,
    #[error("a part of the recording cannot be read")]
    Broken,
    #[error(transparent)]
    Sound(#[from] speech::SoundError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<sqlx::Error> for RecordingError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Fault for RecordingError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Off => FaultKind::conflict("recording_off"),
            Self::NotSpoken => FaultKind::conflict("visit_closed"),
            Self::Illegal(status) => FaultKind::Conflict {
                code: "illegal_transition",
                detail: Some(serde_json::json!({ "recording": status.code() })),
            },
            Self::PausedByOther => FaultKind::conflict("paused_by_other"),
            Self::NotInRoom => FaultKind::conflict("not_in_room"),
            Self::NotYours => FaultKind::conflict("not_yours_to_decide"),
            Self::Elsewhere => FaultKind::Unavailable,
            Self::Vault(error) => error.kind(),
            Self::Broken | Self::Sound(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}
