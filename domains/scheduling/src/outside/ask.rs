use calendars::{Fetched, Fetcher, Horizon, ReadError, busy_times};
use db::{Context, Tx};
use identity::letters::{Letter, Sender};
use jobs::{Job, When};
use kernel::{TimeSlot, Timestamp, Zone, ids::OutsideCalendarId};
use notify::Notice;
use serde::{Deserialize, Serialize};
use web::App;

use super::{
    model::{COUNTS_DAYS, FAILURES_TOLD, Sealed, kind, next},
    store::{self, Asked},
};

/// A calendar's turn has come.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct AskCalendar {
    pub(crate) calendar: OutsideCalendarId,
}

impl Job for AskCalendar {
    const NAME: &'static str = "scheduling.ask_calendar";
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum AskError {
    #[error("reading a calendar was interrupted: {0}")]
    Interrupted(#[from] tokio::task::JoinError),
    #[error(transparent)]
    Tell(#[from] notify::TellError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

const AT_ONCE: i64 = 200;
/// As far as times can be booked, and a little more.
const HORIZON_DAYS: i64 = 400;
/// Unchanged or not, it is read anew once a day: what recurs moves into sight.
const FRESH_MINUTES: i64 = 24 * 60;

/// A job for each calendar whose turn it is. Its turn moves on with that, so that it is planned once.
pub(crate) async fn plan_due(tx: &mut Tx) -> Result<(), db::Error> {
    let then = next(tx.now(), 0);
    for calendar in store::take_due(tx, then, AT_ONCE).await? {
        jobs::enqueue(tx, &AskCalendar { calendar }, When::Now).await?;
    }
    Ok(())
}

/// Ask one calendar and write down when its doctor is busy. No transaction is open while the world answers.
pub(crate) async fn ask(app: &App, fetcher: &Fetcher, job: AskCalendar) -> Result<(), AskError> {
    let context = Context::system("scheduling.ask_calendar");
    let mut tx = app.db().begin(&context).await?;
    let now = tx.now();
    let Some(asked) = store::find_asked(&mut tx, job.calendar).await? else { return Ok(()) };
    let place = store::place_of(job.calendar);
    let sealed: Sealed = app.vault().open_platform_json(&mut tx, place, &asked.source_sealed).await?.into_inner();
    tx.commit().await?;

    let is_fresh = asked.read_at.is_some_and(|at| now.minutes_since(at) < FRESH_MINUTES);
    let Some(kind) = kind(&asked.kind) else { return Ok(()) };
    let source = sealed.source(kind, asked.tag.clone().filter(|_| is_fresh));
    let outcome = match fetcher.fetch(&source).await {
        Ok(Fetched::Unchanged) => Outcome::Unchanged,
        Ok(Fetched::Calendar { text, tag }) => match read(app, text, asked.zone.clone(), now).await? {
            Ok(busy) => Outcome::Read { busy, tag },
            Err(error) => Outcome::Trouble(error.word()),
        },
        Err(error) => Outcome::Trouble(error.word()),
    };

    let mut tx = app.db().begin(&context).await?;
    let Some(asked) = store::lock_asked(&mut tx, job.calendar).await? else { return Ok(()) };
    settle(&mut tx, app, job.calendar, &asked, outcome).await?;
    tx.commit().await?;
    Ok(())
}

enum Outcome {
    Unchanged,
    Read { busy: Vec<TimeSlot>, tag: Option<String> },
    Trouble(&'static str),
}

async fn read(
    app: &App,
    text: String,
    zone: Zone,
    now: Timestamp,
) -> Result<Result<Vec<TimeSlot>, ReadError>, tokio::task::JoinError> {
    let ours = format!("@{}", app.base_url().host_str().unwrap_or("localhost"));
    let horizon = Horizon { from: now.plus_days(-1), until: now.plus_days(HORIZON_DAYS) };
    tokio::task::spawn_blocking(move || busy_times(&text, horizon, &zone, &ours)).await
}

async fn settle(
    tx: &mut Tx,
    app: &App,
    id: OutsideCalendarId,
    asked: &Asked,
    outcome: Outcome,
) -> Result<(), AskError> {
    let now = tx.now();
    match outcome {
        Outcome::Unchanged => store::set_answered(tx, id, next(now, 0)).await?,
        Outcome::Read { busy, tag } => {
            store::replace_busy(tx, id, asked.practitioner, &busy).await?;
            store::set_read(tx, id, tag.as_deref(), busy.len(), next(now, 0)).await?;
        }
        Outcome::Trouble(why) => {
            let failures = asked.failures + 1;
            let tells = failures >= FAILURES_TOLD && asked.told_at.is_none();
            store::set_trouble(tx, id, why, next(now, failures), tells).await?;
            tracing::info!(calendar = %id, why, failures, "scheduling.calendar_in_trouble");
            if tells {
                tell(tx, app, id, asked).await?;
            }
        }
    }
    Ok(())
}

/// Once for each time of trouble.
async fn tell(tx: &mut Tx, app: &App, id: OutsideCalendarId, asked: &Asked) -> Result<(), AskError> {
    let Some(to) = identity::accounts::recipient(tx, asked.account).await? else { return Ok(()) };
    let sender = Sender::new(app);
    let until = asked.answered_at.map(|at| web::words::when(to.locale, &to.zone, at.plus_days(COUNTS_DAYS)));
    let until = until.unwrap_or_else(|| web::words::t(to.locale, "scheduling-outside-never"));
    let args = [("calendar", asked.name.as_str()), ("until", until.as_str())];
    let path = "/doctor/calendars";
    let letter = Letter { prefix: "scheduling-mail-calendar", args: &args, code: None, path: Some(path) };
    let (subject, mail) = sender.mail(&letter, &to);
    let notice = Notice {
        to: &to,
        kind: "scheduling.calendar_in_trouble",
        key: format!("calendar-trouble:{id}:{}", tx.now().unix_seconds()),
        sms: Some(format!("{}: {subject} {}", sender.brand(), sender.url(path))),
        link: Some(path.to_owned()),
        mail: Some(mail),
        subject,
    };
    Ok(notify::tell(tx, notice).await?)
}
