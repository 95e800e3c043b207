use access::Actor;
use aws_lc_rs::digest;
use data_encoding::BASE64URL_NOPAD;
use db::Tx;
use kernel::{
    Fault, FaultKind, Secret, Timestamp,
    ids::{CardId, PatientId},
};

use super::{model::Kind, policy, store};

/// A new card. Its token is shown now and never again.
#[derive(Debug)]
pub struct Issued {
    pub id: CardId,
    pub token: Secret<String>,
    pub expires_at: Timestamp,
}

#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    #[error("the account does not speak for this patient")]
    NotFound,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for IssueError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// What the database keeps of a token.
pub(super) fn hash(token: &str) -> Vec<u8> {
    digest::digest(&digest::SHA256, token.as_bytes()).as_ref().to_vec()
}

/// A card of a patient that the actor speaks for. On paper it replaces the one before at once; on a screen those that the same account
/// showed before are good for a minute more.
pub async fn issue(tx: &mut Tx, actor: &Actor, patient: PatientId, kind: Kind) -> Result<Issued, IssueError> {
    if !actor.patients.contains(&patient) {
        return Err(IssueError::NotFound);
    }
    // Two who print at once: the second replaces the first's card.
    store::lock_patient(tx, patient).await?;
    let now = tx.now();
    match kind {
        Kind::Printed => store::set_replaced(tx, patient).await?,
        Kind::Screen => {
            store::set_fading(tx, patient, actor.account, now.plus_minutes(policy::GRACE_MINUTES)).await?;
            store::delete_faded(tx, patient).await?;
        }
    }
    let id = tx.id();
    let token = BASE64URL_NOPAD.encode(&tx.random().token32());
    let expires_at = policy::ends(kind, now);
    store::insert(tx, store::NewCard { id, patient, kind, hash: hash(&token), by: actor.account, expires_at }).await?;
    if kind == Kind::Printed {
        record(tx, id, patient, "issued").await?;
    }
    Ok(Issued { id, token: Secret::new(token), expires_at })
}

pub(super) async fn record(
    tx: &mut Tx,
    card: CardId,
    patient: PatientId,
    action: &'static str,
) -> Result<(), db::Error> {
    let object_id = card.uuid();
    let entry =
        audit::Entry { action, object: "identity_card", object_id, patient: Some(patient), purpose: "own_record" };
    audit::record(tx, entry).await?;
    Ok(())
}
