//! Write down a prescription that was signed before: demonstration data, and records taken over from elsewhere.

use db::Tx;
use kernel::{
    Timestamp,
    ids::{PatientId, PractitionerId, PrescriptionId, VisitId},
};
use vault::Vault;

use super::{
    DraftError, ReadError,
    content::{Header, Links, Signed, at_header, signature},
    items,
    model::{CheckedItem, NewItem},
    policy, read,
    store::{self, NewDraft, Signature},
};

/// A prescription of the past.
#[derive(Debug, Clone)]
pub struct PastPrescription {
    /// The visit.
    pub visit: VisitId,
    /// Its patient.
    pub patient: PatientId,
    /// Its doctor.
    pub practitioner: PractitionerId,
    /// What was prescribed.
    pub items: Vec<NewItem>,
    /// Notes to the patient; may be empty.
    pub notes: String,
    /// When it was signed.
    pub signed_at: Timestamp,
}

/// Write it down as signed then, by the system. Nobody is told, no alert is raised: what happened, happened.
pub async fn write_past(tx: &mut Tx, vault: &Vault, past: PastPrescription) -> Result<PrescriptionId, DraftError> {
    let id = tx.id::<PrescriptionId>();
    let header = Header { notes: past.notes, ..Header::default() };
    let sealed = vault.seal_json(tx, past.patient, at_header(id, 1), &header).await?;
    let draft = NewDraft {
        id,
        visit: past.visit,
        patient: past.patient,
        practitioner: past.practitioner,
        sealed: &sealed,
        replaces: None,
        renews: None,
    };
    store::insert_draft(tx, draft).await?;
    for (position, new) in (1..).zip(past.items) {
        let item = CheckedItem::try_from(new).map_err(DraftError::Invalid)?;
        items::insert(tx, vault, id, past.patient, position, &item).await?;
    }
    let row = store::lock_own(tx, id, past.practitioner).await?.ok_or(ReadError::NotFound)?;
    let draft = read::open(tx, vault, row).await?;
    let valid_until = past.signed_at.plus_days(policy::valid_days(&draft.items));
    let verify_code = consultations::letters::code(tx);
    let signed = Signed {
        id,
        visit: past.visit,
        patient: past.patient,
        practitioner: past.practitioner,
        version: 1,
        signed_at: past.signed_at,
        valid_until,
        verify_code: &verify_code,
        header: &header,
        items: &draft.items,
        links: Links::default(),
    };
    let hash = signature(vault, &signed).map_err(ReadError::from)?;
    let row = Signature {
        id,
        version: 1,
        sealed: &sealed,
        hash: &hash,
        verify_code: &verify_code,
        signed_at: past.signed_at,
        valid_until,
        purpose: chart::purpose::SYSTEM,
    };
    store::set_signed(tx, row).await?;
    Ok(id)
}
