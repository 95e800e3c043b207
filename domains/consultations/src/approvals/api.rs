//! JSON: the checking of notes.

use axum::extract::Path;
use kernel::{
    Timestamp,
    ids::{NoteApprovalId, PatientId, PractitionerId, VisitId},
};
use serde::{Deserialize, Serialize};
use web::{Admin, Doctor, Json, Query};

use super::{Approval, Approving, Assignment, Returning, Status, approve, ask, assign, read, send_back, store};
use crate::{
    addenda::AddendumView,
    commands::CommandView,
    drafts::Medicines,
    notes::NoteContent,
    visits::{Side, VisitError},
};

/// How far the checking of a note has come.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct ApprovalView {
    id: NoteApprovalId,
    visit_id: VisitId,
    status: Status,
    supervisor_id: PractitionerId,
    supervisor: String,
    asked_at: Timestamp,
    approved_at: Option<Timestamp>,
    /// The number of the last addition that the supervisor had read; 0 when there was none.
    addenda: Option<i32>,
}

impl From<Approval> for ApprovalView {
    fn from(one: Approval) -> Self {
        Self {
            id: one.id,
            visit_id: one.visit,
            status: one.status,
            supervisor_id: one.supervisor,
            supervisor: one.supervisor_name,
            asked_at: one.asked_at,
            approved_at: one.approved_at,
            addenda: one.addenda,
        }
    }
}

impl ApprovalView {
    /// As this side reads it: whether a note was returned is between the two doctors.
    pub(crate) fn of(one: Approval, side: Side) -> Self {
        let status = match (side, one.status) {
            (Side::Patient, Status::Returned) => Status::Awaiting,
            (_, status) => status,
        };
        let addenda = one.addenda.filter(|_| status == Status::Approved || side == Side::Doctor);
        Self::from(Approval { status, addenda, ..one })
    }
}

/// A line of the list.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Listed {
    id: NoteApprovalId,
    visit_id: VisitId,
    patient: String,
    /// The other doctor: who signed, or who checks.
    doctor: String,
    status: Status,
    since: Timestamp,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Approvals {
    items: Vec<Listed>,
}

/// A note to check, with what belongs to it.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Opened {
    #[serde(flatten)]
    approval: ApprovalView,
    patient_id: PatientId,
    patient: String,
    doctor_id: PractitionerId,
    doctor: String,
    started_at: Timestamp,
    signed_at: Option<Timestamp>,
    note: NoteContent,
    /// What was added after signing, in its order. The number of the last is what an approval names.
    added: Vec<AddendumView>,
    commands: Vec<CommandView>,
    /// What was prescribed at the visit, with its directions.
    prescribed: Vec<String>,
    /// What was written when it was returned.
    returns: Vec<Return>,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Return {
    supervisor: String,
    at: Timestamp,
    words: String,
}

/// What was read before it is approved.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignBody {
    /// The number of the last addition that was read, 0 when there was none.
    addenda: i32,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReturnBody {
    /// For the note's doctor alone, at most 4,000 characters.
    words: String,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssignBody {
    supervisor_id: PractitionerId,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    pub(super) show: String,
}

/// `GET /api/v1/note-approvals`
pub(super) async fn list(me: Doctor, Query(wanted): Query<Wanted>) -> web::Result {
    let mut tx = me.begin().await?;
    let found = match wanted.show.as_str() {
        "done" => store::list_done(&mut tx, me.practitioner_id()).await?,
        "mine" => store::list_mine(&mut tx, me.practitioner_id()).await?,
        _ => store::list_to_check(&mut tx, me.practitioner_id(), 100).await?,
    };
    tx.commit().await?;
    let items = found.into_iter().map(|one| Listed {
        id: one.id,
        visit_id: one.visit,
        patient: one.patient_name,
        doctor: one.other_name,
        status: one.status,
        since: one.since,
    });
    web::json(&Approvals { items: items.collect() })
}

/// `GET /api/v1/note-approvals/{approval}`
pub(super) async fn show(me: Doctor, Path(id): Path<NoteApprovalId>) -> web::Result {
    let mut tx = me.begin().await?;
    let vault = me.app().vault();
    let opened = read::open(&mut tx, vault, me.actor(), id).await?;
    let prescribed = me.app().part::<Medicines>().0.prescribed(&mut tx, vault, opened.visit.id).await?;
    let returns = store::list_words(&mut tx, vault, &opened.approval).await?;
    tx.commit().await?;
    let read::Opened { approval, visit, note, addenda, commands, .. } = opened;
    web::json(&Opened {
        approval: approval.into(),
        patient_id: visit.patient,
        patient: visit.patient_name,
        doctor_id: visit.practitioner,
        doctor: visit.practitioner_name,
        started_at: visit.started_at,
        signed_at: visit.signed_at,
        note,
        added: addenda.into_iter().map(AddendumView::from).collect(),
        commands: commands.into_iter().map(CommandView::from).collect(),
        prescribed: prescribed.into_iter().map(|line| line.text).collect(),
        returns: returns
            .into_iter()
            .map(|one| Return { supervisor: one.supervisor_name, at: one.at, words: one.text.into_inner() })
            .collect(),
    })
}

/// `POST /api/v1/note-approvals/{approval}/signature`
pub(super) async fn sign(me: Doctor, Path(id): Path<NoteApprovalId>, Json(body): Json<SignBody>) -> web::Result {
    let mut tx = me.begin().await?;
    let one = Approving { approval: id, addenda: body.addenda };
    let approved = approve(&mut tx, me.app().vault(), me.actor(), one).await?;
    tx.commit().await?;
    web::created(&ApprovalView::from(approved))
}

/// `POST /api/v1/note-approvals/{approval}/return`
pub(super) async fn give_back(me: Doctor, Path(id): Path<NoteApprovalId>, Json(body): Json<ReturnBody>) -> web::Result {
    let mut tx = me.begin().await?;
    let one = Returning { approval: id, words: body.words };
    let returned = send_back(&mut tx, me.app().vault(), me.actor(), one).await?;
    tx.commit().await?;
    web::created(&ApprovalView::from(returned))
}

/// `POST /api/v1/visits/{visit}/approval-request`
pub(super) async fn send_again(me: Doctor, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    let sent = ask::send_again(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    web::created(&ApprovalView::from(sent))
}

/// `POST /api/v1/admin/note-approvals/{approval}/assignment`
pub(super) async fn assign_one(me: Admin, Path(id): Path<NoteApprovalId>, Json(body): Json<AssignBody>) -> web::Result {
    let mut tx = me.begin().await?;
    let one = Assignment { approval: id, supervisor: body.supervisor_id };
    let assigned = assign(&mut tx, me.actor(), one).await.map_err(as_supervisor_id)?;
    tx.commit().await?;
    web::created(&ApprovalView::from(assigned))
}

/// Programs know the field by its name in the body.
fn as_supervisor_id(error: VisitError) -> VisitError {
    match error {
        VisitError::Invalid(errors) => VisitError::Invalid(
            errors.into_iter().map(|one| kernel::FieldError { field: "supervisor_id".into(), ..one }).collect(),
        ),
        other => other,
    }
}
