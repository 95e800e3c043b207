//! Show a document, and stop.

use access::Actor;
use chart::documents::{self, DocumentError, DocumentState};
use db::Tx;
use kernel::ids::{DocumentId, ShowId, VisitId};
use vault::Vault;

use super::{ShowError, store};
use crate::{
    news, photos, sharing,
    visits::{self, VisitState},
};

/// Shows a document that may be given out and that whoever shows it may read; what was shown before is no longer. Of two who show at once,
/// the later one's stays.
pub async fn show(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    visit: VisitId,
    document: DocumentId,
) -> Result<ShowId, ShowError> {
    let (visit, side) = visits::find_for(tx, actor, visit).await?.ok_or(ShowError::NotFound)?;
    if visit.state != VisitState::Open {
        return Err(ShowError::Closed);
    }
    let found = documents::find(tx, vault, actor, (visit.patient, document)).await?;
    match (found.state, found.removed_at) {
        (_, Some(_)) => return Err(DocumentError::NotFound.into()),
        (DocumentState::Quarantined, None) => return Err(DocumentError::Quarantined.into()),
        (DocumentState::Refused, None) => return Err(DocumentError::Infected.into()),
        (DocumentState::Clean, None) => {}
    }
    store::lock_shows(tx, visit.id).await?;
    store::set_stopped(tx, visit.id).await?;
    let id = store::insert(tx, &visit, document, (actor.account, side)).await?;
    news::room_changed(tx, visit.id).await?;
    Ok(id)
}

/// Stops showing, by either of the two. Nothing to stop is nothing wrong.
pub async fn stop(tx: &mut Tx, actor: &Actor, visit: VisitId) -> Result<(), ShowError> {
    let (visit, _) = visits::find_for(tx, actor, visit).await?.ok_or(ShowError::NotFound)?;
    if store::set_stopped(tx, visit.id).await? {
        news::room_changed(tx, visit.id).await?;
    }
    Ok(())
}

/// The visit is over: nothing is shared or shown any more, and no address takes photos. By the verb that ends it, in its transaction.
pub(crate) async fn visit_over(tx: &mut Tx, visit: VisitId) -> Result<(), db::Error> {
    sharing::store::end_for_visit(tx, visit).await?;
    store::set_stopped(tx, visit).await?;
    photos::store::set_revoked(tx, visit).await?;
    Ok(())
}
