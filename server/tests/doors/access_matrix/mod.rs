//! Every route × every kind of person × {own, somebody else's, absent}.
//!
//! | who asks | of a route that is not theirs | of somebody else's object | of their own |
//! |---|---|---|---|
//! | a visitor | 401, or the way to sign in | 401, or the way to sign in | – |
//! | signed in, in another role | 403 | 403 | – |
//! | in the right role | – | 404, word for word as for an id that nobody has | anything but 401, 403, 404 |
//!
//! Nobody ever gets a 5xx. What differs stands in `exceptions`, with its reason; that list may only shrink.

mod bodies;
mod cast;
mod exceptions;
mod sockets;
mod table;

use http::Method;
use testkit::{Answer, Client};
use web::{Declared, Who as For};

use self::{
    cast::{Cast, Objects, Who},
    exceptions::{EXCEPTIONS, Instead},
};
use crate::support::{Hospital, Words};

/// Every route of the house.
pub(crate) fn routes() -> Vec<Declared> {
    let mut rooms = server::wiring::rooms();
    rooms.push(web::room());
    rooms.iter().flat_map(|room| room.routes.declared().to_vec()).collect()
}

fn title(route: &Declared) -> String {
    format!("{} {}", route.method, route.path)
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_reaches_what_is_not_theirs_in_a_finished_visit() {
    let hospital = Hospital::open().await;
    let story = hospital.told(&Words::default()).await;
    strangers_are_kept_out(&hospital, Cast::gather(&hospital, story).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_reaches_what_is_not_theirs_in_an_open_visit() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    strangers_are_kept_out(&hospital, Cast::gather(&hospital, story).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_a_route_is_for_reaches_their_own() {
    let hospital = Hospital::open().await;
    let story = hospital.told(&Words::default()).await;
    let cast = Cast::gather(&hospital, story).await;
    let mut routes = routes();
    routes.retain(|route| matches!(route.who, For::Audience(_)));
    // What changes things comes last, and of that what leaves others without an object.
    routes.sort_by_key(|route| {
        let closes = route.path.ends_with("revocation");
        (route.method != "GET", route.path.starts_with("/admin"), ends_things(route.path), closes)
    });
    let mut faults = Vec::new();
    for route in &routes {
        for who in Who::ALL.into_iter().filter(|who| admits(route, *who) && who.reaches(route.path)) {
            // Some routes end the session that asks.
            let client = cast.fresh(&hospital, who).await;
            let answer = ask(&client, route, &cast.own).await;
            let status = answer.status.as_u16();
            let right = match instead(route, who) {
                Some(Instead::Nothing) => status == 404,
                _ => !matches!(status, 401 | 403 | 404 | 500..),
            };
            if !right {
                faults.push(format!("{} as {who:?}: {status}", title(route)));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[tokio::test]
async fn the_reason_of_a_visit_is_for_its_two_and_for_no_administrator() {
    let hospital = Hospital::open().await;
    let words = Words::default();
    let story = hospital.met(&words).await;
    let path = format!("/appointments/{}", story.appointment);
    let cast = Cast::gather(&hospital, story).await;
    for (who, reads) in [(Who::Owner, true), (Who::Doctor, true), (Who::Administrator, false)] {
        let page = cast.client(&hospital, who).get(&path).await.is(200).text();
        assert_eq!(page.contains(&words.reason), reads, "{who:?}");
    }
}

#[test]
fn every_exception_has_its_route_and_its_reason() {
    let titles: Vec<_> = routes().iter().map(title).collect();
    for exception in EXCEPTIONS {
        assert!(titles.iter().any(|title| title == exception.route), "{} is gone", exception.route);
        assert!(!exception.why.is_empty() && !exception.who.is_empty(), "{} has no reason", exception.route);
    }
}

async fn strangers_are_kept_out(hospital: &Hospital, cast: Cast) {
    cast.give_passkey(hospital).await;
    let mut faults = Vec::new();
    for route in &routes() {
        for who in Who::ALL {
            let client = cast.client(hospital, who);
            let fault = fault(&client, &cast, route, who).await;
            faults.extend(fault.map(|fault| format!("{} as {who:?}: {fault}", title(route))));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// What is wrong with the answer that this person gets for somebody else's objects.
async fn fault(client: &Client, cast: &Cast, route: &Declared, who: Who) -> Option<String> {
    let admitted = admits(route, who);
    let is_public = matches!(route.who, For::Public(_));
    // Another test's business.
    if admitted && who.reaches(route.path) && !is_public {
        return None;
    }
    let answer = ask(client, route, &cast.own).await;
    let status = answer.status.as_u16();
    let right = match &route.who {
        _ if status >= 500 => false,
        For::Public(_) => !matches!(status, 401 | 403) || route.path.starts_with("/webhooks/"),
        For::Audience(_) if who == Who::Visitor => asks_to_sign_in(route, &answer),
        For::Audience(_) if !admitted => status == 403,
        For::Audience(_) => {
            let absent = ask(client, route, &cast.absent).await;
            let same = answer.status == absent.status && cast.masked(&answer) == cast.masked(&absent);
            match instead(route, who) {
                Some(Instead::ByRight) => absent.status == 404,
                Some(Instead::LikeAbsent) => same,
                Some(Instead::Nothing) | None => same && status == 404,
            }
        }
    };
    (!right).then(|| format!("{status}\n    {}", answer.text().chars().take(200).collect::<String>()))
}

fn asks_to_sign_in(route: &Declared, answer: &Answer) -> bool {
    if route.path.starts_with("/api/") {
        return answer.status == 401 && answer.json()["code"] == "sign_in_needed";
    }
    answer.status == 303 && answer.header("location").starts_with("/sign-in?next=")
}

fn admits(route: &Declared, who: Who) -> bool {
    match route.who {
        For::Public(_) => true,
        For::Audience(audience) => who.is_of(audience),
    }
}

/// Other routes have nothing left to answer about afterwards.
fn ends_things(path: &str) -> bool {
    [
        "withdrawal",
        "revocation",
        "removal",
        "review",
        "ending",
        "cancellation",
        "sessions/end",
        "others/end",
        "sign-out",
        "{calendar}",
    ]
    .iter()
    .any(|end| path.ends_with(end))
}

fn instead(route: &Declared, who: Who) -> Option<Instead> {
    let title = title(route);
    let found = EXCEPTIONS.iter().find(|exception| exception.route == title && exception.who.contains(&who));
    found.map(|exception| exception.instead)
}

async fn ask(client: &Client, route: &Declared, objects: &Objects) -> Answer {
    let path = objects.path(route.path);
    let method: Method = route.method.parse().unwrap();
    if method == Method::GET {
        return client.get(&path).await;
    }
    if route.path.starts_with("/api/") || route.path.starts_with("/webhooks/") {
        let body = bodies::of(&method, route.path, objects).to_string();
        return client.ask(method, &path, Some(("application/json", body.into()))).await;
    }
    client.post_form(&path, bodies::form_of(route.path)).await
}
