//! SQL of drafts that a language model wrote. Extractive drafts are made anew each time and are kept nowhere.

use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{DraftId, PatientId, PractitionerId, VisitId},
};
use vault::{At, Vault};

use super::{Draft, DraftError};
use crate::visits::Visit;

/// Where a draft came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    /// Name of the model.
    pub(super) model: String,
    /// SHA-256 of what it was asked.
    pub(super) prompt_hash: [u8; 32],
    /// How much had been said by then: the number of the last utterance.
    pub(super) heard_to: i32,
    pub(super) written_at: Timestamp,
}

fn at(id: DraftId) -> At {
    At::new("visit_drafts", "content_sealed", id.uuid())
}

/// Keeps what the model wrote, in place of what it wrote before.
pub(super) async fn replace(
    tx: &mut Tx,
    vault: &Vault,
    visit: &Visit,
    origin: &Origin,
    draft: &Draft,
) -> Result<(), DraftError> {
    let id = tx.id::<DraftId>();
    let sealed = vault.seal_json(tx, visit.patient, at(id), draft).await?;
    sqlx::query!(
        r#"insert into visit_drafts (id, visit_id, patient_id, practitioner_id, model, prompt_hash, heard_to, content_sealed,
               created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
           on conflict (visit_id) do update set id = excluded.id, model = excluded.model, prompt_hash = excluded.prompt_hash,
               heard_to = excluded.heard_to, content_sealed = excluded.content_sealed, updated_at = excluded.updated_at"#,
        id as DraftId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        origin.model,
        origin.prompt_hash.as_slice(),
        origin.heard_to,
        sealed,
        origin.written_at as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What a model wrote for this visit, if one did.
pub(super) async fn find(tx: &mut Tx, vault: &Vault, visit: &Visit) -> Result<Option<(Origin, Draft)>, DraftError> {
    let row = sqlx::query!(
        r#"select id as "id: DraftId", model, prompt_hash, heard_to, content_sealed, updated_at as "updated_at: Timestamp"
           from visit_drafts where visit_id = $1"#,
        visit.id as VisitId
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let draft = vault.open_json::<Draft>(tx, visit.patient, at(row.id), &row.content_sealed).await?.into_inner();
    let mut prompt_hash = [0; 32];
    prompt_hash.copy_from_slice(row.prompt_hash.get(..32).unwrap_or(&[0; 32]));
    let origin = Origin { model: row.model, prompt_hash, heard_to: row.heard_to, written_at: row.updated_at };
    Ok(Some((origin, draft)))
}

/// What was written from words that are deleted goes with them.
pub(crate) async fn delete_for_visit(tx: &mut Tx, visit: VisitId) -> Result<(), Error> {
    sqlx::query_scalar!(r#"select app.forget_draft($1) as "gone!""#, visit as VisitId).fetch_one(tx.conn()).await?;
    Ok(())
}
