//! Listens to a room and writes down who said what.

use std::{
    collections::HashMap,
    fmt,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use kernel::{Timestamp, ids::AccountId, ids::VisitId};
use speech::{Ear, EngineFiles, Heard, Recogniser, SpeechError, Utterance, Utterances};
use speech_amazon::Voice;
use tokio::{
    sync::{OnceCell, mpsc, oneshot},
    time::{MissedTickBehavior, interval, sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use web::{
    App,
    live::{Subscription, Topic},
};

use super::{
    Config, EndReason, Listening, NewSegment, Said, Transcript, TranscriptError, TranscriptStatus, append,
    change::{context, give_up},
    listening::listenings,
    store,
};
use crate::rooms;

/// A track from which nothing came for so long is silent: what was begun is complete.
const SILENCE: Duration = Duration::from_millis(1200);
const TICK: Duration = Duration::from_millis(400);
/// So often it is asked whether the transcript still runs, whatever news came: every fifth tick.
const LOOK: u32 = 5;
/// A database that takes longer has not answered.
const ANSWER: Duration = Duration::from_secs(2);
/// Utterances of one visit that may wait to be recognised. More are left out, and the hole is shown.
const WAITING: usize = 12;
/// How far sound may be ahead of the clock: a burst after a hole in the network.
const AHEAD: Duration = Duration::from_secs(5);
/// Before what could not be written down is tried once more.
const AGAIN: Duration = Duration::from_secs(2);

/// The machine's listener. One for all visits.
pub struct Scribe {
    /// Where the engine lies; none where all there is is outside.
    folder: Option<PathBuf>,
    outside: Option<speech_amazon::Client>,
    threads: usize,
    keep_days: i64,
    /// Loaded when it is first asked for: a hospital that never transcribes keeps its memory.
    recogniser: OnceCell<Recogniser>,
    /// Who listens to which visit, by a number of its own.
    rooms: Arc<Mutex<HashMap<VisitId, (u64, CancellationToken)>>>,
    next: AtomicU64,
    tasks: TaskTracker,
}

impl fmt::Debug for Scribe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scribe").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// An utterance on its way.
struct Pending {
    speaker: AccountId,
    /// Milliseconds since the transcript began.
    starts_ms: i32,
    ends_ms: i32,
    sound: Sound,
}

enum Sound {
    /// It had to be left out.
    Missed,
    /// For the engine here.
    Whole(Vec<f32>),
    /// The engine outside listened along.
    Outside(oneshot::Receiver<Result<Heard, SpeechError>>),
}

/// Who listens to one visit.
enum Engine {
    Here(Recogniser),
    Outside { client: speech_amazon::Client, language: String, now: Timestamp },
}

impl Scribe {
    /// A listener with the engine that lies in the configured folder, and the one outside if one is set; `None` where there is neither.
    pub fn find(config: &Config) -> Option<Self> {
        let folder = config.folder.clone().filter(|folder| EngineFiles::are_there(folder));
        let outside = config.outside.clone().and_then(|outside| {
            let client = speech_amazon::Client::new(outside);
            client.inspect_err(|error| tracing::error!(%error, "consultations.speech_outside_not_ready")).ok()
        });
        if folder.is_none() && outside.is_none() {
            return None;
        }
        Some(Self {
            folder,
            outside,
            threads: config.threads,
            keep_days: config.keep_days,
            recogniser: OnceCell::new(),
            rooms: Arc::default(),
            next: AtomicU64::new(0),
            tasks: TaskTracker::new(),
        })
    }

    pub(crate) fn keep_days(&self) -> i64 {
        self.keep_days
    }

    /// What can be listened to here.
    pub(crate) fn listenings(&self) -> Vec<Listening> {
        let outside = self.outside.as_ref().map(|client| (client.languages(), client.recipient()));
        listenings(self.folder.is_some(), outside)
    }

    /// The engine that was named when both agreed, and no other: sound goes nowhere else.
    async fn engine(&self, transcript: &Transcript, now: Timestamp) -> Result<Engine, TranscriptError> {
        let Some(to) = &transcript.sound_to else {
            return Ok(Engine::Here(self.ready().await?));
        };
        let client = self.outside.clone().filter(|client| client.recipient() == *to);
        let client = client.ok_or(TranscriptError::NotThisEngine)?;
        Ok(Engine::Outside { client, language: transcript.language.clone(), now })
    }

    /// Loads the engine, if it is not loaded: about a second. Its files are checked before.
    pub(crate) async fn ready(&self) -> Result<Recogniser, SpeechError> {
        let recogniser = self.recogniser.get_or_try_init(|| async {
            let folder = self.folder.clone().ok_or_else(|| SpeechError::Start("there is no engine here".to_owned()))?;
            let files = tokio::task::spawn_blocking(move || EngineFiles::find(&folder)).await;
            let files = files.map_err(|error| SpeechError::Start(error.to_string()))?;
            let files = files.map_err(|error| SpeechError::Start(error.to_string()))?;
            Recogniser::start(files, self.threads).await
        });
        Ok(recogniser.await?.clone())
    }

    /// The same, behind.
    pub(crate) fn warm_up(self: &Arc<Self>) {
        let me = Arc::clone(self);
        self.tasks.spawn(async move {
            if let Err(error) = me.ready().await {
                tracing::error!(%error, "consultations.speech_not_ready");
            }
        });
    }

    /// Seconds of work per second of speech; `None` before anything was heard.
    pub fn real_time_factor(&self) -> Option<f64> {
        self.recogniser.get()?.real_time_factor()
    }

    /// Begins to listen to this visit; whoever listened to it before finishes what was begun. It ends by [`Scribe::leave`], when the room
    /// empties, or with the process. Where the transcript does not run, nothing happens.
    pub(crate) fn attend(self: &Arc<Self>, app: &App, visit: VisitId) {
        let stop = app.stop().child_token();
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let former = self.rooms.lock().unwrap_or_else(PoisonError::into_inner).insert(visit, (number, stop.clone()));
        if let Some((_, former)) = former {
            former.cancel();
        }
        let (app, me) = (app.clone(), Arc::clone(self));
        self.tasks.spawn(async move {
            if let Err(error) = Box::pin(listen(&app, &me, (visit, &stop))).await {
                tracing::error!(%visit, %error, "consultations.scribe_failed");
                me.give_up(&app, visit, reason(&error)).await;
            }
            let mut rooms = me.rooms.lock().unwrap_or_else(PoisonError::into_inner);
            if rooms.get(&visit).is_some_and(|(running, _)| *running == number) {
                rooms.remove(&visit);
            }
        });
    }

    /// Stops listening at once. What was heard before is still written down where the transcript allows it.
    pub(crate) fn leave(&self, visit: VisitId) {
        if let Some((_, running)) = self.rooms.lock().unwrap_or_else(PoisonError::into_inner).remove(&visit) {
            running.cancel();
        }
    }

    /// The sign in the room must not say that somebody is listened to.
    async fn give_up(&self, app: &App, visit: VisitId, reason: EndReason) {
        let done = async {
            let mut tx = app.db().begin(&context()).await?;
            give_up(&mut tx, visit, reason).await?;
            tx.commit().await
        };
        if let Err(error) = done.await {
            tracing::error!(%visit, %error, "consultations.scribe_lost");
        }
    }
}

/// What the room is told.
fn reason(error: &TranscriptError) -> EndReason {
    match error {
        TranscriptError::Speech(SpeechError::Throttled) => EndReason::Throttled,
        TranscriptError::Speech(SpeechError::Lost(_)) => EndReason::Unreachable,
        _ => EndReason::Failed,
    }
}

async fn listen(
    app: &App,
    scribe: &Scribe,
    (visit, stop): (VisitId, &CancellationToken),
) -> Result<(), TranscriptError> {
    // Before the first look, so that no pause is missed between the two.
    let news = app.live().subscribe(Topic::Visit(visit));
    let mut tx = app.db().begin(&context()).await?;
    let transcript = store::find(&mut tx, visit).await?;
    let agreed = store::list_given(&mut tx, visit).await?;
    let now = tx.now();
    tx.commit().await?;
    let Some(transcript) = transcript.filter(|found| found.status == TranscriptStatus::Running) else {
        return Ok(());
    };
    let zero = transcript.started_at.unwrap_or(now);
    let sfu = match rooms::node_of(app, visit).await? {
        Some(rtc::Node::Own(sfu)) => sfu,
        // A room on another machine sends its sound elsewhere.
        Some(rtc::Node::Other(_)) => return Err(TranscriptError::Elsewhere),
        // Nobody is in it: whoever comes calls again.
        None => return Ok(()),
    };
    let engine = scribe.engine(&transcript, now).await?;
    let (queue, waiting) = mpsc::channel(WAITING);
    let clock = Clock { zero_ms: millis_between(zero, now), since: tokio::time::Instant::now() };
    let hearing = hear((app, &sfu, visit), (&engine, &agreed), clock, (queue, stop, news));
    let (heard, refused) = tokio::join!(write(app, &engine, visit, waiting), hearing);
    heard?;
    // Between two utterances nobody waits for an answer that could say so.
    if refused { Err(SpeechError::Throttled.into()) } else { Ok(()) }
}

/// Whether the transcript runs, whoever decided that, in whichever process; news of before may come late. None where the database does not
/// say.
async fn runs(app: &App, visit: VisitId) -> Option<bool> {
    let found = async {
        let mut tx = app.db().begin(&context()).await?;
        let found = store::find(&mut tx, visit).await?;
        tx.commit().await?;
        Ok::<_, db::Error>(found)
    };
    let found = timeout(ANSWER, found).await.ok()?.ok()?;
    Some(found.is_some_and(|found| found.status == TranscriptStatus::Running))
}

/// Milliseconds since the transcript began.
#[derive(Clone, Copy)]
struct Clock {
    zero_ms: i64,
    since: tokio::time::Instant,
}

impl Clock {
    fn now(self) -> i64 {
        self.zero_ms + i64::try_from(self.since.elapsed().as_millis()).unwrap_or(0)
    }
}

fn millis_between(from: Timestamp, until: Timestamp) -> i64 {
    (until.micros() - from.micros()) / 1000
}

/// One person's track.
struct Track {
    ear: Ear,
    utterances: Utterances,
    /// Of the session that sends: a new one is a new stream.
    session: u64,
    /// When the track began, in milliseconds since the transcript began.
    began_ms: i64,
    begun: tokio::time::Instant,
    last: tokio::time::Instant,
    /// Something had to be left out: the next utterance is told as a hole.
    missed: bool,
    sound: Vec<f32>,
    /// Samples of the utterance that has begun which the engine outside has heard.
    along: usize,
}

/// Where one person's utterances go: the voice is there where an engine outside listens along.
struct Way<'a> {
    speaker: AccountId,
    voice: Option<&'a mut Voice>,
    queue: &'a mpsc::Sender<Pending>,
}

/// Who is heard in one visit, and how.
struct Room<'a> {
    engine: &'a Engine,
    agreed: &'a [(AccountId, crate::visits::Side)],
    clock: Clock,
    queue: mpsc::Sender<Pending>,
    tracks: HashMap<AccountId, Track>,
    /// Where an engine outside listens along, of everybody who agreed. Nobody else has a voice.
    voices: HashMap<AccountId, Voice>,
    all: CancellationToken,
    silence: CancellationToken,
    /// The database does not say whether the transcript runs: until it does, nothing leaves.
    in_doubt: bool,
}

impl Room<'_> {
    /// From now on an engine outside listens along.
    fn speak(&mut self) {
        let Engine::Outside { client, language, now } = self.engine else { return };
        let now = now.plus_seconds(i64::try_from(self.clock.since.elapsed().as_secs()).unwrap_or(0));
        let silence = self.all.child_token();
        self.voices = self.agreed.iter().map(|(who, _)| (*who, client.voice(language, now, silence.clone()))).collect();
        self.silence = silence;
    }

    /// Not a sample more: what was said until now is all there is.
    fn fall_silent(&mut self) {
        self.silence.cancel();
        for (speaker, mut track) in self.tracks.drain() {
            let voice = self.voices.get_mut(&speaker);
            track.finish(&mut Way { speaker, voice, queue: &self.queue });
        }
    }

    fn is_refused(&self) -> bool {
        self.voices.values().any(Voice::is_dead)
    }

    /// What the database says of the transcript. Whether there is more to hear.
    fn told(&mut self, runs: Option<bool>) -> bool {
        match runs {
            Some(false) => return false,
            Some(true) if self.in_doubt => {
                self.in_doubt = false;
                self.speak();
            }
            // The engine here sends nothing away, and whoever writes finds that the database is gone.
            None if !self.in_doubt && matches!(self.engine, Engine::Outside { .. }) => {
                self.in_doubt = true;
                self.fall_silent();
                if self.is_refused() {
                    return false;
                }
                self.voices.clear();
            }
            Some(true) | None => {}
        }
        true
    }

    /// Whether there is more to hear.
    fn take(&mut self, sound: &rtc::Sound) -> bool {
        let speaker = AccountId::from_uuid(sound.peer);
        if self.in_doubt || !self.agreed.iter().any(|(account, _)| *account == speaker) {
            return true;
        }
        let mut way = Way { speaker, voice: self.voices.get_mut(&speaker), queue: &self.queue };
        if self.tracks.get(&speaker).is_none_or(|track| track.session != sound.session) {
            if let Some(mut former) = self.tracks.remove(&speaker) {
                former.finish(&mut way);
            }
            let Ok(ear) = Ear::new() else { return false };
            self.tracks.insert(speaker, Track::new(ear, sound.session, self.clock.now()));
        }
        if let Some(track) = self.tracks.get_mut(&speaker) {
            track.take(sound, &mut way);
        }
        true
    }

    /// Whether there is more to hear.
    fn turn(&mut self) -> bool {
        // Not only when somebody has come to the end of what they say.
        if self.is_refused() {
            return false;
        }
        let Self { tracks, voices, queue, .. } = self;
        let queue = &*queue;
        tracks.retain(|speaker, track| {
            // A sender that falls silent sends nothing (DTX, mute): its next packet begins a new track.
            let silent = track.last.elapsed() > SILENCE;
            if silent {
                track.finish(&mut Way { speaker: *speaker, voice: voices.get_mut(speaker), queue });
            }
            !silent
        });
        true
    }
}

