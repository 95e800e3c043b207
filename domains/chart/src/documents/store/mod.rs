//! SQL of documents: what readers are shown, and what their files are looked up by; `writes` beside it.

mod writes;

use db::Tx;
use intake::Kind as Media;
use kernel::{
    LocalDate, Timestamp,
    ids::{AppointmentId, DocumentId, PatientId},
};
use vault::{At, Vault};

use super::{Document, DocumentError, DocumentKind, DocumentState, Part, Removal, model::Names};

pub(super) use writes::{
    NewRow, Standing, Waiting, find_sent, find_waiting, insert, is_of_appointment, list_waiting, lock, lock_section,
    set_described, set_removed, set_restored, set_settled, usage,
};

pub(super) fn at(id: DocumentId) -> At {
    At::new("documents", "content_sealed", id.uuid())
}

/// Which documents of a patient.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    pub kind: Option<DocumentKind>,
    /// Those that were removed, instead of those that stand.
    pub removed: bool,
    /// Those before this one.
    pub before: Option<DocumentId>,
    pub limit: i64,
}

/// The latest of a patient, for a page that shows more than documents.
pub const LATEST: Wanted = Wanted { kind: None, removed: false, before: None, limit: 50 };

/// A row as it comes, before its names are opened.
struct Row {
    id: DocumentId,
    state: String,
    kind: String,
    content_sealed: Vec<u8>,
    media: String,
    bytes: i64,
    pages: Option<i32>,
    sha256: Vec<u8>,
    scanned_by: Option<String>,
    has_preview: bool,
    dated_on: Option<LocalDate>,
    appointment: Option<AppointmentId>,
    uploaded_at: Timestamp,
    by_clinician: bool,
    doctor: Option<String>,
    removed_at: Option<Timestamp>,
    removal: Option<String>,
    own: bool,
    patient: PatientId,
    from_record: Option<String>,
}

/// Documents, the latest first, with the audit row of having read the list.
pub async fn list_for(
    tx: &mut Tx,
    vault: &Vault,
    patient: PatientId,
    purpose: &str,
    wanted: Wanted,
) -> Result<Vec<Document>, DocumentError> {
    let rows = sqlx::query!(
        r#"with seen as materialized (select audit.append('read', 'documents', null, $1, $2) as seq)
           select seen.seq as "seq!", d.id as "id?: DocumentId", d.state as "state?", d.kind as "kind?",
                  d.content_sealed as "content_sealed?", d.media as "media?", d.bytes as "bytes?", d.pages, d.sha256 as "sha256?",
                  d.scanned_by, d.preview_id is not null as "has_preview!", d.dated_on as "dated_on?: LocalDate",
                  d.appointment_id as "appointment?: AppointmentId", d.uploaded_at as "uploaded_at?: Timestamp",
                  d.uploaded_role is not distinct from 'clinician' as "by_clinician!", p.full_name as "doctor?",
                  d.removed_at as "removed_at?: Timestamp", d.removal,
                  d.uploaded_by is not distinct from app.account() as "own!", d.patient_id as "patient?: PatientId",
                  o.record_no as "from_record?"
           from seen left join documents d on d.patient_id = any (app.joined($1)) and (d.removed_at is not null) = $3
               and ($4::text is null or d.kind = $4) and ($5::uuid is null or d.id < $5)
           left join patients o on o.id = d.patient_id and d.patient_id <> $1
           left join practitioners p on p.account_id = d.uploaded_by and d.uploaded_role = 'clinician'
           order by d.id desc limit $6"#,
        patient as PatientId,
        purpose,
        wanted.removed,
        wanted.kind.map(DocumentKind::as_str),
        wanted.before as Option<DocumentId>,
        wanted.limit
    )
    .fetch_all(tx.conn())
    .await
    .map_err(db::Error::from)?;
    let mut documents = Vec::with_capacity(rows.len());
    for row in rows {
        let (Some(id), Some(patient), Some(content_sealed), Some(uploaded_at)) =
            (row.id, row.patient, row.content_sealed, row.uploaded_at)
        else {
            continue;
        };
        let row = Row {
            id,
            state: row.state.unwrap_or_default(),
            kind: row.kind.unwrap_or_default(),
            content_sealed,
            media: row.media.unwrap_or_default(),
            bytes: row.bytes.unwrap_or_default(),
            pages: row.pages,
            sha256: row.sha256.unwrap_or_default(),
            scanned_by: row.scanned_by,
            has_preview: row.has_preview,
            dated_on: row.dated_on,
            appointment: row.appointment,
            uploaded_at,
            by_clinician: row.by_clinician,
            doctor: row.doctor,
            removed_at: row.removed_at,
            removal: row.removal,
            own: row.own,
            patient,
            from_record: row.from_record,
        };
        documents.push(opened(tx, vault, row).await?);
    }
    Ok(documents)
}

