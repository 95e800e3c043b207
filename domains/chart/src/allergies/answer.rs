//! "No allergies known", said by the patient or asked by a doctor.

use access::Actor;
use db::Tx;
use kernel::ids::PatientId;

use super::store;
use crate::{ChartError, record::who};

/// Write down that no allergies are known today. Refused while some are listed.
pub async fn answer_none_known(tx: &mut Tx, actor: &Actor, patient: PatientId) -> Result<(), ChartError> {
    let writer = who::writes(tx, actor, patient).await?;
    store::lock_section(tx, patient).await?;
    if store::any_active(tx, patient).await? {
        return Err(ChartError::AllergiesListed);
    }
    store::set_answer(tx, patient, "none_known", actor.account, who::purpose(writer)).await
}
