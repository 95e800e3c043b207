//! The units somebody reads and types in, kept per person.

use axum::extract::Path;
use kernel::ids::PatientId;
use serde::Deserialize;
use web::{Ctx, Doctor, Form, Patient};

use super::{Of, base};
use crate::{
    record::who,
    vitals::{
        store,
        units::{Glucose, Height, Temperature, Units, Weight},
    },
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Chosen {
    temperature: String,
    weight: String,
    height: String,
    glucose: String,
}

/// `POST /record/vitals/units`
pub(crate) async fn choose(me: Patient, Form(chosen): Form<Chosen>) -> web::Result {
    keep(&me, (me.patient_id(), false), &chosen).await
}

/// `POST /doctor/patients/{patient}/vitals/units`
pub(crate) async fn choose_as_doctor(
    me: Doctor,
    Path(patient): Path<PatientId>,
    Form(chosen): Form<Chosen>,
) -> web::Result {
    keep(&me, (patient, true), &chosen).await
}

async fn keep(me: &Ctx, of: Of, chosen: &Chosen) -> web::Result {
    let units = Units {
        temperature: Temperature::of(&chosen.temperature),
        weight: Weight::of(&chosen.weight),
        height: Height::of(&chosen.height),
        glucose: Glucose::of(&chosen.glucose),
    };
    let mut tx = me.begin().await?;
    who::reads(&mut tx, me.actor(), of.0).await?;
    store::set_units(&mut tx, me.actor().account, units).await?;
    tx.commit().await?;
    me.flash_ok("chart-units-kept");
    Ok(me.redirect(&base(of)))
}
