//! JSON: the calls of a guest's page.

use axum::extract::Path;
use kernel::ids::VisitGuestId;
use serde::{Deserialize, Serialize};
use web::{Json, Visitor};

use super::{
    GuestError, GuestStanding, LinesView,
    join::{enter, leave},
    lines,
    visitor_pages::{WHY, guest_of},
};
use crate::{
    recordings::{self, RecordingError},
    rooms::{RoomError, place},
    sharing::{self, Share, Shown},
    visits::VisitState,
};

/// An SDP offer of a browser is some kilobytes long.
const LONGEST_OFFER: usize = 64 * 1024;

/// How things stand for a guest.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct StandingView {
    standing: GuestStanding,
    /// The visit is still open.
    open: bool,
    /// Whether the sound is kept, once somebody was asked.
    recording: Option<recordings::Sign>,
    /// The doctor lets them share a screen.
    may_share: bool,
    /// Whose screen is shared now.
    sharing: Option<Shown>,
}

/// `GET /api/v1/guests/{guest}`
async fn stand(me: Visitor, Path(id): Path<VisitGuestId>) -> web::Result {
    let mut tx = me.begin_system("a guest asks how things stand").await?;
    let (guest, visit) = guest_of(&me, &mut tx, id).await?;
    let recording = recordings::sign(&mut tx, visit.id, id.uuid()).await?;
    let now = tx.now();
    let share = sharing::store::find_live(&mut tx, me.app().vault(), &visit).await?;
    tx.rollback().await?;
    let standing = guest.standing(now);
    // Nobody outside is told who shares.
    let share = share.filter(|_| standing == GuestStanding::Admitted);
    let mine = |share: &Share| share.guest == Some(guest.id);
    web::json(&StandingView {
        standing,
        open: visit.state == VisitState::Open,
        may_share: guest.may_share_since.is_some() && visit.mode == "video",
        sharing: share.map(|share| Shown::new(&share, &visit, mine(&share))),
        recording,
    })
}

/// Whether a guest may be recorded.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GuestConsent {
    agrees: bool,
}

/// What stands after the answer.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct GuestConsentView {
    recording: Option<recordings::Sign>,
}

/// `POST /api/v1/guests/{guest}/recording`
async fn agree(me: Visitor, Path(id): Path<VisitGuestId>, Json(body): Json<GuestConsent>) -> web::Result {
    let mut tx = me.begin_system("a guest says whether they may be recorded").await?;
    let (guest, visit) = guest_of(&me, &mut tx, id).await?;
    let standing = guest.standing(tx.now());
    // Who is not in the room has not heard what this is about.
    if standing != GuestStanding::Admitted {
        return Err(RecordingError::NotInRoom.into());
    }
    recordings::answer_as_guest(&mut tx, (&visit, id), body.agrees).await?;
    let recording = recordings::sign(&mut tx, visit.id, id.uuid()).await?;
    tx.commit().await?;
    if let Some(recorder) = me.app().try_part::<recordings::Recorder>() {
        // What was heard until now is kept up to this answer, and the next who attends looks who agrees.
        recorder.attend(me.app(), visit.id);
    }
    web::json(&GuestConsentView { recording })
}

/// An offer.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GuestKnock {
    /// SDP.
    offer: String,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct GuestAnswer {
    /// SDP.
    answer: String,
}

/// `POST /api/v1/guests/{guest}/media`
async fn join(me: Visitor, Path(id): Path<VisitGuestId>, Json(knock): Json<GuestKnock>) -> web::Result {
    if knock.offer.len() > LONGEST_OFFER {
        return Err(GuestError::Room(RoomError::BadOffer).into());
    }
    let mut tx = me.begin_system("a guest enters the room of a visit").await?;
    let (guest, visit) = guest_of(&me, &mut tx, id).await?;
    enter(&mut tx, &guest, &visit).await?;
    tx.commit().await?;
    let join = rtc::Join { room: visit.id.uuid(), peer: id.uuid(), admitted: true, offer: knock.offer };
    let answer = place::seat(me.app(), visit.id, join).await?;
    web::created(&GuestAnswer { answer })
}

/// `GET /api/v1/guests/{guest}/media`
async fn seen(me: Visitor, Path(id): Path<VisitGuestId>) -> web::Result {
    let mut tx = me.begin_system("a guest asks who is on which line").await?;
    let (guest, visit) = guest_of(&me, &mut tx, id).await?;
    let inside = guest.standing(tx.now()) == GuestStanding::Admitted;
    tx.rollback().await?;
    if !inside {
        return Err(GuestError::Waiting.into());
    }
    web::json(&lines(me.app(), &visit, id.uuid()).await?)
}

/// `POST /api/v1/guests/{guest}/leaving`
async fn go(me: Visitor, Path(id): Path<VisitGuestId>) -> web::Result {
    let mut tx = me.begin_system("a guest leaves a visit").await?;
    let (guest, visit) = guest_of(&me, &mut tx, id).await?;
    leave(&mut tx, &guest, &visit).await?;
    let standing = guest.standing(tx.now());
    let recording = recordings::sign(&mut tx, visit.id, id.uuid()).await?;
    tx.commit().await?;
    if let Some(node) = place::node_of(me.app(), visit.id).await? {
        node.leave(visit.id.uuid(), id.uuid()).await;
    }
    let open = visit.state == VisitState::Open;
    web::json(&StandingView { standing, open, may_share: false, sharing: None, recording })
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_public_get::<(), StandingView, _, _>("/api/v1/guests/{guest}", "How things stand for a guest", WHY, stand)
        .api_public_post::<GuestKnock, GuestAnswer, _, _>(
            "/api/v1/guests/{guest}/media",
            "A guest who was let in joins the media room",
            WHY,
            join,
        )
        .api_public_get::<(), LinesView, _, _>(
            "/api/v1/guests/{guest}/media",
            "Who is on which line of a guest's call",
            WHY,
            seen,
        )
        .api_public_post::<GuestConsent, GuestConsentView, _, _>(
            "/api/v1/guests/{guest}/recording",
            "A guest says whether they may be recorded",
            WHY,
            agree,
        )
        .api_public_post::<(), StandingView, _, _>(
            "/api/v1/guests/{guest}/leaving",
            "A guest leaves the media room",
            WHY,
            go,
        )
}
