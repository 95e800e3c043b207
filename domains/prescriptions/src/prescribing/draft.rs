//! Begin a prescription.

use access::Actor;
use db::Tx;
use kernel::{
    FieldError,
    ids::{PrescriptionId, VisitId},
};
use vault::Vault;

use super::{
    DraftError, ReadError,
    content::{Header, at_header},
    items,
    model::{CheckedItem, MOST_ITEMS, NewPrescription},
    store::{self, NewDraft},
};

/// Draft a prescription at a visit of this doctor, whose patient is in their care now.
pub async fn draft(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    visit: VisitId,
    new: NewPrescription,
) -> Result<PrescriptionId, DraftError> {
    let practitioner = actor.practitioner.ok_or(ReadError::NotFound)?;
    let at = store::find_visit(tx, visit, practitioner).await?.ok_or(ReadError::NotFound)?;
    let (notes, items) = checked(new)?;
    let id = tx.id::<PrescriptionId>();
    let header = Header { notes, ..Header::default() };
    let sealed = vault.seal_json(tx, at.patient, at_header(id, 1), &header).await?;
    let row = NewDraft {
        id,
        visit,
        patient: at.patient,
        practitioner: at.practitioner,
        sealed: &sealed,
        replaces: None,
        renews: None,
    };
    store::insert_draft(tx, row).await?;
    for (position, item) in (1..).zip(items) {
        items::insert(tx, vault, id, at.patient, position, &item).await?;
    }
    Ok(id)
}

/// Notes and items, or all that is wrong with them; fields of items are named `items.0.dose`.
fn checked(new: NewPrescription) -> Result<(String, Vec<CheckedItem>), DraftError> {
    let notes = new.notes.unwrap_or_default().trim().to_owned();
    let mut errors = Vec::new();
    if notes.chars().count() > 1000 {
        errors.push(FieldError::new("notes", "prescriptions-error-long").with("most", 1000));
    }
    if new.items.len() > MOST_ITEMS {
        return Err(DraftError::Full);
    }
    let mut items = Vec::with_capacity(new.items.len());
    for (index, item) in new.items.into_iter().enumerate() {
        match CheckedItem::try_from(item) {
            Ok(item) => items.push(item),
            Err(of_item) => errors.extend(of_item.into_iter().map(|mut error| {
                error.field = format!("items.{index}.{}", error.field).into();
                error
            })),
        }
    }
    if errors.is_empty() { Ok((notes, items)) } else { Err(DraftError::Invalid(errors)) }
}
