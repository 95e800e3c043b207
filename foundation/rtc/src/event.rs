//! What happens in rooms, told to whoever subscribed.

use uuid::Uuid;

/// Sound or picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaKind {
    Audio,
    Video,
}

/// Why a peer is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Departure {
    /// It said so, or the caller did on its behalf.
    Left,
    /// The caller removed it.
    Kicked,
    /// The same peer joined again: from another device, or after a reload.
    Replaced,
    /// Its network has been silent for too long, or it never connected.
    Lost,
    /// The room was closed.
    RoomClosed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The offer was answered.
    Joined,
    /// Its transport is up and encrypted.
    Connected,
    /// Its first packet of this kind arrived.
    MediaStarted(MediaKind),
    Gone(Departure),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RtcEvent {
    pub room: Uuid,
    pub peer: Uuid,
    /// Tells one join of a peer from the next.
    pub session: u64,
    pub what: What,
}

impl From<str0m::media::MediaKind> for MediaKind {
    fn from(kind: str0m::media::MediaKind) -> Self {
        if kind.is_audio() { Self::Audio } else { Self::Video }
    }
}
