use db::Tx;
use kernel::ids::AccountId;
use uuid::Uuid;
use webauthn_rs::prelude::{AuthenticationResult, DiscoverableKey, PublicKeyCredential, WebauthnError};

use super::{
    Ceremony, PasskeyError,
    ceremony::{State, at},
    enrol::{Site, keep},
    relying_party::relying_party,
    store::{self, Stored},
};

/// Whose passkey was shown, and for which half-done sign-in.
#[derive(Clone, Copy, Debug)]
pub struct SignedInBy {
    pub account: AccountId,
    /// The sign-in that owed a second factor; none when the passkey stood alone.
    pub sign_in_challenge: Option<Uuid>,
}

/// Ask the browser for any passkey of ours: nobody has said who they are.
pub async fn start_sign_in(tx: &mut Tx, site: Site<'_>) -> Result<Ceremony, PasskeyError> {
    let (challenge, state) = relying_party(site.base_url, site.brand)?
        .start_discoverable_authentication()
        .map_err(|_| PasskeyError::Refused)?;
    let mut options = serde_json::to_value(challenge).map_err(|_| PasskeyError::Refused)?;
    // The person pressed a button: a dialog, not the suggestions of a field.
    if let Some(fields) = options.as_object_mut() {
        fields.remove("mediation");
    }
    let id = keep(tx, site.vault, None, None, &State::SignIn(state)).await?;
    Ok(Ceremony { id, options })
}

/// The account is the credential's, whatever else the request says.
pub async fn finish_sign_in(
    tx: &mut Tx,
    site: Site<'_>,
    ceremony: Uuid,
    answer: &PublicKeyCredential,
) -> Result<SignedInBy, PasskeyError> {
    let taken = store::take_ceremony(tx, ceremony, "sign_in").await?.ok_or(PasskeyError::Over)?;
    let State::SignIn(state) = site.vault.open_platform_json(tx, at(ceremony), &taken.state_sealed).await?.into_inner()
    else {
        return Err(PasskeyError::Over);
    };
    let site_party = relying_party(site.base_url, site.brand)?;
    let (handle, credential_id) =
        site_party.identify_discoverable_authentication(answer).map_err(|_| PasskeyError::Refused)?;
    let stored = store::lock_by_credential(tx, credential_id).await?.ok_or(PasskeyError::Refused)?;
    if stored.account.uuid() != handle {
        return Err(PasskeyError::Refused);
    }
    let key = DiscoverableKey::from(&stored.passkey);
    let result = site_party.finish_discoverable_authentication_v2(answer, state, &key);
    let account = stored.account;
    accept(tx, stored, result).await?;
    Ok(SignedInBy { account, sign_in_challenge: None })
}

/// Ask for a passkey of the account whose password was right.
pub async fn start_second_factor(
    tx: &mut Tx,
    site: Site<'_>,
    account: AccountId,
    sign_in_challenge: Uuid,
) -> Result<Ceremony, PasskeyError> {
    let passkeys: Vec<_> = store::list_stored(tx, account).await?.into_iter().map(|stored| stored.passkey).collect();
    let (challenge, state) = relying_party(site.base_url, site.brand)?
        .start_passkey_authentication(&passkeys)
        .map_err(|_| PasskeyError::Refused)?;
    let options = serde_json::to_value(challenge).map_err(|_| PasskeyError::Refused)?;
    let id = keep(tx, site.vault, Some(account), Some(sign_in_challenge), &State::SecondFactor(state)).await?;
    Ok(Ceremony { id, options })
}

pub async fn finish_second_factor(
    tx: &mut Tx,
    site: Site<'_>,
    ceremony: Uuid,
    answer: &PublicKeyCredential,
) -> Result<SignedInBy, PasskeyError> {
    let taken = store::take_ceremony(tx, ceremony, "second_factor").await?.ok_or(PasskeyError::Over)?;
    let State::SecondFactor(state) =
        site.vault.open_platform_json(tx, at(ceremony), &taken.state_sealed).await?.into_inner()
    else {
        return Err(PasskeyError::Over);
    };
    let stored = store::lock_by_credential(tx, answer.get_credential_id()).await?.ok_or(PasskeyError::Refused)?;
    if taken.account != Some(stored.account) {
        return Err(PasskeyError::Refused);
    }
    let result = relying_party(site.base_url, site.brand)?.finish_passkey_authentication(answer, &state);
    let account = stored.account;
    accept(tx, stored, result).await?;
    Ok(SignedInBy { account, sign_in_challenge: taken.sign_in_challenge })
}

async fn accept(
    tx: &mut Tx,
    mut stored: Stored,
    result: Result<AuthenticationResult, WebauthnError>,
) -> Result<(), PasskeyError> {
    let result = result.map_err(|error| {
        tracing::warn!(account = %stored.account, passkey = %stored.id, reason = ?error, "passkey.refused");
        PasskeyError::Refused
    })?;
    if !result.user_verified() {
        return Err(PasskeyError::Refused);
    }
    stored.passkey.update_credential(&result);
    store::set_used(tx, stored.id, &stored.passkey).await?;
    Ok(())
}
