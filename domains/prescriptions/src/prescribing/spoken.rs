//! Medicines by the names that people say, for the draft of a note.

use async_trait::async_trait;
use consultations::drafts::{MedicineBook, Prescribed};
use db::Tx;
use kernel::{
    Locale,
    ids::{PatientId, VisitId},
};
use vault::Vault;

use super::{model::Status, read, store, words};
use crate::formulary;

/// Put into `consultations::drafts::Medicines` by the server.
#[derive(Debug, Clone, Copy, Default)]
pub struct VisitMedicines;

#[async_trait]
impl MedicineBook for VisitMedicines {
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = formulary::all()
            .iter()
            .flat_map(|drug| drug.ingredients.iter().chain(&drug.brands))
            .map(|name| name.to_lowercase())
            .chain(formulary::other_names().map(|(name, _)| name.to_owned()))
            .collect();
        names.sort();
        names.dedup();
        names
    }

    async fn taken(
        &self,
        tx: &mut Tx,
        vault: &Vault,
        patient: PatientId,
        purpose: &str,
    ) -> Result<Vec<String>, web::Error> {
        let signed = read::list_for_patient(tx, vault, patient, purpose, 50).await?;
        let active = signed.into_iter().flatten().filter(|one| one.status == Status::Active);
        let mut names: Vec<String> =
            active.flat_map(|one| one.items).map(|item| words::medicine(Locale::En, &item.content)).collect();
        names.sort();
        names.dedup();
        Ok(names)
    }

    async fn prescribed(&self, tx: &mut Tx, vault: &Vault, visit: VisitId) -> Result<Vec<Prescribed>, web::Error> {
        let mut lines = Vec::new();
        // A visit has one prescription, or two.
        for id in store::list_ids_of_visit(tx, visit).await? {
            let prescription = read::find_for(tx, vault, id, chart::purpose::TREATMENT).await?;
            if !matches!(prescription.status, Status::Draft | Status::Active | Status::OnHold) {
                continue;
            }
            lines.extend(prescription.items.iter().map(|item| {
                let name = words::medicine(Locale::En, &item.content);
                let directions = words::directions(Locale::En, &item.content.directions);
                let names = formulary::find(&item.content.code).map(names_of).unwrap_or_default();
                Prescribed { text: format!("{name}: {directions}"), name, names }
            }));
        }
        Ok(lines)
    }
}

/// Everything an ingredient or the brand is called, in lower case.
fn names_of(drug: &formulary::Drug) -> Vec<String> {
    let own = drug.ingredients.iter().chain(&drug.brands).map(|name| name.to_lowercase());
    let others = formulary::other_names().filter(|(_, ingredient)| drug.ingredients.contains(ingredient));
    own.chain(others.map(|(name, _)| name.to_owned())).collect()
}
