use db::{ResultExt as _, Tx};
use intake::Kind as Media;
use kernel::{
    LocalDate, Timestamp,
    ids::{AccountId, AppointmentId, DocumentId, PatientId},
};

use super::media;
use crate::documents::{Description, DocumentError, DocumentState, NewDocument, Removal};

/// Of two that come in at once for one patient, one waits: what is left of the room is counted once.
pub(in crate::documents) async fn lock_section(tx: &mut Tx, patient: PatientId) -> Result<(), DocumentError> {
    sqlx::query!(
        r#"select pg_advisory_xact_lock(hashtextextended('chart.documents/' || $1::text, 0)) as "patient!: ()""#,
        patient.to_string()
    )
    .fetch_one(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(())
}

/// How much of the room is taken.
pub(in crate::documents) struct Usage {
    pub(in crate::documents) bytes: i64,
    /// Documents that came in within 24 hours, whatever became of them.
    pub(in crate::documents) of_a_day: i64,
}

pub(in crate::documents) async fn usage(tx: &mut Tx, patient: PatientId) -> Result<Usage, DocumentError> {
    let since = tx.now().plus_days(-1);
    Ok(sqlx::query_as!(
        Usage,
        r#"select coalesce(sum(bytes + preview_bytes) filter (where state <> 'refused'), 0)::bigint as "bytes!",
                  count(*) filter (where uploaded_at > $2) as "of_a_day!"
           from documents where patient_id = $1"#,
        patient as PatientId,
        since as Timestamp
    )
    .fetch_one(tx.conn())
    .await
    .map_err(db::Error::from)?)
}

/// What an account sent with a key before.
pub(in crate::documents) struct Sent {
    pub(in crate::documents) id: DocumentId,
    pub(in crate::documents) patient: PatientId,
    pub(in crate::documents) sha256: Vec<u8>,
}

pub(in crate::documents) async fn find_sent(
    tx: &mut Tx,
    account: AccountId,
    key: &[u8],
) -> Result<Option<Sent>, DocumentError> {
    Ok(sqlx::query_as!(
        Sent,
        r#"select id as "id: DocumentId", patient_id as "patient: PatientId", sent_sha256 as sha256
           from documents where uploaded_by = $1 and sent_key = $2"#,
        account as AccountId,
        key
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(db::Error::from)?)
}

/// Whether there is, or was, such an appointment of this patient; seen by the care link that it made.
pub(in crate::documents) async fn is_of_appointment(
    tx: &mut Tx,
    patient: PatientId,
    appointment: AppointmentId,
) -> Result<bool, DocumentError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from care_links where source_kind = 'appointment' and source_id = $2 and patient_id = $1) as "is!""#,
        patient as PatientId,
        appointment.uuid()
    )
    .fetch_one(tx.conn())
    .await
    .map_err(db::Error::from)?)
}

pub(in crate::documents) struct NewRow<'a> {
    pub(in crate::documents) id: DocumentId,
    pub(in crate::documents) patient: PatientId,
    pub(in crate::documents) description: &'a Description,
    pub(in crate::documents) sealed: &'a [u8],
    pub(in crate::documents) new: &'a NewDocument,
    pub(in crate::documents) preview_id: Option<DocumentId>,
    pub(in crate::documents) preview_bytes: usize,
    pub(in crate::documents) by: AccountId,
    pub(in crate::documents) role: &'static str,
    pub(in crate::documents) purpose: &'static str,
}

pub(in crate::documents) async fn insert(tx: &mut Tx, row: NewRow<'_>) -> Result<(), DocumentError> {
    let now = tx.now();
    let NewRow { id, patient, description, sealed, new, preview_id, preview_bytes, by, role, purpose } = row;
    sqlx::query_scalar!(
        r#"with added as (
               insert into documents (id, patient_id, state, kind, content_sealed, media, bytes, pages, sha256, sent_sha256, preview_id,
                   preview_bytes, dated_on, appointment_id, uploaded_by, uploaded_role, uploaded_at, sent_key)
               values ($1, $2, 'quarantined', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) returning id)
           select audit.append('write', 'documents', added.id, $2, $18) as "seq!" from added"#,
        id as DocumentId,
        patient as PatientId,
        description.kind.as_str(),
        sealed,
        new.file.kind.word(),
        i64::try_from(new.file.bytes.len()).unwrap_or(i64::MAX),
        new.file.pages.and_then(|pages| i32::try_from(pages).ok()),
        new.file.sha256.as_slice(),
        new.sent_sha256.as_slice(),
        preview_id as Option<DocumentId>,
        i64::try_from(preview_bytes).unwrap_or(i64::MAX),
        description.dated_on as Option<LocalDate>,
        new.appointment as Option<AppointmentId>,
        by as AccountId,
        role,
        now as Timestamp,
        new.key.as_ref().map(<[u8; 32]>::as_slice),
        purpose
    )
    .fetch_one(tx.conn())
    .await
    // Sent twice at once, for two patients: the key belongs to the first.
    .on_constraint("documents_sent_once", || DocumentError::KeyUsed)?;
    Ok(())
}

/// A document held, as far as a change asks.
pub(in crate::documents) struct Standing {
    pub(in crate::documents) sealed: Vec<u8>,
    pub(in crate::documents) uploaded_by: AccountId,
    pub(in crate::documents) by_clinician: bool,
    pub(in crate::documents) removed: bool,
}

