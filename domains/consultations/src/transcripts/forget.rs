//! What was written down does not stay for ever.

use db::Context;

use super::store;

/// Deletes the segments of transcripts whose time is over.
pub(crate) async fn forget_old(app: &web::App) -> Result<(), db::Error> {
    let mut tx = app.db().begin(&Context::system("delete old transcripts")).await?;
    let deleted = store::delete_expired(&mut tx).await?;
    tx.commit().await?;
    if deleted > 0 {
        tracing::info!(deleted, "consultations.transcripts_deleted");
    }
    Ok(())
}
