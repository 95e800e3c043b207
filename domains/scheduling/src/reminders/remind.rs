use db::Tx;
use jobs::Job;
use kernel::ids::ReminderId;
use notify::Terms;
use serde::{Deserialize, Serialize};

use super::{
    store, thread,
    write::{self, WriteError},
};
use crate::appointments::{Status, find, find_parties};

/// A reminder is due.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Remind {
    pub(crate) reminder: ReminderId,
}

impl Job for Remind {
    const NAME: &'static str = "scheduling.remind";
}

/// So long before the start a reminder that waits for the morning must be there.
const NO_LATER_MINUTES: i64 = 120;

/// Say it, if it is still true: the visit is on, at that very time, and no nearer reminder has taken this one's place.
pub(crate) async fn remind(tx: &mut Tx, app: &web::App, id: ReminderId) -> Result<(), WriteError> {
    let Some(due) = store::lock_planned(tx, id).await? else { return Ok(()) };
    let now = tx.now();
    let appointment = find(tx, due.appointment).await?.filter(|appointment| {
        appointment.status_at(now) == Status::Confirmed
            && appointment.starts_at == due.starts_at
            && now < appointment.starts_at
    });
    let (Some(appointment), false) = (appointment, store::is_nearer_due(tx, &due, now).await?) else {
        store::set_settled(tx, id, "void").await?;
        return Ok(());
    };
    let Some(parties) = find_parties(tx, due.appointment).await? else { return Ok(()) };
    let lead = i64::from(due.lead_min);
    let terms = Terms {
        thread: Some(thread(due.appointment, due.starts_at)),
        latest: Some(due.starts_at.plus_minutes(-lead.min(NO_LATER_MINUTES))),
        void_after: Some(due.starts_at),
    };
    for account in store::list_readers(tx, due.appointment).await? {
        let Some(to) = identity::accounts::recipient(tx, account).await? else { continue };
        let own = parties.own_account && parties.patient_account == Some(account);
        let case = write::Case { app, to: &to, appointment: &appointment, parties: &parties, own };
        notify::tell_on(tx, write::reminder(&case, due.lead_min)?, terms.clone()).await?;
    }
    Ok(store::set_settled(tx, id, "told").await?)
}
