//! Listens to a room and keeps its sound.

use std::{
    collections::HashMap,
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use kernel::{Timestamp, ids::VisitId};
use speech::{Mixer, PACKET_MS, Packer};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::{Instant, interval, sleep},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;
use web::App;

use super::{
    Config, Kept, NewPart, RecordingEnd, RecordingError, Standing, append,
    change::{context, give_up, hold},
    store,
};
use crate::rooms;

/// How often it is looked who is in the room, and what was heard is mixed.
const TICK: Duration = Duration::from_millis(500);
/// Before what could not be written down is tried once more.
const AGAIN: Duration = Duration::from_secs(1);
/// Files that are put together at a time, for whoever listens: each may take some forty megabytes.
const LISTENERS: usize = 4;
/// A part: what a crash loses at most.
const PART_PACKETS: usize = 5000 / PACKET_MS as usize;

/// The machine's recorder. One for all visits.
pub struct Recorder {
    keep_days: i64,
    /// Who listens to which visit, by a number of its own.
    rooms: Arc<Mutex<HashMap<VisitId, (u64, CancellationToken)>>>,
    next: AtomicU64,
    tasks: TaskTracker,
    listeners: Semaphore,
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("keep_days", &self.keep_days).finish_non_exhaustive()
    }
}

impl Recorder {
    /// A recorder, where the operator says how long its sound is kept.
    pub fn new(config: Config) -> Option<Self> {
        Some(Self {
            keep_days: config.keep_days?,
            rooms: Arc::default(),
            next: AtomicU64::new(0),
            tasks: TaskTracker::new(),
            listeners: Semaphore::new(LISTENERS),
        })
    }

    /// A turn to put a file together.
    pub(super) async fn turn(&self) -> Result<SemaphorePermit<'_>, RecordingError> {
        self.listeners.acquire().await.map_err(|_| RecordingError::Broken)
    }

    /// Waits for what was heard to be kept, when the process ends.
    pub async fn finish(&self) {
        self.tasks.close();
        if tokio::time::timeout(Duration::from_secs(5), self.tasks.wait()).await.is_err() {
            tracing::warn!("consultations.recorder_unfinished");
        }
    }

    pub(crate) fn keep_days(&self) -> i64 {
        self.keep_days
    }

    /// Begins to listen to this visit, if it is to be recorded; whoever listened before finishes what was begun.
    pub(crate) fn attend(self: &Arc<Self>, app: &App, visit: VisitId) {
        let stop = app.stop().child_token();
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let former = self.rooms.lock().unwrap_or_else(PoisonError::into_inner).insert(visit, (number, stop.clone()));
        if let Some((_, former)) = former {
            former.cancel();
        }
        let (app, me) = (app.clone(), Arc::clone(self));
        self.tasks.spawn(async move {
            let over = match listen(&app, visit, &stop).await {
                Ok(None) => None,
                Ok(Some(why)) => Some(why),
                Err(error) => {
                    tracing::error!(%visit, %error, "consultations.recorder_failed");
                    Some(RecordingEnd::Failed)
                }
            };
            if let Some(why) = over {
                end(&app, visit, why, &stop).await;
            }
            let mut rooms = me.rooms.lock().unwrap_or_else(PoisonError::into_inner);
            if rooms.get(&visit).is_some_and(|(running, _)| *running == number) {
                rooms.remove(&visit);
            }
        });
    }

    /// Stops listening at once. What was heard before is still kept where the recording allows it.
    pub(crate) fn leave(&self, visit: VisitId) {
        if let Some((_, running)) = self.rooms.lock().unwrap_or_else(PoisonError::into_inner).remove(&visit) {
            running.cancel();
        }
    }
}

/// The sign in the room must not say that something is kept when nothing is: it is tried until it is done, or somebody else attends.
async fn end(app: &App, visit: VisitId, why: RecordingEnd, stop: &CancellationToken) {
    let mut pause = AGAIN;
    loop {
        let done = async {
            let mut tx = app.db().begin(&context()).await?;
            give_up(&mut tx, visit, why).await?;
            tx.commit().await
        };
        let Err(error) = done.await else { return };
        tracing::error!(%visit, %error, "consultations.recorder_lost");
        tokio::select! {
            () = stop.cancelled() => return,
            () = sleep(pause) => pause = (pause * 2).min(Duration::from_secs(30)),
        }
    }
}

