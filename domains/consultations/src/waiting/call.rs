//! Whose turn comes is told: who is nearly next, and who has stepped out and is called back.

use access::Actor;
use db::{Context, Tx};
use identity::{
    accounts,
    letters::{Letter, Sender},
};
use jobs::Event;
use kernel::{Timestamp, ids::AppointmentId};
use notify::Notice;
use serde::{Deserialize, Serialize};
use web::App;

use super::{
    step::moved,
    store::{self, Change, Place, Turn},
};
use crate::visits::VisitError;

/// The order of a waiting room changed: of the doctor and the day of this appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueMoved {
    pub appointment: AppointmentId,
}

impl Event for QueueMoved {
    const NAME: &'static str = "consultations.queue_moved";
}

/// The doctor calls back somebody who has stepped out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalledBack {
    pub appointment: AppointmentId,
}

impl Event for CalledBack {
    const NAME: &'static str = "consultations.called_back";
}

/// Calls back; calling twice is one call. Refused where nobody has stepped out.
pub async fn call_back(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Place, VisitError> {
    if actor.practitioner.is_none() {
        return Err(VisitError::NotFound);
    }
    let place = moved(tx, actor, (id, Change::CallBack)).await?;
    jobs::publish(tx, &CalledBack { appointment: id }).await?;
    Ok(place)
}

/// Tells those whose turn comes, each once: with two before them at most "you are nearly next", and with one at most "come back" to whoever
/// has stepped out.
pub(crate) async fn queue_moved(app: &App, of: AppointmentId) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("tell those whose turn comes in a waiting room")).await?;
    let turns = store::list_turns(&mut tx, of).await?;
    for turn in &turns {
        if turn.away_since.is_some() && turn.ahead <= 1 {
            tell(app, &mut tx, turn, "consultations-mail-back").await?;
        } else {
            tell(app, &mut tx, turn, "consultations-mail-next").await?;
        }
    }
    Ok(tx.commit().await?)
}

/// Tells who was called back by the doctor; told already by the queue, they are not told again.
pub(crate) async fn called_back(app: &App, id: AppointmentId) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("call a patient back to the waiting room")).await?;
    if let Some(turn) = store::find_turn(&mut tx, id).await? {
        tell(app, &mut tx, &turn, "consultations-mail-back").await?;
    }
    Ok(tx.commit().await?)
}

async fn tell(app: &App, tx: &mut Tx, turn: &Turn, prefix: &'static str) -> Result<(), jobs::Failed> {
    let Some(to) = accounts::recipient(tx, turn.account).await? else { return Ok(()) };
    let path = format!("/appointments/{}/waiting-room", turn.appointment);
    let args = [("doctor", turn.practitioner_name.as_str())];
    let letter = Letter { prefix, args: &args, code: None, path: Some(&path) };
    let sender = Sender::new(app);
    let (subject, mail) = sender.mail(&letter, &to);
    // Who steps out again is called again.
    let since = turn.away_since.map(Timestamp::micros).unwrap_or_default();
    let sms = Some(format!("{subject} {}", sender.url(&path)));
    let notice = Notice {
        to: &to,
        kind: "consultations.turn",
        key: format!("{}:{}:{since}", prefix.trim_start_matches("consultations-mail-"), turn.appointment),
        subject,
        link: Some(path),
        mail: Some(mail),
        sms,
    };
    notify::tell(tx, notice).await?;
    Ok(())
}
