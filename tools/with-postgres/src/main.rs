//! `with-postgres [--migrated] COMMAND…`: runs a command beside a PostgreSQL that lives only as long as the command.
//!
//! The command finds it in `BEDSIDE_TEST_SERVER` (a superuser's URL of its database `postgres`); with `--migrated` also in
//! `DATABASE_URL`, a database with the whole schema, for the macros of sqlx.

use std::error::Error;
use std::process::ExitCode;

use db::{Durability, Embedded, EmbeddedConfig};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tokio::process::Command;
use tokio::signal::unix::{SignalKind, signal};

const SUPERUSER: &str = "postgres";
const MIGRATED: &str = "bedside_schema";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let migrated = words.first().is_some_and(|first| first == "--migrated");
    if migrated {
        words.remove(0);
    }
    if words.is_empty() {
        eprintln!("usage: with-postgres [--migrated] COMMAND…");
        return ExitCode::from(2);
    }
    match run(&words, migrated).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("with-postgres: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(words: &[String], migrated: bool) -> Result<ExitCode, Box<dyn Error>> {
    let home = tempfile::Builder::new().prefix("bedside-pg-").tempdir()?;
    let caches = install_caches();
    let bin = named_binaries();
    let config = EmbeddedConfig { dir: home.path().to_owned(), bin, caches, durability: Durability::Throwaway };
    let embedded = Embedded::start(config).await?;
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).env("BEDSIDE_TEST_SERVER", embedded.url("postgres", SUPERUSER));
    if migrated {
        migrate(&embedded).await?;
        command.env("DATABASE_URL", embedded.url(MIGRATED, SUPERUSER));
    }
    let code = supervise(command).await;
    embedded.stop().await?;
    Ok(code?)
}

async fn migrate(embedded: &Embedded) -> Result<(), Box<dyn Error>> {
    let mut connection = PgConnection::connect_with(&embedded.options("postgres", SUPERUSER)).await?;
    sqlx::raw_sql(AssertSqlSafe(format!("create database {MIGRATED}"))).execute(&mut connection).await?;
    connection.close().await?;
    db::migrate(&embedded.options(MIGRATED, SUPERUSER)).await?;
    Ok(())
}

/// Waits for the command; a signal to us goes on to it, so that both end.
async fn supervise(mut command: Command) -> std::io::Result<ExitCode> {
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    let mut child = command.kill_on_drop(true).spawn()?;
    let status = tokio::select! {
        status = child.wait() => status?,
        // The terminal has told the command as well.
        _ = interrupted.recv() => child.wait().await?,
        _ = terminated.recv() => {
            child.kill().await?;
            return Ok(ExitCode::from(143));
        }
    };
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}

#[expect(clippy::disallowed_methods, reason = "a tool of one file is its own config.rs")]
fn named_binaries() -> Option<std::path::PathBuf> {
    std::env::var_os("PG_BIN").map(Into::into)
}

#[expect(clippy::disallowed_methods, reason = "a tool of one file is its own config.rs")]
fn install_caches() -> Vec<std::path::PathBuf> {
    let home = std::env::var_os("XDG_CACHE_HOME")
        .map(std::path::PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| std::path::PathBuf::from(home).join(".cache")));
    home.map(|cache| cache.join("bedside"))
        .into_iter()
        .chain([std::path::PathBuf::from("/var/cache/bedside")])
        .collect()
}
