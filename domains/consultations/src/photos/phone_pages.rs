//! HTML: what a phone meets that opened an address for photos. It says nothing of whose visit it is.

use askama::Template;
use axum::{
    extract::Path,
    http::{HeaderValue, header::SET_COOKIE},
    response::Response,
};
use chart::documents::take_photo;
use identity::throttle::LINK_TRIES_NETWORK;
use kernel::{Fault as _, FaultKind, FieldError};
use serde::Deserialize;
use web::{Ctx, Incoming, PageFrame, Query, Visitor};

use super::{
    PhotoError,
    model::LINK_MINUTES,
    send::{look, send_by_link},
    token::PhotoToken,
};

const WHY: &str =
    "whoever sits at a computer photographs with the phone: the address alone opens it, for minutes, to send photos";
const COOKIE: &str = "photo-link";

pub(super) fn routes() -> web::Routes {
    web::Routes::new().public_get("/photos/{token}", WHY, open).public_post_stream("/photos/{token}", WHY, post)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// A photo has come in just before.
    sent: String,
}

#[derive(Template)]
#[template(path = "photos/pages/phone.html")]
struct PhonePage {
    page: PageFrame,
    action: String,
    left: String,
    has_room: bool,
    was_sent: bool,
}

#[derive(Template)]
#[template(path = "photos/pages/gone.html")]
struct GonePage {
    page: PageFrame,
}

/// The same for what was made up, has run out, was used up, or was taken back.
fn gone(me: &Ctx) -> web::Result {
    web::render_status(404, &GonePage { page: me.page("consultations-phone-gone-title") })
}

fn key(me: &Ctx) -> Option<PhotoToken> {
    me.cookie(COOKIE).and_then(PhotoToken::read)
}

/// Addresses are not to be tried out.
async fn pass(me: &Ctx) -> Result<(), web::Error> {
    let network = identity::door::origin(me).network;
    Ok(identity::door::throttle(me).pass(&[(LINK_TRIES_NETWORK, network.as_str())]).await?)
}

/// `GET /photos/{token}`: uses nothing up.
async fn open(me: Visitor, Path(token): Path<String>, Query(asked): Query<Asked>) -> web::Result {
    pass(&me).await?;
    show(&me, &token, asked.sent == "1", Vec::new()).await
}

async fn show(me: &Ctx, token: &str, was_sent: bool, errors: Vec<FieldError>) -> web::Result {
    let Some(left) = photos_left(me, token).await? else { return gone(me) };
    let status = if errors.is_empty() { 200 } else { 422 };
    let page = me.page("consultations-phone-title").with_errors(errors);
    let (action, left, has_room) = (format!("/photos/{token}"), left.to_string(), left > 0);
    web::render_status(status, &PhonePage { page, action, left, has_room, was_sent })
}

/// How many photos the address takes from this phone; none where it does not open to it.
async fn photos_left(me: &Ctx, token: &str) -> Result<Option<i32>, web::Error> {
    let Some(address) = PhotoToken::read(token) else { return Ok(None) };
    let mut tx = me.begin_system("a phone opens an address for photos").await?;
    let found = look(&mut tx, me.app().vault(), &address, key(me).as_ref()).await;
    tx.rollback().await?;
    match found {
        // Used up before it was this phone's: it was another's.
        Ok((link, _)) => Ok((link.photos_left > 0 || link.key_mac.is_some()).then_some(link.photos_left)),
        Err(PhotoError::NotFound) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// `POST /photos/{token}`
async fn post(me: Visitor, Path(token): Path<String>, mut form: Incoming) -> web::Result {
    pass(&me).await?;
    let Some(address) = PhotoToken::read(&token) else { return gone(&me) };
    if photos_left(&me, &token).await?.is_none_or(|left| left < 1) {
        return gone(&me);
    }
    let photo = match take_photo(me.app(), &mut form).await {
        Ok(photo) => photo,
        Err(error) => match error.kind() {
            FaultKind::Invalid(errors) => return show(&me, &token, false, errors.clone()).await,
            _ => return Err(error),
        },
    };
    let mut tx = me.begin_system("a phone sends a photo into a visit").await?;
    match send_by_link(&mut tx, me.app().vault(), (&address, key(&me).as_ref()), photo).await {
        Ok(fresh) => {
            tx.commit().await?;
            let answer = me.redirect(&format!("/photos/{token}?sent=1"));
            Ok(match fresh {
                Some(key) => with_key(&me, answer, &key),
                None => answer,
            })
        }
        Err(PhotoError::NotFound) => gone(&me),
        Err(error) => match error.kind() {
            FaultKind::Invalid(errors) => {
                tx.rollback().await?;
                show(&me, &token, false, errors).await
            }
            _ => Err(error.into()),
        },
    }
}

fn with_key(me: &Ctx, mut answer: Response, key: &PhotoToken) -> Response {
    let secure = if me.app().base_url().scheme() == "https" { "; Secure" } else { "" };
    let seconds = LINK_MINUTES * 60;
    let cookie = format!("{COOKIE}={}; Path=/photos; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", key.expose());
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(SET_COOKIE, value);
    }
    answer
}
