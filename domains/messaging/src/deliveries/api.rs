use axum::extract::Path;
use kernel::{
    Cursor, PageRequest, Timestamp,
    ids::{AccountId, DeliveryId},
};
use notify::{
    Channel,
    deliveries::{self, State},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Admin, Query};

use super::{
    pages::record,
    store::{self, Filter, Line},
};

/// A letter, without what it says.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DeliveryView {
    id: DeliveryId,
    account_id: Option<AccountId>,
    /// `email` or `sms`.
    channel: String,
    /// `room.what`.
    kind: String,
    /// `waiting`, `sent`, `failed`, `refused`, `suppressed`, `unclear` or `void`.
    state: String,
    why: Option<String>,
    created_at: Timestamp,
    not_before: Option<Timestamp>,
    settled_at: Option<Timestamp>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DeliveryPage {
    items: Vec<DeliveryView>,
    next_cursor: Option<Cursor>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    state: String,
    channel: String,
    room: String,
    cursor: String,
    limit: Option<i64>,
}

impl From<Line> for DeliveryView {
    fn from(line: Line) -> Self {
        let Line { id, account, name: _, channel, kind, state, why, created_at, not_before, settled_at } = line;
        Self { id, account_id: account, channel, kind, state, why, created_at, not_before, settled_at }
    }
}

/// `GET /api/v1/admin/deliveries`
pub(super) async fn list(me: Admin, Query(wanted): Query<Wanted>) -> web::Result {
    let filter = Filter {
        state: State::from_word(&wanted.state).map(State::word),
        channel: deliveries::channel(&wanted.channel).map(Channel::word),
        room: &wanted.room,
    };
    let request = PageRequest::of(wanted.limit.unwrap_or(50), store::cursor(wanted.cursor.clone()));
    let mut tx = me.begin().await?;
    let found = store::list(&mut tx, filter, &request).await?.map(DeliveryView::from);
    tx.commit().await?;
    web::json(&DeliveryPage { items: found.items, next_cursor: found.next_cursor })
}

/// `POST /api/v1/admin/deliveries/{delivery}/retry`
pub(super) async fn retry(me: Admin, Path(id): Path<DeliveryId>) -> web::Result {
    let mut tx = me.begin_system("an administrator sends a letter again").await?;
    deliveries::retry(&mut tx, me.app().vault(), id).await?;
    record(&mut tx, "retried", id).await?;
    tx.commit().await?;
    Ok(web::no_content())
}
