//! One person's task: sound out at the pace of speech, results in, one new connection for one that broke.

use std::{collections::VecDeque, future::pending, time::Duration};

use futures::{SinkExt, StreamExt};
use serde::Deserialize;
use speech::{Heard, SAMPLE_RATE, SpeechError};
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, MissedTickBehavior, interval, timeout},
};
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_util::sync::CancellationToken;

use crate::{
    Client,
    client::{Clock, Command, Socket, lost},
    frame,
    results::{Event, Ledger, Place},
};

/// Amazon advises chunks of 50 to 200 ms.
const TICK: Duration = Duration::from_millis(100);
const CHUNK: usize = SAMPLE_RATE as usize / 10;
/// What has piled up, as after a new connection, is sent at twice the pace of speech: Amazon works at that of speech, and buffers.
const FASTEST: usize = 2 * CHUNK;
/// Amazon ends a stream after 15 seconds without sound, as an error. We end it before.
const IDLE: Duration = Duration::from_secs(10);
/// A network that takes nothing for so long is lost.
const STUCK: Duration = Duration::from_secs(5);

type Reply = oneshot::Sender<Result<Heard, SpeechError>>;

/// An utterance that is not answered, with its sound, should it have to be sent once more.
#[derive(Default)]
struct Spoken {
    sound: Vec<i16>,
    ended: bool,
    reply: Option<Reply>,
}

struct Carrier {
    client: Client,
    language: String,
    clock: Clock,
    begun: Instant,
    socket: Option<Socket>,
    /// Samples that this stream was sent, and those that wait.
    sent: Place,
    waiting: VecDeque<i16>,
    ledger: Ledger,
    spoken: VecDeque<Spoken>,
    last_sent: Instant,
    /// A connection was lost since something was last answered.
    was_lost: bool,
    /// Nobody agrees any more: said from outside, and seen here.
    stop: CancellationToken,
    is_held: bool,
    /// Nothing is tried any more.
    dead: Option<SpeechError>,
    died: CancellationToken,
}

/// Carries what is said until the voice is dropped and all is answered.
pub(crate) async fn carry(
    client: Client,
    (language, clock): (String, Clock),
    (mut inbox, stop, died): (mpsc::Receiver<Command>, CancellationToken, CancellationToken),
) {
    let now = Instant::now();
    let mut carrier = Carrier {
        client,
        language,
        clock,
        begun: now,
        socket: None,
        sent: 0,
        waiting: VecDeque::new(),
        ledger: Ledger::default(),
        spoken: VecDeque::new(),
        last_sent: now,
        was_lost: false,
        stop: stop.clone(),
        is_held: false,
        dead: None,
        died,
    };
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut open = true;
    while open || !carrier.spoken.is_empty() {
        tokio::select! {
            biased;
            () = stop.cancelled(), if !carrier.is_held => carrier.hold_back(),
            command = inbox.recv(), if open => match command {
                Some(Command::Sound(sound)) => carrier.say(&sound),
                Some(Command::End(reply)) => carrier.end(reply),
                None => open = false,
            },
            message = next(&mut carrier.socket) => {
                if let Err(error) = carrier.take(message) {
                    carrier.broke(error);
                }
            }
            _ = tick.tick() => {
                if let Err(error) = carrier.turn().await {
                    carrier.broke(error);
                }
            }
        }
        if !open {
            carrier.give_up_unended();
        }
    }
    carrier.close().await;
}

/// The next message of a connection, if there is one.
async fn next(socket: &mut Option<Socket>) -> Option<Result<Message, tungstenite::Error>> {
    match socket {
        Some(socket) => socket.next().await,
        None => pending().await,
    }
}

impl Carrier {
    fn say(&mut self, sound: &[f32]) {
        if self.dead.is_some() || self.is_held {
            return;
        }
        if self.spoken.back().is_none_or(|last| last.ended) {
            self.ledger.begin(self.queued());
            self.spoken.push_back(Spoken::default());
        }
        #[expect(clippy::cast_possible_truncation, reason = "clamped to 16 bits")]
        let samples = sound.iter().map(|sample| (sample.clamp(-1.0, 1.0) * 32_767.0).round() as i16);
        if let Some(last) = self.spoken.back_mut() {
            let from = last.sound.len();
            last.sound.extend(samples);
            self.waiting.extend(&last.sound[from..]);
        }
    }

    fn end(&mut self, reply: Reply) {
        if let Some(error) = &self.dead {
            let _ = reply.send(Err(error.clone()));
            return;
        }
        let queued = self.queued();
        match self.spoken.back_mut().filter(|last| !last.ended) {
            Some(last) => {
                last.ended = true;
                last.reply = Some(reply);
                self.ledger.end(queued);
            }
            None => drop(reply.send(Ok(Heard::default()))),
        }
    }

    /// Where the stream will be once all that waits is sent.
    fn queued(&self) -> Place {
        self.sent + self.waiting.len() as Place
    }

    /// Nobody agrees any more: what was not sent stays here.
    fn hold_back(&mut self) {
        self.is_held = true;
        let unsent = self.waiting.len();
        self.waiting.clear();
        if let Some(last) = self.spoken.back_mut() {
            last.sound.truncate(last.sound.len().saturating_sub(unsent));
            if last.ended {
                self.ledger.end(self.sent);
            }
        }
    }