/// Until the room is empty, the recording ends, or somebody else takes over; why the recorder must end it, if it must.
async fn listen(app: &App, visit: VisitId, stop: &CancellationToken) -> Result<Option<RecordingEnd>, RecordingError> {
    let mut tx = app.db().begin(&context()).await?;
    let found = store::find(&mut tx, visit).await?.filter(|found| found.standing.is_listening());
    let now = tx.now();
    tx.commit().await?;
    let Some(zero) = found.and_then(|found| found.started_at) else {
        return Ok(None);
    };
    let sfu = match rooms::node_of(app, visit).await? {
        Some(rtc::Node::Own(sfu)) => sfu,
        // A room on another machine sends its sound elsewhere.
        Some(rtc::Node::Other(_)) => return Err(RecordingError::Elsewhere),
        // Nobody is in it: whoever comes calls again.
        None => return Ok(None),
    };
    let since = Instant::now();
    let mut tape =
        Tape { app, visit, zero_ms: millis_between(zero, now), since, reel: Reel::new(since)?, agreed: Vec::new() };
    let mut sounds = sfu.listen(visit.uuid(), rtc::Listener::Recorder).await;
    let mut tick = interval(TICK);
    // Not before it was looked who is there.
    let mut running = false;
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            sound = sounds.recv() => {
                let Some(sound) = sound else { break };
                if running && tape.agreed.contains(&sound.peer) {
                    tape.reel.hear(&sound)?;
                }
            }
            _ = tick.tick() => {
                let present = present(&sfu, visit).await;
                let Some(now) = tape.look(&present).await? else { break };
                match (running, now == Standing::running()) {
                    (false, true) => tape.reel = Reel::new(Instant::now())?,
                    (true, false) => {
                        tape.flush(true).await?;
                    }
                    (false, false) | (true, true) => {}
                }
                running = now == Standing::running();
                if !now.is_listening() {
                    return Ok(None);
                }
                if running {
                    match tape.flush(false).await? {
                        Kept::Yes => {}
                        Kept::No => return Ok(None),
                        Kept::Full => return Ok(Some(RecordingEnd::TooLong)),
                    }
                }
            }
        }
    }
    if running {
        tape.flush(true).await?;
    }
    Ok(None)
}

async fn present(sfu: &rtc::Sfu, visit: VisitId) -> Vec<Uuid> {
    let rooms = sfu.rooms().await;
    rooms.into_iter().find(|(room, _)| *room == visit.uuid()).map(|(_, peers)| peers).unwrap_or_default()
}

fn millis_between(from: Timestamp, until: Timestamp) -> i64 {
    (until.micros() - from.micros()) / 1000
}

fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(0)
}

/// What is mixed without a break.
struct Reel {
    mixer: Mixer,
    packer: Packer,
    began: Instant,
    /// Not yet kept.
    packets: Vec<Vec<u8>>,
    /// Kept, or given up.
    gone: usize,
}

impl Reel {
    fn new(began: Instant) -> Result<Self, RecordingError> {
        Ok(Self { mixer: Mixer::default(), packer: Packer::new()?, began, packets: Vec::new(), gone: 0 })
    }

    fn hear(&mut self, sound: &rtc::Sound) -> Result<(), RecordingError> {
        let who = (sound.peer.as_u128(), sound.session);
        let heard = self.mixer.hear(who, sound.rtp_time, &sound.packet, self.began.elapsed());
        Ok(heard.map_err(speech::SoundError::from)?)
    }

    fn pack(&mut self, all: bool) -> Result<(), RecordingError> {
        let now = self.began.elapsed();
        let sound = if all { self.mixer.finish(now) } else { self.mixer.take(now) };
        self.packets.extend(self.packer.push(&sound)?);
        Ok(())
    }
}

/// The recording of one visit, as long as one task keeps it.
struct Tape<'a> {
    app: &'a App,
    visit: VisitId,
    /// The recording was so old when this task began.
    zero_ms: i64,
    since: Instant,
    reel: Reel,
    agreed: Vec<Uuid>,
}

impl Tape<'_> {
    /// Who has agreed, and whether that is everyone who is there.
    async fn look(&mut self, present: &[Uuid]) -> Result<Option<Standing>, RecordingError> {
        let mut tx = self.app.db().begin(&context()).await?;
        self.agreed = store::list_given(&mut tx, self.visit).await?;
        let everyone = present.iter().all(|peer| self.agreed.contains(peer));
        let standing = hold(&mut tx, self.visit, everyone).await?;
        tx.commit().await?;
        Ok(standing)
    }

    /// Keeps what makes a whole part; with `all`, everything.
    async fn flush(&mut self, all: bool) -> Result<Kept, RecordingError> {
        self.reel.pack(all)?;
        let count = self.reel.packets.len();
        if count == 0 || (!all && count < PART_PACKETS) {
            return Ok(Kept::Yes);
        }
        let began_ms = self.zero_ms + millis(self.reel.began - self.since);
        let starts_ms = began_ms + i64::try_from(self.reel.gone).unwrap_or(0) * i64::from(PACKET_MS);
        let part = NewPart { starts_ms, packets: std::mem::take(&mut self.reel.packets) };
        self.reel.gone += count;
        let mut tx = self.app.db().begin(&context()).await?;
        let kept = append(&mut tx, self.app.vault(), self.visit, part).await?;
        tx.commit().await?;
        Ok(kept)
    }
}
