//! HTML: what a guest meets, the link and the room. Served in the system's context to whoever holds the link, then the
//! key in a cookie; what is not theirs is not found.

use askama::Template;
use axum::{
    extract::Path,
    http::{HeaderValue, header::SET_COOKIE},
    response::Response,
};
use kernel::ids::VisitGuestId;
use serde::Deserialize;
use web::{Ctx, Form, PageFrame, Visitor};

use super::{Come, Guest, GuestError, come, come::look, join::find, token::GuestToken};
use crate::{rooms, visits::Visit};

pub(crate) const WHY: &str =
    "an interpreter or a daughter has no account: the link, then the key of one browser, says who they are";
/// As long as a visit may last, with its margins.
const COOKIE_SECONDS: i64 = 4 * 3600;
const COOKIE: &str = "visit-guest";

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct ComeForm {
    name: String,
    agrees: String,
}

#[derive(Template)]
#[template(path = "guests/pages/link.html")]
struct LinkPage {
    page: PageFrame,
    action: String,
    doctor: String,
    role: &'static str,
    form: ComeForm,
}

#[derive(Template)]
#[template(path = "guests/pages/room.html")]
struct GuestRoomPage {
    page: PageFrame,
    guest: VisitGuestId,
    doctor: String,
    initials: String,
    mode: String,
}

/// `GET /guests/links/{token}`: says what this is, and uses nothing up.
async fn knock(me: Visitor, Path(token): Path<String>) -> web::Result {
    ask(&me, &token, 200, ComeForm::default(), Vec::new()).await
}

async fn ask(
    me: &Ctx,
    token: &str,
    status: u16,
    form: ComeForm,
    errors: Vec<kernel::FieldError>,
) -> Result<Response, web::Error> {
    let link = GuestToken::read(token).ok_or(GuestError::NotFound)?;
    pass(me).await?;
    let mut tx = me.begin_system("a guest opens an invitation").await?;
    let (guest, visit) = look(&mut tx, me.app().vault(), &link).await?;
    tx.rollback().await?;
    let page = me.page("consultations-guest-title").with_errors(errors);
    let action = format!("/guests/links/{token}");
    let page = LinkPage { page, action, doctor: visit.practitioner_name, role: guest.role.code(), form };
    web::render_status(status, &page)
}

/// Links are not to be tried out.
async fn pass(me: &Ctx) -> Result<(), web::Error> {
    let network = identity::door::origin(me).network;
    identity::door::throttle(me).pass(&[(identity::throttle::LINK_TRIES_NETWORK, network.as_str())]).await?;
    Ok(())
}

/// `POST /guests/links/{token}`
async fn open(me: Visitor, Path(token): Path<String>, Form(form): Form<ComeForm>) -> web::Result {
    let link = GuestToken::read(&token).ok_or(GuestError::NotFound)?;
    let mut tx = me.begin_system("a guest comes to a visit").await?;
    let command = Come { name: form.name.clone(), agrees: form.agrees == "yes" };
    match come(&mut tx, me.app().vault(), &link, command).await {
        Ok((id, key)) => {
            tx.commit().await?;
            Ok(with_key(&me, me.redirect(&format!("/guests/{id}")), &key))
        }
        Err(GuestError::Invalid(errors)) => {
            tx.rollback().await?;
            ask(&me, &token, 422, form, errors).await
        }
        Err(other) => Err(other.into()),
    }
}

fn with_key(me: &Ctx, mut answer: Response, key: &GuestToken) -> Response {
    let secure = if me.app().base_url().scheme() == "https" { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Lax{secure}", key.expose());
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(SET_COOKIE, value);
    }
    answer
}

/// Who asks, by the key in the cookie.
pub(crate) async fn guest_of(me: &Ctx, tx: &mut db::Tx, id: VisitGuestId) -> Result<(Guest, Visit), GuestError> {
    find(tx, me.app().vault(), id, me.cookie(COOKIE).and_then(GuestToken::read)).await
}

/// `GET /guests/{guest}`
async fn show(me: Visitor, Path(id): Path<VisitGuestId>) -> web::Result {
    let mut tx = me.begin_system("a guest looks into the room of a visit").await?;
    let (_, visit) = guest_of(&me, &mut tx, id).await?;
    tx.rollback().await?;
    let page = me.page("consultations-guest-title");
    let initials = rooms::initials(&visit.practitioner_name);
    web::render(&GuestRoomPage { page, guest: id, doctor: visit.practitioner_name, initials, mode: visit.mode })
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .public_get("/guests/links/{token}", WHY, knock)
        .public_post("/guests/links/{token}", WHY, open)
        .public_get("/guests/{guest}", WHY, show)
}
