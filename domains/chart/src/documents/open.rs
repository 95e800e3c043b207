//! Give a document out: only what is clean, and the looking is on record in the same statement.

use access::Actor;
use db::Tx;
use intake::Kind as Media;
use kernel::{
    Phi,
    ids::{DocumentId, PatientId},
};
use vault::Vault;

use super::{DocumentError, DocumentState, model::Names, store};
use crate::record::who;

/// The file, or the small picture of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Content,
    Preview,
}

/// A file on its way to its reader.
#[derive(Debug)]
pub struct Opened {
    pub filename: String,
    pub media: Media,
    pub bytes: Phi<Vec<u8>>,
}

/// Open a part of `document` for who may read the record of `patient`.
///
/// # Errors
/// [`DocumentError::Quarantined`] and [`DocumentError::Infected`] for what is never given out.
pub async fn open(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    (patient, document): (PatientId, DocumentId),
    part: Part,
) -> Result<Opened, DocumentError> {
    let reader = who::reads(tx, actor, patient).await?;
    let Some(found) = store::open_clean(tx, (patient, document), part, who::purpose(reader)).await? else {
        return Err(match store::find_state(tx, patient, document).await? {
            Some(DocumentState::Quarantined) => DocumentError::Quarantined,
            Some(DocumentState::Refused) => DocumentError::Infected,
            Some(DocumentState::Clean) | None => DocumentError::NotFound,
        });
    };
    let names = vault.open_json::<Names>(tx, found.patient, store::at(document), &found.sealed).await?.into_inner();
    let bytes = vault.get_file(tx, found.patient, found.file).await?;
    Ok(Opened { filename: names.filename, media: found.media, bytes })
}
