//! An administrator ends a supervision.

use access::Actor;
use db::Tx;
use kernel::ids::{PractitionerId, SupervisionId};

use super::{SupervisionError, store};
use crate::approvals;

/// Ends it at once: from the commit on, the supervisor reads none of the trainee's records for it, and approves nothing. Whose notes those
/// were. Notes that wait come to whoever else supervises the trainee, or wait for somebody to be chosen.
pub async fn end(tx: &mut Tx, actor: &Actor, id: SupervisionId) -> Result<PractitionerId, SupervisionError> {
    let (trainee, is_over) = store::lock(tx, id).await?.ok_or(SupervisionError::NotFound)?;
    if is_over {
        return Err(SupervisionError::Over);
    }
    store::set_ended(tx, id, actor.account).await?;
    // Whoever approves holds the note's row: it is either approved before this, or not at all.
    approvals::hand_over(tx, actor, trainee).await?;
    let entry = audit::Entry {
        action: "ended",
        object: "supervision",
        object_id: id.uuid(),
        patient: None,
        purpose: "administration",
    };
    audit::record(tx, entry).await?;
    Ok(trainee)
}
