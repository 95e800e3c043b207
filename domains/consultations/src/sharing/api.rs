//! JSON: sharing a screen, for the two, for a third party, and the doctor's leave.

use axum::extract::Path;
use db::Tx;
use kernel::ids::{ScreenShareId, VisitGuestId, VisitId};
use serde::{Deserialize, Serialize};
use web::{Doctor, Json, SignedIn, Visitor};

use super::{EndReason, Sharer, SharingError, Start, let_share, renew, revoke_leave, start, stop};
use crate::{
    guests::{self, Guest, GuestStanding},
    visits::{self, Visit},
};

/// Who shares from which page.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SharePage {
    /// Names the page.
    client: String,
}

/// To share one's screen.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ShareBody {
    /// Names the page.
    client: String,
    /// Whoever shares now gives way.
    take_over: bool,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct ShareView {
    id: ScreenShareId,
}

/// Whether this page shares now.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct SharingView {
    sharing: bool,
}

/// Whether a third party may share.
#[derive(Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeaveBody {
    allowed: bool,
}

async fn person(me: &SignedIn, tx: &mut Tx, id: VisitId) -> Result<(Visit, Sharer), SharingError> {
    let (visit, side) = visits::find_for(tx, me.actor(), id).await?.ok_or(SharingError::NotFound)?;
    Ok((visit, Sharer::Person(me.actor().account, side)))
}

/// `POST /api/v1/visits/{visit}/screen-share`
async fn begin(me: SignedIn, Path(id): Path<VisitId>, Json(body): Json<ShareBody>) -> web::Result {
    let mut tx = me.begin().await?;
    let (visit, who) = person(&me, &mut tx, id).await?;
    let id = start(&mut tx, &visit, who, &Start { client: body.client, take_over: body.take_over }).await?;
    tx.commit().await?;
    web::created(&ShareView { id })
}

/// `POST /api/v1/visits/{visit}/screen-share/renewal`
async fn go_on(me: SignedIn, Path(id): Path<VisitId>, Json(page): Json<SharePage>) -> web::Result {
    let mut tx = me.begin().await?;
    let (visit, who) = person(&me, &mut tx, id).await?;
    renew(&mut tx, &visit, who, &page.client).await?;
    tx.commit().await?;
    web::json(&SharingView { sharing: true })
}

/// `POST /api/v1/visits/{visit}/screen-share/ending`
async fn end(me: SignedIn, Path(id): Path<VisitId>, Json(page): Json<SharePage>) -> web::Result {
    let mut tx = me.begin().await?;
    let (visit, who) = person(&me, &mut tx, id).await?;
    stop(&mut tx, &visit, who, Some(&page.client), EndReason::Stopped).await?;
    tx.commit().await?;
    web::json(&SharingView { sharing: false })
}

/// `POST /api/v1/visits/{visit}/guests/{guest}/sharing`
async fn leave(me: Doctor, Path(of): Path<(VisitId, VisitGuestId)>, Json(body): Json<LeaveBody>) -> web::Result {
    let mut tx = me.begin().await?;
    if body.allowed {
        let_share(&mut tx, me.app().vault(), me.actor(), of).await?;
    } else {
        revoke_leave(&mut tx, me.app().vault(), me.actor(), of).await?;
    }
    tx.commit().await?;
    web::json(&body)
}

async fn guest(me: &Visitor, tx: &mut Tx, id: VisitGuestId) -> Result<(Visit, Guest, Sharer), SharingError> {
    let (guest, visit) = guests::guest_of(me, tx, id).await?;
    let who = Sharer::Guest(guest.id, guest.role);
    Ok((visit, guest, who))
}

/// `POST /api/v1/guests/{guest}/screen-share`
async fn guest_begins(me: Visitor, Path(id): Path<VisitGuestId>, Json(page): Json<SharePage>) -> web::Result {
    let mut tx = me.begin_system("a guest shares a screen").await?;
    let (visit, guest, who) = guest(&me, &mut tx, id).await?;
    if guest.standing(tx.now()) != GuestStanding::Admitted || guest.may_share_since.is_none() {
        return Err(SharingError::NotLet.into());
    }
    let id = start(&mut tx, &visit, who, &Start { client: page.client, take_over: false }).await?;
    tx.commit().await?;
    web::created(&ShareView { id })
}

/// `POST /api/v1/guests/{guest}/screen-share/renewal`
async fn guest_goes_on(me: Visitor, Path(id): Path<VisitGuestId>, Json(page): Json<SharePage>) -> web::Result {
    let mut tx = me.begin_system("a guest goes on sharing a screen").await?;
    let (visit, guest, who) = guest(&me, &mut tx, id).await?;
    if guest.standing(tx.now()) != GuestStanding::Admitted || guest.may_share_since.is_none() {
        return Err(SharingError::NotLet.into());
    }
    renew(&mut tx, &visit, who, &page.client).await?;
    tx.commit().await?;
    web::json(&SharingView { sharing: true })
}

/// `POST /api/v1/guests/{guest}/screen-share/ending`
async fn guest_ends(me: Visitor, Path(id): Path<VisitGuestId>, Json(page): Json<SharePage>) -> web::Result {
    let mut tx = me.begin_system("a guest stops sharing a screen").await?;
    let (visit, _, who) = guest(&me, &mut tx, id).await?;
    stop(&mut tx, &visit, who, Some(&page.client), EndReason::Stopped).await?;
    tx.commit().await?;
    web::json(&SharingView { sharing: false })
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_post::<SignedIn, ShareBody, ShareView, _, _>(
            "/api/v1/visits/{visit}/screen-share",
            "Share a screen in the room; 409 while somebody else does, unless it is taken over",
            begin,
        )
        .api_post::<SignedIn, SharePage, SharingView, _, _>(
            "/api/v1/visits/{visit}/screen-share/renewal",
            "This page goes on sharing: said every eight seconds",
            go_on,
        )
        .api_post::<SignedIn, SharePage, SharingView, _, _>(
            "/api/v1/visits/{visit}/screen-share/ending",
            "Stop sharing a screen",
            end,
        )
        .api_post::<Doctor, LeaveBody, LeaveBody, _, _>(
            "/api/v1/visits/{visit}/guests/{guest}/sharing",
            "The doctor lets a third party in the room share a screen, or no longer",
            leave,
        )
        .api_public_post::<SharePage, ShareView, _, _>(
            "/api/v1/guests/{guest}/screen-share",
            "A guest whom the doctor lets shares a screen",
            guests::WHY,
            guest_begins,
        )
        .api_public_post::<SharePage, SharingView, _, _>(
            "/api/v1/guests/{guest}/screen-share/renewal",
            "A guest goes on sharing: said every eight seconds",
            guests::WHY,
            guest_goes_on,
        )
        .api_public_post::<SharePage, SharingView, _, _>(
            "/api/v1/guests/{guest}/screen-share/ending",
            "A guest stops sharing a screen",
            guests::WHY,
            guest_ends,
        )
}
