//! The doctor says how urgent somebody in the waiting room is.

use access::Actor;
use db::Tx;
use kernel::{FieldError, ids::AppointmentId};

use super::{
    step::moved,
    store::{Change, Place},
};
use crate::visits::VisitError;

/// Sets it from 1 (seen first) to 5, as triage scales do; everybody else keeps their order.
pub async fn set_acuity(tx: &mut Tx, actor: &Actor, (id, acuity): (AppointmentId, i32)) -> Result<Place, VisitError> {
    if !(1..=5).contains(&acuity) {
        return Err(VisitError::Invalid(vec![FieldError::new("acuity", "consultations-error-acuity")]));
    }
    if actor.practitioner.is_none() {
        return Err(VisitError::NotFound);
    }
    let place = moved(tx, actor, (id, Change::Acuity(acuity))).await?;
    let entry = audit::Entry {
        action: "triaged",
        object: "appointment",
        object_id: id.uuid(),
        patient: Some(place.patient),
        purpose: chart::purpose::TREATMENT,
    };
    audit::record(tx, entry).await?;
    Ok(place)
}
