use db::Tx;
use jobs::When;

use super::{
    model::{Cause, Choice, ChoiceStatus},
    refund::SettleChoice,
    store,
};
use crate::appointments::Appointment;

/// In the transaction that calls a confirmed visit off, or finds a paid time gone: what was paid waits from now on.
pub(crate) async fn open(tx: &mut Tx, called_off: &Appointment, cause: Cause) -> Result<Choice, db::Error> {
    let choice = Choice {
        appointment: called_off.id,
        patient: called_off.patient,
        practitioner: called_off.practitioner,
        cause,
        charge: called_off.charge,
        status: ChoiceStatus::Open,
        choose_until: tx.now().plus_seconds(cause.seconds_to_choose()),
        rebooked_as: None,
    };
    store::insert(tx, &choice).await?;
    let due = SettleChoice { appointment: choice.appointment };
    jobs::enqueue(tx, &due, When::At(choice.choose_until.plus_seconds(1))).await?;
    Ok(choice)
}