    /// The voice is gone, and with it whoever would have ended this.
    fn give_up_unended(&mut self) {
        if self.spoken.back().is_some_and(|last| !last.ended) {
            self.spoken.pop_back();
            self.ledger.end(self.sent);
            if self.spoken.is_empty() {
                self.waiting.clear();
            }
        }
    }

    /// A tenth of a second has passed.
    async fn turn(&mut self) -> Result<(), SpeechError> {
        let now = self.begun.elapsed();
        while let Some(settled) = self.ledger.settle(self.sent, now) {
            self.was_lost = self.was_lost && settled.is_err();
            if let Some(reply) = self.spoken.pop_front().and_then(|one| one.reply) {
                // Whoever asked may have gone away.
                let _ = reply.send(settled);
            }
        }
        if !self.waiting.is_empty() {
            if self.socket.is_none() {
                self.socket = Some(self.client.connect(&self.language, self.clock).await?);
                self.last_sent = Instant::now();
                // It may have been taken back while the connection was made.
                if self.stop.is_cancelled() {
                    self.hold_back();
                    return Ok(());
                }
            }
            // Less than a chunk waits for the rest, unless nothing more comes.
            let is_end = self.spoken.back().is_none_or(|last| last.ended);
            if self.waiting.len() >= CHUNK || is_end {
                let samples: Vec<i16> = self.waiting.drain(..self.waiting.len().min(FASTEST)).collect();
                self.send(&samples).await?;
            }
        } else if self.spoken.front().is_some_and(|first| first.ended) && self.socket.is_some() {
            self.send(&[0; CHUNK]).await?;
        } else if self.socket.is_some() && self.spoken.is_empty() && self.last_sent.elapsed() > IDLE {
            self.close().await;
        }
        Ok(())
    }

    async fn send(&mut self, samples: &[i16]) -> Result<(), SpeechError> {
        let Some(socket) = &mut self.socket else {
            return Ok(());
        };
        let message = Message::Binary(frame::audio(samples).into());
        timeout(STUCK, socket.send(message)).await.map_err(|_| lost("nothing is taken"))?.map_err(lost)?;
        self.sent += samples.len() as Place;
        self.last_sent = Instant::now();
        Ok(())
    }

    fn take(&mut self, message: Option<Result<Message, tungstenite::Error>>) -> Result<(), SpeechError> {
        let bytes = match message {
            Some(Ok(Message::Binary(bytes))) => bytes,
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => return Ok(()),
            Some(Ok(Message::Text(_))) => return Err(lost("a message is text")),
            Some(Ok(Message::Close(_))) | None => return Err(lost("the stream was closed")),
            Some(Err(error)) => return Err(lost(error)),
        };
        let message = frame::decode(&bytes).map_err(lost)?;
        let header = |name: &str| message.headers.get(name).map(String::as_str).unwrap_or_default();
        match header(":message-type") {
            "event" if header(":event-type") == "TranscriptEvent" => {
                let event: Event = serde_json::from_slice(&message.payload).map_err(lost)?;
                self.ledger.take(event, self.begun.elapsed());
                Ok(())
            }
            // Of kinds that came later than this program.
            "event" => Ok(()),
            _ => Err(exception(header(":exception-type"), &message.payload)),
        }
    }

    /// The connection is of no use any more. What is not answered is sent once more, over a new one.
    fn broke(&mut self, error: SpeechError) {
        tracing::warn!(%error, unanswered = self.spoken.len(), "speech_amazon.stream_broke");
        self.socket = None;
        self.sent = 0;
        self.waiting.clear();
        self.ledger = Ledger::default();
        if self.spoken.is_empty() && error != SpeechError::Throttled {
            return;
        }
        if error == SpeechError::Throttled || self.was_lost || self.is_held {
            for reply in self.spoken.drain(..).filter_map(|one| one.reply) {
                let _ = reply.send(Err(error.clone()));
            }
            self.dead = Some(error);
            self.died.cancel();
            return;
        }
        self.was_lost = true;
        for one in &self.spoken {
            self.ledger.begin(self.waiting.len() as Place);
            self.waiting.extend(&one.sound);
            if one.ended {
                self.ledger.end(self.waiting.len() as Place);
            }
        }
    }

    /// An empty chunk says that no more comes.
    async fn close(&mut self) {
        if self.send(&[]).await.is_ok()
            && let Some(mut socket) = self.socket.take()
        {
            let _ = timeout(STUCK, socket.close(None)).await;
        }
        self.socket = None;
        self.sent = 0;
        self.ledger = Ledger::default();
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Exception {
    message: Option<String>,
}

/// What Amazon says when it cannot: a limit is not tried against again.
fn exception(kind: &str, payload: &[u8]) -> SpeechError {
    if kind == "LimitExceededException" {
        return SpeechError::Throttled;
    }
    let text = serde_json::from_slice::<Exception>(payload).ok().and_then(|said| said.message).unwrap_or_default();
    lost(format!("{kind}: {text}"))
}