pub(in crate::documents) async fn lock(
    tx: &mut Tx,
    patient: PatientId,
    id: DocumentId,
) -> Result<Option<Standing>, DocumentError> {
    Ok(sqlx::query_as!(
        Standing,
        r#"select content_sealed as sealed, uploaded_by as "uploaded_by: AccountId", uploaded_role = 'clinician' as "by_clinician!",
                  removed_at is not null as "removed!"
           from documents where patient_id = $1 and id = $2 for update"#,
        patient as PatientId,
        id as DocumentId
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(db::Error::from)?)
}

pub(in crate::documents) async fn set_described(
    tx: &mut Tx,
    (patient, id): (PatientId, DocumentId),
    description: &Description,
    sealed: &[u8],
    purpose: &str,
) -> Result<(), DocumentError> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with changed as (
               update documents set kind = $3, content_sealed = $4, dated_on = $5, updated_at = $6
               where id = $1 and patient_id = $2 returning id)
           select audit.append('write', 'documents', changed.id, $2, $7) as "seq!" from changed"#,
        id as DocumentId,
        patient as PatientId,
        description.kind.as_str(),
        sealed,
        description.dated_on as Option<LocalDate>,
        now as Timestamp,
        purpose
    )
    .fetch_one(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(())
}

pub(in crate::documents) async fn set_removed(
    tx: &mut Tx,
    (patient, id): (PatientId, DocumentId),
    by: AccountId,
    why: Removal,
    purpose: &str,
) -> Result<(), DocumentError> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with changed as (
               update documents set removed_at = $3, removed_by = $4, removal = $5, updated_at = $3
               where id = $1 and patient_id = $2 returning id)
           select audit.append('remove', 'documents', changed.id, $2, $6) as "seq!" from changed"#,
        id as DocumentId,
        patient as PatientId,
        now as Timestamp,
        by as AccountId,
        why.as_str(),
        purpose
    )
    .fetch_one(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(())
}

pub(in crate::documents) async fn set_restored(
    tx: &mut Tx,
    (patient, id): (PatientId, DocumentId),
    purpose: &str,
) -> Result<(), DocumentError> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with changed as (
               update documents set removed_at = null, removed_by = null, removal = null, updated_at = $3
               where id = $1 and patient_id = $2 returning id)
           select audit.append('restore', 'documents', changed.id, $2, $4) as "seq!" from changed"#,
        id as DocumentId,
        patient as PatientId,
        now as Timestamp,
        purpose
    )
    .fetch_one(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(())
}

/// A document that the scanner has not seen.
pub(in crate::documents) struct Waiting {
    pub(in crate::documents) id: DocumentId,
    pub(in crate::documents) patient: PatientId,
    pub(in crate::documents) state: DocumentState,
    pub(in crate::documents) media: Media,
    pub(in crate::documents) preview: Option<DocumentId>,
    pub(in crate::documents) uploaded_by: AccountId,
    pub(in crate::documents) by_clinician: bool,
}

/// In the system's context.
pub(in crate::documents) async fn find_waiting(tx: &mut Tx, id: DocumentId) -> Result<Option<Waiting>, db::Error> {
    let row = sqlx::query!(
        r#"select patient_id as "patient: PatientId", state, media, preview_id as "preview: DocumentId",
                  uploaded_by as "uploaded_by: AccountId", uploaded_role = 'clinician' as "by_clinician!"
           from documents where id = $1 and (state = 'quarantined' or scanned_by = 'nobody')"#,
        id as DocumentId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Waiting {
        id,
        patient: row.patient,
        state: DocumentState::from_code(&row.state).unwrap_or(DocumentState::Quarantined),
        media: media(&row.media),
        preview: row.preview,
        uploaded_by: row.uploaded_by,
        by_clinician: row.by_clinician,
    }))
}

/// In the system's context: those in quarantine that no job is about, and, where there is a scanner now, those it never saw.
pub(in crate::documents) async fn list_waiting(
    tx: &mut Tx,
    scanner_is_there: bool,
    limit: i64,
) -> Result<Vec<DocumentId>, db::Error> {
    let before = tx.now().plus_minutes(-15);
    Ok(sqlx::query_scalar!(
        r#"select d.id as "id: DocumentId" from documents d
           where d.uploaded_at < $1 and (d.state = 'quarantined' or ($2 and d.state = 'clean' and d.scanned_by = 'nobody'))
             and not exists (select from jobs j where j.name = 'chart.scan_document' and j.state in ('ready', 'running')
                             and j.payload ->> 'document' = d.id::text)
           order by d.uploaded_at, d.id limit $3"#,
        before as Timestamp,
        scanner_is_there,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}

/// In the system's context, once: false where another attempt was faster.
pub(in crate::documents) async fn set_settled(
    tx: &mut Tx,
    waiting: &Waiting,
    state: DocumentState,
    by: &str,
) -> Result<bool, db::Error> {
    let now = tx.now();
    let settled = sqlx::query_scalar!(
        r#"with changed as (
               update documents set state = $3, scanned_by = $4, settled_at = $5, updated_at = $5
               where id = $1 and patient_id = $2 and (state = 'quarantined' or scanned_by = 'nobody') returning id)
           select audit.append('check', 'documents', changed.id, $2, 'system') as "seq!" from changed"#,
        waiting.id as DocumentId,
        waiting.patient as PatientId,
        state.as_str(),
        by,
        now as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(settled.is_some())
}
