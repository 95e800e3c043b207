use askama::Template;
use axum::extract::Path;
use kernel::{Fault, FaultKind, PageRequest, ids::DeliveryId};
use notify::{
    Channel,
    deliveries::{self, State},
    suppression,
};
use serde::Deserialize;
use web::{Admin, Form, PageFrame, Query};

use super::store::{self, Filter, LeftAlone, Line};

/// Rooms that write letters.
const ROOMS: [&str; 9] = [
    "scheduling",
    "billing",
    "consultations",
    "prescriptions",
    "community",
    "chart",
    "identity",
    "people",
    "messaging",
];

#[derive(Template)]
#[template(path = "deliveries/pages/list.html")]
struct ListPage {
    page: PageFrame,
    tabs: Vec<Tab>,
    state: String,
    channel: String,
    channels: Vec<(String, String)>,
    room: String,
    rooms: Vec<(String, String)>,
    rows: Vec<Row>,
    next: String,
    first: String,
}

struct Tab {
    href: String,
    label: String,
    count: String,
    current: bool,
}

struct Row {
    written: String,
    who: Option<Who>,
    what: String,
    channel: String,
    state: String,
    tone: &'static str,
    note: String,
    retry: Option<String>,
    lift: Option<String>,
}

struct Who {
    href: String,
    name: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    state: String,
    channel: String,
    room: String,
    cursor: String,
}

impl ListQuery {
    fn address(&self, state: &str, cursor: &str) -> String {
        let named = [("state", state), ("channel", &self.channel), ("room", &self.room), ("cursor", cursor)];
        let query: Vec<String> = named
            .into_iter()
            .filter(|(_, value)| {
                !value.is_empty() && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
            })
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if query.is_empty() { "/admin/deliveries".to_owned() } else { format!("/admin/deliveries?{}", query.join("&")) }
    }
}

/// `GET /admin/deliveries?state=&channel=&room=&cursor=`
pub(super) async fn list(me: Admin, Query(query): Query<ListQuery>) -> web::Result {
    let wanted = Filter {
        state: State::from_word(&query.state).map(State::word),
        channel: deliveries::channel(&query.channel).map(Channel::word),
        room: &query.room,
    };
    let request = PageRequest::of(50, store::cursor(query.cursor.clone()));
    let mut tx = me.begin().await?;
    let found = store::list(&mut tx, wanted, &request).await?;
    let mut tabs = vec![tab(&me, &query, None, String::new())];
    for state in State::ALL {
        let count = match state {
            State::Sent | State::Void => String::new(),
            _ => counted(store::count(&mut tx, state.word()).await?),
        };
        tabs.push(tab(&me, &query, Some(state), count));
    }
    tx.commit().await?;
    let page = me.page("messaging-deliveries-title");
    let word = |prefix: &str, word: &str| (word.to_owned(), me.t(format!("messaging-{prefix}-{word}")));
    web::render(&ListPage {
        tabs,
        state: query.state.clone(),
        channel: query.channel.clone(),
        channels: ["email", "sms"].map(|one| word("way", one)).to_vec(),
        room: query.room.clone(),
        rooms: ROOMS.map(|one| word("deliveries-room", one)).to_vec(),
        rows: found.items.into_iter().map(|line| row(&page, line)).collect(),
        next: found.next_cursor.map(|cursor| query.address(&query.state, &cursor.0)).unwrap_or_default(),
        first: if query.cursor.is_empty() { String::new() } else { query.address(&query.state, "") },
        page,
    })
}

fn tab(me: &Admin, query: &ListQuery, state: Option<State>, count: String) -> Tab {
    let word = state.map_or("all", State::word);
    Tab {
        href: query.address(state.map_or("", State::word), ""),
        label: me.t(format!("messaging-delivery-{word}")),
        count,
        current: State::from_word(&query.state) == state,
    }
}

fn counted(count: i64) -> String {
    match count {
        0 => String::new(),
        store::MANY => format!("{}+", store::MANY),
        some => some.to_string(),
    }
}

fn row(page: &PageFrame, line: Line) -> Row {
    let state = State::from_word(&line.state).unwrap_or(State::Waiting);
    let path = |verb: &str| Some(format!("/admin/deliveries/{}/{verb}", line.id));
    let topic = notify::Topic::of(&line.kind);
    let note = match (state, line.settled_at, line.not_before) {
        (State::Waiting, _, Some(until)) => page.tr("messaging-delivery-until", [("when", page.when(until).as_str())]),
        (_, Some(at), _) => page.when(at),
        (_, None, _) => String::new(),
    };
    let who = line.account.zip(line.name);
    Row {
        written: page.when(line.created_at),
        who: who.map(|(id, name)| Who { href: format!("/admin/accounts/{id}"), name }),
        what: page.t(format!("messaging-topic-{}", topic.word())),
        channel: page.t(format!("messaging-way-{}", line.channel)),
        state: page.t(format!("messaging-delivery-{}", state.word())),
        tone: tone(state),
        note: line
            .why
            .map_or_else(|| note.clone(), |why| if note.is_empty() { why.clone() } else { format!("{note} · {why}") }),
        retry: if state.can_be_retried() && state != State::Suppressed { path("retry") } else { None },
        lift: if matches!(state, State::Suppressed | State::Refused) { path("lifting") } else { None },
    }
}

