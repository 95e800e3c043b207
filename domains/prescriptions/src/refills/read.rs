//! Read requests for refills, and open what is sealed.

use db::Tx;
use kernel::ids::{PatientId, PractitionerId, PrescriptionId};
use vault::Vault;

use super::{
    ask::{at_answer, at_note},
    model::{RefillRequest, RefillStatus},
    store::{self, Row},
};
use crate::prescribing::ReadError;

/// Requests of a patient, newest first.
pub(super) async fn of_patient(
    tx: &mut Tx,
    vault: &Vault,
    patient: PatientId,
) -> Result<Vec<RefillRequest>, ReadError> {
    let rows = store::list_of_patient(tx, patient).await?;
    opened(tx, vault, rows).await
}

/// Open requests to a practitioner.
pub(super) async fn open_requests(
    tx: &mut Tx,
    vault: &Vault,
    practitioner: PractitionerId,
) -> Result<Vec<RefillRequest>, ReadError> {
    let rows = store::list_open(tx, practitioner).await?;
    opened(tx, vault, rows).await
}

/// The latest request for a prescription, as far as the reader may see it.
pub(super) async fn latest(
    tx: &mut Tx,
    vault: &Vault,
    prescription: PrescriptionId,
) -> Result<Option<RefillRequest>, ReadError> {
    let row = store::find_latest_of(tx, prescription).await?;
    Ok(opened(tx, vault, row.into_iter().collect()).await?.pop())
}

async fn opened(tx: &mut Tx, vault: &Vault, rows: Vec<Row>) -> Result<Vec<RefillRequest>, ReadError> {
    let mut requests = Vec::with_capacity(rows.len());
    for row in rows {
        let note = match &row.note_sealed {
            Some(sealed) => vault.open_text(tx, row.patient, at_note(row.id), sealed).await?.into_inner(),
            None => String::new(),
        };
        let answer = match &row.answer_sealed {
            Some(sealed) => vault.open_text(tx, row.patient, at_answer(row.id), sealed).await?.into_inner(),
            None => String::new(),
        };
        requests.push(RefillRequest {
            id: row.id,
            prescription: row.prescription,
            patient: row.patient,
            practitioner: row.practitioner,
            status: RefillStatus::of(&row.status),
            reason: row.reason,
            note,
            answer,
            renewed_as: row.renewed_as,
            requested_at: row.requested_at,
            due_at: row.due_at,
            decided_at: row.decided_at,
        });
    }
    Ok(requests)
}
