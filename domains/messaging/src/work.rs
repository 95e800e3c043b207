use jobs::Failed;
use notify::{Deliver, Transports};
use web::{App, Jobs};

/// Letters are sent one by one; the trail's anchor is written every minute.
pub(crate) fn jobs() -> Jobs {
    Jobs::new().on::<Deliver, _, _>(deliver).every("audit.anchor", 1, anchor)
}

async fn deliver(app: App, job: Deliver) -> Result<(), Failed> {
    let transports = app.part::<Transports>();
    Ok(notify::deliver(app.db(), app.vault(), &transports, job).await?)
}

async fn anchor(app: App) -> Result<(), Failed> {
    app.part::<audit::Anchors>().anchor(app.db()).await?;
    Ok(())
}
