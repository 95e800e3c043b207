use jobs::Failed;
use notify::{Deliver, Transports, leaving::WayOut};
use web::{App, Jobs};

use crate::preferences::{self, Digest, gather};

/// Letters are sent one by one, gathered ones once a day; the trail's anchor is written every minute.
pub(crate) fn jobs() -> Jobs {
    Jobs::new()
        .on::<Deliver, _, _>(deliver)
        .on::<Digest, _, _>(write_digest)
        .every("messaging.gather", 5, gather_digests)
        .every("audit.anchor", 1, anchor)
}

async fn deliver(app: App, job: Deliver) -> Result<(), Failed> {
    let base_url = app.base_url().as_str().trim_end_matches('/').to_owned();
    let words = |locale| web::words::t(locale, "messaging-leave-line");
    let transports = Transports::clone(&app.part()).with_way_out(WayOut { base_url, words });
    Ok(notify::deliver(app.db(), app.vault(), &transports, job).await?)
}

async fn gather_digests(app: App) -> Result<(), Failed> {
    let mut tx = app.db().begin(&db::Context::system("messaging.gather")).await?;
    gather(&mut tx).await?;
    Ok(tx.commit().await?)
}

async fn write_digest(app: App, job: Digest) -> Result<(), Failed> {
    let mut tx = app.db().begin(&db::Context::system("messaging.digest")).await?;
    preferences::write(&mut tx, &app, job).await?;
    Ok(tx.commit().await?)
}

async fn anchor(app: App) -> Result<(), Failed> {
    app.part::<audit::Anchors>().anchor(app.db()).await?;
    Ok(())
}
