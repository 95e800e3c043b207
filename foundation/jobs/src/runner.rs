use std::{collections::HashMap, sync::Arc, time::Duration};

use db::Db;
use kernel::ids::JobId;
use sqlx::postgres::PgListener;
use tokio::{
    task::{Id, JoinSet},
    time::Instant,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{DuplicateName, Registry, run};

/// How a runner works.
#[derive(Clone, Copy, Debug)]
pub struct RunnerConfig {
    /// Jobs at the same time in this process.
    pub at_once: usize,
    /// How often to look when nobody hints.
    pub poll: Duration,
    /// How long a stop waits for running jobs before it gives them back.
    pub grace: Duration,
}

impl Default for RunnerConfig {
    fn default() -> Self {
        Self { at_once: 8, poll: Duration::from_secs(2), grace: Duration::from_secs(20) }
    }
}

/// Does jobs until told to stop. Any number of runners may share a database.
pub struct Runner<S> {
    db: Db,
    registry: Arc<Registry<S>>,
    state: S,
    config: RunnerConfig,
    running: JoinSet<()>,
    leases: HashMap<Id, (JobId, Uuid)>,
    /// When schedules and tidying were last looked after: once per poll, however many hints come.
    ticked: Option<Instant>,
}

impl<S> std::fmt::Debug for Runner<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Runner").field("running", &self.leases.len()).finish_non_exhaustive()
    }
}

impl<S: Clone + Send + Sync + 'static> Runner<S> {
    pub fn new(db: Db, registry: Registry<S>, state: S, config: RunnerConfig) -> Result<Self, DuplicateName> {
        registry.check()?;
        Ok(Self {
            db,
            registry: Arc::new(registry),
            state,
            config,
            running: JoinSet::new(),
            leases: HashMap::new(),
            ticked: None,
        })
    }

    /// Work until `stop`; then take nothing more, wait for what runs, and give back what does not end in time.
    pub async fn run(mut self, stop: CancellationToken) {
        let mut listener = None;
        while !stop.is_cancelled() {
            if listener.is_none() {
                listener = self.listen().await;
            }
            // The database may be away; the next look is soon.
            if let Err(error) = self.round().await {
                tracing::warn!(%error, "jobs.round_failed");
                listener = None;
            }
            self.pause(&stop, &mut listener).await;
        }
        self.wind_down().await;
    }

    async fn listen(&self) -> Option<PgListener> {
        let mut listener = PgListener::connect_with(self.db.pool()).await.ok()?;
        listener.listen("bedside_jobs").await.ok()?;
        Some(listener)
    }

    async fn round(&mut self) -> Result<(), db::Error> {
        if self.ticked.is_none_or(|last| last.elapsed() >= self.config.poll) {
            run::tick(&self.db, &self.registry).await?;
            self.ticked = Some(Instant::now());
        }
        while run::fan_out(&self.db, &self.registry).await? > 0 {}
        loop {
            self.forget_finished();
            let free = self.config.at_once.saturating_sub(self.leases.len());
            if free == 0 {
                return Ok(());
            }
            let jobs = run::claim(&self.db, &self.registry, i64::try_from(free).unwrap_or(1)).await?;
            if jobs.is_empty() {
                return Ok(());
            }
            for job in jobs {
                let lease = (job.id, job.token);
                let (db, registry, state) = (self.db.clone(), Arc::clone(&self.registry), self.state.clone());
                let task = self.running.spawn(async move {
                    // Its outcome is written down and logged in there.
                    let _ = run::perform(&db, &registry, state, job).await;
                });
                self.leases.insert(task.id(), lease);
            }
        }
    }

    /// Until a hint, a job's end, the next poll, or the stop.
    async fn pause(&mut self, stop: &CancellationToken, listener: &mut Option<PgListener>) {
        let hint = async {
            match listener {
                Some(listener) => listener.recv().await.is_ok(),
                None => std::future::pending().await,
            }
        };
        let lost = tokio::select! {
            () = stop.cancelled() => false,
            () = tokio::time::sleep(self.config.poll) => false,
            Some(ended) = self.running.join_next_with_id(), if !self.running.is_empty() => {
                self.forget(&ended);
                false
            }
            heard = hint => !heard,
        };
        if lost {
            *listener = None;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    fn forget_finished(&mut self) {
        while let Some(ended) = self.running.try_join_next_with_id() {
            self.forget(&ended);
        }
    }

    fn forget(&mut self, ended: &Result<(Id, ()), tokio::task::JoinError>) {
        let id = match ended {
            Ok((id, ())) => *id,
            Err(error) => error.id(),
        };
        self.leases.remove(&id);
    }

    async fn wind_down(mut self) {
        let all_done = async {
            while let Some(ended) = self.running.join_next_with_id().await {
                let id = match &ended {
                    Ok((id, ())) => *id,
                    Err(error) => error.id(),
                };
                self.leases.remove(&id);
            }
        };
        if tokio::time::timeout(self.config.grace, all_done).await.is_err() {
            self.running.shutdown().await;
            for (id, token) in self.leases.values() {
                tracing::warn!(job = %id, "jobs.given_back");
                if let Err(error) = run::release(&self.db, *id, *token).await {
                    tracing::warn!(job = %id, %error, "jobs.not_given_back");
                }
            }
        }
    }
}
