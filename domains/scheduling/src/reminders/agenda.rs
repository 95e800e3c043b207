use db::Tx;
use jobs::{Job, When};
use kernel::{LocalDate, ids::PractitionerId};
use notify::Topic;
use serde::{Deserialize, Serialize};

use super::{
    store,
    write::{self, WriteError},
};

/// A doctor who asked for it hears of the day that begins.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Agenda {
    pub(crate) practitioner: PractitionerId,
    pub(crate) day: LocalDate,
}

impl Job for Agenda {
    const NAME: &'static str = "scheduling.agenda";
}

/// So long after the time that was asked for the day is still announced; later nobody needs it any more.
const MINUTES: i64 = 6 * 60;

/// Where the time has come that its reader wants, the day is announced, once.
pub(crate) async fn announce(tx: &mut Tx) -> Result<(), db::Error> {
    let now = tx.now();
    let asking = notify::accounts_asking_for(tx, Topic::Agenda).await?;
    let accounts: Vec<_> = asking.iter().map(|(account, _)| *account).collect();
    for (account, practitioner, zone) in store::list_practitioners(tx, &accounts).await? {
        let wanted = asking.iter().find(|(asking, _)| *asking == account).map(|(_, daily)| *daily).unwrap_or_default();
        let came = wanted.next_after(&zone, now.plus_minutes(-MINUTES));
        if came <= now && came.date_in(&zone) == now.date_in(&zone) {
            let agenda = Agenda { practitioner, day: now.date_in(&zone) };
            jobs::enqueue_once(tx, &agenda, &format!("{practitioner}:{}", agenda.day), When::Now).await?;
        }
    }
    Ok(())
}

/// A day without visits is not announced.
pub(crate) async fn say_agenda(tx: &mut Tx, app: &web::App, agenda: Agenda) -> Result<(), WriteError> {
    let Some((account, zone)) = store::find_practitioner(tx, agenda.practitioner).await? else { return Ok(()) };
    let (from, to) = (agenda.day.starts_in(&zone), agenda.day.plus_days(1).starts_in(&zone));
    let lines = store::list_agenda(tx, agenda.practitioner, from, to).await?;
    let Some(reader) = identity::accounts::recipient(tx, account).await?.filter(|_| !lines.is_empty()) else {
        return Ok(());
    };
    let key = format!("agenda:{}:{}", agenda.practitioner, agenda.day);
    Ok(notify::tell(tx, write::agenda(app, &reader, &zone, &lines, key)?).await?)
}
