//! The money goes back: because the patient says so, or because the time to choose is over.

use access::Actor;
use db::Tx;
use jobs::Job;
use kernel::{Fault, FaultKind, Timestamp, ids::AppointmentId};
use serde::{Deserialize, Serialize};

use super::{
    model::{Choice, ChoiceStatus},
    store,
};

/// The time to choose has ended: give back what still waits.
#[derive(Serialize, Deserialize, Debug)]
pub(crate) struct SettleChoice {
    pub(crate) appointment: AppointmentId,
}

impl Job for SettleChoice {
    const NAME: &'static str = "scheduling.settle_choice";
}

#[derive(Debug, thiserror::Error)]
pub enum RefundChoiceError {
    #[error("nothing of this person waits for a choice here")]
    NotFound,
    #[error("another time was chosen")]
    Rebooked,
    #[error(transparent)]
    Refund(#[from] billing::refunds::RefundError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for RefundChoiceError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Rebooked => FaultKind::conflict("already_rebooked"),
            Self::Refund(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// The patient wants the money, now. Asking twice is fine.
pub async fn refund(tx: &mut Tx, actor: &Actor, appointment: AppointmentId) -> Result<Choice, RefundChoiceError> {
    store::find_for(tx, actor, appointment).await?.ok_or(RefundChoiceError::NotFound)?;
    let held = store::lock(tx, appointment).await?.ok_or(RefundChoiceError::NotFound)?;
    match held.status {
        ChoiceStatus::Open => give_back(tx, &held).await,
        ChoiceStatus::Refunded => Ok(held),
        ChoiceStatus::Rebooked => Err(RefundChoiceError::Rebooked),
    }
}

/// In the system's context, when a choice ends. Returns when to look again, if it is too early.
pub(crate) async fn settle_due(
    tx: &mut Tx,
    appointment: AppointmentId,
) -> Result<Option<Timestamp>, RefundChoiceError> {
    let Some(held) = store::lock(tx, appointment).await? else { return Ok(None) };
    if held.status != ChoiceStatus::Open {
        return Ok(None);
    }
    if held.is_open(tx.now()) {
        return Ok(Some(held.choose_until.plus_seconds(1)));
    }
    give_back(tx, &held).await?;
    Ok(None)
}

async fn give_back(tx: &mut Tx, held: &Choice) -> Result<Choice, RefundChoiceError> {
    if let Some(charge) = held.charge {
        billing::refunds::full(tx, charge, held.cause.reason()).await?;
    }
    store::set_settled(tx, held.appointment, ChoiceStatus::Refunded, None).await?;
    Ok(Choice { status: ChoiceStatus::Refunded, ..held.clone() })
}
