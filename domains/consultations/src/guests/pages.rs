//! HTML: third parties of a visit, for its two people. It stands in the room, too.

use askama::Template;
use axum::extract::Path;
use identity::accounts::Address;
use kernel::{
    FieldError, Timestamp,
    ids::{VisitGuestId, VisitId},
};
use serde::Deserialize;
use web::{Ctx, Form, PageFrame, SignedIn};

use super::{
    Guest, GuestError, GuestRole, GuestStanding, Invite, admit, api, consent, invite, letter, model::MOST, revoke,
    store,
};
use crate::{
    sharing,
    visits::{self, Side, Visit, VisitState},
};

pub(super) fn routes() -> web::Routes {
    use web::Doctor;
    web::Routes::new()
        .get::<SignedIn, _, _>("/visits/{visit}/guests", show)
        .post::<SignedIn, _, _>("/visits/{visit}/guests", post)
        .post::<SignedIn, _, _>("/visits/{visit}/guests/{guest}/consent", agree)
        .post::<SignedIn, _, _>("/visits/{visit}/guests/{guest}/revocation", take_back)
        .post::<Doctor, _, _>("/visits/{visit}/guests/{guest}/admission", let_in)
        .post::<Doctor, _, _>("/visits/{visit}/guests/{guest}/sharing", let_share)
        .post::<Doctor, _, _>("/visits/{visit}/guests/{guest}/sharing/withdrawal", no_more_sharing)
}

/// One third party, ready to show.
struct Row {
    id: VisitGuestId,
    name: String,
    role: &'static str,
    standing: GuestStanding,
    /// Who has still to consent: `patient`, `doctor` or nothing.
    lacking: &'static str,
    /// The reader's own consent is lacking.
    asks_me: bool,
    may_admit: bool,
    sharing: LeaveToShare,
}

/// What the doctor is asked about a third party's screen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LeaveToShare {
    Unasked,
    Lacking,
    Given,
}

impl LeaveToShare {
    fn is_lacking(self) -> bool {
        self == Self::Lacking
    }

    fn is_given(self) -> bool {
        self == Self::Given
    }
}

