//! SQL of notes.

use access::Actor;
use db::Tx;
use kernel::{
    Phi, Timestamp,
    ids::{NoteId, PatientId, PractitionerId, VisitId},
};
use vault::{At, Vault};

use super::{NoteContent, sign};
use crate::visits::{Visit, VisitError};

/// A note as it stands.
#[derive(Debug, Clone)]
pub struct Note {
    pub id: NoteId,
    pub version: i32,
    pub content: Phi<NoteContent>,
    pub signed_at: Option<Timestamp>,
    /// SHA-256 of what was signed.
    pub signed_hash: Option<[u8; 32]>,
}

pub(super) fn at(id: NoteId, version: i32) -> At {
    At::new("visit_notes", "content_sealed", id.uuid()).version(version)
}

/// The note of a visit as far as the reader may see it (a draft is its doctor's alone), with the audit row of having read
/// it. A signed one whose signature does not fit what it says is an error, not a note.
pub async fn find_for_visit(
    tx: &mut Tx,
    vault: &Vault,
    visit: &Visit,
    purpose: &str,
) -> Result<Option<Note>, VisitError> {
    let row = sqlx::query!(
        r#"with seen as materialized (select audit.append('read', 'visit_note', $1, $2, $3) as seq)
           select seen.seq as "seq!", n.id as "id?: NoteId", n.version as "version?", n.content_sealed as "content_sealed?",
                  n.signed_at as "signed_at?: Timestamp", n.signed_hash as "signed_hash?"
           from seen left join visit_notes n on n.visit_id = $1"#,
        visit.id as VisitId,
        visit.patient as PatientId,
        purpose
    )
    .fetch_one(tx.conn())
    .await?;
    let (Some(id), Some(version), Some(sealed)) = (row.id, row.version, row.content_sealed) else {
        return Ok(None);
    };
    let content = vault.open(tx, visit.patient, at(id, version), &sealed).await?;
    let signed_hash = row.signed_hash.and_then(|hash| hash.try_into().ok());
    if let (Some(signed_at), Some(hash)) = (row.signed_at, signed_hash) {
        let people = (visit.patient, visit.practitioner);
        let expected = sign::signed_hash(visit.id, people, (id, version), signed_at, content.expose());
        if expected != hash {
            tracing::error!(visit = %visit.id, "consultations.signature_mismatch");
            return Err(VisitError::Vault(vault::Error::Tampered(at(id, version))));
        }
    }
    let content = serde_json::from_slice(content.expose()).map_err(vault::Error::from)?;
    Ok(Some(Note { id, version, content: Phi::new(content), signed_at: row.signed_at, signed_hash }))
}

/// Id, version and whether it is signed; the row is held until the transaction ends.
pub(super) async fn lock(tx: &mut Tx, actor: &Actor, visit: VisitId) -> Result<Option<(NoteId, i32, bool)>, db::Error> {
    let row = sqlx::query!(
        r#"select id as "id: NoteId", version, signed_at is not null as "signed!" from visit_notes
           where visit_id = $1 and practitioner_id = $2 for update"#,
        visit as VisitId,
        actor.practitioner as Option<PractitionerId>
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.id, row.version, row.signed)))
}

pub(super) async fn sealed_content(tx: &mut Tx, id: NoteId) -> Result<Vec<u8>, db::Error> {
    Ok(sqlx::query_scalar!("select content_sealed from visit_notes where id = $1", id as NoteId)
        .fetch_one(tx.conn())
        .await?)
}

pub(super) async fn insert(tx: &mut Tx, id: NoteId, visit: &Visit, sealed: &[u8]) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into visit_notes (id, visit_id, patient_id, practitioner_id, version, content_sealed, created_at, updated_at)
           values ($1, $2, $3, $4, 1, $5, $6, $6)"#,
        id as NoteId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        sealed,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_content(tx: &mut Tx, id: NoteId, version: i32, sealed: &[u8]) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update visit_notes set version = $2, content_sealed = $3, updated_at = $4 where id = $1",
        id as NoteId,
        version,
        sealed,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_signed(tx: &mut Tx, id: NoteId, hash: &[u8; 32]) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update visit_notes set signed_at = $2, signed_hash = $3, updated_at = $2 where id = $1",
        id as NoteId,
        now as Timestamp,
        hash.as_slice()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
