use db::Tx;
use kernel::{Secret, Timestamp, ids::AccountId};
use uuid::Uuid;

use super::{CHALLENGE_MINUTES, store};
use crate::{network::Origin, tokens};

/// A password was right; the second factor is still owed.
#[derive(Clone, Debug)]
pub(crate) struct Challenge {
    pub(crate) id: Uuid,
    pub(crate) account: AccountId,
    pub(crate) next: String,
}

#[derive(Clone, Debug)]
pub struct OpenedChallenge {
    pub token: Secret<String>,
    pub expires_at: Timestamp,
}

pub(super) async fn open(
    tx: &mut Tx,
    account: AccountId,
    next: &str,
    origin: &Origin,
) -> Result<OpenedChallenge, db::Error> {
    let (token, hash) = tokens::issue(tx.random());
    let expires_at = tx.now().plus_minutes(CHALLENGE_MINUTES);
    store::insert(tx, account, &hash, next, origin, expires_at).await?;
    Ok(OpenedChallenge { token, expires_at })
}
