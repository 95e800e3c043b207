//! Mark an allergy as entered in error. It is kept, and no longer stands.

use access::Actor;
use db::Tx;
use kernel::ids::{AllergyId, PatientId};

use super::{policy, store};
use crate::{ChartError, record::who};

/// Take back `allergy` of `patient`. When none is left, the question about allergies is open again.
pub async fn withdraw(tx: &mut Tx, actor: &Actor, patient: PatientId, allergy: AllergyId) -> Result<(), ChartError> {
    let writer = who::writes(tx, actor, patient).await?;
    store::lock_section(tx, patient).await?;
    let entry = store::lock(tx, patient, allergy).await?.ok_or(ChartError::NotFound)?;
    if !policy::may_withdraw(writer, entry.by_clinician) {
        return Err(ChartError::WrittenByClinician);
    }
    if !entry.active {
        return Err(ChartError::AlreadyClosed);
    }
    store::set_withdrawn(tx, patient, allergy, actor.account, who::purpose(writer)).await?;
    if !store::any_active(tx, patient).await? {
        store::forget_answer(tx, patient).await?;
    }
    Ok(())
}
