//! Keep a document that has come in clean of what can be seen; the scanner looks at it next.

use access::Actor;
use db::Tx;
use intake::Clean;
use jobs::When;
use kernel::ids::{AppointmentId, DocumentId, PatientId};
use vault::Vault;

use super::{
    Description, DocumentError, Scan,
    model::Names,
    store::{self, NewRow},
};
use crate::record::who;

/// What one patient's documents may weigh together, in megabytes.
const MOST_MEGABYTES: i64 = 500;
/// Documents of one patient within 24 hours.
const MOST_A_DAY: i64 = 60;

/// A document to keep.
#[derive(Debug)]
pub struct NewDocument {
    pub description: Description,
    pub filename: String,
    pub appointment: Option<AppointmentId>,
    pub file: Clean,
    /// Of what was sent.
    pub sent_sha256: [u8; 32],
    /// With which a program sends it, once.
    pub key: Option<[u8; 32]>,
}

/// Keep it in the record of `patient`: by the patient, who acts for them, or a doctor who treats. What was sent with this key before
/// is the same document.
pub async fn receive(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    patient: PatientId,
    new: NewDocument,
) -> Result<DocumentId, DocumentError> {
    let writer = who::writes(tx, actor, patient).await?;
    let today = tx.now().date_in(&actor.zone);
    let description = new.description.clone().check(today).map_err(DocumentError::Invalid)?;
    store::lock_section(tx, patient).await?;
    if let Some(known) = find_sent(tx, actor, patient, &new).await? {
        return Ok(known);
    }
    let preview_bytes = new.file.preview.as_ref().map_or(0, |preview| preview.bytes.len());
    has_room(tx, patient, new.file.bytes.len() + preview_bytes).await?;
    if let Some(appointment) = new.appointment
        && !store::is_of_appointment(tx, patient, appointment).await?
    {
        return Err(DocumentError::NotFound);
    }
    let id = tx.id::<DocumentId>();
    let preview_id = new.file.preview.as_ref().map(|_| tx.id::<DocumentId>());
    let filename = intake::safe_name(&new.filename, new.file.kind, "document");
    let names = Names { title: description.title.clone(), filename };
    let sealed = vault.seal_json(tx, patient, store::at(id), &names).await?;
    let row = NewRow {
        id,
        patient,
        description: &description,
        sealed: &sealed,
        new: &new,
        preview_id,
        preview_bytes,
        by: actor.account,
        role: writer.as_str(),
        purpose: who::purpose(writer),
    };
    store::insert(tx, row).await?;
    vault.put_file(tx, patient, id, &new.file.bytes).await?;
    if let (Some(preview), Some(preview_id)) = (&new.file.preview, preview_id) {
        vault.put_file(tx, patient, preview_id, &preview.bytes).await?;
    }
    jobs::enqueue(tx, &Scan { document: id }, When::Now).await?;
    Ok(id)
}

async fn find_sent(
    tx: &mut Tx,
    actor: &Actor,
    patient: PatientId,
    new: &NewDocument,
) -> Result<Option<DocumentId>, DocumentError> {
    let Some(key) = new.key else { return Ok(None) };
    match store::find_sent(tx, actor.account, &key).await? {
        None => Ok(None),
        Some(sent) if sent.patient == patient && sent.sha256 == new.sent_sha256 => Ok(Some(sent.id)),
        Some(_) => Err(DocumentError::KeyUsed),
    }
}

async fn has_room(tx: &mut Tx, patient: PatientId, bytes: usize) -> Result<(), DocumentError> {
    let usage = store::usage(tx, patient).await?;
    if usage.of_a_day >= MOST_A_DAY {
        return Err(DocumentError::TooMany { most: MOST_A_DAY });
    }
    if usage.bytes + i64::try_from(bytes).unwrap_or(i64::MAX / 2) > MOST_MEGABYTES * 1024 * 1024 {
        return Err(DocumentError::Full { most_megabytes: MOST_MEGABYTES });
    }
    Ok(())
}
