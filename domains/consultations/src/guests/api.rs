//! JSON: third parties of a visit, for its two people.

use axum::extract::Path;
use identity::accounts::Address;
use kernel::{
    Timestamp,
    ids::{VisitGuestId, VisitId},
};
use serde::{Deserialize, Serialize};
use web::{Ctx, Doctor, Json, SignedIn};

use super::{
    Guest, GuestError, GuestRole, GuestStanding, Invite, LinesView, admit, consent, lines, pages, revoke, store,
};
use crate::{rooms::place, visits};

/// A third party.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct GuestView {
    id: VisitGuestId,
    role: GuestRole,
    standing: GuestStanding,
    /// As the guest typed it.
    name: Option<String>,
    patient_consented_at: Option<Timestamp>,
    doctor_consented_at: Option<Timestamp>,
    expires_at: Timestamp,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct GuestsView {
    items: Vec<GuestView>,
}

/// Whom to invite.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InviteBody {
    role: GuestRole,
    /// E-mail address or phone number with its country code; without it the link is passed on by whoever invites.
    #[serde(default)]
    to: Option<String>,
}

/// The link is told once.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct LinkView {
    link: String,
}

fn view(guest: &Guest, now: Timestamp) -> GuestView {
    GuestView {
        id: guest.id,
        role: guest.role,
        standing: guest.standing(now),
        name: guest.name.as_ref().map(|name| name.expose().clone()),
        patient_consented_at: guest.patient_consented_at,
        doctor_consented_at: guest.doctor_consented_at,
        expires_at: guest.expires_at,
    }
}

/// `GET /api/v1/visits/{visit}/guests`
async fn list(me: SignedIn, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    let (visit, _) = visits::find_for(&mut tx, me.actor(), id).await?.ok_or(GuestError::NotFound)?;
    let guests = store::list_for_visit(&mut tx, me.app().vault(), &visit).await?;
    let now = tx.now();
    tx.commit().await?;
    web::json(&GuestsView { items: guests.iter().map(|guest| view(guest, now)).collect() })
}

/// `POST /api/v1/visits/{visit}/guests`
async fn create(me: SignedIn, Path(id): Path<VisitId>, Json(body): Json<InviteBody>) -> web::Result {
    let to = body.to.as_deref().map(Address::parse).transpose();
    let to = to.map_err(|error| GuestError::Invalid(vec![error.for_field("to")]))?;
    let link = pages::send(&me, &Invite { visit: id, role: body.role, to }).await?;
    web::created(&LinkView { link })
}

/// `POST /api/v1/visits/{visit}/guests/{guest}/consent`
async fn agree(me: SignedIn, Path((visit, guest)): Path<(VisitId, VisitGuestId)>) -> web::Result {
    let mut tx = me.begin().await?;
    consent(&mut tx, me.app().vault(), me.actor(), (visit, guest)).await?;
    tx.commit().await?;
    one(&me, visit, guest).await
}

/// `POST /api/v1/visits/{visit}/guests/{guest}/admission`
async fn let_in(me: Doctor, Path((visit, guest)): Path<(VisitId, VisitGuestId)>) -> web::Result {
    let mut tx = me.begin().await?;
    admit(&mut tx, me.app().vault(), me.actor(), (visit, guest)).await?;
    tx.commit().await?;
    one(&me, visit, guest).await
}

/// `POST /api/v1/visits/{visit}/guests/{guest}/revocation`
async fn take_back(me: SignedIn, Path((visit, guest)): Path<(VisitId, VisitGuestId)>) -> web::Result {
    let mut tx = me.begin().await?;
    revoke(&mut tx, me.app().vault(), me.actor(), (visit, guest)).await?;
    tx.commit().await?;
    put_out(&me, visit, guest).await?;
    one(&me, visit, guest).await
}

/// `GET /api/v1/visits/{visit}/media`
async fn seen(me: SignedIn, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    let (visit, _) = visits::find_for(&mut tx, me.actor(), id).await?.ok_or(GuestError::NotFound)?;
    tx.commit().await?;
    web::json(&lines(me.app(), &visit, me.actor().account.uuid()).await?)
}

/// How a third party stands now.
async fn one(me: &Ctx, visit: VisitId, id: VisitGuestId) -> web::Result {
    let mut tx = me.begin().await?;
    let (visit, _) = visits::find_for(&mut tx, me.actor(), visit).await?.ok_or(GuestError::NotFound)?;
    let guest = store::lock(&mut tx, me.app().vault(), &visit, id).await?.ok_or(GuestError::NotFound)?;
    let now = tx.now();
    tx.commit().await?;
    web::json(&view(&guest, now))
}

/// Out of the media room, at once.
pub(super) async fn put_out(me: &Ctx, visit: VisitId, guest: VisitGuestId) -> Result<(), web::Error> {
    if let Some(node) = place::node_of(me.app(), visit).await? {
        node.kick(visit.uuid(), guest.uuid()).await;
    }
    Ok(())
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_get::<SignedIn, (), GuestsView, _, _>("/api/v1/visits/{visit}/guests", "Third parties of a visit", list)
        .api_post::<SignedIn, InviteBody, LinkView, _, _>(
            "/api/v1/visits/{visit}/guests",
            "Invite a third party; the answer has the link, which opens once within an hour",
            create,
        )
        .api_post::<SignedIn, (), GuestView, _, _>(
            "/api/v1/visits/{visit}/guests/{guest}/consent",
            "Consent to a third party whom the other invited",
            agree,
        )
        .api_post::<Doctor, (), GuestView, _, _>(
            "/api/v1/visits/{visit}/guests/{guest}/admission",
            "The doctor lets a third party in who waits; both must have consented",
            let_in,
        )
        .api_post::<SignedIn, (), GuestView, _, _>(
            "/api/v1/visits/{visit}/guests/{guest}/revocation",
            "Take an invitation or a consent back; whoever is in the room is put out",
            take_back,
        )
        .api_get::<SignedIn, (), LinesView, _, _>(
            "/api/v1/visits/{visit}/media",
            "Who is on which line of this person's call",
            seen,
        )
}
