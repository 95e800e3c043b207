use db::{ResultExt, Tx};
use kernel::{
    Fault, FaultKind, Money, Timestamp,
    ids::{ChargeId, PatientId, PractitionerId, ServiceId},
};

use super::{Charge, ChargeStatus, LARGEST_AMOUNT, Subject, store};
use crate::{
    prices::{self, store::Whose},
    splits,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewCharge {
    pub patient: PatientId,
    /// The supplier: a doctor, or a place under its id as a supplier (`suppliers`).
    pub practitioner: PractitionerId,
    pub subject: Subject,
    /// What was sold, where it has a rule of splitting of its own.
    pub service: Option<ServiceId>,
    /// More than nothing: what is free needs no charge.
    pub price: Money,
    /// From then on no payment can be started.
    pub payable_until: Timestamp,
}

#[derive(Debug, thiserror::Error)]
pub enum RaiseError {
    #[error("a charge is more than nothing and at most {LARGEST_AMOUNT} minor units")]
    AmountOutOfRange,
    #[error("this has a charge already")]
    AlreadyCharged,
    #[error("no rule says how the money is split")]
    NoSplitRule,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for RaiseError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::AmountOutOfRange => FaultKind::conflict("amount_out_of_range"),
            Self::AlreadyCharged => FaultKind::conflict("already_charged"),
            Self::NoSplitRule | Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Record what is owed, with the split of today. The lines that were kept for the same thing (`prices::keep`) are taken up; where
/// there are none, the price is the only line.
pub async fn raise(tx: &mut Tx, new: NewCharge) -> Result<ChargeId, RaiseError> {
    if new.price.amount <= 0 || new.price.amount > LARGEST_AMOUNT {
        return Err(RaiseError::AmountOutOfRange);
    }
    let rule = splits::store::find_in_force(tx, new.service, new.price.currency).await?;
    let rule = rule.ok_or(RaiseError::NoSplitRule)?;
    let charge = Charge {
        id: tx.id(),
        patient: new.patient,
        practitioner: new.practitioner,
        subject: new.subject,
        price: new.price,
        platform_basis_points: rule.terms.basis_points,
        split_rule: Some(rule.id),
        status: ChargeStatus::Open,
        payable_until: new.payable_until,
    };
    store::insert(tx, &charge).await.on_constraint("charges_one_live_per_subject", || RaiseError::AlreadyCharged)?;
    let whose =
        Whose { subject: charge.subject, charge: None, patient: charge.patient, practitioner: charge.practitioner };
    if prices::store::set_lines_charged(tx, whose, charge.id).await? == 0 {
        let only = [prices::Line::item(charge.price)];
        prices::store::insert_lines(tx, Whose { charge: Some(charge.id), ..whose }, &only).await?;
    }
    Ok(charge.id)
}
