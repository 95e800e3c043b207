//! SQL of additions, and their signatures.

use aws_lc_rs::digest::{Context, SHA256};
use db::Tx;
use kernel::{
    Phi, Timestamp,
    ids::{AddendumId, PatientId, PractitionerId, VisitId},
};
use vault::{At, Vault};

use super::{Addendum, model::AddendumContent};
use crate::{
    notes::Note,
    visits::{Visit, VisitError},
};

/// What an addition is, apart from what it says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) id: AddendumId,
    pub(super) number: i32,
    pub(super) signed_at: Timestamp,
    /// The signature before it: the note's, or that of the addition before.
    pub(super) before: [u8; 32],
}

pub(super) fn at(id: AddendumId) -> At {
    At::new("visit_addenda", "content_sealed", id.uuid())
}

/// SHA-256 over the signed bytes and everything that says what they are and what they follow.
pub(super) fn signed_hash(visit: &Visit, place: &Place, content: &[u8]) -> [u8; 32] {
    let mut digest = Context::new(&SHA256);
    digest.update(b"bedside.visit-addendum.v1");
    for id in [visit.id.uuid(), visit.patient.uuid(), visit.practitioner.uuid(), place.id.uuid()] {
        digest.update(id.as_bytes());
    }
    digest.update(&place.number.to_be_bytes());
    digest.update(&place.before);
    digest.update(&place.signed_at.micros().to_be_bytes());
    digest.update(content);
    let mut hash = [0; 32];
    hash.copy_from_slice(digest.finish().as_ref());
    hash
}

/// What was added to a note, in its order; nothing to a draft. One whose signature does not fit is an error. The note's own reading is the
/// entry in the log of access.
pub async fn list(tx: &mut Tx, vault: &Vault, visit: &Visit, note: &Note) -> Result<Vec<Addendum>, VisitError> {
    let Some(first) = note.signed_hash else { return Ok(Vec::new()) };
    Ok(read(tx, vault, visit, first).await?.0)
}

/// The additions behind a note's signature, and the signature that the next one follows.
pub(super) async fn read(
    tx: &mut Tx,
    vault: &Vault,
    visit: &Visit,
    first: [u8; 32],
) -> Result<(Vec<Addendum>, [u8; 32]), VisitError> {
    let rows = sqlx::query!(
        r#"select id as "id: AddendumId", number, content_sealed, signed_at as "signed_at: Timestamp", signed_hash
           from visit_addenda where visit_id = $1 order by number"#,
        visit.id as VisitId
    )
    .fetch_all(tx.conn())
    .await?;
    let (mut found, mut before) = (Vec::with_capacity(rows.len()), first);
    for (row, number) in rows.into_iter().zip(1..) {
        let bytes = vault.open(tx, visit.patient, at(row.id), &row.content_sealed).await?;
        let place = Place { id: row.id, number, signed_at: row.signed_at, before };
        before = signed_hash(visit, &place, bytes.expose());
        if row.number != number || before.as_slice() != row.signed_hash {
            tracing::error!(visit = %visit.id, number, "consultations.addendum_mismatch");
            return Err(VisitError::Vault(vault::Error::Tampered(at(row.id))));
        }
        let content: AddendumContent = serde_json::from_slice(bytes.expose()).map_err(vault::Error::from)?;
        found.push(Addendum { number, content: Phi::new(content), signed_at: row.signed_at, signed_hash: before });
    }
    Ok((found, before))
}

pub(super) async fn insert(
    tx: &mut Tx,
    visit: &Visit,
    place: &Place,
    sealed: &[u8],
    hash: &[u8; 32],
) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into visit_addenda (id, visit_id, patient_id, practitioner_id, number, content_sealed, signed_at, signed_hash,
             created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $7, $7)",
        place.id as AddendumId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        place.number,
        sealed,
        place.signed_at as Timestamp,
        hash.as_slice()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// How many there are.
pub(crate) async fn count(tx: &mut Tx, visit: VisitId) -> Result<i32, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select count(*)::int as "count!" from visit_addenda where visit_id = $1"#,
        visit as VisitId
    )
    .fetch_one(tx.conn())
    .await?)
}