/// One document, removed or not, with the audit row of having read of it.
pub(super) async fn find_for(
    tx: &mut Tx,
    vault: &Vault,
    (patient, id): (PatientId, DocumentId),
    purpose: &str,
) -> Result<Option<Document>, DocumentError> {
    let row = sqlx::query_as!(
        Row,
        r#"with found as materialized (select d.id, d.state, d.kind, d.content_sealed, d.media, d.bytes, d.pages, d.sha256, d.scanned_by,
                      d.preview_id, d.dated_on, d.appointment_id, d.uploaded_at, d.uploaded_role, d.uploaded_by, d.removed_at,
                      d.removal, d.patient_id, audit.append('read', 'documents', d.id, $1, $3) as seq
                  from documents d where d.patient_id = any (app.joined($1)) and d.id = $2)
           select d.id as "id: DocumentId", d.state, d.kind, d.content_sealed, d.media, d.bytes, d.pages, d.sha256, d.scanned_by,
                  d.preview_id is not null as "has_preview!", d.dated_on as "dated_on: LocalDate",
                  d.appointment_id as "appointment: AppointmentId", d.uploaded_at as "uploaded_at: Timestamp",
                  d.uploaded_role = 'clinician' as "by_clinician!", p.full_name as "doctor?",
                  d.removed_at as "removed_at: Timestamp", d.removal, d.uploaded_by is not distinct from app.account() as "own!",
                  d.patient_id as "patient: PatientId", o.record_no as "from_record?"
           from found d left join patients o on o.id = d.patient_id and d.patient_id <> $1
           left join practitioners p on p.account_id = d.uploaded_by and d.uploaded_role = 'clinician'"#,
        patient as PatientId,
        id as DocumentId,
        purpose
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(db::Error::from)?;
    match row {
        Some(row) => Ok(Some(opened(tx, vault, row).await?)),
        None => Ok(None),
    }
}

/// Those of these documents that stand, in their order, with the audit row of having read of them.
pub async fn list_of(
    tx: &mut Tx,
    vault: &Vault,
    patient: PatientId,
    purpose: &str,
    ids: &[DocumentId],
) -> Result<Vec<Document>, DocumentError> {
    let rows = sqlx::query_as!(
        Row,
        r#"with found as materialized (select d.id, d.state, d.kind, d.content_sealed, d.media, d.bytes, d.pages, d.sha256, d.scanned_by,
                      d.preview_id, d.dated_on, d.appointment_id, d.uploaded_at, d.uploaded_role, d.uploaded_by, d.removed_at, d.removal,
                      d.patient_id
                  from documents d where d.patient_id = any (app.joined($1)) and d.id = any ($2) and d.removed_at is null),
           seen as materialized (select audit.append('read', 'documents', null, $1, $3) as seq where exists (select from found))
           select d.id as "id: DocumentId", d.state, d.kind, d.content_sealed, d.media, d.bytes, d.pages, d.sha256, d.scanned_by,
                  d.preview_id is not null as "has_preview!", d.dated_on as "dated_on: LocalDate",
                  d.appointment_id as "appointment: AppointmentId", d.uploaded_at as "uploaded_at: Timestamp",
                  d.uploaded_role = 'clinician' as "by_clinician!", p.full_name as "doctor?",
                  d.removed_at as "removed_at: Timestamp", d.removal, d.uploaded_by is not distinct from app.account() as "own!",
                  d.patient_id as "patient: PatientId", o.record_no as "from_record?"
           from seen cross join found d
           left join patients o on o.id = d.patient_id and d.patient_id <> $1
           left join practitioners p on p.account_id = d.uploaded_by and d.uploaded_role = 'clinician'
           order by d.id"#,
        patient as PatientId,
        ids as &[DocumentId],
        purpose
    )
    .fetch_all(tx.conn())
    .await
    .map_err(db::Error::from)?;
    let mut documents = Vec::with_capacity(rows.len());
    for row in rows {
        documents.push(opened(tx, vault, row).await?);
    }
    Ok(documents)
}