/// From the media room to utterances, until the room is empty. Whether a service outside has refused to hear more.
async fn hear(
    (app, sfu, visit): (&App, &rtc::Sfu, VisitId),
    (engine, agreed): (&Engine, &[(AccountId, crate::visits::Side)]),
    clock: Clock,
    (queue, stop, mut news): (mpsc::Sender<Pending>, &CancellationToken, Subscription),
) -> bool {
    let mut sounds = sfu.listen(visit.uuid(), rtc::Listener::Scribe).await;
    let (all, tracks, voices) = (CancellationToken::new(), HashMap::new(), HashMap::new());
    // Also when this ends in another way.
    let _guard = all.clone().drop_guard();
    let silence = all.child_token();
    let mut room = Room { engine, agreed, clock, queue, tracks, voices, all, silence, in_doubt: false };
    room.speak();
    let (mut tick, mut has_news, mut ticks) = (interval(TICK), true, 0_u32);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let asks = tokio::select! {
            () = stop.cancelled() => break,
            event = news.recv(), if has_news => {
                has_news = event.is_some();
                // What was missed may have been of the transcript.
                event.is_some_and(|event| event.kind == "transcript" || event.kind == "missed")
            }
            // Nobody writes any more.
            () = room.queue.closed() => return false,
            sound = sounds.recv() => {
                let Some(sound) = sound else { break };
                if !room.take(&sound) {
                    break;
                }
                false
            }
            _ = tick.tick() => {
                ticks = ticks.wrapping_add(1);
                if !room.turn() {
                    break;
                }
                room.in_doubt || ticks.is_multiple_of(LOOK)
            }
        };
        if asks {
            let answer = tokio::select! {
                () = stop.cancelled() => Some(false),
                answer = runs(app, visit) => answer,
            };
            if !room.told(answer) {
                break;
            }
        }
    }
    room.fall_silent();
    room.is_refused()
}

