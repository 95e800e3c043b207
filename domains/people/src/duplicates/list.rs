//! Look through the pairs. One line in the trail for each page, without a patient: a patient's access log must not say that there is another.

use access::Actor;
use db::Tx;

use super::{
    model::Decision,
    store::{self, After, Listed},
};

/// For administrators.
pub(super) async fn list(
    tx: &mut Tx,
    actor: &Actor,
    (status, after): (Decision, Option<After>),
    most: usize,
) -> Result<Listed, db::Error> {
    let listed = store::list(tx, status, after, most).await?;
    let entry = audit::Entry {
        action: "read",
        object: "duplicates",
        object_id: actor.account.uuid(),
        patient: None,
        purpose: "operations",
    };
    audit::record(tx, entry).await?;
    Ok(listed)
}
