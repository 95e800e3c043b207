//! Add an immunization.

use access::Actor;
use db::Tx;
use kernel::ids::{ImmunizationId, PatientId};
use vault::Vault;

use super::{
    NewImmunization,
    store::{self, NewRow},
};
use crate::{ChartError, record::who};

/// Add an immunization to the record of `patient`, by the patient or by a doctor with a care link. Days are judged by the database's
/// date, a day later being allowed for who lives east of it.
pub async fn record(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    patient: PatientId,
    new: NewImmunization,
) -> Result<ImmunizationId, ChartError> {
    let writer = who::writes(tx, actor, patient).await?;
    let born = store::find_birth_date(tx, patient).await?;
    let today = tx.now().date_in(&kernel::Zone::utc()).plus_days(1);
    let content = new.check(today, born).map_err(ChartError::Invalid)?;
    let id = tx.id::<ImmunizationId>();
    let sealed = vault.seal_json(tx, patient, store::at(id), &content).await?;
    let (role, purpose) = (writer.as_str(), who::purpose(writer));
    store::insert(tx, NewRow { id, patient, sealed: &sealed, by: actor.account, role, purpose }).await?;
    Ok(id)
}
