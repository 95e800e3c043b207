use aws_lc_rs::digest;
use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{DocumentId, PractitionerId},
};

use super::PaperKind;

/// What is known of a paper without opening it.
#[derive(Clone, Debug)]
pub struct Paper {
    pub id: DocumentId,
    pub practitioner: PractitionerId,
    pub kind: PaperKind,
    pub filename: String,
    pub content_type: String,
    pub bytes: i32,
    pub created_at: Timestamp,
}

pub(super) struct NewPaper<'a> {
    pub(super) id: DocumentId,
    pub(super) doctor: PractitionerId,
    pub(super) kind: PaperKind,
    pub(super) filename: &'a str,
    pub(super) content_type: intake::Kind,
}

pub(super) async fn insert(tx: &mut Tx, new: &NewPaper<'_>, bytes: &[u8]) -> Result<(), Error> {
    let now = tx.now();
    let length = i32::try_from(bytes.len()).unwrap_or(i32::MAX);
    let sha256 = digest::digest(&digest::SHA256, bytes);
    sqlx::query!(
        r#"insert into practitioner_documents (id, practitioner_id, kind, filename, content_type, bytes, sha256, created_at,
                                               updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $8)"#,
        new.id as DocumentId,
        new.doctor as PractitionerId,
        new.kind.as_str(),
        new.filename,
        new.content_type.mime(),
        length,
        sha256.as_ref(),
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The papers of a doctor that were not taken back; those the context may see.
pub async fn list(tx: &mut Tx, doctor: PractitionerId) -> Result<Vec<Paper>, Error> {
    let rows = sqlx::query!(
        r#"select id as "id: DocumentId", practitioner_id as "practitioner: PractitionerId", kind, filename, content_type,
                  bytes, created_at as "created_at: Timestamp"
           from practitioner_documents where practitioner_id = $1 and removed_at is null order by created_at, id"#,
        doctor as PractitionerId,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Paper {
            id: row.id,
            practitioner: row.practitioner,
            kind: row.kind.parse().unwrap_or(PaperKind::Licence),
            filename: row.filename,
            content_type: row.content_type,
            bytes: row.bytes,
            created_at: row.created_at,
        })
        .collect())
}

/// One paper that the context may see.
pub async fn find(tx: &mut Tx, id: DocumentId) -> Result<Option<Paper>, Error> {
    let row = sqlx::query!(
        r#"select practitioner_id as "practitioner: PractitionerId", kind, filename, content_type, bytes,
                  created_at as "created_at: Timestamp"
           from practitioner_documents where id = $1 and removed_at is null"#,
        id as DocumentId,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Paper {
        id,
        practitioner: row.practitioner,
        kind: row.kind.parse().unwrap_or(PaperKind::Licence),
        filename: row.filename,
        content_type: row.content_type,
        bytes: row.bytes,
        created_at: row.created_at,
    }))
}

pub(super) async fn set_removed(tx: &mut Tx, doctor: PractitionerId, id: DocumentId) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"update practitioner_documents set removed_at = $3, updated_at = $3
           where id = $1 and practitioner_id = $2 and removed_at is null"#,
        id as DocumentId,
        doctor as PractitionerId,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}