async fn opened(tx: &mut Tx, vault: &Vault, row: Row) -> Result<Document, DocumentError> {
    let names = vault.open_json::<Names>(tx, row.patient, at(row.id), &row.content_sealed).await?.into_inner();
    Ok(Document {
        id: row.id,
        state: DocumentState::from_code(&row.state).unwrap_or(DocumentState::Quarantined),
        kind: DocumentKind::from_code(&row.kind).unwrap_or_default(),
        title: if names.title.is_empty() { names.filename.clone() } else { names.title },
        filename: names.filename,
        media_type: media(&row.media).mime(),
        bytes: row.bytes,
        pages: row.pages,
        sha256: row.sha256.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}")),
        scanned: row.scanned_by.as_deref() == Some("clamd"),
        has_preview: row.has_preview,
        dated_on: row.dated_on,
        appointment_id: row.appointment,
        uploaded_at: row.uploaded_at,
        by_clinician: row.by_clinician,
        doctor: row.doctor,
        removed_at: row.removed_at,
        removal: row.removal.as_deref().and_then(Removal::from_code),
        own: row.own,
        from_record: row.from_record,
    })
}

/// What was written, which is one of the kinds.
fn media(word: &str) -> Media {
    Media::from_word(word).unwrap_or(Media::Pdf)
}

/// A file that may be given out.
pub(super) struct Found {
    /// Of the file or of its preview.
    pub(super) file: DocumentId,
    /// In whose record it stands, under whose key it lies.
    pub(super) patient: PatientId,
    pub(super) media: Media,
    pub(super) sealed: Vec<u8>,
}

/// A clean document that stands, with the audit row of having opened it; without one nothing is recorded.
pub(super) async fn open_clean(
    tx: &mut Tx,
    (patient, id): (PatientId, DocumentId),
    part: Part,
    purpose: &str,
) -> Result<Option<Found>, DocumentError> {
    let is_preview = part == Part::Preview;
    let row = sqlx::query!(
        r#"with found as materialized (
               select d.patient_id, d.media, d.content_sealed, case when $3 then d.preview_id else d.id end as file,
                      audit.append(case when $3 then 'read' else 'downloaded' end, 'documents', d.id, $1, $4) as seq
               from documents d
               where d.patient_id = any (app.joined($1)) and d.id = $2 and d.state = 'clean' and d.removed_at is null
                 and (not $3 or d.preview_id is not null))
           select file as "file!: DocumentId", patient_id as "patient: PatientId", media, content_sealed, seq as "seq!" from found"#,
        patient as PatientId,
        id as DocumentId,
        is_preview,
        purpose
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(row.map(|row| Found {
        file: row.file,
        patient: row.patient,
        media: media(&row.media),
        sealed: row.content_sealed,
    }))
}

/// The state of a document that stands.
pub(super) async fn find_state(
    tx: &mut Tx,
    patient: PatientId,
    id: DocumentId,
) -> Result<Option<DocumentState>, DocumentError> {
    let state = sqlx::query_scalar!(
        "select state from documents where patient_id = any (app.joined($1)) and id = $2 and removed_at is null",
        patient as PatientId,
        id as DocumentId
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(state.as_deref().and_then(DocumentState::from_code))
}

/// Whose document it is, among the patients that somebody speaks for.
pub(super) async fn find_patient(
    tx: &mut Tx,
    patients: &[PatientId],
    id: DocumentId,
) -> Result<Option<PatientId>, DocumentError> {
    Ok(sqlx::query_scalar!(
        r#"select patient_id as "patient: PatientId" from documents where id = $1 and patient_id = any($2)"#,
        id as DocumentId,
        patients as &[PatientId]
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(db::Error::from)?)
}

/// The title of a document that was found elsewhere, its file name where it has none.
pub(crate) async fn open_title(
    tx: &mut Tx,
    vault: &Vault,
    (patient, id): (PatientId, DocumentId),
    sealed: &[u8],
) -> Result<String, vault::Error> {
    let names = vault.open_json::<Names>(tx, patient, at(id), sealed).await?.into_inner();
    Ok(if names.title.is_empty() { names.filename } else { names.title })
}
