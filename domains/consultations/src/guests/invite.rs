//! Invite somebody to a visit.

use access::Actor;
use db::Tx;
use identity::accounts::Address;
use kernel::ids::{VisitGuestId, VisitId};
use vault::Vault;

use super::{
    GuestError, GuestRole,
    model::{LINK_MINUTES, MOST},
    store,
    token::GuestToken,
    trail,
};
use crate::visits::{self, VisitState};

#[derive(Debug, Clone)]
pub struct Invite {
    pub visit: VisitId,
    pub role: GuestRole,
    /// Where the link is sent. Without it whoever invites passes it on.
    pub to: Option<Address>,
}

/// The invitation. The token is known here alone, once.
#[derive(Debug, Clone)]
pub struct Invited {
    pub id: VisitGuestId,
    pub token: GuestToken,
    pub doctor: String,
}

impl Invited {
    /// Where the link leads: a path of ours.
    pub fn path(&self) -> String {
        format!("/guests/links/{}", self.token.expose())
    }
}

/// Invites, and consents on the side of whoever invites. The other side is asked.
pub async fn invite(tx: &mut Tx, vault: &Vault, actor: &Actor, command: &Invite) -> Result<Invited, GuestError> {
    let (visit, side) = visits::find_for(tx, actor, command.visit).await?.ok_or(GuestError::NotFound)?;
    if visit.state != VisitState::Open || visit.booking != "confirmed" {
        return Err(GuestError::Closed);
    }
    let now = tx.now();
    let guests = store::list_for_visit(tx, vault, &visit).await?;
    if guests.iter().filter(|guest| guest.standing(now).counts()).count() >= MOST {
        return Err(GuestError::TooMany);
    }
    let (id, token) = (tx.id::<VisitGuestId>(), GuestToken::new(tx));
    let expires_at = now.plus_minutes(LINK_MINUTES);
    store::insert(tx, (id, command.role), &visit, (actor.account, side), (&token.mac(vault), expires_at)).await?;
    trail::by_person(tx, &visit, (id, command.role), (actor, side), "invited").await?;
    Ok(Invited { id, token, doctor: visit.practitioner_name })
}
