//! Begin a prescription with what another one holds: to take its place, or to renew it.

use access::Actor;
use db::Tx;
use kernel::ids::PrescriptionId;
use vault::Vault;

use super::{
    DraftError, ReadError,
    content::{Header, at_header},
    items,
    model::{CheckedItem, Prescription, Status},
    read,
    store::{self, NewDraft},
};
use crate::directions::Quantity;

/// What a copy is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copying {
    /// Signed, it takes the other's place.
    Replacing,
    /// Signed, it answers a request for a refill.
    Renewing,
}

/// A draft at the same visit with the same items, notes aside. The patient must be in this doctor's care now.
pub async fn copy(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    id: PrescriptionId,
    copying: Copying,
) -> Result<PrescriptionId, DraftError> {
    let practitioner = actor.practitioner.ok_or(ReadError::NotFound)?;
    let row = store::lock_own(tx, id, practitioner).await?.ok_or(ReadError::NotFound)?;
    let original = read::open(tx, vault, row).await?;
    let allowed = match copying {
        Copying::Replacing => original.status.may_replace(),
        Copying::Renewing => original.status.may_renew(),
    };
    if !allowed {
        return Err(DraftError::NotADraft);
    }
    let visit = store::find_visit(tx, original.visit, practitioner).await?.ok_or(ReadError::NotFound)?;
    let new = tx.id::<PrescriptionId>();
    let header = Header { notes: original.header.notes.clone(), ..Header::default() };
    let sealed = vault.seal_json(tx, visit.patient, at_header(new, 1), &header).await?;
    let (replaces, renews) = match copying {
        Copying::Replacing => (Some(id), None),
        Copying::Renewing => (None, Some(id)),
    };
    let draft = NewDraft {
        id: new,
        visit: original.visit,
        patient: visit.patient,
        practitioner: visit.practitioner,
        sealed: &sealed,
        replaces,
        renews,
    };
    store::insert_draft(tx, draft).await?;
    for item in &original.items {
        let quantity = Quantity { number: u32::try_from(item.quantity).unwrap_or(1), unit: item.quantity_unit };
        let checked = CheckedItem { content: item.content.clone(), quantity };
        items::insert(tx, vault, new, visit.patient, item.position, &checked).await?;
    }
    Ok(new)
}

/// What follows for the prescription that this one was copied from, now that it is signed: it is replaced, or its request for a refill is
/// answered.
pub(super) async fn settle(tx: &mut Tx, vault: &Vault, signed: &Prescription) -> Result<(), ReadError> {
    if let Some(replaced) = signed.replaces
        && let Some(row) = store::lock_own(tx, replaced, signed.practitioner).await?
        && Status::at(&row.status, row.valid_until, tx.now()).may_replace()
    {
        store::set_ended(tx, replaced, "replaced", "changed", chart::purpose::PRESCRIBING).await?;
    }
    if let Some(renewed) = signed.renews
        && let Some(row) = store::lock_own(tx, renewed, signed.practitioner).await?
    {
        let original = read::open(tx, vault, row).await?;
        let same = original.items.len() == signed.items.len()
            && original
                .items
                .iter()
                .zip(&signed.items)
                .all(|(before, now)| before.content == now.content && before.quantity == now.quantity);
        crate::refills::settle(tx, renewed, signed.id, signed.practitioner, same).await?;
    }
    Ok(())
}
