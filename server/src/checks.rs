//! `bedside doctor`: what is well, what is not, and what to do about it.

use std::fmt;

use db::Context;
use sqlx::{Connection as _, PgConnection};

use crate::config::{Config, Database};
use crate::hospital::Records;
use crate::store;

/// The clocks of this machine and of the database may differ by so much.
const CLOCK_SECONDS: i64 = 2;

/// One thing that was looked at.
#[derive(Debug)]
pub(crate) struct Check {
    name: &'static str,
    outcome: Result<String, String>,
}

impl Check {
    pub(crate) fn is_well(&self) -> bool {
        self.outcome.is_ok()
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.outcome {
            Ok(found) => write!(f, "  well   {:<10} {found}", self.name),
            Err(what) => write!(f, "  WRONG  {:<10} {what}", self.name),
        }
    }
}

/// Looks at everything; a check that cannot be made is one that failed.
pub(crate) async fn all(config: &Config) -> Vec<Check> {
    let mut checks = vec![Check { name: "settings", outcome: Ok("no mistakes".into()) }];
    match Records::open(&config.basics).await {
        Ok(records) => {
            checks.push(Check { name: "database", outcome: database(config, &records).await });
            checks.push(Check { name: "time", outcome: time(&records).await });
            checks.push(Check { name: "vault", outcome: vault(&records).await });
            if let Err(error) = records.database.stop().await {
                checks.push(Check { name: "database", outcome: Err(error.to_string()) });
            }
        }
        Err(error) => checks.push(Check { name: "database", outcome: Err(error.to_string()) }),
    }
    checks.push(Check { name: "mail", outcome: mail(config) });
    checks.push(Check { name: "scanner", outcome: scanner(config).await });
    checks.push(Check { name: "media", outcome: media(config).await });
    checks.push(Check { name: "speech", outcome: speech(config).await });
    checks.push(Check { name: "pages", outcome: address(config).await });
    checks
}

async fn database(config: &Config, records: &Records) -> Result<String, String> {
    let missing = records.database.missing_migrations().await.map_err(|error| error.to_string())?;
    if missing > 0 {
        return Err(format!("{missing} migrations are missing: run bedside migrate"));
    }
    if !records.db.is_ready().await {
        return Err("it does not answer as the role of requests: check DATABASE_URL and that its role is a member of bedside_app".into());
    }
    let place = if records.database.is_private() { "private" } else { "given by DATABASE_URL" };
    if let Database::Given { runtime, .. } = &config.basics.database {
        let mut connection = PgConnection::connect_with(runtime.expose()).await.map_err(|error| error.to_string())?;
        let above = store::is_above_the_rules(&mut connection).await.map_err(|error| error.to_string())?;
        if above && !config.mode.is_demo() {
            return Err("DATABASE_URL names a superuser: give requests a role of their own, and put the owner into BEDSIDE_OWNER_URL".into());
        }
    }
    Ok(format!("{place}, schema current"))
}

/// Decisions read the database's clock; people read this machine's.
#[expect(clippy::disallowed_methods, reason = "this compares the machine's clock with the database's")]
async fn time(records: &Records) -> Result<String, String> {
    let tx = records.db.begin(&Context::system("doctor")).await.map_err(|error| error.to_string())?;
    let apart = tx.now().seconds_since(kernel::Timestamp::from_jiff(jiff::Timestamp::now()));
    tx.rollback().await.map_err(|error| error.to_string())?;
    if apart.abs() > CLOCK_SECONDS {
        return Err(format!("this machine and the database are {apart} s apart: run a time service on both"));
    }
    Ok("this machine and the database agree".into())
}

/// Seals and opens something, in a transaction that is thrown away.
async fn vault(records: &Records) -> Result<String, String> {
    let mut tx = records.db.begin(&Context::system("doctor")).await.map_err(|error| error.to_string())?;
    let at = vault::At::new("doctor", "check", uuid::Uuid::nil());
    let sealed = records.vault.seal_platform(&mut tx, at, b"well").await.map_err(|error| error.to_string())?;
    let opened = records.vault.open_platform(&mut tx, at, &sealed).await.map_err(|error| error.to_string())?;
    tx.rollback().await.map_err(|error| error.to_string())?;
    if opened.expose() == b"well" { Ok("seals and opens".into()) } else { Err("what was sealed does not open".into()) }
}

