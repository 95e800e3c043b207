//! SQL of answers before a visit.

use access::Actor;
use db::{ResultExt, Tx};
use kernel::{
    LocalDate, Timestamp,
    ids::{AccountId, AppointmentId, IntakeResponseId, PatientId, PractitionerId, VisitId},
};
use vault::{At, Vault};

use super::{Answers, IntakeError};

pub(super) fn at(id: IntakeResponseId) -> At {
    At::new("intake_responses", "content_sealed", id.uuid())
}

/// An appointment, as far as its form needs it.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) appointment: AppointmentId,
    pub(super) patient: PatientId,
    pub(super) patient_name: String,
    pub(super) practitioner: PractitionerId,
    pub(super) practitioner_name: String,
    pub(super) starts_at: Timestamp,
    pub(super) status: String,
    pub(super) visit_status: String,
    pub(super) specialties: Vec<String>,
    pub(super) birth_date: Option<LocalDate>,
}

impl Place {
    /// Until the visit begins.
    pub(super) fn is_open(&self) -> bool {
        self.status == "confirmed" && matches!(self.visit_status.as_str(), "not_open" | "waiting")
    }
}

/// An appointment of somebody for whom this person speaks. Foreign is none.
pub(super) async fn find_place(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Option<Place>, IntakeError> {
    Ok(sqlx::query_as!(
        Place,
        r#"select a.id as "appointment: AppointmentId", a.patient_id as "patient: PatientId",
                  coalesce(p.preferred_name, p.full_name) as "patient_name!", a.practitioner_id as "practitioner: PractitionerId",
                  d.full_name as practitioner_name, a.starts_at as "starts_at: Timestamp", a.status, a.visit_status, d.specialties,
                  p.birth_date as "birth_date: LocalDate"
           from appointments a join patients p on p.id = a.patient_id join practitioners d on d.id = a.practitioner_id
           where a.id = $1 and a.patient_id = any ($2)"#,
        id as AppointmentId,
        &actor.patients as &[PatientId]
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The appointment and the patient of a visit of this doctor, while the patient's record is open to them. Foreign is none.
pub(super) async fn find_visit(
    tx: &mut Tx,
    actor: &Actor,
    visit: VisitId,
) -> Result<Option<(AppointmentId, PatientId)>, IntakeError> {
    let row = sqlx::query!(
        r#"select v.appointment_id as "appointment: AppointmentId", v.patient_id as "patient: PatientId" from visits v
           where v.id = $1 and v.practitioner_id = $2 and app.cares_for(v.patient_id)"#,
        visit as VisitId,
        actor.practitioner as Option<PractitionerId>
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.appointment, row.patient)))
}

/// An appointment of this doctor that stands, while the patient's record is open to them. Foreign is none.
pub(super) async fn find_appointment(
    tx: &mut Tx,
    actor: &Actor,
    id: AppointmentId,
) -> Result<Option<(AppointmentId, PatientId)>, IntakeError> {
    let patient = sqlx::query_scalar!(
        r#"select a.patient_id as "patient: PatientId" from appointments a
           where a.id = $1 and a.practitioner_id = $2 and a.status in ('confirmed', 'fulfilled') and app.cares_for(a.patient_id)"#,
        id as AppointmentId,
        actor.practitioner as Option<PractitionerId>
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(patient.map(|patient| (id, patient)))
}

/// The account of the appointment's doctor, and its day in their zone. While the appointment stands; in the system's context.
pub(super) async fn find_doctors_day(
    tx: &mut Tx,
    appointment: AppointmentId,
) -> Result<Option<(AccountId, LocalDate)>, db::Error> {
    let row = sqlx::query!(
        r#"select d.account_id as "account: AccountId", (a.starts_at at time zone d.time_zone)::date as "day!: LocalDate"
           from appointments a join practitioners d on d.id = a.practitioner_id where a.id = $1 and a.status = 'confirmed'"#,
        appointment as AppointmentId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.account, row.day)))
}

/// Answers in one version.
#[derive(Debug, Clone)]
pub(super) struct Response {
    pub(super) form: String,
    pub(super) form_version: i32,
    pub(super) number: i32,
    pub(super) revision: i32,
    pub(super) answers: Answers,
    /// None while it is a draft.
    pub(super) completed_at: Option<Timestamp>,
}

/// Every version of an appointment that this reader may see, the latest first, with the audit row of having read them.
pub(super) async fn list(
    tx: &mut Tx,
    vault: &Vault,
    appointment: AppointmentId,
    patient: PatientId,
    purpose: &str,
) -> Result<Vec<Response>, IntakeError> {
    let rows = sqlx::query!(
        r#"with seen as materialized (select audit.append('read', 'intake_response', $1, $2, $3) as seq)
           select seen.seq as "seq!", r.id as "id?: IntakeResponseId", r.form as "form?", r.form_version as "form_version?",
                  r.number as "number?", r.revision as "revision?", r.content_sealed as "content_sealed?",
                  r.completed_at as "completed_at?: Timestamp"
           from seen left join intake_responses r on r.appointment_id = $1 order by r.number desc"#,
        appointment as AppointmentId,
        patient as PatientId,
        purpose
    )
    .fetch_all(tx.conn())
    .await?;
    let mut list = Vec::with_capacity(rows.len());
    for row in rows {
        let (Some(id), Some(sealed), Some(form), Some(form_version), Some(number), Some(revision)) =
            (row.id, row.content_sealed, row.form, row.form_version, row.number, row.revision)
        else {
            continue;
        };
        let answers = vault.open_json::<Answers>(tx, patient, at(id), &sealed).await?.into_inner();
        list.push(Response { form, form_version, number, revision, answers, completed_at: row.completed_at });
    }
    Ok(list)
}

/// Something was sent before this appointment, and this reader may see it.
pub(crate) async fn was_sent(tx: &mut Tx, appointment: AppointmentId) -> Result<bool, IntakeError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from intake_responses where appointment_id = $1 and status = 'completed') as "sent!""#,
        appointment as AppointmentId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Whoever answers for one appointment waits here for whoever does so at the same time.