impl Row {
    fn new(guest: &Guest, side: Side, has_picture: bool, now: Timestamp) -> Self {
        let standing = guest.standing(now);
        let lacking = match (guest.patient_consented_at, guest.doctor_consented_at) {
            (None, _) => "patient",
            (Some(_), None) => "doctor",
            (Some(_), Some(_)) => "",
        };
        Self {
            id: guest.id,
            name: guest.name.as_ref().map(|name| name.expose().clone()).unwrap_or_default(),
            role: guest.role.code(),
            standing,
            asks_me: standing.counts() && lacking == side.code(),
            may_admit: side == Side::Doctor && standing == GuestStanding::Waiting && lacking.is_empty(),
            sharing: match (side, standing, guest.may_share_since) {
                (Side::Doctor, GuestStanding::Admitted, None) if has_picture => LeaveToShare::Lacking,
                (Side::Doctor, GuestStanding::Admitted, Some(_)) => LeaveToShare::Given,
                _ => LeaveToShare::Unasked,
            },
            lacking: if standing.counts() { lacking } else { "" },
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct InviteForm {
    role: String,
    to: String,
}

#[derive(Template)]
#[template(path = "guests/pages/guests.html")]
struct GuestsPage {
    page: PageFrame,
    visit: VisitId,
    other: String,
    rows: Vec<Row>,
    may_invite: bool,
    form: InviteForm,
    roles: [&'static str; 5],
    /// Shown once, to be passed on.
    link: String,
}

async fn show(me: SignedIn, Path(id): Path<VisitId>) -> web::Result {
    web::render(&open(&me, id, InviteForm::default(), Vec::new()).await?)
}

async fn open(me: &Ctx, id: VisitId, form: InviteForm, errors: Vec<FieldError>) -> Result<GuestsPage, web::Error> {
    let mut tx = me.begin().await?;
    let (visit, side) = visits::find_for(&mut tx, me.actor(), id).await?.ok_or(GuestError::NotFound)?;
    let guests = store::list_for_visit(&mut tx, me.app().vault(), &visit).await?;
    let now = tx.now();
    tx.commit().await?;
    let has_picture = visit.mode == "video";
    let rows: Vec<_> = guests.iter().map(|guest| Row::new(guest, side, has_picture, now)).collect();
    let active = rows.iter().filter(|row| row.standing.counts()).count();
    Ok(GuestsPage {
        page: me.page("consultations-guests-title").with_errors(errors),
        visit: id,
        may_invite: visit.state == VisitState::Open && active < MOST,
        other: other(&visit, side),
        rows,
        form,
        roles: GuestRole::ALL.map(GuestRole::code),
        link: String::new(),
    })
}

fn other(visit: &Visit, side: Side) -> String {
    match side {
        Side::Patient => visit.practitioner_name.clone(),
        Side::Doctor => visit.patient_name.clone(),
    }
}

/// `POST /visits/{visit}/guests`
async fn post(me: SignedIn, Path(id): Path<VisitId>, Form(form): Form<InviteForm>) -> web::Result {
    let mut errors = Vec::new();
    let role = GuestRole::parse(&form.role);
    if role.is_none() {
        errors.push(FieldError::new("role", "consultations-error-guest-role"));
    }
    let to = match form.to.trim() {
        "" => None,
        typed => Address::parse(typed).map_err(|error| errors.push(error.for_field("to"))).ok(),
    };
    let Some(role) = role.filter(|_| errors.is_empty()) else {
        return web::render_status(422, &open(&me, id, form, errors).await?);
    };
    let link = send(&me, &Invite { visit: id, role, to }).await?;
    let page = open(&me, id, InviteForm::default(), Vec::new()).await?;
    web::render(&GuestsPage { link, ..page })
}

/// Invites, and sends the link where an address was given. The link, for whoever invites.
pub(super) async fn send(me: &Ctx, command: &Invite) -> Result<String, web::Error> {
    if matches!(command.to, Some(Address::Phone(_))) {
        identity::door::throttle(me).pass(&[(identity::throttle::SMS_HOUSE, "house")]).await?;
    }
    let mut tx = me.begin().await?;
    let invited = invite(&mut tx, me.app().vault(), me.actor(), command).await?;
    if let Some(to) = &command.to {
        letter::send(&mut tx, me, &invited, to).await?;
    }
    tx.commit().await?;
    Ok(identity::door::sender(me).url(&invited.path()))
}

async fn agree(me: SignedIn, Path((visit, guest)): Path<(VisitId, VisitGuestId)>) -> web::Result {
    let mut tx = me.begin().await?;
    consent(&mut tx, me.app().vault(), me.actor(), (visit, guest)).await?;
    tx.commit().await?;
    Ok(me.redirect(&format!("/visits/{visit}/guests")))
}

async fn take_back(me: SignedIn, Path((visit, guest)): Path<(VisitId, VisitGuestId)>) -> web::Result {
    let mut tx = me.begin().await?;
    revoke(&mut tx, me.app().vault(), me.actor(), (visit, guest)).await?;
    tx.commit().await?;
    api::put_out(&me, visit, guest).await?;
    Ok(me.redirect(&format!("/visits/{visit}/guests")))
}

async fn let_in(me: web::Doctor, Path((visit, guest)): Path<(VisitId, VisitGuestId)>) -> web::Result {
    let mut tx = me.begin().await?;
    admit(&mut tx, me.app().vault(), me.actor(), (visit, guest)).await?;
    tx.commit().await?;
    Ok(me.redirect(&format!("/visits/{visit}/guests")))
}

async fn let_share(me: web::Doctor, Path((visit, guest)): Path<(VisitId, VisitGuestId)>) -> web::Result {
    let mut tx = me.begin().await?;
    sharing::let_share(&mut tx, me.app().vault(), me.actor(), (visit, guest)).await?;
    tx.commit().await?;
    Ok(me.redirect(&format!("/visits/{visit}/guests")))
}

async fn no_more_sharing(me: web::Doctor, Path((visit, guest)): Path<(VisitId, VisitGuestId)>) -> web::Result {
    let mut tx = me.begin().await?;
    sharing::revoke_leave(&mut tx, me.app().vault(), me.actor(), (visit, guest)).await?;
    tx.commit().await?;
    Ok(me.redirect(&format!("/visits/{visit}/guests")))
}
