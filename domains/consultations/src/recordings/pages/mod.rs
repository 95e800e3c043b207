//! HTML: the sound of a visit, who agreed, and the way back.

mod sound;

use askama::Template;
use axum::extract::Path;
use kernel::ids::VisitId;
use serde::Deserialize;
use web::{Form, PageFrame, Query, SignedIn};

use super::{Recording, RecordingError, RecordingStatus as Status, RecordingStep as Step, api, store};
pub(crate) use sound::serve;
use sound::{heard, sitting};

use crate::visits::{Side, Visit, store as visits};

#[derive(Template)]
#[template(path = "recordings/pages/recording.html")]
struct RecordingPage {
    page: PageFrame,
    visit: Visit,
    side: Side,
    recording: Option<Recording>,
    /// How it stands, in words.
    standing: String,
    /// Where the sound is; empty where there is none.
    sound: String,
    length: String,
    /// When it will be deleted.
    kept: String,
}

impl RecordingPage {
    fn is(&self, status: Status) -> bool {
        self.recording.as_ref().is_some_and(|found| found.standing.status == status)
    }

    fn may_agree(&self) -> bool {
        self.side == Side::Patient && self.is(Status::Asked)
    }

    /// The patient's yes still stands, or there is something to delete.
    fn may_withdraw(&self) -> bool {
        self.side == Side::Patient && (!self.sound.is_empty() || self.is(Status::Running) || self.is(Status::Paused))
    }

    fn back(&self) -> String {
        match self.side {
            Side::Patient => format!("/appointments/{}", self.visit.appointment),
            Side::Doctor => format!("/visits/{}", self.visit.id),
        }
    }
}

/// Where to begin.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// Seconds from the beginning of the file.
    t: u32,
}

/// `GET /visits/{visit}/recording`
pub(crate) async fn show(me: SignedIn, Path(id): Path<VisitId>, Query(wanted): Query<Wanted>) -> web::Result {
    let mut tx = me.begin().await?;
    let (visit, side) = visits::find_for(&mut tx, me.actor(), id).await?.ok_or(RecordingError::NotFound)?;
    let recording = store::find(&mut tx, id).await?;
    let length_ms = recording.as_ref().map_or(0, |found| found.length_ms);
    let mut place = String::new();
    if length_ms > 0 {
        heard(&mut tx, &visit, side.purpose()).await?;
        place = format!("/visits/{id}/recording/sound?sitting={}#t={}", sitting(&me, id, tx.now()), wanted.t);
    }
    tx.commit().await?;
    let page = me.page("consultations-recording-title");
    let standing = match &recording {
        None => me.t("consultations-recording-none"),
        Some(found) => me.t(said(found)),
    };
    let kept = match &recording {
        Some(found) if length_ms > 0 => {
            me.tr("consultations-recording-kept-until", [("day", page.day(found.keep_until).as_str())])
        }
        _ => String::new(),
    };
    let length = minutes(length_ms);
    web::render(&RecordingPage { page, visit, side, recording, standing, sound: place, length, kept })
}

fn said(found: &Recording) -> String {
    let standing = found.standing;
    match (standing.end, standing.paused_by) {
        (Some(end), _) => format!("consultations-recording-ended-{}", end.code()),
        (None, Some(who)) => format!("consultations-recording-paused-{}", who.code()),
        (None, None) => format!("consultations-recording-is-{}", standing.status.code()),
    }
}

/// Minutes and seconds.
fn minutes(ms: i64) -> String {
    let seconds = ms / 1000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The button that was pressed.
#[derive(Debug, Deserialize)]
pub(crate) struct Pressed {
    step: Step,
}

/// `POST /visits/{visit}/recording`
pub(crate) async fn post(me: SignedIn, Path(id): Path<VisitId>, Form(pressed): Form<Pressed>) -> web::Result {
    api::stepped(&me, id, pressed.step).await?;
    me.flash_ok(match pressed.step {
        Step::Forget => "consultations-recording-flash-forgotten",
        Step::Withdraw => "consultations-recording-flash-withdrawn",
        _ => "consultations-recording-flash-done",
    });
    Ok(me.redirect(&format!("/visits/{id}/recording")))
}
