//! What an open page hears of payments.

use db::Tx;
use web::live::{LiveEvent, Topic, publish};

use crate::{charges::Charge, payments::PaymentStatus};

/// A payment of this charge has changed. Ids and states only.
pub(crate) async fn payment_changed(tx: &mut Tx, charge: &Charge, status: PaymentStatus) -> Result<(), db::Error> {
    let Some(appointment) = charge.subject.appointment() else { return Ok(()) };
    let data = serde_json::json!({ "charge": charge.id, "status": status });
    publish(tx, Topic::Appointment(appointment), LiveEvent { kind: "payment", data }).await
}
