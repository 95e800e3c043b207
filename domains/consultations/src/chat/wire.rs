//! What goes over the socket: JSON, one object a frame, checked by these types.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Message;
use crate::{
    recordings,
    shows::RoomState,
    transcripts::{Caption, Sign},
    visits::Side,
    waiting::Presence,
};

/// From the browser.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Heard {
    Say {
        id: Uuid,
        text: String,
    },
    /// Still here.
    Beat {},
    /// Whether this side can be seen and heard.
    Media {
        camera: bool,
        microphone: bool,
    },
}

/// To the browser.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Told {
    History {
        items: Vec<Line>,
    },
    Message(Line),
    Presence {
        other: Presence,
    },
    State {
        status: String,
    },
    Joined {
        by: String,
        client: String,
        mine: bool,
    },
    Media {
        mine: bool,
        camera: bool,
        microphone: bool,
    },
    /// Whether somebody is listened to.
    Transcript(Sign),
    /// Whether the sound is kept.
    Recording(recordings::Sign),
    Captions {
        items: Vec<Caption>,
    },
    /// The media room is on another node: come again.
    Moved {},
    /// Who else is in the room, or may come, has changed.
    Guests {},
    /// Who shares a screen, what is shown, and what came in.
    Room(RoomState),
    /// The answer to a beat: a line without it is dead.
    Beat {},
    Refused {
        id: Option<Uuid>,
        reason: &'static str,
    },
}

#[derive(Debug, Serialize)]
pub(super) struct Line {
    id: kernel::ids::MessageId,
    client_id: Uuid,
    from: Side,
    mine: bool,
    text: String,
    sent_at: Timestamp,
}

impl From<Message> for Line {
    fn from(message: Message) -> Self {
        Self {
            id: message.id,
            client_id: message.client_id,
            from: message.from,
            mine: message.mine,
            text: message.text.into_inner(),
            sent_at: message.sent_at,
        }
    }
}

/// At most so many frames a second, with a second's worth in hand.
#[derive(Debug)]
pub(super) struct Rate {
    left: f64,
    at: std::time::Instant,
}

const PER_SECOND: f64 = 20.0;

impl Rate {
    pub(super) fn new(now: std::time::Instant) -> Self {
        Self { left: PER_SECOND, at: now }
    }

    /// False when this frame is one too many.
    pub(super) fn allows(&mut self, now: std::time::Instant) -> bool {
        let since = now.saturating_duration_since(self.at).as_secs_f64();
        self.left = (self.left + since * PER_SECOND).min(PER_SECOND);
        self.at = now;
        if self.left < 1.0 {
            return false;
        }
        self.left -= 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn twenty_frames_a_second_and_not_one_more() {
        let start = Instant::now();
        let mut rate = Rate::new(start);
        assert!((0..20).all(|_| rate.allows(start)));
        assert!(!rate.allows(start));
        assert!(rate.allows(start + Duration::from_millis(60)));
        assert!(!rate.allows(start + Duration::from_millis(60)));
    }

    #[test]
    fn frames_of_no_known_shape_are_refused() {
        for text in [r#"{"type":"shout","text":"x"}"#, r#"{"type":"beat","extra":1}"#, "[]", "{}", "say"] {
            assert!(serde_json::from_str::<Heard>(text).is_err(), "{text}");
        }
    }
}
