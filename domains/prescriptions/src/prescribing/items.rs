//! Add items to a draft and take them off.

use access::Actor;
use db::Tx;
use kernel::ids::{PatientId, PrescriptionId, PrescriptionItemId};
use vault::Vault;

use super::{
    DraftError, ReadError,
    content::at_item,
    model::{CheckedItem, MOST_ITEMS, NewItem, Status},
    store::{self, NewItemRow, Row},
};

/// Add an item to a draft of this doctor.
pub async fn add_item(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    prescription: PrescriptionId,
    new: NewItem,
) -> Result<PrescriptionItemId, DraftError> {
    let item = CheckedItem::try_from(new).map_err(DraftError::Invalid)?;
    let row = lock_draft(tx, actor, prescription).await?;
    let there = store::list_items(tx, &[prescription]).await?;
    if there.len() >= MOST_ITEMS {
        return Err(DraftError::Full);
    }
    let position = there.iter().map(|item| item.position).max().unwrap_or(0) + 1;
    insert(tx, vault, prescription, row.patient, position, &item).await
}

/// Take an item off a draft of this doctor.
pub async fn remove_item(
    tx: &mut Tx,
    actor: &Actor,
    prescription: PrescriptionId,
    item: PrescriptionItemId,
) -> Result<(), DraftError> {
    lock_draft(tx, actor, prescription).await?;
    if store::delete_item(tx, prescription, item).await? { Ok(()) } else { Err(ReadError::NotFound.into()) }
}

async fn lock_draft(tx: &mut Tx, actor: &Actor, prescription: PrescriptionId) -> Result<Row, DraftError> {
    let practitioner = actor.practitioner.ok_or(ReadError::NotFound)?;
    let row = store::lock_own(tx, prescription, practitioner).await?.ok_or(ReadError::NotFound)?;
    if Status::at(&row.status, row.valid_until, tx.now()).may_edit() { Ok(row) } else { Err(DraftError::NotADraft) }
}

pub(super) async fn insert(
    tx: &mut Tx,
    vault: &Vault,
    prescription: PrescriptionId,
    patient: PatientId,
    position: i32,
    item: &CheckedItem,
) -> Result<PrescriptionItemId, DraftError> {
    let id = tx.id::<PrescriptionItemId>();
    let sealed = vault.seal_json(tx, patient, at_item(id), &item.content).await?;
    let row = NewItemRow {
        id,
        prescription,
        patient,
        position,
        quantity: i32::try_from(item.quantity.number).unwrap_or(i32::MAX),
        quantity_unit: item.quantity.unit.as_str(),
        refills: i32::from(item.content.refills),
        sealed: &sealed,
    };
    store::insert_item(tx, row).await?;
    Ok(id)
}
