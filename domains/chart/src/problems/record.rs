//! Put a diagnosis on the problem list.

use access::Actor;
use db::Tx;
use kernel::{
    FieldError,
    ids::{PatientId, ProblemId},
};
use vault::Vault;

use super::{
    NewProblem, ProblemContent,
    store::{self, NewRow},
};
use crate::{
    ChartError, icd10,
    record::who::{self, Writer},
};

/// Add a diagnosis to the list of `patient`, by a doctor with a care link.
///
/// # Errors
/// [`ChartError::AlreadyListed`] when it stands there already; [`ChartError::Invalid`] for a code that is not in the list.
pub async fn record(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    patient: PatientId,
    new: NewProblem,
) -> Result<ProblemId, ChartError> {
    let writer = who::writes(tx, actor, patient).await?;
    if writer == Writer::Patient {
        return Err(ChartError::NotFound);
    }
    let visit = new.visit;
    let content = checked(new)?;
    let mark = vault.mac("chart.problem", format!("{patient}/{}", content.code).as_bytes());
    if store::is_listed(tx, patient, &mark).await? {
        return Err(ChartError::AlreadyListed);
    }
    let id = tx.id::<ProblemId>();
    let sealed = vault.seal_json(tx, patient, store::at(id), &content).await?;
    let purpose = who::purpose(writer);
    store::insert(tx, NewRow { id, patient, visit, mark: &mark, sealed: &sealed, by: actor.account, purpose }).await?;
    Ok(id)
}

fn checked(new: NewProblem) -> Result<ProblemContent, ChartError> {
    let note = new.note.trim().to_owned();
    if note.chars().count() > 500 {
        return Err(ChartError::Invalid(vec![FieldError::new("note", "chart-error-note-long")]));
    }
    let known = icd10::find(&new.code)
        .ok_or_else(|| ChartError::Invalid(vec![FieldError::new("code", "chart-error-code-unknown")]))?;
    Ok(ProblemContent { code: known.code.to_owned(), name: known.name.to_owned(), onset: new.onset, note })
}
