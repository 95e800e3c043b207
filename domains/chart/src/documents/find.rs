//! What is known of one document, for who may read the record.

use access::Actor;
use db::Tx;
use kernel::ids::{DocumentId, PatientId};
use vault::Vault;

use super::{Document, DocumentError, store};
use crate::record::who;

/// One document of `patient`, removed or not; the looking is on record.
pub async fn find(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    of: (PatientId, DocumentId),
) -> Result<Document, DocumentError> {
    let reader = who::reads(tx, actor, of.0).await?;
    store::find_for(tx, vault, of, who::purpose(reader)).await?.ok_or(DocumentError::NotFound)
}
