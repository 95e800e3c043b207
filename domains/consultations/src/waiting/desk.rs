//! Both sides of a place in the waiting room, as forms and as JSON: step out, come back, call back, how urgent.

use access::Actor;
use axum::extract::Path;
use db::Tx;
use kernel::ids::AppointmentId;
use serde::Deserialize;
use web::{Ctx, Doctor, Form, Json, Patient};

use super::{acuity, call, step};
use crate::visits::VisitError;

/// How urgent somebody is.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub(super) struct Acuity {
    /// 1 is seen first, 5 last.
    acuity: i32,
}

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
        .api_post::<Patient, (), (), _, _>(
            "/api/v1/appointments/{appointment}/stepping-out",
            "Leave the waiting room for a while; the place is kept",
            out_by_api,
        )
        .api_post::<Patient, (), (), _, _>(
            "/api/v1/appointments/{appointment}/coming-back",
            "Back in the waiting room",
            back_by_api,
        )
        .api_post::<Doctor, (), (), _, _>(
            "/api/v1/appointments/{appointment}/calling-back",
            "Call back a patient who has stepped out",
            call_by_api,
        )
        .api_post::<Doctor, Acuity, (), _, _>(
            "/api/v1/appointments/{appointment}/acuity",
            "How urgent somebody in the waiting room is: 1 is seen first, 5 last",
            urgent_by_api,
        )
}

async fn done<F>(me: &Ctx, verb: F) -> Result<(), web::Error>
where
    F: AsyncFnOnce(&mut Tx, &Actor) -> Result<(), VisitError>,
{
    let mut tx = me.begin().await?;
    verb(&mut tx, me.actor()).await?;
    Ok(tx.commit().await?)
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

async fn out_by_api(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    done(&me, async |tx, actor| step::step_out(tx, actor, id).await).await?;
    Ok(web::no_content())
}

async fn back_by_api(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    done(&me, async |tx, actor| step::come_back(tx, actor, id).await).await?;
    Ok(web::no_content())
}

async fn call_by_api(me: Doctor, Path(id): Path<AppointmentId>) -> web::Result {
    done(&me, async |tx, actor| call::call_back(tx, actor, id).await).await?;
    Ok(web::no_content())
}

async fn urgent_by_api(me: Doctor, Path(id): Path<AppointmentId>, Json(body): Json<Acuity>) -> web::Result {
    done(&me, async |tx, actor| acuity::set_acuity(tx, actor, (id, body.acuity)).await).await?;
    Ok(web::no_content())
}
