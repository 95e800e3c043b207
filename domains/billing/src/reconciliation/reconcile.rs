use db::{Context, Db};
use gateways::{Payments, payment::GatewayError};
use kernel::{
    Fault, FaultKind, LocalDate, Zone,
    ids::{AccountId, ReconciliationId},
};

use super::{
    compare::{Named, compare},
    policy, store,
    tell::{Differs, tell},
};
use crate::{config::Config, payments::gateways_of};

/// We may hear of a movement so long after it.
const NEWS_MAY_TAKE_DAYS: i64 = 3;

#[derive(Debug, thiserror::Error)]
pub enum ReconcileError {
    #[error("no gateway of this name is configured")]
    NoSuchGateway,
    #[error("no such run")]
    NotFound,
    #[error(transparent)]
    Gateway(GatewayError),
    #[error("administrators could not be told: {0}")]
    Tell(#[from] notify::TellError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ReconcileError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NoSuchGateway | Self::NotFound => FaultKind::NotFound,
            Self::Gateway(_) => FaultKind::Unavailable,
            Self::Tell(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// A day of one gateway, and who wants it compared; nobody is the clock.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(crate) struct ReconcileDay {
    pub(crate) gateway: String,
    pub(crate) day: LocalDate,
    pub(crate) by: Option<AccountId>,
}

impl jobs::Job for ReconcileDay {
    const NAME: &'static str = "billing.reconcile_day";
}

/// Compare the three books of a day and keep the outcome. Not inside a transaction: the gateway is asked.
pub async fn reconcile(
    db: &Db,
    gateways: &Payments,
    gateway: &str,
    (day, zone): (LocalDate, &Zone),
    by: Option<AccountId>,
) -> Result<ReconciliationId, ReconcileError> {
    let asked = gateways.named(gateway).ok_or(ReconcileError::NoSuchGateway)?;
    let (from, until) = (day.starts_in(zone), day.plus_days(1).starts_in(zone));
    let movements =
        asked.movements(from.plus_days(-NEWS_MAY_TAKE_DAYS), until).await.map_err(ReconcileError::Gateway)?;
    let mut tx = db.begin(&Context::system("reconciliation")).await?;
    let ours = store::list_ours(&mut tx, gateway, (from, until), &Named::by(&movements)).await?;
    let seen_before = store::list_seen_before(&mut tx, gateway, day, &ours).await?;
    let lines = compare((from, until), &movements, &ours, &seen_before);
    let differences = lines.iter().filter(|line| line.outcome.is_difference()).count();
    let run = store::NewRun { id: tx.id(), gateway, day, starts_at: from, ends_at: until, by, differences };
    store::insert_run(&mut tx, &run, &lines).await?;
    let id = run.id;
    if differences > 0 {
        let ran_on = tx.now().date_in(zone);
        tell(&mut tx, &Differs { run: id, gateway, day, ran_on, differences }).await?;
    }
    tx.commit().await?;
    if differences > 0 {
        tracing::error!(reconciliation = %id, gateway, %day, differences, "billing.reconciliation.differs");
    } else {
        tracing::info!(reconciliation = %id, gateway, %day, "billing.reconciliation.agrees");
    }
    Ok(id)
}

/// Days of a gateway that are to be compared now.
pub(crate) async fn due_days(tx: &mut db::Tx, gateway: &str, zone: &Zone) -> Result<Vec<LocalDate>, db::Error> {
    let Some(first) = store::find_first_capture(tx, gateway).await? else { return Ok(Vec::new()) };
    let ran = store::list_latest_runs(tx, gateway).await?;
    Ok(policy::due(tx.now(), zone, first.date_in(zone), &ran))
}

/// A job for each day that is due, once a day.
async fn plan(app: web::App) -> Result<(), jobs::Failed> {
    let zone = app.part::<Config>().zone.clone();
    for gateway in gateways_of(&app).all() {
        let mut tx = app.db().begin(&Context::system("reconciliation")).await?;
        let today = tx.now().date_in(&zone);
        for day in due_days(&mut tx, gateway.name(), &zone).await? {
            let job = ReconcileDay { gateway: gateway.name().to_owned(), day, by: None };
            let key = format!("{}.{day}.{today}", gateway.name());
            jobs::enqueue_once(&mut tx, &job, &key, jobs::When::Now).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

pub(super) fn jobs(jobs: web::Jobs) -> web::Jobs {
    jobs.every("billing.plan_reconciliation", 60, plan).on::<ReconcileDay, _, _>(
        |app: web::App, job: ReconcileDay| async move {
            let zone = app.part::<Config>().zone.clone();
            reconcile(app.db(), &gateways_of(&app), &job.gateway, (job.day, &zone), job.by).await?;
            Ok(())
        },
    )
}
