//! A photo was looked through: the room is told, which shows it now.

use db::Context;
use jobs::Failed;
use kernel::ids::DocumentId;
use web::App;

use super::store;
use crate::news;

pub(crate) async fn checked(app: &App, document: DocumentId) -> Result<(), Failed> {
    let mut tx = app.db().begin(&Context::system("tell the room that a photo was checked")).await?;
    if let Some(visit) = store::find_open_visit_of(&mut tx, document).await? {
        news::room_changed(&mut tx, visit).await?;
    }
    Ok(tx.commit().await?)
}
