//! `bedside serve`: pages, API and, unless told otherwise, the work behind them.

use std::time::Instant;

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::{Config, Mode};
use crate::demo::{self, Loaded};
use crate::hospital::{self, OpenError, Records};
use crate::observe::{self, Readiness};
use crate::{listen, signals, wiring, work};

/// Who does the jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    Here,
    /// `bedside work`, on another machine.
    Elsewhere,
}

#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(
        "{address} cannot be listened on: {source}. Set {setting} to another address, or end the program that has it"
    )]
    Listen { address: std::net::SocketAddr, setting: &'static str, source: std::io::Error },
    #[error(transparent)]
    Demo(#[from] demo::DemoError),
    #[error(transparent)]
    Jobs(#[from] jobs::DuplicateName),
    #[error("signals cannot be watched: {0}")]
    Signals(#[from] std::io::Error),
}

/// Serves until SIGTERM or Ctrl-C, then drains.
pub async fn run(config: Config, work: Work) -> Result<(), ServeError> {
    let began = Instant::now();
    let stop = CancellationToken::new();
    let tasks = TaskTracker::new();
    tasks.spawn(signals::watch(stop.clone()));
    let listener = bind(config.addr, "BEDSIDE_ADDR").await?;
    figures(&config, &tasks, &stop).await;
    let readiness = Readiness::default();
    let records = Records::open(&config.basics).await.map_err(ServeError::Open)?;
    let serving = Serving { config: &config, records: &records, work, stop: &stop, readiness: &readiness, began };
    let served = serve(serving, listener).await;
    stop.cancel();
    let stopped = records.database.stop().await.map_err(OpenError::from);
    served?;
    stopped?;
    tracing::info!("server.stopped");
    Ok(())
}

struct Serving<'a> {
    config: &'a Config,
    records: &'a Records,
    work: Work,
    stop: &'a CancellationToken,
    readiness: &'a Readiness,
    began: Instant,
}

async fn serve(serving: Serving<'_>, listener: TcpListener) -> Result<(), ServeError> {
    let Serving { config, records, work, stop, readiness, began } = serving;
    let loaded =
        if config.mode == Mode::Demonstration { Some(demo::load(&records.db, &records.vault).await?) } else { None };
    let app = hospital::app(config, records, hospital::own_media(config)?, stop).await?;
    let nodes = app.part::<rtc::Nodes>();
    let mut rooms = wiring::rooms();
    let jobs = work::jobs(&mut rooms);
    jobs.check()?;
    let router = web::router(app.clone(), rooms)
        .layer(axum::middleware::from_fn(observe::count))
        .merge(observe::health(readiness.clone(), records.db.clone()));
    let workers = TaskTracker::new();
    let worker = (work == Work::Here).then(|| workers.spawn(work::run(app.clone(), jobs, stop.clone())));
    let media = workers.spawn(carry_calls(app.clone(), stop.clone()));
    readiness.set(true);
    announce(config, loaded, began);
    let limits = listen::Limits::pages(config.max_connections, nodes.own().cloned());
    listen::serve(listener, router, limits, stop.clone()).await;
    stop.cancel();
    if let Some(recorder) = app.try_part::<consultations::recordings::Recorder>() {
        recorder.finish().await;
    }
    readiness.set(false);
    media.abort();
    if let Some(worker) = worker {
        // It has its own patience, and gives back what does not end.
        if let Ok(ended) = worker.await {
            ended?;
        }
    }
    Ok(())
}

/// Watches the media nodes, and who may be in their rooms.
async fn carry_calls(app: web::App, stop: CancellationToken) {
    let nodes = app.part::<rtc::Nodes>();
    tokio::select! {
        () = stop.cancelled() => {}
        () = nodes.watch() => {}
        () = consultations::keep_rooms(app.clone()) => {}
    }
}

async fn bind(address: std::net::SocketAddr, setting: &'static str) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|source| ServeError::Listen { address, setting, source })
}

/// The internal address. Taken by another process of this machine, it is left to that one: figures are no reason not to serve.
async fn figures(config: &Config, tasks: &TaskTracker, stop: &CancellationToken) {
    let (Some(address), Some(handle)) = (config.internal_addr, observe::recorder()) else { return };
    match TcpListener::bind(address).await {
        Ok(listener) => {
            tasks.spawn(listen::serve(listener, observe::figures(handle), listen::Limits::internal(64), stop.clone()));
        }
        Err(error) => tracing::warn!(%address, %error, "server.no_figures"),
    }
}

fn announce(config: &Config, loaded: Option<Loaded>, began: Instant) {
    tracing::info!(address = %config.addr, milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX), "server.ready");
    let Some(loaded) = loaded else { return };
    println!();
    if let Loaded::Fresh { doctors, patients, appointments } = loaded {
        println!("Made {doctors} doctors, {patients} patients and {appointments} appointments of two months.");
    }
    println!("Bedside is at {}", config.base_url);
    println!();
    println!("Sign in as one of these; the password is {}", demo::PASSWORD);
    for (address, who) in demo::ACCOUNTS {
        println!("  {address:<26} {who}");
    }
    println!();
    println!("Mail and text messages arrive at {}dev/mailbox. Ctrl-C stops everything.", config.base_url);
}
