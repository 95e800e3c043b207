//! The JSON door.

use axum::extract::Path;
use kernel::{
    Timestamp,
    ids::{AppointmentId, ServiceId},
};
use serde::{Deserialize, Serialize};
use web::{Doctor, Json, SignedIn};

use super::{
    set::{FollowUp, SetError, set},
    store,
};
use crate::appointments::{self, ChangeError};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_get::<SignedIn, (), Option<RightView>, _, _>(
            "/api/v1/appointments/{appointment}/follow-up",
            "The free follow-ups that a visit gives, if it gives any",
            show,
        )
        .api_put::<Doctor, TermsBody, TermsBody, _, _>(
            "/api/v1/services/{service}/follow-up",
            "What a service gives after a visit; without days, nothing",
            replace,
        )
}

#[derive(Serialize, schemars::JsonSchema)]
struct RightView {
    appointment_id: AppointmentId,
    service_id: ServiceId,
    /// A follow-up starts before this.
    until: Timestamp,
    visits: i32,
    left: i64,
}

async fn show(me: SignedIn, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    appointments::find_for(&mut tx, me.actor(), id).await?.ok_or(ChangeError::NotFound)?;
    let right = store::find_right(&mut tx, id).await?;
    let now = tx.now();
    tx.commit().await?;
    web::json(&right.map(|right| RightView {
        appointment_id: id,
        service_id: right.service,
        until: right.until,
        visits: right.visits,
        left: right.left(now),
    }))
}

#[derive(Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct TermsBody {
    #[serde(default)]
    days: Option<i32>,
    #[serde(default = "one")]
    visits: i32,
}

const fn one() -> i32 {
    1
}

async fn replace(me: Doctor, Path(service): Path<ServiceId>, Json(body): Json<TermsBody>) -> web::Result {
    let follow_up = match body.days {
        Some(days) => FollowUp::Free { days, visits: body.visits },
        None => FollowUp::None,
    };
    let mut tx = me.begin().await?;
    set(&mut tx, me.practitioner_id(), service, follow_up).await?;
    tx.commit().await.map_err(SetError::from)?;
    web::json(&body)
}
