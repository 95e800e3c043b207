use kernel::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Json, SignedIn};

use super::{open, pages::address, store};

/// The address itself is not shown again.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FeedView {
    open: bool,
    /// Whether entries name the other person.
    names: bool,
    opened_at: Option<Timestamp>,
    /// To the hour.
    read_at: Option<Timestamp>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct FeedBody {
    names: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OpenedView {
    /// Shown this once: keep it like a password.
    url: String,
    names: bool,
}

/// `GET /api/v1/calendar-feed`
pub(super) async fn show(me: SignedIn) -> web::Result {
    let mut tx = me.begin().await?;
    let feed = store::find(&mut tx, me.actor().account).await?;
    tx.commit().await?;
    let names = feed.as_ref().is_some_and(|feed| feed.names);
    let (opened_at, read_at) = (feed.as_ref().map(|feed| feed.created_at), feed.as_ref().and_then(|feed| feed.read_at));
    web::json(&FeedView { open: feed.is_some(), names, opened_at, read_at })
}

/// `POST /api/v1/calendar-feed`
pub(super) async fn open(me: SignedIn, Json(body): Json<FeedBody>) -> web::Result {
    let mut tx = me.begin().await?;
    let token = open::open(&mut tx, me.app().vault(), me.actor(), body.names).await?;
    tx.commit().await?;
    web::created(&OpenedView { url: address(me.app(), token.expose()), names: body.names })
}

/// `DELETE /api/v1/calendar-feed`
pub(super) async fn revoke(me: SignedIn) -> web::Result {
    let mut tx = me.begin().await?;
    open::revoke(&mut tx, me.actor()).await?;
    tx.commit().await?;
    Ok(web::no_content())
}
