//! Why nobody enters.

use kernel::{Fault, FaultKind, Timestamp};

#[derive(Debug, thiserror::Error)]
pub enum RoomError {
    /// No such visit, or not this person's.
    #[error("no such visit")]
    NotFound,
    /// The visit is over, or its appointment no longer stands.
    #[error("the visit is over")]
    Closed,
    /// Outside the time in which the room is open.
    #[error("the room is open from {from} until {until}")]
    NotOpen { from: Timestamp, until: Timestamp },
    /// The two write to each other, or meet in person.
    #[error("this visit has no sound and no picture")]
    NoMedia,
    /// Unknown, spent by time, revoked, or somebody else's.
    #[error("the ticket is not valid")]
    BadToken,
    /// Not an offer that the unit can answer.
    #[error("the offer cannot be answered")]
    BadOffer,
    #[error("the room cannot take more people")]
    Full,
    #[error("the media unit is away")]
    Away,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for RoomError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Closed => FaultKind::conflict("visit_closed"),
            Self::NotOpen { from, until } => FaultKind::Conflict {
                code: "room_not_open",
                detail: Some(serde_json::json!({ "from": from, "until": until })),
            },
            Self::NoMedia => FaultKind::conflict("no_media"),
            Self::BadToken => FaultKind::conflict("token_invalid"),
            Self::BadOffer => FaultKind::invalid("offer", "consultations-error-offer"),
            Self::Full => FaultKind::conflict("room_full"),
            Self::Away => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

impl From<rtc::JoinError> for RoomError {
    fn from(error: rtc::JoinError) -> Self {
        match error {
            rtc::JoinError::BadOffer => Self::BadOffer,
            rtc::JoinError::RoomFull => Self::Full,
            rtc::JoinError::Busy | rtc::JoinError::Stopped => Self::Away,
        }
    }
}
