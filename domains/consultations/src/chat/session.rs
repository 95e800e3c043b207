//! One open socket: what it hears, what it tells.

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use axum::extract::ws::{CloseFrame, Message as Frame, Utf8Bytes, WebSocket};
use kernel::{
    Timestamp,
    ids::{MessageId, ScreenShareId},
};
use serde_json::{Value, json};
use web::{
    SignedIn,
    live::{News, Topic},
};

use super::{
    ChatError, Say, say, store,
    wire::{Heard, Rate, Told},
};
use crate::{
    news, recordings, sharing,
    shows::RoomState,
    transcripts::{self, Caption, Sign},
    visits::{Side, Visit},
    waiting::{self, Presence},
};

/// A browser says something every five seconds; after this long without a word it is gone.
const SILENCE: Duration = Duration::from_secs(40);
/// Messages of overlapping transactions may become visible out of order: each look goes back this far.
const OVERLAP_SECONDS: i64 = 10;
/// Told too much, too fast.
const CLOSE_TOO_FAST: u16 = 4008;
/// Signed out, here or everywhere.
const CLOSE_SIGNED_OUT: u16 = 4001;

pub(super) struct Session {
    me: SignedIn,
    visit: Visit,
    side: Side,
    seen: HashSet<MessageId>,
    since: Option<Timestamp>,
    other: Option<Presence>,
    /// What is shared, as it was told last: a share that lapses publishes nothing.
    share: Option<ScreenShareId>,
    /// The last utterance that was told.
    caption: i32,
    /// What was said has been read by this socket before.
    read: bool,
}

/// The socket is to be closed.
struct Closed;

impl Session {
    pub(super) fn new(me: SignedIn, visit: Visit, side: Side, after: Option<MessageId>) -> Self {
        Self {
            me,
            visit,
            side,
            seen: HashSet::new(),
            since: after.and_then(moment),
            other: None,
            share: None,
            caption: 0,
            read: false,
        }
    }

    pub(super) async fn run(mut self, mut socket: WebSocket) {
        let mut news = self.me.app().live().subscribe(Topic::Visit(self.visit.id));
        let mut rate = Rate::new(Instant::now());
        if self.greet(&mut socket).await.is_err() {
            return;
        }
        loop {
            let step = tokio::select! {
                frame = tokio::time::timeout(SILENCE, socket.recv()) => match frame {
                    Ok(Some(Ok(Frame::Text(text)))) if rate.allows(Instant::now()) => self.hear(&mut socket, &text).await,
                    Ok(Some(Ok(Frame::Text(_)))) => {
                        let why = CloseFrame { code: CLOSE_TOO_FAST, reason: Utf8Bytes::from_static("too many messages") };
                        let _ = socket.send(Frame::Close(Some(why))).await;
                        Err(Closed)
                    }
                    Ok(Some(Ok(Frame::Ping(_) | Frame::Pong(_) | Frame::Binary(_)))) => Ok(()),
                    Ok(Some(Ok(Frame::Close(_)) | Err(_)) | None) | Err(_) => Err(Closed),
                },
                event = news.recv() => match event {
                    Some(event) => self.pass_on(&mut socket, &event).await,
                    None => Err(Closed),
                },
            };
            if step.is_err() {
                return;
            }
        }
    }

    async fn greet(&mut self, socket: &mut WebSocket) -> Result<(), Closed> {
        let items = self.unread().await.map_err(|error| failed(&error))?;
        tell(socket, &Told::History { items: items.into_iter().map(Into::into).collect() }).await?;
        tell(socket, &Told::State { status: self.visit.state.code().to_owned() }).await?;
        self.show_transcript(socket).await?;
        self.show_recording(socket).await?;
        self.show_room(socket).await?;
        self.beat(socket).await
    }

    async fn hear(&mut self, socket: &mut WebSocket, text: &str) -> Result<(), Closed> {
        match serde_json::from_str::<Heard>(text) {
            Ok(Heard::Beat {}) => {
                self.beat(socket).await?;
                tell(socket, &Told::Beat {}).await
            }
            Ok(Heard::Say { id, text }) => match self.say(id, text).await {
                Ok(message) => {
                    self.seen.insert(message.id);
                    tell(socket, &Told::Message(message.into())).await
                }
                Err(error) => {
                    failed(&error);
                    tell(socket, &Told::Refused { id: Some(id), reason: error.code() }).await
                }
            },
            Ok(Heard::Media { camera, microphone }) => {
                let data = json!({ "account": self.me.actor().account, "camera": camera, "microphone": microphone });
                self.in_room("media", data).await.map_err(|error| failed(&error))
            }
            Err(_) => tell(socket, &Told::Refused { id: None, reason: "unreadable" }).await,
        }
    }

