//! Expiry is decided where things are read; this only keeps the tables small.

use db::Context;

use crate::{factors::passkeys, links, registrations, sessions, sign_in, throttle};

/// Days an ended session stays, for its owner's questions.
const SESSION_DAYS: i64 = 90;

pub(crate) fn jobs() -> web::Jobs {
    web::Jobs::new().every("identity.sweep", 60, |app: web::App| async move { Ok(sweep(app.db()).await?) })
}

async fn sweep(db: &db::Db) -> Result<(), db::Error> {
    let mut tx = db.begin(&Context::system("sweep")).await?;
    let gone = throttle::sweep(&mut tx).await?
        + registrations::delete_old(&mut tx).await?
        + links::delete_old(&mut tx).await?
        + sign_in::store::delete_old(&mut tx).await?
        + passkeys::delete_old_ceremonies(&mut tx).await?
        + sessions::store::delete_old(&mut tx, SESSION_DAYS).await?;
    tx.commit().await?;
    tracing::info!(rows = gone, "identity.swept");
    Ok(())
}
