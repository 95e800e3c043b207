//! Take a part of a fill for one pharmacy.

use db::Tx;
use kernel::{
    Fault, FaultKind, FieldError, Timestamp,
    ids::{FillId, PrescriptionItemId},
};
use vault::Vault;

use super::{
    model::{Filled, Next, next, remaining},
    store::{self, NewFill},
};
use crate::{
    prescribing::{self, ReadError, Status},
    verification::bare,
};

/// What a pharmacy is about to dispense.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The code of the paper.
    pub code: String,
    /// Place of the item on it, from 1.
    pub position: i32,
    /// How much; all that may be had now unless told.
    pub quantity: Option<i32>,
    /// Where: the pharmacy's name.
    pub place: String,
}

/// What was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claimed {
    /// Its id.
    pub id: FillId,
    /// The item.
    pub item: PrescriptionItemId,
    /// Which fill, 1 for the first.
    pub fill: i32,
    /// How much.
    pub quantity: i32,
    /// How much of the item may still be dispensed, over all its fills.
    pub remaining: i32,
}

/// Why nothing was taken.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    /// It is on hold, ended or expired.
    #[error("this prescription may not be dispensed: {}", .0.as_str())]
    NotValid(Status),
    /// All of it was dispensed, here or elsewhere.
    #[error("nothing of this item is left")]
    NothingLeft,
    /// The last fill lasts until then.
    #[error("the next fill may be had from {0:?} on")]
    TooEarly(Timestamp),
    /// More than may be had now.
    #[error("at most {0} may be had now")]
    TooMuch(i32),
    /// No quantity, no place.
    #[error("the claim is not complete")]
    Incomplete(Vec<FieldError>),
    /// See [`ReadError`]; an altered prescription is not dispensed.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl From<db::Error> for ClaimError {
    fn from(error: db::Error) -> Self {
        Self::Read(error.into())
    }
}

impl Fault for ClaimError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotValid(_) => FaultKind::conflict("prescription_not_valid"),
            Self::NothingLeft => FaultKind::conflict("nothing_left"),
            Self::TooEarly(_) => FaultKind::conflict("too_early"),
            Self::TooMuch(most) => {
                FaultKind::Conflict { code: "more_than_remains", detail: Some(serde_json::json!({ "most": most })) }
            }
            Self::Incomplete(errors) => FaultKind::Invalid(errors.clone()),
            Self::Read(error) => error.kind(),
        }
    }
}

/// Take so much of an item for a pharmacy, in a transaction of the system's context. Of two who claim the same, one is refused.
/// The signature is checked anew; nothing of an altered prescription is dispensed.
pub async fn claim(tx: &mut Tx, vault: &Vault, wanted: Claim) -> Result<Claimed, ClaimError> {
    let place = wanted.place.trim();
    if place.is_empty() || place.chars().count() > 200 {
        return Err(ClaimError::Incomplete(vec![FieldError::new("place", "prescriptions-error-place")]));
    }
    let id = prescribing::store::lock_by_code(tx, &bare(&wanted.code)).await?.ok_or(ReadError::NotFound)?;
    let prescription = prescribing::find_for(tx, vault, id, "dispensing").await?;
    if !prescription.status.may_dispense() {
        return Err(ClaimError::NotValid(prescription.status));
    }
    let item = prescription
        .items
        .iter()
        .find(|item| item.position == wanted.position)
        .ok_or(ClaimError::Read(ReadError::NotFound))?;
    let mut filled = store::list_of(tx, &[prescription.id]).await?;
    let (fill, most) = match next(item, &filled, tx.now()) {
        Next::Now { fill, quantity } => (fill, quantity),
        Next::From { at } => return Err(ClaimError::TooEarly(at)),
        Next::Nothing => return Err(ClaimError::NothingLeft),
    };
    let quantity = wanted.quantity.unwrap_or(most);
    if quantity < 1 {
        return Err(ClaimError::Incomplete(vec![FieldError::new("quantity", "prescriptions-error-quantity")]));
    }
    if quantity > most {
        return Err(ClaimError::TooMuch(most));
    }
    let id = tx.id::<FillId>();
    let new = NewFill {
        id,
        prescription: prescription.id,
        item: item.id,
        patient: prescription.patient,
        fill,
        quantity,
        place,
    };
    store::insert(tx, new).await?;
    filled.push(Filled { item: item.id, fill, quantity, at: tx.now() });
    if prescription.items.iter().all(|item| remaining(item, &filled) == 0) {
        prescribing::complete(tx, prescription.id).await?;
    }
    Ok(Claimed { id, item: item.id, fill, quantity, remaining: remaining(item, &filled) })
}
