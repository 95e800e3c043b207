use db::Tx;
use jobs::When;
use kernel::ids::AppointmentId;

use super::{Remind, store, thread};
use crate::{
    appointments::{Status, find},
    config::Config,
};

/// Bring the reminders of an appointment in line with its time: those of other times are void, those of this one planned once.
/// Safe to repeat.
pub(crate) async fn plan(tx: &mut Tx, config: &Config, id: AppointmentId) -> Result<(), db::Error> {
    let Some(appointment) = find(tx, id).await? else { return Ok(()) };
    let now = tx.now();
    let is_on = appointment.status_at(now) == Status::Confirmed;
    let keep = is_on.then_some(appointment.starts_at);
    for given_up in store::list_other_times(tx, id, keep).await? {
        store::set_void(tx, id, given_up).await?;
        notify::void(tx, &thread(id, given_up)).await?;
    }
    if !is_on {
        return Ok(());
    }
    for lead in &config.leads {
        let due = appointment.starts_at.plus_minutes(-i64::from(*lead));
        if due <= now {
            continue;
        }
        if let Some(reminder) = store::upsert(tx, &appointment, *lead, due).await? {
            jobs::enqueue(tx, &Remind { reminder }, When::At(due)).await?;
        }
    }
    Ok(())
}

const SWEEP_AT_ONCE: i64 = 500;

/// Plan for visits that nobody has planned for: those of before there were reminders.
pub(crate) async fn sweep(tx: &mut Tx, config: &Config) -> Result<usize, db::Error> {
    let (Some(longest), Some(shortest)) = (config.leads.iter().max(), config.leads.iter().min()) else { return Ok(0) };
    let now = tx.now();
    let (from, to) = (now.plus_minutes(i64::from(*shortest)), now.plus_minutes(i64::from(*longest) + 120));
    let unplanned = store::list_unplanned(tx, from, to, SWEEP_AT_ONCE).await?;
    for id in &unplanned {
        plan(tx, config, *id).await?;
    }
    Ok(unplanned.len())
}
