//! The hospital, built from a configuration: database, vault, gateways, media unit, and the `App` that handlers see.

use db::Db;
use tokio_util::sync::CancellationToken;
use vault::Vault;

use crate::config::{Basics, Config};
use crate::database::{DatabaseError, Open, wait_for};
use crate::wiring;

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error("the vault cannot be opened: {0}")]
    Vault(#[from] vault::Error),
    #[error("the audit anchors cannot be opened: {0}")]
    Anchors(#[from] audit::AnchorError),
    #[error("mail and text messages cannot be sent: {0}")]
    Letters(#[from] notify::ConfigError),
    #[error("payments cannot be taken: {0}")]
    Payments(#[from] gateways::ConfigError),
    #[error(transparent)]
    Media(#[from] rtc::StartError),
    #[error("the language model cannot be used: {0}")]
    Model(#[from] writers::WriterError),
    #[error("the folder for incoming files cannot be made: {0}")]
    Intake(#[source] std::io::Error),
}

/// Database and vault: what commands of the operator need.
#[derive(Debug)]
pub(crate) struct Records {
    pub(crate) database: Open,
    pub(crate) db: Db,
    pub(crate) vault: Vault,
}

impl Records {
    pub(crate) async fn open(basics: &Basics) -> Result<Self, OpenError> {
        let database = Open::start(basics).await?;
        database.ready_schema().await?;
        let vault = Vault::start(&basics.vault).await?;
        let db = database.db.clone().with_part(vault.clone());
        Ok(Self { database, db, vault })
    }
}

/// The media unit of a process that serves, under a name of its own: no other process carries its rooms.
pub(crate) fn own_media(config: &Config) -> Result<Option<(String, rtc::Sfu)>, OpenError> {
    if !config.nodes.own {
        return Ok(None);
    }
    let name = format!("own-{:016x}", kernel::Random::os().below(u64::MAX));
    Ok(Some((name, rtc::Sfu::start(config.media.clone())?)))
}

/// The whole: `stop` ends what lives as long as the process.
pub(crate) async fn app(
    config: &Config,
    records: &Records,
    own_media: Option<(String, rtc::Sfu)>,
    stop: &CancellationToken,
) -> Result<web::App, OpenError> {
    let furniture = Furniture {
        settings: web::AppConfig {
            brand: config.brand.clone(),
            base_url: config.base_url.clone(),
            demo_mode: config.mode.is_demo(),
        },
        payments: payments(config, &records.db).await?,
        letters: notify::Transports::start(&config.letters)?,
        anchors: audit::Anchors::open(&config.basics.anchors)?,
        media: rtc::Nodes::new(own_media, &config.nodes),
        times: config.times.clone(),
        books: config.books.clone(),
        ages: config.ages.clone(),
        post: config.post,
        duplicates: config.duplicates,
        scribe: consultations::transcripts::Scribe::find(&config.scribe),
        recorder: consultations::recordings::Recorder::new(config.recorder),
        writer: config.model.clone().map(writers::Writer::new).transpose()?,
        intake: intake::Intake::open(&config.intake).map_err(OpenError::Intake)?,
    };
    Ok(furnish(records.db.clone(), records.vault.clone(), furniture, stop))
}

async fn payments(config: &Config, db: &Db) -> Result<gateways::Payments, gateways::ConfigError> {
    loop {
        match config.payments.clone().open(db, config.base_url.as_str()).await {
            Err(gateways::ConfigError::Db(error)) if error.is_unavailable() => wait_for(&error).await,
            opened => return opened,
        }
    }
}

/// What stands in a hospital besides its records.
#[derive(Debug)]
pub struct Furniture {
    pub settings: web::AppConfig,
    pub payments: gateways::Payments,
    pub letters: notify::Transports,
    pub anchors: audit::Anchors,
    pub media: rtc::Nodes,
    pub times: scheduling::Config,
    pub books: billing::Config,
    pub ages: people::dependants::Config,
    pub post: correspondence::Config,
    pub duplicates: people::duplicates::Config,
    pub scribe: Option<consultations::transcripts::Scribe>,
    pub recorder: Option<consultations::recordings::Recorder>,
    pub writer: Option<writers::Writer>,
    pub intake: intake::Intake,
}

/// Put together what is open. Tests build their hospital by this too.
pub fn furnish(db: Db, vault: Vault, furniture: Furniture, stop: &CancellationToken) -> web::App {
    let Furniture {
        settings,
        payments,
        letters,
        anchors,
        media,
        times,
        books,
        ages,
        post,
        duplicates,
        scribe,
        recorder,
        writer,
        intake,
    } = furniture;
    let builder = web::App::builder(db, vault, settings.clone())
        .door(identity::sessions::Door::new(settings.demo_mode))
        .part(payments)
        .part(letters)
        .part(anchors)
        .part(media)
        .part(times)
        .part(books)
        .part(ages)
        .part(post)
        .part(duplicates)
        .part(intake)
        .part(wiring::record_panels())
        .part(wiring::front_desk())
        .part(wiring::medicines())
        .part(wiring::holdings())
        .stop(stop.clone());
    let builder = match scribe {
        Some(scribe) => builder.part(scribe),
        None => builder,
    };
    let builder = match recorder {
        Some(recorder) => builder.part(recorder),
        None => builder,
    };
    match writer {
        Some(writer) => builder.part(writer).build(),
        None => builder.build(),
    }
}
