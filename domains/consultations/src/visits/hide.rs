use access::Actor;
use audit::Entry;
use chart::problems::Showing;
use db::Tx;
use kernel::ids::VisitId;

use super::{VisitError, store};

/// Hide a visit that is over, and its note, from doctors who did not see the patient at it, or show it again; by the patient or who
/// acts for them. What was prescribed at it stays visible to whoever may read the record.
pub async fn hide(tx: &mut Tx, actor: &Actor, id: VisitId, showing: Showing) -> Result<(), VisitError> {
    let whose = store::set_hidden(tx, id, showing == Showing::Hidden).await?;
    let patient = whose.filter(|patient| actor.patients.contains(patient)).ok_or(VisitError::NotFound)?;
    let action = match showing {
        Showing::Hidden => "hide",
        Showing::Shown => "show",
    };
    let (object_id, purpose) = (id.uuid(), chart::purpose::OWN);
    audit::record(tx, Entry { action, object: "visit", object_id, patient: Some(patient), purpose }).await?;
    Ok(())
}
