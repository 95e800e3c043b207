//! What open pages are told at once: ids and states, never content.

use db::{Error, Tx};
use serde_json::json;
use web::live::{self, LiveEvent, Topic};

use crate::visits::Visit;

/// The visit came to a new state: told in its room, to both people wherever they are, and on the appointment's pages.
pub(crate) async fn visit_changed(tx: &mut Tx, visit: &Visit, status: &str) -> Result<(), Error> {
    let data = json!({ "visit": visit.id, "appointment": visit.appointment, "status": status });
    let mut topics = vec![
        Topic::Visit(visit.id),
        Topic::Appointment(visit.appointment),
        Topic::Practitioner(visit.practitioner),
        Topic::Account(visit.practitioner_account),
    ];
    topics.extend(visit.patient_account.map(Topic::Account));
    for topic in topics {
        live::publish(tx, topic, LiveEvent { kind: "visit", data: data.clone() }).await?;
    }
    Ok(())
}

/// The order of a doctor's waiting room changed, or somebody stepped out of it: told on the doctor's day and where that patient waits.
pub(crate) async fn queue_changed(
    tx: &mut Tx,
    practitioner: kernel::ids::PractitionerId,
    appointment: kernel::ids::AppointmentId,
) -> Result<(), Error> {
    let data = json!({ "appointment": appointment });
    for topic in [Topic::Practitioner(practitioner), Topic::Appointment(appointment)] {
        live::publish(tx, topic, LiveEvent { kind: "appointment", data: data.clone() }).await?;
    }
    Ok(())
}

/// Something that concerns those in the room alone.
pub(crate) async fn in_room(
    tx: &mut Tx,
    visit: kernel::ids::VisitId,
    kind: &'static str,
    data: serde_json::Value,
) -> Result<(), Error> {
    live::publish(tx, Topic::Visit(visit), LiveEvent { kind, data }).await
}

/// Who shares, what is shown, or what came in has changed: pages ask how it is now.
pub(crate) async fn room_changed(tx: &mut Tx, visit: kernel::ids::VisitId) -> Result<(), Error> {
    in_room(tx, visit, "room", json!({})).await
}
