//! Say anew what a document is.

use access::Actor;
use db::Tx;
use kernel::ids::{DocumentId, PatientId};
use vault::Vault;

use super::{
    Description, DocumentError,
    model::{Names, may_change},
    store::{self, Standing},
};
use crate::record::who::{self, Writer};

/// Kind, title and date of `document`, by who put it there.
pub async fn describe(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    (patient, document): (PatientId, DocumentId),
    description: Description,
) -> Result<(), DocumentError> {
    let (standing, purpose) = theirs(tx, actor, patient, document).await?;
    if standing.removed {
        return Err(DocumentError::AlreadyDone);
    }
    let today = tx.now().date_in(&actor.zone);
    let description = description.check(today).map_err(DocumentError::Invalid)?;
    let known = vault.open_json::<Names>(tx, patient, store::at(document), &standing.sealed).await?.into_inner();
    let names = Names { title: description.title.clone(), ..known };
    let sealed = vault.seal_json(tx, patient, store::at(document), &names).await?;
    store::set_described(tx, (patient, document), &description, &sealed, purpose).await
}

/// The document held, where this person put it there; and what the trail says.
pub(super) async fn theirs(
    tx: &mut Tx,
    actor: &Actor,
    patient: PatientId,
    document: DocumentId,
) -> Result<(Standing, &'static str), DocumentError> {
    let writer = who::writes(tx, actor, patient).await?;
    let standing = store::lock(tx, patient, document).await?.ok_or(DocumentError::NotFound)?;
    let own = standing.uploaded_by == actor.account;
    if !may_change(writer == Writer::Patient, standing.by_clinician, own) {
        return Err(DocumentError::NotTheirs);
    }
    Ok((standing, who::purpose(writer)))
}
