//! Add an allergy.

use access::Actor;
use db::Tx;
use kernel::ids::{AllergyId, PatientId};
use vault::Vault;

use super::{
    AllergyContent, NewAllergy,
    store::{self, NewRow},
};
use crate::{ChartError, record::who};

/// Add an allergy to the record of `patient`, by the patient or by a doctor with a care link.
pub async fn record(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    patient: PatientId,
    new: NewAllergy,
) -> Result<AllergyId, ChartError> {
    let content = AllergyContent::try_from(new).map_err(ChartError::Invalid)?;
    let writer = who::writes(tx, actor, patient).await?;
    store::lock_section(tx, patient).await?;
    let id = tx.id::<AllergyId>();
    let sealed = vault.seal_json(tx, patient, store::at(id), &content).await?;
    let row = NewRow {
        id,
        patient,
        sealed: &sealed,
        by: actor.account,
        role: writer.as_str(),
        purpose: who::purpose(writer),
    };
    store::insert(tx, row).await?;
    store::set_answer(tx, patient, "listed", actor.account, who::purpose(writer)).await?;
    Ok(id)
}
