//! What the law of the prescriber's country asks for, held against what happened.

use access::Actor;
use db::Tx;
use vault::Vault;

use super::{
    ReadError, SignError,
    model::Prescription,
    policy::{Demand, Restriction, restrictions},
    store,
};

/// Refuses a signature that the law does not allow. A controlled substance needs a code of the prescriber's authenticator app with each
/// signature: without an app there is none, and none is prescribed.
pub(super) async fn allow(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    draft: &Prescription,
    code: Option<&str>,
) -> Result<(), SignError> {
    let past = store::find_past(tx, draft.visit, draft.patient, draft.practitioner).await?;
    let past = past.ok_or(ReadError::NotFound)?;
    let met = |demand| match demand {
        Demand::Never => false,
        Demand::FollowUp => past.in_person_before,
        Demand::Seen => past.seen || past.prescribed_before,
        // Asked for below, when nothing else stands in the way: a code is spent by being looked at.
        Demand::SecondFactor => true,
    };
    let all = restrictions(&past.country, &draft.items);
    let unmet: Vec<Restriction> = all.iter().filter(|restriction| !met(restriction.demand)).cloned().collect();
    if !unmet.is_empty() {
        return Err(SignError::Restricted(unmet));
    }
    if !all.iter().any(|restriction| restriction.demand == Demand::SecondFactor) {
        return Ok(());
    }
    if identity::factors::totp::since(tx, actor.account).await?.is_none() {
        return Err(SignError::TwoFactorMissing);
    }
    let code = code.map(str::trim).filter(|code| !code.is_empty()).ok_or(SignError::CodeNeeded)?;
    if identity::factors::totp::accept(tx, vault, actor.account, code).await? {
        Ok(())
    } else {
        Err(SignError::CodeNeeded)
    }
}