impl Track {
    fn new(ear: Ear, session: u64, began_ms: i64) -> Self {
        let now = tokio::time::Instant::now();
        let utterances = Utterances::default();
        Self { ear, utterances, session, began_ms, begun: now, last: now, missed: false, sound: Vec::new(), along: 0 }
    }

    fn take(&mut self, sound: &rtc::Sound, way: &mut Way<'_>) {
        self.last = tokio::time::Instant::now();
        // Nobody speaks faster than time passes: a sender whose clock runs ahead is not followed.
        if self.utterances.length() > self.begun.elapsed() + AHEAD {
            return;
        }
        self.sound.clear();
        self.ear.hear(sound.rtp_time, &sound.packet, &mut self.sound);
        for utterance in self.utterances.push(&self.sound) {
            self.pass(utterance, way);
        }
        if let (Some(voice), Some(open)) = (&mut way.voice, self.utterances.open()) {
            voice.say(open.get(self.along..).unwrap_or_default());
            self.along = open.len();
        }
    }

    fn finish(&mut self, way: &mut Way<'_>) {
        if let Some(utterance) = self.utterances.finish() {
            self.pass(utterance, way);
        }
    }

    fn pass(&mut self, utterance: Utterance, way: &mut Way<'_>) {
        let at = |moment: Duration| {
            let ms = self.began_ms + i64::try_from(moment.as_millis()).unwrap_or(0);
            i32::try_from(ms.max(0)).unwrap_or(i32::MAX)
        };
        let (starts_ms, ends_ms) = (at(utterance.from), at(utterance.until));
        let sound = match &mut way.voice {
            None => Sound::Whole(utterance.sound),
            Some(voice) => {
                let along = std::mem::take(&mut self.along);
                voice.say(utterance.sound.get(along..).unwrap_or_default());
                Sound::Outside(voice.end())
            }
        };
        // A hole that found no room stands in the place of what comes next.
        let sound = if self.missed { Sound::Missed } else { sound };
        self.missed = way.queue.try_send(Pending { speaker: way.speaker, starts_ms, ends_ms, sound }).is_err();
        if self.missed {
            tracing::warn!("consultations.scribe_behind");
        }
    }
}

