//! Sound does not stay for ever.

use super::{change::context, store};

/// Deletes the sound of recordings whose time is over.
pub(crate) async fn forget_old(app: &web::App) -> Result<(), db::Error> {
    let mut tx = app.db().begin(&context()).await?;
    let deleted = store::delete_expired(&mut tx).await?;
    tx.commit().await?;
    if deleted > 0 {
        tracing::info!(deleted, "consultations.recordings_deleted");
    }
    Ok(())
}
