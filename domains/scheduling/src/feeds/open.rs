use access::Actor;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use db::Tx;
use kernel::Secret;
use vault::Vault;

use super::store;

const PURPOSE: &str = "scheduling.calendar_feed";

/// What the database keeps of a token.
pub(super) fn mac(vault: &Vault, token: &str) -> [u8; 32] {
    vault.mac(PURPOSE, token.as_bytes())
}

/// Open an address; the one before is taken back at once. The token is not kept: whoever loses it opens another.
pub(crate) async fn open(tx: &mut Tx, vault: &Vault, actor: &Actor, names: bool) -> Result<Secret<String>, db::Error> {
    store::lock_account(tx, actor.account).await?;
    store::set_revoked(tx, actor.account).await?;
    let token = URL_SAFE_NO_PAD.encode(tx.random().token32());
    store::insert(tx, actor.account, &mac(vault, &token), names).await?;
    record(tx, actor, "opened").await?;
    Ok(Secret::new(token))
}

/// From now on entries name the other person, or do not.
pub(crate) async fn set_names(tx: &mut Tx, actor: &Actor, names: bool) -> Result<(), db::Error> {
    store::set_names(tx, actor.account, names).await
}

/// Take the address back: from now on it is as if it had never been. Safe to repeat.
pub(crate) async fn revoke(tx: &mut Tx, actor: &Actor) -> Result<(), db::Error> {
    if store::set_revoked(tx, actor.account).await? > 0 {
        record(tx, actor, "revoked").await?;
    }
    Ok(())
}

async fn record(tx: &mut Tx, actor: &Actor, action: &'static str) -> Result<(), db::Error> {
    let object_id = actor.account.uuid();
    let entry = audit::Entry { action, object: "calendar_feed", object_id, patient: None, purpose: "self_service" };
    audit::record(tx, entry).await?;
    Ok(())
}