/// The colour of a state, in this one place.
const fn tone(state: State) -> &'static str {
    match state {
        State::Waiting => "warn",
        State::Sent => "ok",
        State::Failed | State::Refused => "crit",
        State::Suppressed | State::Unclear => "info",
        State::Void => "",
    }
}

/// `POST /admin/deliveries/{delivery}/retry`
pub(super) async fn retry(me: Admin, Path(id): Path<DeliveryId>) -> web::Result {
    let mut tx = me.begin_system("an administrator sends a letter again").await?;
    deliveries::retry(&mut tx, me.app().vault(), id).await?;
    record(&mut tx, "retried", id).await?;
    tx.commit().await?;
    me.flash_ok("messaging-deliveries-retried");
    Ok(me.redirect("/admin/deliveries?state=waiting"))
}

/// `POST /admin/deliveries/{delivery}/lifting`
pub(super) async fn lift_and_retry(me: Admin, Path(id): Path<DeliveryId>) -> web::Result {
    let mut tx = me.begin_system("an administrator lifts a suppression").await?;
    deliveries::lift_and_retry(&mut tx, me.app().vault(), id).await?;
    record(&mut tx, "lifted", id).await?;
    tx.commit().await?;
    me.flash_ok("messaging-deliveries-lifted");
    Ok(me.redirect("/admin/deliveries?state=waiting"))
}

pub(super) async fn record(tx: &mut db::Tx, action: &'static str, id: DeliveryId) -> Result<(), db::Error> {
    let entry = audit::Entry { action, object: "delivery", object_id: id.uuid(), patient: None, purpose: "operations" };
    audit::record(tx, entry).await?;
    Ok(())
}

#[derive(Template)]
#[template(path = "deliveries/pages/addresses.html")]
struct AddressesPage {
    page: PageFrame,
    rows: Vec<Address>,
    next: String,
    first: String,
}

struct Address {
    since: String,
    channel: String,
    channel_word: String,
    reason: String,
    hash: String,
    start: String,
    who: Option<Who>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AddressQuery {
    cursor: String,
}

/// `GET /admin/deliveries/addresses`
pub(super) async fn addresses(me: Admin, Query(query): Query<AddressQuery>) -> web::Result {
    let request = PageRequest::of(50, store::cursor(query.cursor.clone()));
    let mut tx = me.begin().await?;
    let found = store::list_left_alone(&mut tx, &request).await?;
    tx.commit().await?;
    let here = "/admin/deliveries/addresses";
    let page = me.page("messaging-addresses-title");
    web::render(&AddressesPage {
        rows: found.items.into_iter().map(|row| address(&page, row)).collect(),
        next: found.next_cursor.map(|cursor| format!("{here}?cursor={}", cursor.0)).unwrap_or_default(),
        first: if query.cursor.is_empty() { String::new() } else { here.to_owned() },
        page,
    })
}

fn address(page: &PageFrame, row: LeftAlone) -> Address {
    let who = row.account.zip(row.name);
    Address {
        since: page.when(row.since),
        channel_word: page.t(format!("messaging-way-{}", row.channel)),
        reason: page.t(format!("messaging-addresses-{}", row.reason)),
        start: row.hash.chars().take(12).collect(),
        who: who.map(|(id, name)| Who { href: format!("/admin/accounts/{id}"), name }),
        channel: row.channel,
        hash: row.hash,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LiftForm {
    channel: String,
    address: String,
}

#[derive(Debug, thiserror::Error)]
#[error("no such address")]
struct NoAddress;

impl Fault for NoAddress {
    fn kind(&self) -> FaultKind {
        FaultKind::NotFound
    }
}

/// `POST /admin/deliveries/addresses/lifting`; safe to repeat.
pub(super) async fn lift(me: Admin, Form(form): Form<LiftForm>) -> web::Result {
    let channel = deliveries::channel(&form.channel).ok_or(NoAddress)?;
    let hash = store::unhex(&form.address).ok_or(NoAddress)?;
    let mut tx = me.begin_system("an administrator lifts a suppression").await?;
    suppression::lift_hash(&mut tx, channel, &hash).await?;
    let object_id = uuid::Uuid::from_slice(hash.get(..16).unwrap_or_default()).unwrap_or_default();
    let entry = audit::Entry {
        action: "lifted",
        object: "suppressed_address",
        object_id,
        patient: None,
        purpose: "operations",
    };
    audit::record(&mut tx, entry).await?;
    tx.commit().await?;
    me.flash_ok("messaging-addresses-lifted");
    Ok(me.redirect("/admin/deliveries/addresses"))
}
