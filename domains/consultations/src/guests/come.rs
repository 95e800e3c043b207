//! A guest opens the link.

use db::Tx;
use kernel::{FieldError, ids::VisitGuestId};
use vault::Vault;

use super::{
    GuestError, GuestStanding,
    model::{Guest, LONGEST_NAME},
    store::{self, at},
    token::GuestToken,
    trail,
};
use crate::visits::{Visit, VisitState, store as visits};

/// What the guest says.
#[derive(Debug, Clone)]
pub struct Come {
    pub name: String,
    /// To keep to oneself what is said.
    pub agrees: bool,
}

/// The invitation that a link is for, as long as it opens. In the system's context.
pub(super) async fn look(tx: &mut Tx, vault: &Vault, link: &GuestToken) -> Result<(Guest, Visit), GuestError> {
    let guest = store::lock_by_link(tx, &link.mac(vault)).await?.ok_or(GuestError::NotFound)?;
    let visit = visits::find(tx, guest.visit).await?.ok_or(GuestError::NotFound)?;
    let opens = guest.standing(tx.now()) == GuestStanding::Invited && visit.state == VisitState::Open;
    if opens { Ok((guest, visit)) } else { Err(GuestError::NotFound) }
}

/// Uses the link up. The key is for this browser alone, and known here once.
pub async fn come(
    tx: &mut Tx,
    vault: &Vault,
    link: &GuestToken,
    command: Come,
) -> Result<(VisitGuestId, GuestToken), GuestError> {
    let (guest, visit) = look(tx, vault, link).await?;
    let name = command.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut errors = Vec::new();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        errors.push(FieldError::new("name", "consultations-error-guest-name"));
    }
    if !command.agrees {
        errors.push(FieldError::new("agrees", "consultations-error-guest-agrees"));
    }
    if !errors.is_empty() {
        return Err(GuestError::Invalid(errors));
    }
    let key = GuestToken::new(tx);
    let sealed = vault.seal_text(tx, guest.patient, at(guest.id), &name).await?;
    store::set_came(tx, guest.id, &key.mac(vault), &sealed).await?;
    trail::by_guest(tx, &visit, (guest.id, guest.role), "came").await?;
    Ok((guest.id, key))
}
