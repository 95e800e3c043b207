//! Mark an immunization as entered in error. It is kept, and no longer stands.

use access::Actor;
use db::Tx;
use kernel::ids::{ImmunizationId, PatientId};

use super::store;
use crate::{ChartError, allergies::may_withdraw, record::who};

/// Take back `id` of `patient`: patients what they wrote, clinicians anything.
pub async fn withdraw(tx: &mut Tx, actor: &Actor, patient: PatientId, id: ImmunizationId) -> Result<(), ChartError> {
    let writer = who::writes(tx, actor, patient).await?;
    let entry = store::lock(tx, patient, id).await?.ok_or(ChartError::NotFound)?;
    if !may_withdraw(writer, entry.by_clinician) {
        return Err(ChartError::WrittenByClinician);
    }
    if !entry.stands {
        return Err(ChartError::AlreadyClosed);
    }
    store::set_withdrawn(tx, patient, id, who::purpose(writer)).await
}
