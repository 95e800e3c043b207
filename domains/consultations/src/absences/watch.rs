use db::Context;
use kernel::ids::AppointmentId;
use scheduling::appointments::{Absentee, miss_by_clock};

use super::{
    store,
    verdict::{Graces, verdict},
};

/// Visits that are looked at in one minute.
const AT_ONCE: i64 = 1_000;

/// Look at every visit that should have begun. Each verdict is a transaction of its own.
pub(crate) async fn watch(app: web::App) -> Result<(), jobs::Failed> {
    let config = app.part::<scheduling::Config>();
    let graces = Graces { patient: config.patient_grace_minutes, doctor: config.doctor_grace_minutes };
    let mut tx = app.db().begin(&Context::system("consultations.watch_absences")).await?;
    let now = tx.now();
    let overdue = store::list_overdue(&mut tx, AT_ONCE).await?;
    tx.commit().await?;
    let absent = overdue.into_iter().filter_map(|(id, seen)| Some((id, verdict(&seen, graces, now)?)));
    for (id, absentee) in absent {
        record(&app, id, absentee).await?;
    }
    Ok(())
}

async fn record(app: &web::App, id: AppointmentId, absentee: Absentee) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("consultations.watch_absences")).await?;
    let missed = miss_by_clock(&mut tx, id, absentee).await?;
    tx.commit().await?;
    if missed.is_some() {
        tracing::info!(appointment = %id, absent = ?absentee, "consultations.absence_recorded");
    }
    Ok(())
}
