//! The alerts of a draft, worked out now.

use chart::purpose;
use db::Tx;
use vault::Vault;

use super::{
    ReadError,
    model::{Prescription, Status},
    read,
};
use crate::{
    formulary::{self, Drug},
    safety::{Alert, Checked, Taken, check},
};

/// What must be said about this prescription before it is signed: against the patient's allergies, against what other valid
/// prescriptions hold, and within itself. Reading the allergies writes its audit row.
pub async fn review(tx: &mut Tx, vault: &Vault, prescription: &Prescription) -> Result<Vec<Alert>, ReadError> {
    let patient = prescription.patient;
    let allergies = chart::allergies::list_for(tx, vault, patient, purpose::PRESCRIBING).await?;
    let taken: Vec<Taken> = read::list_for_patient(tx, vault, patient, purpose::PRESCRIBING, 50)
        .await?
        .into_iter()
        .flatten()
        .filter(|other| other.id != prescription.id && other.status == Status::Active)
        .flat_map(|other| other.items)
        .map(|item| Taken { name: item.content.name(), ingredients: item.content.ingredients })
        .collect();
    let drugs: Vec<Option<&'static Drug>> =
        prescription.items.iter().map(|item| formulary::find(&item.content.code)).collect();
    let items: Vec<Checked<'_>> = prescription
        .items
        .iter()
        .zip(&drugs)
        .filter_map(|(item, drug)| {
            let position = u16::try_from(item.position).ok()?;
            drug.map(|drug| Checked { position, drug, directions: &item.content.directions })
        })
        .collect();
    Ok(check(&items, &allergies, &taken))
}
