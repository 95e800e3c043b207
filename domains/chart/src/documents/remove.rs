//! Remove a document, and bring it back: nothing is deleted.

use access::Actor;
use db::Tx;
use kernel::ids::{DocumentId, PatientId};

use super::{DocumentError, Removal, describe::theirs, store};

/// Nobody is given it any more; who put it there can bring it back.
pub async fn remove(
    tx: &mut Tx,
    actor: &Actor,
    (patient, document): (PatientId, DocumentId),
    why: Removal,
) -> Result<(), DocumentError> {
    let (standing, purpose) = theirs(tx, actor, patient, document).await?;
    if standing.removed {
        return Err(DocumentError::AlreadyDone);
    }
    store::set_removed(tx, (patient, document), actor.account, why, purpose).await
}

/// It stands again.
pub async fn restore(
    tx: &mut Tx,
    actor: &Actor,
    (patient, document): (PatientId, DocumentId),
) -> Result<(), DocumentError> {
    let (standing, purpose) = theirs(tx, actor, patient, document).await?;
    if !standing.removed {
        return Err(DocumentError::AlreadyDone);
    }
    store::set_restored(tx, (patient, document), purpose).await
}
