//! HTML: the waiting room of the patient. It works without scripts: the page reloads itself, and the place is kept.

use askama::Template;
use axum::extract::Path;
use kernel::{
    Timestamp,
    ids::{AppointmentId, VisitId},
};
use web::{Ctx, PageFrame, Patient};

use super::{
    Presence,
    store::{self, Room},
};
use crate::visits::VisitError;

/// What the patient can do now.
enum Step {
    /// The room opens later.
    TooEarly { opens: String },
    /// The time has passed.
    TooLate,
    /// Say "I am here".
    Arrive,
    /// Wait, with a place in the queue.
    Wait { position: i32, from: i64, to: i64 },
    /// Stepped out; the place is kept, and perhaps it is time to come back.
    Away { position: i32, called: bool },
    /// The door is open.
    Enter(VisitId),
    /// Over.
    Done { summary: Option<VisitId> },
    /// The appointment does not stand.
    NotConfirmed,
}

impl Step {
    /// The patient waits, and the page keeps itself up to date.
    fn waits(&self) -> bool {
        matches!(self, Self::Wait { .. } | Self::Away { .. } | Self::Enter(_))
    }

    /// There is time to check camera and sound.
    fn prepares(&self) -> bool {
        matches!(self, Self::TooEarly { .. } | Self::Arrive | Self::Wait { .. })
    }
}

#[derive(Template)]
#[template(path = "waiting/pages/waiting.html")]
struct WaitingPage {
    page: PageFrame,
    room: Room,
    step: Step,
    doctor: Presence,
    doctor_name: String,
    when: String,
    with_media: bool,
}

#[derive(Template)]
#[template(path = "waiting/pages/place.html")]
struct PlaceFragment {
    page: PageFrame,
    room: Room,
    step: Step,
    doctor: Presence,
}

/// `GET /appointments/{appointment}/waiting-room`
pub(crate) async fn show(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    let (room, step, doctor) = look(&me, id).await?;
    if let Step::Enter(visit) = step {
        return Ok(me.redirect(&format!("/visits/{visit}")));
    }
    let me = me.about(room.patient);
    let with_media = matches!(room.mode.as_str(), "video" | "audio");
    let page = me.page("consultations-waiting-title");
    let (when, doctor_name) = (page.when(room.starts_at), room.practitioner_name.clone());
    web::render(&WaitingPage { page, room, step, doctor, doctor_name, when, with_media })
}

/// `GET /appointments/{appointment}/waiting-room/place`: the part that changes.
pub(crate) async fn place(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    let (room, step, doctor) = look(&me, id).await?;
    let me = me.about(room.patient);
    web::render(&PlaceFragment { page: me.page("consultations-waiting-title"), room, step, doctor })
}

async fn look(me: &Ctx, id: AppointmentId) -> Result<(Room, Step, Presence), web::Error> {
    let mut tx = me.begin().await?;
    let room = store::find_room(&mut tx, me.actor(), id).await?.ok_or(VisitError::NotFound)?;
    if room.visit_status == "waiting" {
        // Without scripts the page loads itself again: that is the heartbeat then.
        store::beat(&mut tx, me.actor(), Some(id)).await?;
    }
    let now = tx.now();
    let doctor = Presence::at(now, store::practitioner_seen_at(&mut tx, room.practitioner).await?);
    let queue = match room.visit_status.as_str() {
        "waiting" => scheduling::appointments::queue_for(&mut tx, me.actor(), id).await?,
        _ => None,
    };
    tx.commit().await?;
    let step = match (room.status.as_str(), room.visit_status.as_str()) {
        ("confirmed", "waiting") => {
            let (position, from, to) =
                queue.map_or((1, 0, 5), |queue| (queue.position, queue.wait_min, queue.wait_max));
            if room.away_since.is_some() {
                Step::Away { position, called: room.called_back_at.is_some() || position <= 2 }
            } else {
                Step::Wait { position, from: from / 5 * 5, to: (to + 4) / 5 * 5 }
            }
        }
        ("confirmed", "not_open") => arrival(me, &room, now),
        (_, "in_consultation") => room.visit.map_or(Step::NotConfirmed, Step::Enter),
        (_, "ended") => Step::Done { summary: None },
        (_, "signed") => Step::Done { summary: room.visit },
        _ => Step::NotConfirmed,
    };
    Ok((room, step, doctor))
}

fn arrival(me: &Ctx, room: &Room, now: Timestamp) -> Step {
    let opens_at = room.starts_at.plus_minutes(-crate::rooms::BEFORE_MINUTES);
    if now < opens_at {
        Step::TooEarly { opens: me.page("consultations-waiting-title").when(opens_at) }
    } else if now >= room.ends_at.plus_minutes(crate::rooms::AFTER_MINUTES) {
        Step::TooLate
    } else {
        Step::Arrive
    }
}

pub(crate) fn routes() -> web::Routes {
    use super::api;
    use web::{Doctor, SignedIn};
    web::Routes::new()
        .get::<Patient, _, _>("/appointments/{appointment}/waiting-room", show)
        .get::<Patient, _, _>("/appointments/{appointment}/waiting-room/place", place)
        .api_post::<SignedIn, (), api::Standing, _, _>(
            "/api/v1/appointments/{appointment}/presence",
            "Still here; how things stand",
            api::beat,
        )
        .api_post::<Doctor, (), (), _, _>("/api/v1/presence", "The doctor is at the desk", api::desk)
}
