//! JSON: supervisions, for administrators.

use axum::extract::Path;
use kernel::{
    LocalDate, Timestamp,
    ids::{PractitionerId, SupervisionId},
};
use serde::{Deserialize, Serialize};
use web::{Admin, Json};

use super::{NewSupervision, Phase, SupervisionError, begin, end, store};

/// One supervision.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct SupervisionView {
    id: SupervisionId,
    supervisor_id: PractitionerId,
    supervisor: String,
    /// Days of the supervised doctor's zone, the last one included.
    from: LocalDate,
    until: Option<LocalDate>,
    ended_at: Option<Timestamp>,
    phase: Phase,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Supervisions {
    /// The latest first.
    items: Vec<SupervisionView>,
}

/// Who is to check this doctor's notes.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    supervisor_id: PractitionerId,
    /// Today or later; today where it is left out.
    #[serde(default)]
    from: Option<LocalDate>,
    /// The last day; open where it is left out.
    #[serde(default)]
    until: Option<LocalDate>,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Begun {
    id: SupervisionId,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Ended {
    id: SupervisionId,
    ended_at: Timestamp,
}

/// `GET /api/v1/admin/doctors/{doctor}/supervisions`
pub(super) async fn list(me: Admin, Path(doctor): Path<PractitionerId>) -> web::Result {
    let mut tx = me.begin().await?;
    store::find_zone(&mut tx, doctor).await?.ok_or(SupervisionError::NotFound)?;
    let found = store::list_of(&mut tx, doctor).await?;
    let now = tx.now();
    tx.commit().await?;
    let items = found.into_iter().map(|one| SupervisionView {
        phase: one.phase(now),
        id: one.id,
        supervisor_id: one.supervisor,
        supervisor: one.supervisor_name,
        from: one.from,
        until: one.until,
        ended_at: one.ended_at,
    });
    web::json(&Supervisions { items: items.collect() })
}

/// `POST /api/v1/admin/doctors/{doctor}/supervisions`
pub(super) async fn begin_one(
    me: Admin,
    Path(doctor): Path<PractitionerId>,
    Json(wanted): Json<Wanted>,
) -> web::Result {
    let mut tx = me.begin().await?;
    let zone = store::find_zone(&mut tx, doctor).await?.ok_or(SupervisionError::NotFound)?;
    let from = wanted.from.unwrap_or_else(|| tx.now().date_in(&zone));
    let new = NewSupervision { trainee: doctor, supervisor: wanted.supervisor_id, from, until: wanted.until };
    let id = begin(&mut tx, me.actor(), new).await.map_err(as_in_body)?;
    tx.commit().await?;
    web::created(&Begun { id })
}

/// `POST /api/v1/admin/supervisions/{supervision}/ending`
pub(super) async fn end_one(me: Admin, Path(id): Path<SupervisionId>) -> web::Result {
    let mut tx = me.begin().await?;
    end(&mut tx, me.actor(), id).await?;
    let ended_at = tx.now();
    tx.commit().await?;
    web::created(&Ended { id, ended_at })
}

/// Programs know the field by its name in the body.
fn as_in_body(error: SupervisionError) -> SupervisionError {
    let renamed = |one: kernel::FieldError| match one.field.as_ref() {
        "supervisor" => kernel::FieldError { field: "supervisor_id".into(), ..one },
        _ => one,
    };
    match error {
        SupervisionError::Invalid(errors) => SupervisionError::Invalid(errors.into_iter().map(renamed).collect()),
        other => other,
    }
}
