//! JSON: the summary.

use axum::extract::Path;
use kernel::{
    LocalDate, Timestamp,
    ids::{AppointmentId, PatientId, PractitionerId, VisitId},
};
use serde::Serialize;
use web::SignedIn;

use crate::{
    addenda::{self, Addendum, AddendumView},
    approvals::{self, Approval, ApprovalView},
    commands::{self, CommandRow, CommandView, Status},
    intake_forms,
    notes::{Diagnosis, NoteContent, find_for_visit},
    visits::{Side, Visit, VisitError, VisitState, store as visits},
};

/// A visit as its patient reads it. The note's parts are there once it is signed.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Summary {
    id: VisitId,
    appointment_id: AppointmentId,
    patient_id: PatientId,
    doctor_id: PractitionerId,
    doctor: String,
    status: VisitState,
    mode: String,
    started_at: Timestamp,
    ended_at: Option<Timestamp>,
    signed_at: Option<Timestamp>,
    reason: Option<String>,
    findings: Option<String>,
    assessment: Option<String>,
    diagnoses: Vec<Diagnosis>,
    plan: Option<String>,
    follow_up_on: Option<LocalDate>,
    /// What was added after signing, in its order.
    addenda: Vec<AddendumView>,
    /// What was decided and issued, as far as it stands.
    commands: Vec<CommandView>,
    /// How far its checking by a supervisor has come, where its doctor is supervised.
    approval: Option<ApprovalView>,
    /// Whether the patient has hidden it from other doctors.
    hidden: bool,
}

/// A visit, and its note with what was added to it, as far as this reader may see it.
pub(super) struct Opened {
    pub(super) visit: Visit,
    pub(super) side: Side,
    pub(super) note: Option<NoteContent>,
    pub(super) addenda: Vec<Addendum>,
    pub(super) commands: Vec<CommandRow>,
    pub(super) approval: Option<Approval>,
    /// What its supervisor wrote when returning it; for the note's own doctor.
    pub(super) words: Vec<approvals::Words>,
    pub(super) hidden: bool,
    /// Answers were sent before it, and this reader has a page with them.
    pub(super) answered: bool,
}

/// Open a visit, and its note once it is signed.
pub(super) async fn open(me: &web::Ctx, id: VisitId) -> Result<Opened, web::Error> {
    let mut tx = me.begin().await?;
    let (visit, side) = visits::find_readable(&mut tx, me.actor(), id).await?.ok_or(VisitError::NotFound)?;
    let purpose = side.purpose();
    let note = match visit.state {
        VisitState::Signed => find_for_visit(&mut tx, me.app().vault(), &visit, purpose).await?,
        VisitState::Open | VisitState::Ended => None,
    };
    let addenda = match &note {
        Some(note) => addenda::list(&mut tx, me.app().vault(), &visit, note).await?,
        None => Vec::new(),
    };
    let approval = match &note {
        Some(note) => approvals::find_for_visit(&mut tx, &visit, note, &addenda).await?,
        None => None,
    };
    let words = match &approval {
        Some(approval) if me.actor().practitioner == Some(approval.author) => {
            approvals::list_words(&mut tx, me.app().vault(), approval).await?
        }
        _ => Vec::new(),
    };
    let mut commands = match &note {
        Some(_) => commands::store::list(&mut tx, me.app().vault(), id).await?,
        None => Vec::new(),
    };
    commands.retain(|row| row.status == Status::Committed);
    let hidden = visits::is_hidden(&mut tx, id).await?;
    // Of doctors, the one whom they were given to reads them.
    let reads_answers = side == Side::Patient || me.actor().practitioner == Some(visit.practitioner);
    let answered = reads_answers && intake_forms::was_sent(&mut tx, visit.appointment).await?;
    tx.commit().await?;
    let note = note.map(|note| note.content.into_inner());
    Ok(Opened { visit, side, note, addenda, commands, approval, words, hidden, answered })
}

/// `GET /api/v1/visits/{visit}/summary`
pub(crate) async fn show(me: SignedIn, Path(id): Path<VisitId>) -> web::Result {
    let Opened { visit, side, note, addenda, commands, approval, hidden, .. } = open(&me, id).await?;
    let text = |pick: fn(&NoteContent) -> &String| note.as_ref().map(|note| pick(note).clone());
    web::json(&Summary {
        id,
        appointment_id: visit.appointment,
        patient_id: visit.patient,
        doctor_id: visit.practitioner,
        doctor: visit.practitioner_name,
        status: visit.state,
        hidden,
        approval: approval.map(|one| ApprovalView::of(one, side)),
        mode: visit.mode,
        started_at: visit.started_at,
        ended_at: visit.ended_at,
        signed_at: visit.signed_at,
        reason: text(|note| &note.reason),
        findings: text(|note| &note.findings),
        assessment: text(|note| &note.assessment),
        plan: text(|note| &note.plan),
        follow_up_on: note.as_ref().and_then(|note| note.follow_up_on),
        diagnoses: note.map(|note| note.diagnoses).unwrap_or_default(),
        commands: commands.into_iter().map(CommandView::from).collect(),
        addenda: addenda.into_iter().map(AddendumView::from).collect(),
    })
}
