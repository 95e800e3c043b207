//! The JSON door.

use axum::extract::Path;
use kernel::{
    Money,
    ids::{PolicyId, PractitionerId, ServiceId},
};
use serde::Serialize;
use web::{Admin, Doctor, Json, Visitor};

use super::{
    model::Terms,
    set::{SetError, set},
    store::{self, Line},
};
use crate::{appointments::store::people::find_doctor, slots::Mode};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_public_get::<(), Vec<PolicyView>, _, _>(
            "/api/v1/doctors/{doctor}/cancellation-policies",
            "What comes back when a patient cancels, for each service of a doctor",
            "the rule is known before anybody books",
            list,
        )
        .api_put::<Doctor, Terms, PolicyView, _, _>(
            "/api/v1/services/{service}/cancellation-policy",
            "Set the rule of one's own service for bookings from now on",
            set_own,
        )
        .api_put::<Admin, Terms, PolicyView, _, _>(
            "/api/v1/doctors/{doctor}/services/{service}/cancellation-policy",
            "Set the rule of a doctor's service for bookings from now on",
            set_of_doctor,
        )
}

/// The rule that bookings now are under.
#[derive(Serialize, schemars::JsonSchema)]
pub(crate) struct PolicyView {
    id: PolicyId,
    version: i32,
    service_id: ServiceId,
    mode: Mode,
    price: Money,
    /// The service's own, not the house's.
    own: bool,
    #[serde(flatten)]
    terms: Terms,
}

impl From<Line> for PolicyView {
    fn from(line: Line) -> Self {
        Self {
            id: line.policy.id,
            version: line.policy.version,
            service_id: line.service,
            mode: line.mode,
            price: line.price,
            own: line.own,
            terms: line.policy.terms,
        }
    }
}

async fn list(me: Visitor, Path(doctor): Path<String>) -> web::Result {
    let mut tx = me.begin().await?;
    let doctor = find_doctor(&mut tx, &doctor).await?.ok_or(SetError::NotFound)?;
    let lines = store::list_of_doctor(&mut tx, doctor.id).await?;
    tx.commit().await?;
    web::json(&lines.into_iter().map(PolicyView::from).collect::<Vec<_>>())
}

async fn set_own(me: Doctor, Path(service): Path<ServiceId>, Json(terms): Json<Terms>) -> web::Result {
    put(&me, me.practitioner_id(), service, &terms).await
}

async fn set_of_doctor(
    me: Admin,
    Path((doctor, service)): Path<(PractitionerId, ServiceId)>,
    Json(terms): Json<Terms>,
) -> web::Result {
    put(&me, doctor, service, &terms).await
}

async fn put(me: &web::Ctx, doctor: PractitionerId, service: ServiceId, terms: &Terms) -> web::Result {
    let mut tx = me.begin().await?;
    set(&mut tx, me.actor(), doctor, service, terms).await?;
    let line = store::find_of_doctor(&mut tx, doctor, service).await?.ok_or(SetError::NotFound)?;
    tx.commit().await?;
    web::json(&PolicyView::from(line))
}
