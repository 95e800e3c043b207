//! JSON: admitting and ending.

use axum::extract::Path;
use kernel::{
    Timestamp,
    ids::{AppointmentId, VisitId},
};
use serde::{Deserialize, Serialize};
use web::{Doctor, Json, Patient};

use chart::problems::Showing;

use super::{Incomplete, VisitState, admit, end, hide as set};
use crate::rooms;

/// A visit that is open.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Opened {
    visit_id: VisitId,
    status: VisitState,
    started_at: Timestamp,
}

/// How a visit ends.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct EndBody {
    /// Why it ends without a whole note, where it does.
    incomplete: Option<Incomplete>,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Ended {
    status: VisitState,
    ended_at: Option<Timestamp>,
}

/// `POST /api/v1/appointments/{appointment}/visit`
pub(crate) async fn open(me: Doctor, Path(appointment): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    let visit = admit(&mut tx, me.actor(), appointment).await?;
    tx.commit().await?;
    web::created(&Opened { visit_id: visit.id, status: visit.state, started_at: visit.started_at })
}

/// `POST /api/v1/visits/{visit}/ending`
pub(crate) async fn close(me: Doctor, Path(id): Path<VisitId>, Json(body): Json<EndBody>) -> web::Result {
    let mut tx = me.begin().await?;
    let visit = end(&mut tx, me.actor(), id, body.incomplete).await?;
    tx.commit().await?;
    rooms::close(&me, id).await;
    web::json(&Ended { status: visit.state, ended_at: visit.ended_at })
}

/// Whether other doctors see a visit.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Shown {
    visit_id: VisitId,
    hidden: bool,
}

/// `POST /api/v1/visits/{visit}/hiding`
pub(crate) async fn hide(me: Patient, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    set(&mut tx, me.actor(), id, Showing::Hidden).await?;
    tx.commit().await?;
    web::json(&Shown { visit_id: id, hidden: true })
}

/// `POST /api/v1/visits/{visit}/showing`
pub(crate) async fn show_again(me: Patient, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    set(&mut tx, me.actor(), id, Showing::Shown).await?;
    tx.commit().await?;
    web::json(&Shown { visit_id: id, hidden: false })
}

pub(crate) fn routes() -> web::Routes {
    web::Routes::new()
        .api_post::<Patient, (), Shown, _, _>("/api/v1/visits/{visit}/hiding", "Hide a visit from other doctors", hide)
        .api_post::<Patient, (), Shown, _, _>("/api/v1/visits/{visit}/showing", "Show a hidden visit again", show_again)
        .api_post::<Doctor, (), Opened, _, _>(
            "/api/v1/appointments/{appointment}/visit",
            "The doctor admits the patient who waits",
            open,
        )
        .api_post::<Doctor, EndBody, Ended, _, _>("/api/v1/visits/{visit}/ending", "The doctor ends the visit", close)
}