fn mail(config: &Config) -> Result<String, String> {
    notify::Transports::start(&config.letters).map_err(|error| error.to_string())?;
    Ok(match config.letters.email {
        notify::EmailBy::Smtp(ref smtp) => format!("by {}:{}", smtp.host, smtp.port),
        notify::EmailBy::Mailbox => "to the development mailbox".into(),
    })
}

async fn scanner(config: &Config) -> Result<String, String> {
    match &config.intake.scanner {
        intake::Scanner::Nobody => Ok("none, on purpose: PDFs are given out unscanned, and say so".into()),
        intake::Scanner::Missing => {
            Err("PDFs stay in quarantine: set BEDSIDE_CLAMD to a clamd, or to `none` to work without one".into())
        }
        scanner @ intake::Scanner::Clamd { .. } => match scanner.ping().await {
            Ok(()) => Ok("clamd answers".into()),
            Err(error) => Err(format!("{error}: documents stay in quarantine until clamd answers at BEDSIDE_CLAMD")),
        },
    }
}

/// The unit of this process, and the nodes that it was told of.
async fn media(config: &Config) -> Result<String, String> {
    let nodes = rtc::Nodes::new(None, &config.nodes);
    nodes.look().await;
    if let Some(dead) = nodes.standings().iter().find(|node| !node.alive) {
        return Err(format!(
            "{} does not answer: is `bedside media` running there, with the same BEDSIDE_MEDIA_SECRET?",
            dead.name
        ));
    }
    let others = nodes.standings().len();
    if !config.nodes.own {
        return Ok(format!("{others} nodes elsewhere"));
    }
    let sfu = rtc::Sfu::start(config.media.clone())
        .map_err(|error| format!("{error}: set BEDSIDE_RTC_UDP and BEDSIDE_RTC_TCP to free ports"))?;
    let (udp, tcp) = (sfu.udp_address(), sfu.tcp_address());
    if !config.mode.is_demo() && udp.ip().is_loopback() {
        return Err(
            "media arrives on this machine alone: set BEDSIDE_RTC_UDP, BEDSIDE_RTC_TCP and BEDSIDE_RTC_ANNOUNCE".into(),
        );
    }
    Ok(format!("UDP {udp}, TCP {tcp}, {others} nodes elsewhere"))
}

/// Without an engine the hospital is well: nobody is asked whether something may be written down.
async fn speech(config: &Config) -> Result<String, String> {
    let here = speech_here(config).await?;
    Ok(match &config.scribe.outside {
        None => format!("{here}; no sound leaves"),
        // Nothing is sent to try it: a stream costs, and is heard.
        Some(outside) => {
            format!("{here}; {} is set for {}, and not tried", outside.recipient(), outside.languages.join(", "))
        }
    })
}

async fn speech_here(config: &Config) -> Result<String, String> {
    let Some(folder) = config.scribe.folder.clone() else {
        return Ok("switched off".into());
    };
    if !speech::EngineFiles::are_there(&folder) {
        return Ok(format!("no engine in {}: transcription is not offered (make speech fetches it)", folder.display()));
    }
    let files = tokio::task::spawn_blocking(move || speech::EngineFiles::find(&folder)).await;
    let files = files.map_err(|error| error.to_string())?.map_err(|error| error.to_string())?;
    speech::Recogniser::start(files, config.scribe.threads).await.map_err(|error| error.to_string())?;
    Ok(format!("{} is ready", speech::ENGINE))
}

async fn address(config: &Config) -> Result<String, String> {
    match tokio::net::TcpListener::bind(config.addr).await {
        Ok(_) => Ok(format!("{} is free", config.addr)),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            Ok(format!("{} is in use, by a running bedside or another program", config.addr))
        }
        Err(error) => Err(format!("{} cannot be listened on: {error}. Set BEDSIDE_ADDR", config.addr)),
    }
}