/// From utterances to segments, one after another.
async fn write(
    app: &App,
    engine: &Engine,
    visit: VisitId,
    mut waiting: mpsc::Receiver<Pending>,
) -> Result<(), TranscriptError> {
    while let Some(Pending { speaker, starts_ms, ends_ms, sound }) = waiting.recv().await {
        let said = match heard(engine, sound).await {
            Ok(heard) if heard.text.is_empty() => continue,
            Ok(heard) => Said::from(heard),
            Err(SpeechError::Behind) => Said::default(),
            // Nobody is listened to from now on, and the sign says so.
            Err(error @ (SpeechError::Throttled | SpeechError::Lost(_))) => return Err(error.into()),
            Err(error) => {
                tracing::warn!(%error, "consultations.speech_failed");
                Said::default()
            }
        };
        let new = NewSegment { speaker, starts_ms, ends_ms, said };
        let kept = match keep(app, visit, new.clone()).await {
            Ok(kept) => kept,
            // A database that was away for a moment.
            Err(error) => {
                tracing::warn!(%error, "consultations.segment_again");
                sleep(AGAIN).await;
                keep(app, visit, new).await?
            }
        };
        if !kept {
            return Ok(());
        }
    }
    Ok(())
}

async fn heard(engine: &Engine, sound: Sound) -> Result<Heard, SpeechError> {
    match (sound, engine) {
        (Sound::Whole(sound), Engine::Here(recogniser)) => recogniser.hear(sound).await,
        // Sound that the engine outside was not sent while it was said is not sent afterwards.
        (Sound::Missed, _) | (Sound::Whole(_), Engine::Outside { .. }) => Err(SpeechError::Behind),
        (Sound::Outside(answer), _) => answer.await.unwrap_or(Err(SpeechError::Behind)),
    }
}

async fn keep(app: &App, visit: VisitId, new: NewSegment) -> Result<bool, TranscriptError> {
    let mut tx = app.db().begin(&context()).await?;
    let kept = append(&mut tx, app.vault(), visit, new).await?;
    tx.commit().await?;
    Ok(kept)
}

impl From<Heard> for Said {
    fn from(heard: Heard) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
        let percent = |part: f32| (part.clamp(0.0, 1.0) * 100.0).round() as u8;
        Self { text: heard.text, sure: heard.words.iter().map(|word| percent(word.confidence)).collect() }
    }
}
