//! JSON: covers of a doctor.

use axum::extract::Path;
use kernel::ids::ThreadCoverId;
use serde::Serialize;
use web::{Doctor, Json};

use super::{Cover, SetCover, end, set, store};
use crate::MessageError;

/// On either side, the latest first.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Listed {
    items: Vec<Cover>,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Made {
    id: ThreadCoverId,
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_get::<Doctor, (), Listed, _, _>("/api/v1/doctor/covers", "Who answers for me, and for whom I do", list)
        .api_post::<Doctor, SetCover, Made, _, _>(
            "/api/v1/doctor/covers",
            "Name who answers my messages on some days; 409 cover_overlaps where somebody is named already",
            add,
        )
        .api_post::<Doctor, (), Listed, _, _>(
            "/api/v1/doctor/covers/{cover}/ending",
            "End a cover before its time",
            stop,
        )
}

async fn list(me: Doctor) -> web::Result {
    let doctor = me.actor().practitioner.ok_or(MessageError::NotFound)?;
    let mut tx = me.begin().await?;
    let items = store::list(&mut tx, doctor).await?;
    tx.commit().await?;
    web::json(&Listed { items })
}

async fn add(me: Doctor, Json(body): Json<SetCover>) -> web::Result {
    let mut tx = me.begin().await?;
    let id = set(&mut tx, me.actor(), body).await?;
    tx.commit().await?;
    web::created(&Made { id })
}

async fn stop(me: Doctor, Path(id): Path<ThreadCoverId>) -> web::Result {
    let mut tx = me.begin().await?;
    end(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    list(me).await
}