    async fn pass_on(&mut self, socket: &mut WebSocket, event: &News) -> Result<(), Closed> {
        let mine = event.data.get("account") == Some(&json!(self.me.actor().account));
        let text = |name: &str| event.data.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let flag = |name: &str| event.data.get(name).and_then(Value::as_bool).unwrap_or_default();
        match event.kind.as_str() {
            "message" => {
                for message in self.unread().await.map_err(|error| failed(&error))? {
                    tell(socket, &Told::Message(message.into())).await?;
                }
                Ok(())
            }
            "transcript" => self.show_sign(socket).await,
            "recording" => self.show_recording(socket).await,
            "caption" => self.show_transcript(socket).await,
            "missed" => {
                self.show_transcript(socket).await?;
                self.show_recording(socket).await
            }
            "visit" => tell(socket, &Told::State { status: text("status") }).await,
            "moved" => tell(socket, &Told::Moved {}).await,
            "guests" => tell(socket, &Told::Guests {}).await,
            "room" => self.show_room(socket).await,
            "joined" => tell(socket, &Told::Joined { by: text("by"), client: text("client"), mine }).await,
            "media" => {
                let told = Told::Media { mine, camera: flag("camera"), microphone: flag("microphone") };
                tell(socket, &told).await
            }
            _ => Ok(()),
        }
    }

    /// A heartbeat, and how the other one is.
    async fn beat(&mut self, socket: &mut WebSocket) -> Result<(), Closed> {
        let Some((other, share)) = self.presence().await.map_err(|error| failed(&error))? else {
            let why = CloseFrame { code: CLOSE_SIGNED_OUT, reason: Utf8Bytes::from_static("the session has ended") };
            let _ = socket.send(Frame::Close(Some(why))).await;
            return Err(Closed);
        };
        if self.other.replace(other) != Some(other) {
            tell(socket, &Told::Presence { other }).await?;
        }
        if share != self.share {
            self.show_room(socket).await?;
        }
        Ok(())
    }

    /// `None` when the session has ended meanwhile: a socket does not outlive it.
    async fn presence(&self) -> Result<Option<(Presence, Option<ScreenShareId>)>, ChatError> {
        let mut tx = self.begin().await?;
        if !identity::sessions::is_open(&mut tx, self.me.actor().session).await? {
            return Ok(None);
        }
        waiting::store::beat(&mut tx, self.me.actor(), Some(self.visit.appointment)).await?;
        let seen = waiting::store::other_seen_at(&mut tx, self.visit.appointment).await?;
        let share = sharing::store::find_live(&mut tx, self.me.app().vault(), &self.visit).await?;
        let now = tx.now();
        tx.commit().await?;
        Ok(Some((Presence::at(now, seen), share.map(|share| share.id))))
    }

    async fn say(&self, client_id: uuid::Uuid, text: String) -> Result<super::Message, ChatError> {
        let mut tx = self.begin().await?;
        let command = Say { visit: self.visit.id, client_id, text };
        let message = say(&mut tx, self.me.app().vault(), self.me.actor(), command).await?;
        tx.commit().await?;
        Ok(message)
    }

    async fn unread(&mut self) -> Result<Vec<super::Message>, ChatError> {
        let purpose = self.side.purpose();
        let mut tx = self.begin().await?;
        let (vault, actor) = (self.me.app().vault(), self.me.actor());
        let messages = store::list_since(&mut tx, vault, &self.visit, (actor, purpose), self.since).await?;
        tx.commit().await?;
        if let Some(last) = messages.last() {
            self.since = Some(last.sent_at.plus_seconds(-OVERLAP_SECONDS)).max(self.since);
        }
        Ok(messages.into_iter().filter(|message| self.seen.insert(message.id)).collect())
    }

