//! Opens single entries of a record, for a list that has found them in one statement with entries of other rooms.

use access::Actor;
use db::Tx;
use kernel::{
    LocalDate,
    ids::{DocumentId, ImmunizationId, PatientId, ProblemId, VitalsId},
};
use vault::Vault;

use super::who;
use crate::{
    ChartError, documents,
    immunizations::{self, ImmunizationContent},
    problems::{self, ProblemContent},
    vitals::{self, VitalSigns},
};

/// An entry of the chart that is still sealed.
#[derive(Debug, Clone, Copy)]
pub enum Sealed {
    Problem(ProblemId),
    Immunization(ImmunizationId),
    Vitals(VitalsId),
    Document(DocumentId),
}

/// An entry in words.
#[derive(Debug, Clone, Default)]
pub struct OpenedEntry {
    pub title: String,
    /// More of it; may be empty.
    pub detail: String,
    /// The day that is sealed with it, of an immunization.
    pub on: Option<LocalDate>,
}

/// Opens one. Whoever found it has written the row of having read it.
pub async fn open_entry(
    tx: &mut Tx,
    vault: &Vault,
    patient: PatientId,
    what: Sealed,
    sealed: &[u8],
) -> Result<OpenedEntry, ChartError> {
    Ok(match what {
        Sealed::Problem(id) => {
            let at = problems::store::at(id);
            let content = vault.open_json::<ProblemContent>(tx, patient, at, sealed).await?.into_inner();
            OpenedEntry { title: content.name, detail: content.code, on: None }
        }
        Sealed::Immunization(id) => {
            let at = immunizations::store::at(id);
            let content = vault.open_json::<ImmunizationContent>(tx, patient, at, sealed).await?.into_inner();
            OpenedEntry { title: content.name, detail: content.given_by, on: Some(content.given_on) }
        }
        Sealed::Vitals(id) => {
            let signs = vault.open_json::<VitalSigns>(tx, patient, vitals::store::at(id), sealed).await?.into_inner();
            let title = signs.printed().into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" · ");
            OpenedEntry { title, ..OpenedEntry::default() }
        }
        Sealed::Document(id) => OpenedEntry {
            title: documents::open_title(tx, vault, (patient, id), sealed).await?,
            ..OpenedEntry::default()
        },
    })
}

/// Why `actor` reads the record of `patient`, for the trail. Whose record is not open to them does not exist.
pub async fn reading_purpose(tx: &mut Tx, actor: &Actor, patient: PatientId) -> Result<&'static str, ChartError> {
    Ok(who::purpose(who::reads(tx, actor, patient).await?))
}
