//! HTML: both sides of a place in the waiting room: step out, come back, call back, how urgent.

use axum::extract::Path;
use kernel::ids::AppointmentId;
use serde::Deserialize;
use web::{Doctor, Form, Patient};

use super::{acuity, api::done, call, step};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AcuityForm {
    acuity: String,
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .post::<Patient, _, _>("/appointments/{appointment}/stepping-out", out)
        .post::<Patient, _, _>("/appointments/{appointment}/coming-back", back)
        .post::<Doctor, _, _>("/appointments/{appointment}/calling-back", call)
        .post::<Doctor, _, _>("/appointments/{appointment}/acuity", urgent)
}

async fn out(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    done(&me, async |tx, actor| step::step_out(tx, actor, id).await).await?;
    Ok(me.redirect(&format!("/appointments/{id}/waiting-room")))
}

async fn back(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    done(&me, async |tx, actor| step::come_back(tx, actor, id).await).await?;
    Ok(me.redirect(&format!("/appointments/{id}/waiting-room")))
}

async fn call(me: Doctor, Path(id): Path<AppointmentId>) -> web::Result {
    done(&me, async |tx, actor| call::call_back(tx, actor, id).await).await?;
    me.flash_ok("consultations-flash-called-back");
    Ok(me.redirect("/doctor"))
}

async fn urgent(me: Doctor, Path(id): Path<AppointmentId>, Form(form): Form<AcuityForm>) -> web::Result {
    let wanted = form.acuity.parse().unwrap_or_default();
    done(&me, async |tx, actor| acuity::set_acuity(tx, actor, (id, wanted)).await).await?;
    Ok(me.redirect("/doctor"))
}
