//! Money that is on its way keeps the time a little longer, once.

use billing::PaymentUnderWay;
use db::Tx;
use kernel::Timestamp;

use super::{
    change::{ChangeError, hold, show},
    model::{Appointment, By, Status},
    store::{self, NewEvent},
    tidy,
};

/// So much longer.
const GRACE_MINUTES: i64 = 10;
/// As written in `appointment_events`.
const GRACE: &str = "grace";

/// The payer has done their part: what the gateway still needs is not held against them.
pub(crate) async fn grant(tx: &mut Tx, news: &PaymentUnderWay) -> Result<(), ChangeError> {
    let Some(id) = news.appointment else { return Ok(()) };
    let Some(seen) = store::find(tx, id).await? else { return Ok(()) };
    let held = hold(tx, &seen).await?;
    if held.charge == Some(news.charge) {
        prolong(tx, &held).await?;
    }
    Ok(())
}

/// Let a hold end later, if it has not had its grace. Returns when. Whoever took the time after its end has written it as expired, so one
/// that is still written as held stands in nobody's way. The caller holds the people's locks.
pub(super) async fn prolong(tx: &mut Tx, held: &Appointment) -> Result<Option<Timestamp>, db::Error> {
    let Some(end) = held.hold_expires_at.filter(|_| held.state.booking == Status::Held) else { return Ok(None) };
    let later = end.plus_minutes(GRACE_MINUTES).min(held.starts_at);
    if later <= tx.now() || later <= end || store::has_event(tx, held.id, GRACE).await? {
        return Ok(None);
    }
    let mut after = held.clone();
    after.hold_expires_at = Some(later);
    after.version += 1;
    store::set(tx, &after, held.version).await?;
    let event = NewEvent { verb: GRACE, before: Some(held), after: &after, by: By::System, reason: None };
    store::insert_event(tx, event).await?;
    tidy::when_due(tx, &after).await?;
    show(tx, &after).await?;
    Ok(Some(later))
}
