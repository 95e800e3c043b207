//! JSON: the form before a visit, for who answers and for the doctor who reads.

use axum::extract::Path;
use kernel::{
    Timestamp,
    ids::{AppointmentId, VisitId},
};
use serde::{Deserialize, Serialize};
use web::{Doctor, Json, Patient};

use super::{Accept, Answers, Change, Form, Save, Score, Wish, open};

/// A form and its answers, as they stand.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct View {
    questionnaire: Form,
    /// `in-progress` or `completed`.
    status: &'static str,
    /// To be sent back with the answers.
    revision: i32,
    answers: Answers,
    /// Questions whose answer is a red flag.
    urgent: Vec<String>,
    /// Version and time of what was sent last.
    sent_version: Option<i32>,
    sent_at: Option<Timestamp>,
    /// Whether they can still be changed.
    open: bool,
}

/// Answers to save or send.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Body {
    /// Id and version of the form that was answered.
    form: String,
    form_version: i32,
    /// As it was read; 0 before anything was saved.
    #[serde(default)]
    revision: i32,
    answers: Answers,
}

/// Answers of one version.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[expect(clippy::struct_field_names, reason = "the version of a form has this name in every body")]
pub(crate) struct Version {
    form: String,
    form_version: i32,
    number: i32,
    completed_at: Option<Timestamp>,
    answers: Answers,
}

/// What was sent before a visit.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct DoctorView {
    versions: Vec<Version>,
    /// Questions of the latest whose answer is a red flag.
    urgent: Vec<String>,
    changes: Vec<Change>,
    scores: Vec<Score>,
}

/// `GET /api/v1/appointments/{appointment}/intake`
pub(crate) async fn show(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    let tx = me.begin().await?;
    view(&me, tx, id).await
}

/// `PUT /api/v1/appointments/{appointment}/intake`
pub(crate) async fn save(me: Patient, Path(id): Path<AppointmentId>, Json(body): Json<Body>) -> web::Result {
    put(&me, id, body, Wish::Keep).await
}

/// `POST /api/v1/appointments/{appointment}/intake/submission`
pub(crate) async fn submit(me: Patient, Path(id): Path<AppointmentId>, Json(body): Json<Body>) -> web::Result {
    put(&me, id, body, Wish::Send).await
}

async fn put(me: &Patient, id: AppointmentId, body: Body, wish: Wish) -> web::Result {
    let mut tx = me.begin().await?;
    let form = (body.form, body.form_version);
    let save = Save { appointment: id, revision: body.revision, form, answers: body.answers, wish };
    super::save(&mut tx, me.app().vault(), me.actor(), save).await?;
    view(me, tx, id).await
}

async fn view(me: &Patient, mut tx: db::Tx, id: AppointmentId) -> web::Result {
    let opened = open::for_patient(me.app(), &mut tx, me.actor(), id).await?;
    tx.commit().await?;
    web::json(&View {
        status: if opened.is_draft { "in-progress" } else { "completed" },
        revision: opened.revision,
        urgent: opened.form.urgent(&opened.answers).map(|item| item.link_id.clone()).collect(),
        sent_version: opened.sent.map(|(number, _)| number),
        sent_at: opened.sent.map(|(_, at)| at),
        open: opened.place.is_open(),
        questionnaire: opened.form.clone(),
        answers: opened.answers,
    })
}

/// `GET /api/v1/visits/{visit}/intake`
pub(crate) async fn show_to_doctor(me: Doctor, Path(visit): Path<VisitId>) -> web::Result {
    let tx = me.begin().await?;
    doctor_view(&me, tx, visit).await
}

/// `POST /api/v1/visits/{visit}/intake/acceptances`
pub(crate) async fn accept(me: Doctor, Path(visit): Path<VisitId>, Json(what): Json<Accept>) -> web::Result {
    let mut tx = me.begin().await?;
    super::accept(me.app(), &mut tx, me.actor(), visit, what).await?;
    doctor_view(&me, tx, visit).await
}

async fn doctor_view(me: &Doctor, mut tx: db::Tx, visit: VisitId) -> web::Result {
    let sent = open::for_doctor(me.app(), &mut tx, me.actor(), visit).await?;
    tx.commit().await?;
    let urgent =
        sent.versions.first().map(|(form, one)| form.urgent(&one.answers).map(|item| item.link_id.clone()).collect());
    web::json(&DoctorView {
        urgent: urgent.unwrap_or_default(),
        versions: sent
            .versions
            .into_iter()
            .map(|(_, one)| Version {
                form: one.form,
                form_version: one.form_version,
                number: one.number,
                completed_at: one.completed_at,
                answers: one.answers,
            })
            .collect(),
        changes: sent.changes,
        scores: sent.scores,
    })
}
