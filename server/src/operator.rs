//! Commands of the operator: migrations, the first administrator, verifications, the master key.

use tokio_util::sync::CancellationToken;

use crate::carry::{self, CarryError};
use crate::cli::{Admin, Audit, Cli, Command, JobsCommand, Keys, Ledger};
use crate::config::{self, Basics, Config, MediaConfig, Mistakes};
use crate::database::Open;
use crate::hospital::{self, OpenError, Records};
use crate::serve::{self, ServeError, Work};
use crate::{checks, signals, wiring, work};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Well,
    /// It worked, and found something wrong.
    Unsound,
}

#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error(transparent)]
    Config(#[from] Mistakes),
    #[error(transparent)]
    Serve(#[from] ServeError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Db(#[from] db::Error),
    #[error(transparent)]
    Carry(#[from] CarryError),
    #[error("the administrator could not be made: {0}")]
    Administrator(#[from] identity::operator::CreateAdministratorError),
    #[error(transparent)]
    Verify(#[from] audit::VerifyError),
    #[error("the master key could not be rotated: {0}")]
    Rotate(#[from] vault::Error),
    #[error(transparent)]
    Jobs(#[from] jobs::DuplicateName),
}

pub async fn run(cli: Cli) -> Result<Ended, CommandError> {
    match cli.command {
        Command::Serve(how) => {
            let config = Config::from_env(how.demo)?;
            serve::run(config, if how.web_only { Work::Elsewhere } else { Work::Here }).await?;
            Ok(Ended::Well)
        }
        Command::Work => work_alone().await,
        Command::Media => {
            carry::run(MediaConfig::from_env()?).await?;
            Ok(Ended::Well)
        }
        Command::Migrate => migrate().await,
        Command::Admin(Admin::Create { email }) => create_administrator(&email).await,
        Command::Audit(Audit::Verify) => verify_audit().await,
        Command::Ledger(Ledger::Verify) => verify_ledger().await,
        Command::Keys(Keys::Rotate) => rotate_keys().await,
        Command::Jobs(JobsCommand::Dead) => dead_jobs().await,
        Command::Jobs(JobsCommand::Revive { id }) => revive(id).await,
        Command::Doctor => doctor().await,
        // `main` has answered it: it needs nothing of what stands here.
        Command::InspectFile { .. } => Ok(Ended::Unsound),
        Command::Config => {
            for (name, value) in config::in_force() {
                println!("{name}={value}");
            }
            Ok(Ended::Well)
        }
    }
}

async fn work_alone() -> Result<Ended, CommandError> {
    let config = Config::from_env(false)?;
    let records = Records::open(&config.basics).await?;
    let stop = CancellationToken::new();
    let app = hospital::app(&config, &records, None, &stop).await?;
    let watching = tokio_util::task::TaskTracker::new();
    watching.spawn(signals::watch(stop.clone()));
    let ended = work::run(app, work::jobs(&mut wiring::rooms()), stop).await;
    records.database.stop().await.map_err(OpenError::from)?;
    ended?;
    Ok(Ended::Well)
}

async fn migrate() -> Result<Ended, CommandError> {
    let database = Open::start(&Basics::from_env()?).await.map_err(OpenError::from)?;
    let ran = database.migrate().await.map_err(OpenError::from)?;
    database.stop().await.map_err(OpenError::from)?;
    println!("{ran} migrations ran; the schema is up to date.");
    Ok(Ended::Well)
}

async fn create_administrator(email: &str) -> Result<Ended, CommandError> {
    let records = Records::open(&Basics::from_env()?).await?;
    let made = identity::operator::create_administrator(&records.db, email).await;
    records.database.stop().await.map_err(OpenError::from)?;
    println!("Open this link to choose a password; it works once:");
    println!("{}{}", config::base_url_from_env().trim_end_matches('/'), made?);
    Ok(Ended::Well)
}

async fn verify_audit() -> Result<Ended, CommandError> {
    let basics = Basics::from_env()?;
    let records = Records::open(&basics).await?;
    let anchors = audit::Anchors::open(&basics.anchors).map_err(OpenError::from)?;
    let seen = audit::verify(&records.db, &anchors).await;
    records.database.stop().await.map_err(OpenError::from)?;
    let seen = seen?;
    for finding in &seen.findings {
        println!("{finding}");
    }
    println!("{} rows and {} anchored ends seen, {} findings", seen.rows, seen.anchored, seen.findings.len());
    Ok(if seen.is_sound() { Ended::Well } else { Ended::Unsound })
}

async fn verify_ledger() -> Result<Ended, CommandError> {
    let records = Records::open(&Basics::from_env()?).await?;
    let report = billing::ledger::verify(&records.db).await;
    records.database.stop().await.map_err(OpenError::from)?;
    let report = report?;
    for fault in &report.faults {
        println!("{fault}");
    }
    println!("{} entries, {} faults", report.entries, report.faults.len());
    Ok(if report.is_sound() { Ended::Well } else { Ended::Unsound })
}

async fn rotate_keys() -> Result<Ended, CommandError> {
    let records = Records::open(&Basics::from_env()?).await?;
    let rotation = vault::rotate_master(&records.db, &records.vault).await;
    records.database.stop().await.map_err(OpenError::from)?;
    let vault::Rotation { rewrapped, remaining } = rotation?;
    println!("{rewrapped} data keys wrapped anew, {remaining} left to another rotation at work.");
    println!("Keep the older master keys as long as there are backups that need them.");
    Ok(Ended::Well)
}

async fn dead_jobs() -> Result<Ended, CommandError> {
    let records = Records::open(&Basics::from_env()?).await?;
    let mut tx = records.db.begin(&db::Context::system("the operator looks at dead jobs")).await?;
    let dead = jobs::list_dead(&mut tx, 200).await;
    tx.rollback().await?;
    records.database.stop().await.map_err(OpenError::from)?;
    let dead = dead?;
    for job in &dead {
        let why = job.last_error.as_deref().unwrap_or("no reason was kept");
        println!("{}  {}  {}  {} attempts: {why}", job.id, job.died_at, job.name, job.attempts);
    }
    println!("{} dead jobs", dead.len());
    Ok(if dead.is_empty() { Ended::Well } else { Ended::Unsound })
}

async fn revive(id: kernel::ids::JobId) -> Result<Ended, CommandError> {
    let records = Records::open(&Basics::from_env()?).await?;
    let mut tx = records.db.begin(&db::Context::system("the operator revives a job")).await?;
    let revived = jobs::revive(&mut tx, id).await?;
    tx.commit().await?;
    records.database.stop().await.map_err(OpenError::from)?;
    println!("{}", if revived { "It is put back." } else { "No dead job has this id." });
    Ok(if revived { Ended::Well } else { Ended::Unsound })
}

async fn doctor() -> Result<Ended, CommandError> {
    let config = Config::from_env(false)?;
    let found = checks::all(&config).await;
    for check in &found {
        println!("{check}");
    }
    Ok(if found.iter().all(checks::Check::is_well) { Ended::Well } else { Ended::Unsound })
}
