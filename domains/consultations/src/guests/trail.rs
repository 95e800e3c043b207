//! What every step of a third party leaves behind: an event of the visit's record, a row of the trail, and news for open pages.

use access::Actor;
use audit::Entry;
use db::Tx;
use kernel::ids::VisitGuestId;

use super::{GuestError, GuestRole, store};
use crate::{
    news,
    visits::{Side, Visit},
};

/// A step by one of the two.
pub(super) async fn by_person(
    tx: &mut Tx,
    visit: &Visit,
    guest: (VisitGuestId, GuestRole),
    (actor, side): (&Actor, Side),
    kind: &'static str,
) -> Result<(), GuestError> {
    store::insert_event(tx, visit, guest, Some(actor.account), kind).await?;
    let purpose = side.purpose();
    let (object_id, patient) = (guest.0.uuid(), Some(visit.patient));
    audit::record(tx, Entry { action: kind, object: "visit_guest", object_id, patient, purpose }).await?;
    tell(tx, visit).await
}

/// A step of the guest.
pub(super) async fn by_guest(
    tx: &mut Tx,
    visit: &Visit,
    guest: (VisitGuestId, GuestRole),
    kind: &'static str,
) -> Result<(), GuestError> {
    store::insert_event(tx, visit, guest, None, kind).await?;
    tell(tx, visit).await
}

/// The doctor lets a third party share a screen, or no longer.
pub(crate) async fn set_leave(tx: &mut Tx, visit: &Visit, id: VisitGuestId, may: bool) -> Result<(), GuestError> {
    store::set_may_share(tx, id, may).await?;
    let (action, purpose) = (if may { "sharing_allowed" } else { "sharing_refused" }, chart::purpose::TREATMENT);
    let (object_id, patient) = (id.uuid(), Some(visit.patient));
    audit::record(tx, Entry { action, object: "visit_guest", object_id, patient, purpose }).await?;
    tell(tx, visit).await
}

async fn tell(tx: &mut Tx, visit: &Visit) -> Result<(), GuestError> {
    Ok(news::in_room(tx, visit.id, "guests", serde_json::json!({})).await?)
}