    /// Who shares, what is shown, what came in.
    async fn show_room(&mut self, socket: &mut WebSocket) -> Result<(), Closed> {
        let (state, share) = self.room().await.map_err(|error| failed(&error))?;
        self.share = share;
        tell(socket, &Told::Room(state)).await
    }

    async fn room(&self) -> Result<(RoomState, Option<ScreenShareId>), ChatError> {
        let mut tx = self.begin().await?;
        let found = RoomState::find(&mut tx, self.me.app().vault(), &self.visit, self.me.actor()).await?;
        tx.commit().await?;
        Ok(found)
    }

    /// Whether somebody is listened to; no word is read for that.
    async fn show_sign(&self, socket: &mut WebSocket) -> Result<(), Closed> {
        match self.sign().await.map_err(|error| failed(&error))? {
            Some(sign) => tell(socket, &Told::Transcript(sign)).await,
            None => Ok(()),
        }
    }

    async fn sign(&self) -> Result<Option<Sign>, ChatError> {
        let mut tx = self.begin().await?;
        let transcript = transcripts::store::find(&mut tx, self.visit.id).await?;
        tx.commit().await?;
        Ok(transcript.as_ref().map(|found| Sign::of(&self.me, found)))
    }

    /// Whether the sound is kept; none of it is read for that.
    async fn show_recording(&self, socket: &mut WebSocket) -> Result<(), Closed> {
        match self.recording().await.map_err(|error| failed(&error))? {
            Some(sign) => tell(socket, &Told::Recording(sign)).await,
            None => Ok(()),
        }
    }

    async fn recording(&self) -> Result<Option<recordings::Sign>, ChatError> {
        let mut tx = self.begin().await?;
        let sign = recordings::sign(&mut tx, self.visit.id, self.me.actor().account.uuid()).await?;
        tx.commit().await?;
        Ok(sign)
    }

    /// Whether somebody is listened to, and what was written down since.
    async fn show_transcript(&mut self, socket: &mut WebSocket) -> Result<(), Closed> {
        let Some((sign, captions)) = self.captions().await.map_err(|error| failed(&error))? else {
            return Ok(());
        };
        tell(socket, &Told::Transcript(sign)).await?;
        if captions.is_empty() {
            return Ok(());
        }
        tell(socket, &Told::Captions { items: captions }).await
    }

    async fn captions(&mut self) -> Result<Option<(Sign, Vec<Caption>)>, ChatError> {
        let mut tx = self.begin().await?;
        let Some(transcript) = transcripts::store::find(&mut tx, self.visit.id).await? else {
            return Ok(None);
        };
        // One row of the trail for a sitting.
        let whose = (&self.visit, (!self.read).then(|| self.side.purpose()));
        let segments = transcripts::store::list_segments(&mut tx, self.me.app().vault(), whose, self.caption).await?;
        tx.commit().await?;
        self.read = true;
        self.caption = segments.last().map_or(self.caption, |segment| segment.number);
        let captions = segments.into_iter().map(|segment| Caption::of(segment, self.side)).collect();
        Ok(Some((Sign::of(&self.me, &transcript), captions)))
    }

    async fn in_room(&self, kind: &'static str, data: Value) -> Result<(), ChatError> {
        let mut tx = self.begin().await?;
        news::in_room(&mut tx, self.visit.id, kind, data).await?;
        Ok(tx.commit().await?)
    }

    async fn begin(&self) -> Result<db::Tx, ChatError> {
        Ok(self.me.app().db().begin(&self.me.actor().context()).await?)
    }
}

async fn tell(socket: &mut WebSocket, told: &Told) -> Result<(), Closed> {
    let text = serde_json::to_string(told).map_err(|_| Closed)?;
    socket.send(Frame::Text(text.into())).await.map_err(|_| Closed)
}

fn failed(error: &ChatError) -> Closed {
    if matches!(error, ChatError::Vault(_) | ChatError::Db(_) | ChatError::Transcript(_)) {
        tracing::warn!(%error, "consultations.socket_failed");
    }
    Closed
}

/// When a message was made, a little earlier: its id says so (UUIDv7).
fn moment(id: MessageId) -> Option<Timestamp> {
    let (seconds, _) = id.uuid().get_timestamp()?.to_unix();
    Some(Timestamp::from_unix_seconds(i64::try_from(seconds).ok()?).plus_seconds(-OVERLAP_SECONDS))
}
