//! The patient hides a diagnosis from other doctors, and shows it again.

use access::Actor;
use audit::Entry;
use db::Tx;
use kernel::ids::{PatientId, ProblemId};

use super::store;
use crate::{ChartError, purpose, record};

/// Whether an entry is for everybody who may read the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Showing {
    Hidden,
    Shown,
}

/// Hide a diagnosis from doctors who did not write it, or show it again; by the patient or who acts for them.
///
/// # Errors
/// [`ChartError::AlreadyListed`] when the same diagnosis stands in the list beside the hidden one.
pub async fn hide(
    tx: &mut Tx,
    actor: &Actor,
    patient: PatientId,
    id: ProblemId,
    showing: Showing,
) -> Result<(), ChartError> {
    if !actor.patients.contains(&patient) {
        return Err(ChartError::NotFound);
    }
    let whose = store::set_hidden(tx, id, showing == Showing::Hidden).await?.ok_or(ChartError::NotFound)?;
    if !record::store::are_of_one_person(tx, patient, whose).await? {
        return Err(ChartError::NotFound);
    }
    let action = match showing {
        Showing::Hidden => "hide",
        Showing::Shown => "show",
    };
    let (object_id, purpose) = (id.uuid(), purpose::OWN);
    audit::record(tx, Entry { action, object: "problems", object_id, patient: Some(whose), purpose }).await?;
    Ok(())
}
