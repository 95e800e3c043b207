//! Write down vital signs.

use access::Actor;
use db::Tx;
use kernel::{
    FieldError,
    ids::{PatientId, VitalsId},
};
use vault::Vault;

use super::{
    NewVitals,
    ranges::Whose,
    store::{self, NewRow},
};
use crate::{
    ChartError,
    record::who::{self, Writer},
};

/// Write down vital signs of `patient`, by the patient or by a doctor with a care link. Those of a visit replace what was written
/// down at the same visit before, so that saving a note again does not double them. What is impossible is
/// refused, what is unusual for their age until somebody says that it is right.
pub async fn record(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    patient: PatientId,
    new: NewVitals,
) -> Result<VitalsId, ChartError> {
    let mut errors = new.signs.errors();
    let taken_at = new.taken_at.unwrap_or(tx.now());
    if taken_at > tx.now().plus_minutes(5) {
        errors.push(FieldError::new("taken_at", "chart-error-taken-in-future"));
    }
    if new.signs.is_empty() {
        errors.push(FieldError::new("systolic", "chart-error-vitals-empty"));
    }
    if !errors.is_empty() {
        return Err(ChartError::Invalid(errors));
    }
    let writer = who::writes(tx, actor, patient).await?;
    if !new.confirmed && new.visit.is_none() {
        let (born, sex) = store::find_person(tx, patient).await?;
        let whose = Whose { born, sex: &sex };
        let errors = new.signs.unusual(whose, taken_at.date_in(&kernel::Zone::utc()));
        if !errors.is_empty() {
            return Err(ChartError::Invalid(errors));
        }
    }
    let visit = new.visit.filter(|_| writer != Writer::Patient);
    if let Some(visit) = visit {
        store::set_replaced_for_visit(tx, patient, visit).await?;
    }
    let id = tx.id::<VitalsId>();
    let sealed = vault.seal_json(tx, patient, store::at(id), &new.signs).await?;
    let row = NewRow {
        id,
        patient,
        visit,
        sealed: &sealed,
        by: actor.account,
        role: writer.as_str(),
        taken_at,
        purpose: who::purpose(writer),
    };
    store::insert(tx, row).await?;
    Ok(id)
}
