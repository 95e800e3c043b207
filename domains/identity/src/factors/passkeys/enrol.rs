use db::{ResultExt, Tx};
use kernel::ids::AccountId;
use url::Url;
use uuid::Uuid;
use vault::Vault;
use webauthn_rs::prelude::RegisterPublicKeyCredential;

use super::{
    Ceremony, PasskeyError,
    ceremony::{State, at},
    relying_party::relying_party,
    store::{self, NewCeremony},
};

/// Where and as whom the passkey is made.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    pub vault: &'a Vault,
    pub base_url: &'a Url,
    pub brand: &'a str,
}

/// Ask the browser for a new passkey of this account.
pub async fn start(
    tx: &mut Tx,
    site: Site<'_>,
    account: AccountId,
    user_name: &str,
    display_name: &str,
) -> Result<Ceremony, PasskeyError> {
    let known = store::list_stored(tx, account).await?.iter().map(|stored| stored.passkey.cred_id().clone()).collect();
    let (challenge, state) = relying_party(site.base_url, site.brand)?
        .start_passkey_registration(account.uuid(), user_name, display_name, Some(known))
        .map_err(|_| PasskeyError::Refused)?;
    let mut options = serde_json::to_value(challenge).map_err(|_| PasskeyError::Refused)?;
    // Discoverable, where the authenticator can: then it also signs in without a typed address.
    options["publicKey"]["authenticatorSelection"]["residentKey"] = "preferred".into();
    let id = keep(tx, site.vault, Some(account), None, &State::Enrolment(state)).await?;
    Ok(Ceremony { id, options })
}

/// Keep the new passkey.
pub async fn finish(
    tx: &mut Tx,
    site: Site<'_>,
    account: AccountId,
    ceremony: Uuid,
    name: &str,
    answer: &RegisterPublicKeyCredential,
) -> Result<(), PasskeyError> {
    let taken = store::take_ceremony(tx, ceremony, "enrolment").await?.ok_or(PasskeyError::Over)?;
    if taken.account != Some(account) {
        return Err(PasskeyError::Over);
    }
    let State::Enrolment(state) =
        site.vault.open_platform_json(tx, at(ceremony), &taken.state_sealed).await?.into_inner()
    else {
        return Err(PasskeyError::Over);
    };
    let passkey =
        relying_party(site.base_url, site.brand)?.finish_passkey_registration(answer, &state).map_err(|error| {
            tracing::warn!(account = %account, reason = ?error, "passkey.enrolment_refused");
            PasskeyError::Refused
        })?;
    store::insert(tx, account, name, &passkey)
        .await
        .on_constraint("passkeys_credential_id_key", || PasskeyError::AlreadyThere)?;
    tracing::info!(account = %account, "passkey.enrolled");
    Ok(())
}

/// False when there is no such passkey of this account.
pub async fn remove(tx: &mut Tx, account: AccountId, passkey: Uuid) -> Result<bool, PasskeyError> {
    Ok(store::delete(tx, account, passkey).await?)
}

/// Keep the server's half until the answer comes.
pub(super) async fn keep(
    tx: &mut Tx,
    vault: &Vault,
    account: Option<AccountId>,
    sign_in_challenge: Option<Uuid>,
    state: &State,
) -> Result<Uuid, PasskeyError> {
    let now = tx.now();
    let id = tx.random().uuid7(now);
    let sealed = vault.seal_platform_json(tx, at(id), state).await?;
    let new = NewCeremony { id, purpose: state.purpose(), account, sign_in_challenge, state_sealed: &sealed };
    store::insert_ceremony(tx, &new).await?;
    Ok(id)
}