pub(super) async fn lock(tx: &mut Tx, appointment: AppointmentId) -> Result<(), IntakeError> {
    sqlx::query_scalar!(
        r#"select pg_advisory_xact_lock(hashtextextended('intake:' || $1::uuid::text, 0))::text as "held""#,
        appointment as AppointmentId
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}

/// Where the answers of an appointment stand: the last version, its revision, and whether it is a draft.
pub(super) struct Standing {
    pub(super) id: IntakeResponseId,
    pub(super) number: i32,
    pub(super) revision: i32,
    pub(super) is_draft: bool,
}

pub(super) async fn find_standing(tx: &mut Tx, appointment: AppointmentId) -> Result<Option<Standing>, IntakeError> {
    Ok(sqlx::query_as!(
        Standing,
        r#"select id as "id: IntakeResponseId", number, revision, status = 'in_progress' as "is_draft!"
           from intake_responses where appointment_id = $1 order by number desc limit 1"#,
        appointment as AppointmentId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// What is written of a version.
pub(super) struct Row<'a> {
    pub(super) id: IntakeResponseId,
    pub(super) place: &'a Place,
    pub(super) form: &'a super::Form,
    pub(super) number: i32,
    pub(super) revision: i32,
    pub(super) urgent: bool,
    pub(super) sealed: &'a [u8],
    pub(super) by: AccountId,
    pub(super) completed: bool,
    pub(super) purpose: &'static str,
}

pub(super) async fn insert(tx: &mut Tx, row: Row<'_>) -> Result<(), IntakeError> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with added as (
               insert into intake_responses (id, appointment_id, patient_id, practitioner_id, form, form_version, number, status, revision,
                   urgent, content_sealed, answered_by, completed_at)
               values ($1, $2, $3, $4, $5, $6, $7, case when $12 then 'completed' else 'in_progress' end, $8, $9, $10, $11,
                   case when $12 then $13::timestamptz end) returning id)
           select audit.append('write', 'intake_response', added.id, $3, $14) as "seq!" from added"#,
        row.id as IntakeResponseId,
        row.place.appointment as AppointmentId,
        row.place.patient as PatientId,
        row.place.practitioner as PractitionerId,
        row.form.id,
        row.form.version,
        row.number,
        row.revision,
        row.urgent,
        row.sealed,
        row.by as AccountId,
        row.completed,
        now as Timestamp,
        row.purpose
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}

/// Write the draft anew, or send it.
pub(super) async fn set_draft(tx: &mut Tx, row: Row<'_>) -> Result<(), IntakeError> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with changed as (
               update intake_responses set form = $3, form_version = $4, revision = $5, urgent = $6, content_sealed = $7, answered_by = $8,
                   status = case when $9 then 'completed' else 'in_progress' end,
                   completed_at = case when $9 then $10::timestamptz end, updated_at = $10
               where id = $1 and status = 'in_progress' returning id)
           select audit.append('write', 'intake_response', changed.id, $2, $11) as "seq!" from changed"#,
        row.id as IntakeResponseId,
        row.place.patient as PatientId,
        row.form.id,
        row.form.version,
        row.revision,
        row.urgent,
        row.sealed,
        row.by as AccountId,
        row.completed,
        now as Timestamp,
        row.purpose
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(IntakeError::Stale { current: row.revision })?;
    Ok(())
}

/// Lines of this appointment that were accepted: question and fingerprint.
pub(super) async fn list_accepted(
    tx: &mut Tx,
    appointment: AppointmentId,
) -> Result<Vec<(String, Vec<u8>)>, IntakeError> {
    let rows = sqlx::query!(
        "select item, line_mark from intake_acceptances where appointment_id = $1",
        appointment as AppointmentId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.item, row.line_mark)).collect())
}

pub(super) async fn insert_acceptance(
    tx: &mut Tx,
    (appointment, patient, practitioner): (AppointmentId, PatientId, Option<PractitionerId>),
    item: &str,
    mark: &[u8],
) -> Result<(), IntakeError> {
    let (now, id) = (tx.now(), tx.id::<IntakeResponseId>());
    sqlx::query_scalar!(
        r#"with added as (
               insert into intake_acceptances (id, appointment_id, patient_id, practitioner_id, item, line_mark, accepted_at)
               values ($1, $2, $3, $4, $5, $6, $7) returning id)
           select audit.append('accept', 'intake_response', added.id, $3, $8) as "seq!" from added"#,
        id as IntakeResponseId,
        appointment as AppointmentId,
        patient as PatientId,
        practitioner as Option<PractitionerId>,
        item,
        mark,
        now as Timestamp,
        chart::purpose::TREATMENT
    )
    .fetch_one(tx.conn())
    .await
    .on_constraint("intake_acceptances_once", || IntakeError::AlreadyAccepted)?;
    Ok(())
}
