use db::Tx;
use kernel::{
    Timestamp,
    ids::{AccountId, AppointmentId, PatientId, PractitionerId, PrescriptionId, RefillRequestId},
};

pub(super) struct Row {
    pub(super) id: RefillRequestId,
    pub(super) prescription: PrescriptionId,
    pub(super) patient: PatientId,
    pub(super) practitioner: PractitionerId,
    pub(super) status: String,
    pub(super) reason: Option<String>,
    pub(super) note_sealed: Option<Vec<u8>>,
    pub(super) answer_sealed: Option<Vec<u8>>,
    pub(super) renewed_as: Option<PrescriptionId>,
    pub(super) requested_at: Timestamp,
    pub(super) due_at: Timestamp,
    pub(super) decided_at: Option<Timestamp>,
}

/// Reads requests with one list of columns: the rest of the statement and its arguments follow.
macro_rules! select_requests {
    ($rest:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select id as "id: RefillRequestId", prescription_id as "prescription: PrescriptionId",
                  patient_id as "patient: PatientId", practitioner_id as "practitioner: PractitionerId", status, reason,
                  note_sealed, answer_sealed, renewed_as as "renewed_as: PrescriptionId",
                  requested_at as "requested_at: Timestamp", due_at as "due_at: Timestamp", decided_at as "decided_at: Timestamp"
               from refill_requests "# + $rest
            $(, $argument)*
        )
    };
}

pub(super) struct NewRequest<'a> {
    pub(super) id: RefillRequestId,
    pub(super) prescription: PrescriptionId,
    pub(super) patient: PatientId,
    pub(super) practitioner: PractitionerId,
    pub(super) note_sealed: Option<&'a [u8]>,
    pub(super) due_at: Timestamp,
}

pub(super) async fn insert(tx: &mut Tx, new: NewRequest<'_>) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into refill_requests (id, prescription_id, patient_id, practitioner_id, status, note_sealed, requested_at, due_at)
         values ($1, $2, $3, $4, 'requested', $5, $6, $7)",
        new.id as RefillRequestId,
        new.prescription as PrescriptionId,
        new.patient as PatientId,
        new.practitioner as PractitionerId,
        new.note_sealed,
        now as Timestamp,
        new.due_at as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The open request for a prescription of this practitioner, held until the transaction ends.
pub(super) async fn lock_open(
    tx: &mut Tx,
    prescription: PrescriptionId,
    practitioner: PractitionerId,
) -> Result<Option<Row>, db::Error> {
    Ok(select_requests!(
        "where prescription_id = $1 and practitioner_id = $2 and status in ('requested', 'deferred')
         for update",
        prescription as PrescriptionId,
        practitioner as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The latest request for this prescription, as far as the reader may see it.
pub(super) async fn find_latest_of(tx: &mut Tx, prescription: PrescriptionId) -> Result<Option<Row>, db::Error> {
    Ok(select_requests!(
        "where prescription_id = $1 order by requested_at desc, id desc limit 1",
        prescription as PrescriptionId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Requests of a patient, newest first.
pub(super) async fn list_of_patient(tx: &mut Tx, patient: PatientId) -> Result<Vec<Row>, db::Error> {
    Ok(select_requests!(
        "where patient_id = any (app.joined($1)) order by requested_at desc, id desc limit 100",
        patient as PatientId
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Open requests to a practitioner: first those that wait for an answer, the longest waiting first.
pub(super) async fn list_open(tx: &mut Tx, practitioner: PractitionerId) -> Result<Vec<Row>, db::Error> {
    Ok(select_requests!(
        "where practitioner_id = $1 and status in ('requested', 'deferred')
         order by status = 'deferred', requested_at, id limit 100",
        practitioner as PractitionerId
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The answer to a request.
pub(super) struct Answer<'a> {
    pub(super) id: RefillRequestId,
    pub(super) status: &'static str,
    pub(super) reason: Option<&'static str>,
    pub(super) words_sealed: Option<&'a [u8]>,
    pub(super) renewed_as: Option<PrescriptionId>,
}

pub(super) async fn set_answered(tx: &mut Tx, answer: Answer<'_>) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update refill_requests set status = $2, reason = $3, answer_sealed = $4, renewed_as = $5, decided_at = $6, updated_at = $6
         where id = $1",
        answer.id as RefillRequestId,
        answer.status,
        answer.reason,
        answer.words_sealed,
        answer.renewed_as as Option<PrescriptionId>,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Defers what nobody answered in time.
pub(super) async fn set_overdue(tx: &mut Tx) -> Result<Vec<RefillRequestId>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"update refill_requests set status = 'deferred', reason = 'no_answer', decided_at = $1, updated_at = $1
           where id in (select id from refill_requests where status = 'requested' and due_at <= $1 order by due_at limit 500
               for update skip locked)
           returning id as "id: RefillRequestId""#,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Whom to tell of an answer.
pub(super) struct Told {
    pub(super) prescription: PrescriptionId,
    pub(super) status: String,
    pub(super) account: Option<AccountId>,
}

pub(super) async fn find_told(tx: &mut Tx, id: RefillRequestId) -> Result<Option<Told>, db::Error> {
    Ok(sqlx::query_as!(
        Told,
        r#"select prescription_id as "prescription: PrescriptionId", status,
                  app.account_for(patient_id, null) as "account: AccountId"
           from refill_requests where id = $1"#,
        id as RefillRequestId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Names of patients, for the queue.
pub(super) async fn list_names(tx: &mut Tx, patients: &[PatientId]) -> Result<Vec<(PatientId, String)>, db::Error> {
    let ids: Vec<uuid::Uuid> = patients.iter().map(|id| id.uuid()).collect();
    let rows = sqlx::query!(r#"select id as "id: PatientId", full_name from patients where id = any ($1)"#, &ids)
        .fetch_all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.full_name)).collect())
}

/// The appointment of the prescription's visit, if the care link that follows from it ends before then: to be opened again for a while.
pub(super) async fn find_narrow_link(
    tx: &mut Tx,
    prescription: PrescriptionId,
    until: Timestamp,
) -> Result<Option<AppointmentId>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select l.source_id as "id: AppointmentId"
           from prescriptions p join visits v on v.id = p.visit_id
               join care_links l on l.source_kind = 'appointment' and l.source_id = v.appointment_id
           where p.id = $1 and (l.closed_at is not null or l.valid_until < $2)"#,
        prescription as PrescriptionId,
        until as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?)
}
