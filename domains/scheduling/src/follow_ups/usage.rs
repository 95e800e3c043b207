//! A visit gives a right, and a booking uses it.

use db::Tx;
use kernel::{
    Timestamp,
    ids::{AppointmentId, PatientId, ServiceId},
};

use super::store;
use crate::appointments::Appointment;

/// One use of a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Use {
    pub(crate) visit: AppointmentId,
    pub(crate) number: i32,
}

/// What a visit that has just ended gives, by its service of today. A free visit and a follow-up give nothing.
pub(crate) async fn grant(tx: &mut Tx, ended: &Appointment) -> Result<(), db::Error> {
    if ended.price.is_zero() || store::is_follow_up(tx, ended.id).await? {
        return Ok(());
    }
    let Some((days, visits)) = store::find_terms(tx, ended.service).await? else { return Ok(()) };
    let until = ended.ended_at.unwrap_or(tx.now()).plus_days(i64::from(days));
    store::insert_right(tx, ended, until, visits).await
}

/// A right of this patient to a visit that starts then, if one is left, the one that ends first. Its row is held until the transaction
/// ends; whoever books holds the people's locks already.
pub(crate) async fn claim(
    tx: &mut Tx,
    patient: PatientId,
    service: ServiceId,
    starts_at: Timestamp,
) -> Result<Option<Use>, db::Error> {
    for right in store::lock_rights(tx, patient, service, starts_at).await? {
        let used = store::list_used(tx, right.visit).await?;
        if let Some(number) = (1..=right.visits).find(|number| !used.contains(number)) {
            return Ok(Some(Use { visit: right.visit, number }));
        }
    }
    Ok(None)
}

/// Write down that this booking uses it.
pub(crate) async fn spend(tx: &mut Tx, booked: AppointmentId, used: Use) -> Result<(), db::Error> {
    store::set_follow_up(tx, booked, used.visit, used.number).await
}
