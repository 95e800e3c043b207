use std::{path::PathBuf, sync::Arc, time::Duration};

use tokio::sync::Semaphore;

use crate::{Config, Error, Scanner};

/// Files that may come in at once in this process.
const STREAMS: usize = 64;
/// Files that may be open at once: each may take what a child process is allowed to.
const OPEN: usize = 2;
/// How long a file waits until one of them is closed.
const TURN: Duration = Duration::from_mins(1);
/// How long a sender may send nothing.
pub(crate) const SILENCE: Duration = Duration::from_secs(20);

/// The tool. Cheap to clone; every clone shares the limits.
#[derive(Clone, Debug)]
pub struct Intake {
    pub(crate) folder: Arc<PathBuf>,
    pub(crate) inspector: Arc<PathBuf>,
    scanner: Arc<Scanner>,
    pub(crate) silence: Duration,
    streams: Arc<Semaphore>,
    open: Arc<Semaphore>,
}

impl Intake {
    /// Makes the folder.
    pub fn open(config: &Config) -> Result<Self, std::io::Error> {
        std::fs::create_dir_all(&config.folder)?;
        Ok(Self {
            folder: Arc::new(config.folder.clone()),
            inspector: Arc::new(config.inspector.clone()),
            scanner: Arc::new(config.scanner.clone()),
            silence: SILENCE,
            streams: Arc::new(Semaphore::new(STREAMS)),
            open: Arc::new(Semaphore::new(OPEN)),
        })
    }

    /// Less patient, for tests.
    #[must_use]
    pub fn with_silence(self, silence: Duration) -> Self {
        Self { silence, ..self }
    }

    pub fn scanner(&self) -> &Scanner {
        &self.scanner
    }

    pub(crate) fn stream(&self) -> Result<tokio::sync::OwnedSemaphorePermit, Error> {
        self.streams.clone().try_acquire_owned().map_err(|_| Error::Busy)
    }

    pub(crate) async fn turn(&self) -> Result<tokio::sync::OwnedSemaphorePermit, Error> {
        let turn = tokio::time::timeout(TURN, self.open.clone().acquire_owned()).await;
        turn.map_err(|_| Error::Busy)?.map_err(|_| Error::Busy)
    }
}
