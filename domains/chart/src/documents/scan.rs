//! The scanner looks at what waits; what it refuses is gone, and who sent it is told.

use db::{Context, Tx};
use identity::letters::Sender;
use intake::{Intake, Kind as Media, ScanError, Scanner, Verdict};
use jobs::{Event, Failed, Job, When};
use kernel::ids::DocumentId;
use serde::{Deserialize, Serialize};

use super::{
    DocumentState, letters,
    store::{self, Waiting},
};

/// Look through one document.
#[derive(Debug, Serialize, Deserialize)]
pub struct Scan {
    pub document: DocumentId,
}

impl Job for Scan {
    const NAME: &'static str = "chart.scan_document";
    /// With an hour between them, some days: nobody need put back by hand what a scanner's absence has left.
    const MAX_ATTEMPTS: i32 = 100;
}

/// A document may be given out now, or is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentChecked {
    pub document: DocumentId,
}

impl Event for DocumentChecked {
    const NAME: &'static str = "chart.document_checked";
}

/// Documents that one round of [`scan_waiting`] takes up.
const ROUND: i64 = 200;

/// Quarantined becomes clean or refused; without a verdict it stays as it is, and this fails to be tried again.
pub(super) async fn scan(app: web::App, job: Scan) -> Result<(), Failed> {
    let intake = app.part::<Intake>();
    let mut tx = begin(&app).await?;
    let Some(waiting) = store::find_waiting(&mut tx, job.document).await? else { return Ok(()) };
    let scanner = intake.scanner();
    match scanner {
        Scanner::Clamd { .. } => {
            let bytes = app.vault().get_file(&mut tx, waiting.patient, waiting.id).await?;
            // The scanner has its own patience; the database is not kept waiting for it.
            tx.commit().await?;
            let verdict = scanner.scan(bytes.expose()).await.map_err(unscanned)?;
            let tx = begin(&app).await?;
            settle(&app, tx, &waiting, &verdict).await
        }
        Scanner::Nobody => pass_unscanned(tx, &waiting).await,
        // The house has made it anew, pixel by pixel.
        Scanner::Missing if waiting.media != Media::Pdf => pass_unscanned(tx, &waiting).await,
        Scanner::Missing => Ok(()),
    }
}

/// What waited while nobody had said anything about a scanner, and what was let through while there was none.
pub(super) async fn scan_waiting(app: web::App) -> Result<(), Failed> {
    let intake = app.part::<Intake>();
    if matches!(intake.scanner(), Scanner::Missing) {
        return Ok(());
    }
    let mut tx = begin(&app).await?;
    for document in store::list_waiting(&mut tx, intake.scanner().is_there(), ROUND).await? {
        jobs::enqueue(&mut tx, &Scan { document }, When::Now).await?;
    }
    Ok(tx.commit().await?)
}

async fn begin(app: &web::App) -> Result<Tx, db::Error> {
    app.db().begin(&Context::system("chart.scan_document")).await
}

fn unscanned(error: ScanError) -> Failed {
    Failed::because(format!("the document stays in quarantine: {error}"))
}

async fn pass_unscanned(mut tx: Tx, waiting: &Waiting) -> Result<(), Failed> {
    if waiting.state == DocumentState::Quarantined
        && store::set_settled(&mut tx, waiting, DocumentState::Clean, "nobody").await?
    {
        jobs::publish(&mut tx, &DocumentChecked { document: waiting.id }).await?;
    }
    Ok(tx.commit().await?)
}

async fn settle(app: &web::App, mut tx: Tx, waiting: &Waiting, verdict: &Verdict) -> Result<(), Failed> {
    let Verdict::Infected(found) = verdict else {
        if store::set_settled(&mut tx, waiting, DocumentState::Clean, "clamd").await? {
            jobs::publish(&mut tx, &DocumentChecked { document: waiting.id }).await?;
        }
        return Ok(tx.commit().await?);
    };
    tracing::warn!(document = %waiting.id, %found, "chart.document_infected");
    if !store::set_settled(&mut tx, waiting, DocumentState::Refused, "clamd").await? {
        return Ok(());
    }
    jobs::publish(&mut tx, &DocumentChecked { document: waiting.id }).await?;
    let mut forgotten = Vec::new();
    for file in [Some(waiting.id), waiting.preview].into_iter().flatten() {
        forgotten.push(app.vault().forget_file(&mut tx, waiting.patient, file).await?);
    }
    letters::refused(&mut tx, &Sender::new(app), waiting).await?;
    tx.commit().await?;
    for file in forgotten {
        app.vault().erase(file).await?;
    }
    Ok(())
}
