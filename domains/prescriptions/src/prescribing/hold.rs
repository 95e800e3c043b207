//! Put a prescription on hold, and let it go on.

use access::Actor;
use chart::purpose;
use db::Tx;
use kernel::ids::PrescriptionId;
use web::live::{LiveEvent, Topic};

use super::{EndError, ReadError, model::Status, store};

/// Put a prescription of this doctor on hold: nothing is dispensed until it is released.
pub async fn hold(tx: &mut Tx, actor: &Actor, id: PrescriptionId) -> Result<(), EndError> {
    turn(tx, actor, id, Status::may_hold, "on_hold").await
}

/// Release a prescription of this doctor from its hold.
pub async fn release(tx: &mut Tx, actor: &Actor, id: PrescriptionId) -> Result<(), EndError> {
    turn(tx, actor, id, Status::may_release, "active").await
}

async fn turn(
    tx: &mut Tx,
    actor: &Actor,
    id: PrescriptionId,
    allowed: fn(Status) -> bool,
    status: &'static str,
) -> Result<(), EndError> {
    let practitioner = actor.practitioner.ok_or(ReadError::NotFound)?;
    let row = store::lock_own(tx, id, practitioner).await?.ok_or(ReadError::NotFound)?;
    if !allowed(Status::at(&row.status, row.valid_until, tx.now())) {
        return Err(EndError::IllegalTransition);
    }
    store::set_held(tx, id, status, purpose::TREATMENT).await?;
    let data = serde_json::json!({ "prescription": id, "visit": row.visit, "status": status });
    web::live::publish(tx, Topic::Visit(row.visit), LiveEvent { kind: "prescription", data }).await?;
    Ok(())
}
