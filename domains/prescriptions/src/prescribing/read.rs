//! Read prescriptions: open what is sealed, and check what is signed.

use std::collections::HashMap;

use db::Tx;
use kernel::ids::{PatientId, PrescriptionId};
use vault::Vault;

use super::{
    ReadError,
    content::{Header, ItemContent, Links, Signed, at_header, at_item, is_signature},
    model::{Item, Prescription, Status},
    store::{self, ItemRow, Row},
};

/// One prescription that the transaction's context may see, with its audit row.
///
/// # Errors
/// [`ReadError::NotFound`] for absent and foreign alike; [`ReadError::Altered`] when it no longer matches its signature.
pub async fn find_for(
    tx: &mut Tx,
    vault: &Vault,
    id: PrescriptionId,
    purpose: &str,
) -> Result<Prescription, ReadError> {
    let row = store::find(tx, id, purpose).await?.ok_or(ReadError::NotFound)?;
    open(tx, vault, row).await
}

/// Signed prescriptions of a patient, newest first, at most `limit`, with the audit row of having read them. One that was altered
/// stands in the list as its error, so that it is seen to be wrong and does not hide the others.
pub async fn list_for_patient(
    tx: &mut Tx,
    vault: &Vault,
    patient: PatientId,
    purpose: &str,
    limit: i64,
) -> Result<Vec<Result<Prescription, PrescriptionId>>, ReadError> {
    let rows = store::list_signed(tx, patient, purpose, limit).await?;
    open_all(tx, vault, rows).await
}

/// Those of these signed prescriptions that the reader may see, in no particular order; altered ones as above. Whoever found them has written
/// the row of having read them.
pub async fn list_by_ids(
    tx: &mut Tx,
    vault: &Vault,
    ids: &[PrescriptionId],
) -> Result<Vec<Result<Prescription, PrescriptionId>>, ReadError> {
    let rows = store::list_by_ids(tx, ids).await?;
    open_all(tx, vault, rows).await
}

async fn open_all(
    tx: &mut Tx,
    vault: &Vault,
    rows: Vec<Row>,
) -> Result<Vec<Result<Prescription, PrescriptionId>>, ReadError> {
    let ids: Vec<PrescriptionId> = rows.iter().map(|row| row.id).collect();
    let mut items: HashMap<PrescriptionId, Vec<ItemRow>> = HashMap::new();
    for item in store::list_items(tx, &ids).await? {
        items.entry(item.prescription).or_default().push(item);
    }
    let mut list = Vec::with_capacity(rows.len());
    for row in rows {
        let (id, of_row) = (row.id, items.remove(&row.id).unwrap_or_default());
        match open_with(tx, vault, row, of_row).await {
            Ok(prescription) => list.push(Ok(prescription)),
            Err(ReadError::Altered(_)) => list.push(Err(id)),
            Err(error) => return Err(error),
        }
    }
    Ok(list)
}

/// Opens a row with its items.
pub(crate) async fn open(tx: &mut Tx, vault: &Vault, row: Row) -> Result<Prescription, ReadError> {
    let items = store::list_items(tx, &[row.id]).await?;
    open_with(tx, vault, row, items).await
}

async fn open_with(tx: &mut Tx, vault: &Vault, row: Row, items: Vec<ItemRow>) -> Result<Prescription, ReadError> {
    let (id, patient) = (row.id, row.patient);
    let altered = |error| as_altered(id, error);
    let header = vault
        .open_json::<Header>(tx, patient, at_header(id, row.version), &row.content_sealed)
        .await
        .map_err(altered)?
        .into_inner();
    let mut opened = Vec::with_capacity(items.len());
    for item in items {
        let content = vault
            .open_json::<ItemContent>(tx, patient, at_item(item.id), &item.content_sealed)
            .await
            .map_err(altered)?
            .into_inner();
        if item.refills != i32::from(content.refills) {
            return Err(ReadError::Altered(id));
        }
        opened.push(Item {
            id: item.id,
            position: item.position,
            quantity: item.quantity,
            quantity_unit: item.quantity_unit.parse().map_err(|()| ReadError::Altered(id))?,
            content,
        });
    }
    verify(vault, &row, &header, &opened)?;
    Ok(Prescription {
        id,
        visit: row.visit,
        patient,
        practitioner: row.practitioner,
        status: Status::at(&row.status, row.valid_until, tx.now()),
        version: row.version,
        header,
        items: opened,
        signed_at: row.signed_at,
        valid_until: row.valid_until,
        verify_code: row.verify_code,
        replaces: row.replaces,
        renews: row.renews,
        ended_at: row.ended_at,
        end_reason: row.end_reason,
    })
}

/// What was signed still bears its signature.
fn verify(vault: &Vault, row: &Row, header: &Header, items: &[Item]) -> Result<(), ReadError> {
    let (Some(signed_at), Some(valid_until), Some(verify_code), Some(hash)) =
        (row.signed_at, row.valid_until, &row.verify_code, &row.content_hash)
    else {
        return Ok(());
    };
    let signed = Signed {
        id: row.id,
        visit: row.visit,
        patient: row.patient,
        practitioner: row.practitioner,
        version: row.version,
        signed_at,
        valid_until,
        verify_code,
        header,
        items,
        links: Links { replaces: row.replaces, renews: row.renews },
    };
    if is_signature(vault, &signed, hash)? {
        Ok(())
    } else {
        tracing::error!(prescription = %row.id, "prescription.altered");
        Err(ReadError::Altered(row.id))
    }
}

/// Content that does not open was altered or moved.
fn as_altered(id: PrescriptionId, error: vault::Error) -> ReadError {
    match error {
        vault::Error::Tampered(_) | vault::Error::Shape(_) => {
            tracing::error!(prescription = %id, "prescription.altered");
            ReadError::Altered(id)
        }
        other => ReadError::Vault(other),
    }
}
