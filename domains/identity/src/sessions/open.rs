use db::Tx;
use kernel::ids::{AccountId, SessionId};

use super::{
    EndedWhy, Factor, Opened,
    model::{MAX_HOURS, idle_minutes},
    store,
};
use crate::{accounts, network::Origin, tokens};

/// Open a session for a person who has shown `factor`. System context.
pub async fn open(tx: &mut Tx, account: AccountId, factor: Factor, origin: &Origin) -> Result<Opened, db::Error> {
    let roles = accounts::store::list_roles(tx, account).await?;
    let (token, hash) = tokens::issue(tx.random());
    let id = tx.id::<SessionId>();
    let expires_at = tx.now().plus_minutes(MAX_HOURS * 60);
    let new = store::NewSession { id, account, factor, idle_minutes: idle_minutes(&roles), expires_at };
    store::insert(tx, &new, &hash, origin).await?;
    tracing::info!(session = %id, account = %account, factor = factor.as_str(), "session.opened");
    Ok(Opened { id, account, token, expires_at, roles })
}

/// A new token for the same person, and the old one ends: after sign-up, step-up, and any change of factor.
pub(crate) async fn rotate(
    tx: &mut Tx,
    old: SessionId,
    account: AccountId,
    factor: Factor,
    origin: &Origin,
) -> Result<Opened, db::Error> {
    store::set_ended(tx, account, old, EndedWhy::Rotated).await?;
    open(tx, account, factor, origin).await
}

/// How the present session was opened; as weak as possible when it is gone.
pub(crate) async fn factor_of(tx: &mut Tx, session: SessionId) -> Result<Factor, db::Error> {
    Ok(store::find_factor(tx, session).await?.and_then(|factor| factor.parse().ok()).unwrap_or(Factor::Password))
}
