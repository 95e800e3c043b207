//! JSON: documents of a patient, and the files themselves.

use axum::{extract::Path, response::Response};
use intake::Intake;
use kernel::{
    LocalDate, Page, PageRequest,
    ids::{DocumentId, PatientId},
};
use serde::{Deserialize, Serialize};
use web::{Incoming, Json, Query, SignedIn};

use super::{
    Description, Document, DocumentKind, NewDocument, Part, Removal,
    pages::answer,
    store::{self, Wanted},
    upload,
};
use crate::record::who;

/// What a sent document is named by.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Received {
    id: DocumentId,
}

/// The fields of the form; `file` comes last.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[expect(dead_code, reason = "says what a form holds, which is read part by part")]
pub(crate) struct UploadBody {
    kind: DocumentKind,
    /// At most 120 characters; without one the file's name.
    title: Option<String>,
    /// The date that the document bears.
    dated_on: Option<LocalDate>,
    appointment_id: Option<kernel::ids::AppointmentId>,
    /// PDF, JPEG or PNG.
    #[schemars(extend("format" = "binary"))]
    file: String,
}

/// What is said anew.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DescribeBody {
    kind: DocumentKind,
    #[serde(default)]
    title: String,
    #[serde(default)]
    dated_on: Option<LocalDate>,
}

/// Why it is removed.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RemoveBody {
    reason: Removal,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    kind: String,
    removed: bool,
    limit: Option<i64>,
    cursor: Option<String>,
}

/// `GET /api/v1/patients/{patient}/documents`
pub(crate) async fn list(me: SignedIn, Path(patient): Path<PatientId>, Query(asked): Query<Asked>) -> web::Result {
    let page = PageRequest::of(asked.limit.unwrap_or(20), None);
    let mut tx = me.begin().await?;
    let reader = who::reads(&mut tx, me.actor(), patient).await?;
    let wanted = Wanted {
        kind: DocumentKind::from_code(&asked.kind),
        removed: asked.removed,
        before: asked.cursor.and_then(|cursor| cursor.parse().ok()),
        limit: page.limit() + 1,
    };
    let rows = store::list_for(&mut tx, me.app().vault(), patient, who::purpose(reader), wanted).await?;
    tx.commit().await?;
    web::json(&Page::from_rows(rows, &page, |document| document.id.to_string()))
}

/// `POST /api/v1/patients/{patient}/documents`
pub(crate) async fn add(me: SignedIn, Path(patient): Path<PatientId>, mut form: Incoming) -> web::Result {
    let mut tx = me.begin().await?;
    who::writes(&mut tx, me.actor(), patient).await?;
    tx.rollback().await?;
    let (typed, sent) = upload::read(&me.app().part::<Intake>(), &mut form).await?;
    let description = typed.description()?;
    let sent = sent?;
    let key = me.header("idempotency-key").map(|key| me.app().vault().mac("chart.document", key.as_bytes()));
    let new = NewDocument {
        description,
        filename: sent.filename,
        appointment: typed.appointment()?,
        file: sent.file,
        sent_sha256: sent.sha256,
        key,
    };
    let mut tx = me.begin().await?;
    let id = super::receive(&mut tx, me.app().vault(), me.actor(), patient, new).await?;
    tx.commit().await?;
    web::created(&Received { id })
}

/// `GET /api/v1/patients/{patient}/documents/{file}`
pub(crate) async fn show(me: SignedIn, Path(of): Path<(PatientId, DocumentId)>) -> web::Result {
    let mut tx = me.begin().await?;
    let document = found(&me, &mut tx, of).await?;
    tx.commit().await?;
    web::json(&document)
}

/// `PUT /api/v1/patients/{patient}/documents/{file}`
pub(crate) async fn describe(
    me: SignedIn,
    Path(of): Path<(PatientId, DocumentId)>,
    Json(body): Json<DescribeBody>,
) -> web::Result {
    let description = Description { kind: body.kind, title: body.title, dated_on: body.dated_on };
    let mut tx = me.begin().await?;
    super::describe(&mut tx, me.app().vault(), me.actor(), of, description).await?;
    changed(&me, tx, of).await
}

/// `POST /api/v1/patients/{patient}/documents/{file}/removal`
pub(crate) async fn remove(
    me: SignedIn,
    Path(of): Path<(PatientId, DocumentId)>,
    Json(body): Json<RemoveBody>,
) -> web::Result {
    let mut tx = me.begin().await?;
    super::remove(&mut tx, me.actor(), of, body.reason).await?;
    changed(&me, tx, of).await
}

/// `POST /api/v1/patients/{patient}/documents/{file}/restoration`
pub(crate) async fn restore(me: SignedIn, Path(of): Path<(PatientId, DocumentId)>) -> web::Result {
    let mut tx = me.begin().await?;
    super::restore(&mut tx, me.actor(), of).await?;
    changed(&me, tx, of).await
}

/// `GET /api/v1/patients/{patient}/documents/{file}/content`
pub(crate) async fn content(me: SignedIn, Path(of): Path<(PatientId, DocumentId)>) -> web::Result<Response> {
    answer(&me, of, Part::Content).await
}

/// `GET /api/v1/patients/{patient}/documents/{file}/preview`
pub(crate) async fn preview(me: SignedIn, Path(of): Path<(PatientId, DocumentId)>) -> web::Result<Response> {
    answer(&me, of, Part::Preview).await
}

async fn changed(me: &SignedIn, mut tx: db::Tx, of: (PatientId, DocumentId)) -> web::Result {
    let document = found(me, &mut tx, of).await?;
    tx.commit().await?;
    web::json(&document)
}

async fn found(me: &SignedIn, tx: &mut db::Tx, of: (PatientId, DocumentId)) -> Result<Document, web::Error> {
    Ok(super::find(tx, me.app().vault(), me.actor(), of).await?)
}
