//! The thread that listens: one utterance after another, whoever asks.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use tokio::sync::{mpsc, oneshot};

use crate::{EngineFiles, SAMPLE_RATE, Word, moonshine::Moonshine};

/// What was said in one utterance.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Heard {
    pub text: String,
    pub words: Vec<Word>,
    /// From 0 to 1: that of the least certain third of the words, for one wrong word can turn a sentence round.
    pub confidence: f32,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpeechError {
    /// The runtime or the model does not load.
    #[error("speech recognition cannot start: {0}")]
    Start(String),
    /// More is said than this machine can follow: the caller keeps the sound or lets it go.
    #[error("speech recognition is behind")]
    Behind,
    #[error("speech recognition failed: {0}")]
    Failed(String),
    /// An engine outside takes no more from this hospital at the moment.
    #[error("the speech service takes no more at the moment")]
    Throttled,
    /// An engine outside was reached twice and lost twice, or does not take what it is sent.
    #[error("the speech service is not reached: {0}")]
    Lost(String),
}

type Ask = (Vec<f32>, oneshot::Sender<Result<Heard, SpeechError>>);

/// Utterances that may wait: about two minutes of speech.
const WAITING: usize = 32;

/// A handle to the thread, which ends with the last of them: dropping that one waits until the thread is done with what it is at (a
/// second at most), for a process must not end under the feet of the runtime. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Recogniser {
    inside: Arc<Inside>,
    work: Arc<Work>,
}

#[derive(Debug)]
struct Inside {
    /// Taken when it is dropped, so that the thread hears of the end before it is waited for.
    asks: Option<mpsc::Sender<Ask>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Drop for Inside {
    fn drop(&mut self) {
        self.asks.take();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("speech.thread_panicked");
        }
    }
}

#[derive(Debug, Default)]
struct Work {
    heard_ms: AtomicU64,
    spent_ms: AtomicU64,
}

impl Recogniser {
    /// Loads the model on a thread of its own and returns when it is ready.
    pub async fn start(files: EngineFiles, threads: usize) -> Result<Self, SpeechError> {
        let (asks, inbox) = mpsc::channel(WAITING);
        let (ready, loaded) = oneshot::channel();
        let work = Arc::new(Work::default());
        let kept = Arc::clone(&work);
        let thread = thread::Builder::new()
            .name("speech".to_owned())
            .spawn(move || listen(&files, threads, inbox, ready, &kept))
            .map_err(|error| SpeechError::Start(error.to_string()))?;
        // From here on it is waited for, also when nobody waits for this start any more.
        let inside = Arc::new(Inside { asks: Some(asks), thread: Some(thread) });
        loaded.await.map_err(|_| SpeechError::Start("the thread ended".to_owned()))??;
        Ok(Self { inside, work })
    }

    /// What was said. Waits its turn; refused at once when too many wait.
    pub async fn hear(&self, sound: Vec<f32>) -> Result<Heard, SpeechError> {
        let (reply, answer) = oneshot::channel();
        let asks = self.inside.asks.as_ref().ok_or(SpeechError::Behind)?;
        asks.try_send((sound, reply)).map_err(|_| SpeechError::Behind)?;
        answer.await.unwrap_or(Err(SpeechError::Behind))
    }

    /// Seconds of work per second of speech since the start; `None` before anything was heard. Below 1 the machine keeps up.
    #[expect(clippy::cast_precision_loss, reason = "milliseconds")]
    pub fn real_time_factor(&self) -> Option<f64> {
        let heard = self.work.heard_ms.load(Ordering::Relaxed);
        (heard > 0).then(|| self.work.spent_ms.load(Ordering::Relaxed) as f64 / heard as f64)
    }
}

fn listen(
    files: &EngineFiles,
    threads: usize,
    mut inbox: mpsc::Receiver<Ask>,
    ready: oneshot::Sender<Result<(), SpeechError>>,
    work: &Work,
) {
    let mut model = match Moonshine::load(files, threads) {
        Ok(model) => model,
        Err(error) => {
            let _ = ready.send(Err(error));
            return;
        }
    };
    let _ = ready.send(Ok(()));
    while let Some((sound, reply)) = inbox.blocking_recv() {
        // Nobody waits for it any more: a pause, or the end.
        if reply.is_closed() {
            continue;
        }
        let begun = Instant::now();
        let length = Duration::from_millis((sound.len() * 1000 / SAMPLE_RATE as usize) as u64);
        let heard = model.hear(&sound).map(Heard::of).map_err(|error| SpeechError::Failed(error.to_string()));
        work.heard_ms.fetch_add(millis(length), Ordering::Relaxed);
        work.spent_ms.fetch_add(millis(begun.elapsed()), Ordering::Relaxed);
        // Whoever asked may have gone away.
        let _ = reply.send(heard);
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

impl Heard {
    /// What these words say together.
    #[expect(clippy::cast_precision_loss, reason = "an utterance has some dozen words")]
    pub fn of(words: Vec<Word>) -> Self {
        let mut sure: Vec<f32> = words.iter().map(|word| word.confidence).collect();
        sure.sort_by(f32::total_cmp);
        sure.truncate(words.len().div_ceil(3));
        let confidence = sure.iter().sum::<f32>() / sure.len().max(1) as f32;
        let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        Self { text, words, confidence }
    }
}
