//! Who is let into a media room, and who is put out of it.

use std::time::{Duration, Instant};

use rtc::testing::{Client as Peer, turn_until};
use serde_json::{Value, json};
use testkit::Client;
use tokio::task::JoinSet;

use crate::support::{Hospital, Story, Words};

const PATIENCE: Duration = Duration::from_secs(10);
/// Keeping rooms is a matter of half a second; a machine under load gets some more.
const SOON: Duration = Duration::from_secs(3);

/// A hospital whose rooms are kept, as `serve` does it.
async fn open() -> (Hospital, Story, JoinSet<()>) {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let mut tasks = JoinSet::new();
    tasks.spawn(consultations::keep_rooms(hospital.app.clone()));
    (hospital, story, tasks)
}

async fn ticket(client: &Client, story: &Story) -> String {
    client.post_json(&format!("/api/v1/visits/{}/room-tokens", story.visit), &json!({})).await.is(201).field("token")
}

fn knock(token: &str, offer: &str) -> Value {
    json!({ "token": token, "client": "a page", "offer": offer })
}

fn media(story: &Story) -> String {
    format!("/api/v1/visits/{}/media", story.visit)
}

/// In the room, connected.
async fn inside(client: &Client, story: &Story) -> Peer {
    let token = ticket(client, story).await;
    let (mut peer, offer) = Peer::udp();
    let answer = client.post_json(&media(story), &knock(&token, &offer)).await.is(201).field("answer");
    peer.accept(&answer).unwrap();
    assert!(turn_until(&mut [&mut peer], PATIENCE, |peers| peers[0].connected));
    peer
}

/// Seconds until the peer was put out.
fn put_out(peer: &mut Peer) -> Duration {
    let began = Instant::now();
    assert!(turn_until(&mut [peer], SOON, |peers| peers[0].closed), "still in the room");
    began.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn when_an_appointment_no_longer_stands_its_ticket_is_refused_and_whoever_is_in_the_room_is_put_out() {
    let (hospital, story, _tasks) = open().await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    let mut peer = inside(&theirs, &story).await;
    let token = ticket(&mine, &story).await;

    let gone = format!(
        "update appointments set status = 'cancelled_by_platform', visit_status = 'not_open' where id = '{}'",
        story.appointment
    );
    hospital.test.force(&gone).await;

    let refused = mine.post_json(&media(&story), &knock(&token, &Peer::udp().1)).await;
    refused.problem(409, "visit_closed");
    println!("put out after {:?}", tokio::task::block_in_place(|| put_out(&mut peer)));
    let again = mine.post_json(&format!("/api/v1/visits/{}/room-tokens", story.visit), &json!({})).await;
    again.problem(409, "visit_closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_visit_ends_its_tickets_are_worth_nothing_and_the_room_is_empty() {
    let (hospital, story, _tasks) = open().await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    let mut peer = inside(&mine, &story).await;
    let token = ticket(&mine, &story).await;
    theirs.post_json(&format!("/api/v1/visits/{}/ending", story.visit), &json!({})).await.is(200);
    mine.post_json(&media(&story), &knock(&token, &Peer::udp().1)).await.problem(409, "token_invalid");
    tokio::task::block_in_place(|| put_out(&mut peer));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_is_for_one_person_of_the_visit() {
    let (hospital, story, _tasks) = open().await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    let token = ticket(&mine, &story).await;
    theirs.post_json(&media(&story), &knock(&token, &Peer::udp().1)).await.problem(409, "token_invalid");
    let stranger = hospital.program(hospital.patient().await).await;
    stranger.post_json(&media(&story), &knock(&token, &Peer::udp().1)).await.is(404);
}

/// The invitation by the doctor: the link's path.
pub(crate) async fn invited(client: &Client, story: &Story) -> String {
    let path = format!("/api/v1/visits/{}/guests", story.visit);
    let link = client.post_json(&path, &json!({ "role": "interpreter" })).await.is(201).field("link");
    link[link.find("/guests/").unwrap()..].to_owned()
}

/// A guest who has opened the link, and its id.
pub(crate) async fn come(hospital: &Hospital, link: &str) -> (Client, String) {
    // As a browser says it of a script of our own page.
    let guest = hospital.doors.visitor().with_header("sec-fetch-site", "same-origin");
    guest.get(link).await.is(200);
    guest.post_form(link, &[("name", ""), ("agrees", "")]).await.is(422);
    let room = guest.post_form(link, &[("name", " Samira  Haddad "), ("agrees", "yes")]).await.is(303);
    let id = room.location().rsplit('/').next().unwrap().to_owned();
    (guest, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_third_party_comes_when_both_have_agreed_and_goes_when_one_has_not() {
    let (hospital, story, _tasks) = open().await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    let link = invited(&theirs, &story).await;
    let (guest, id) = come(&hospital, &link).await;
    hospital.doors.visitor().get(&link).await.is(404);
    let visit = format!("/api/v1/visits/{}/guests", story.visit);
    let (here, knocks) = (format!("/api/v1/guests/{id}"), format!("/api/v1/guests/{id}/media"));
    assert_eq!(guest.get(&here).await.is(200).json()["standing"], "waiting");
    hospital.doors.visitor().get(&here).await.is(404);

    let offer = json!({ "offer": Peer::udp().1 });
    guest.post_json(&knocks, &offer).await.problem(409, "not_admitted");
    theirs.post_json(&format!("{visit}/{id}/admission"), &json!({})).await.problem(409, "consent_missing");
    theirs.post_json(&format!("{visit}/{id}/consent"), &json!({})).await.is(200);
    theirs.post_json(&format!("{visit}/{id}/admission"), &json!({})).await.problem(409, "consent_missing");
    mine.post_json(&format!("{visit}/{id}/admission"), &json!({})).await.is(403);
    mine.post_json(&format!("{visit}/{id}/consent"), &json!({})).await.is(200);
    theirs.post_json(&format!("{visit}/{id}/admission"), &json!({})).await.is(200);
    let listed = mine.get(&visit).await.is(200).json();
    assert_eq!(listed["items"][0]["name"], "Samira Haddad");
    assert_eq!(listed["items"][0]["standing"], "admitted");

    let (mut peer, offer) = Peer::udp();
    let answer = guest.post_json(&knocks, &json!({ "offer": offer })).await.is(201).field("answer");
    peer.accept(&answer).unwrap();
    assert!(tokio::task::block_in_place(|| turn_until(&mut [&mut peer], PATIENCE, |peers| peers[0].connected)));
    let mut doctor = inside(&theirs, &story).await;
    let lines = guest.get(&knocks).await.is(200).json();
    assert_eq!(lines["lines"].as_array().map(Vec::len), Some(2), "sound and picture of the doctor: {lines}");
    assert!(lines["lines"].as_array().unwrap().iter().all(|line| line["role"] == "doctor"));
    assert!(theirs.get(&media(&story)).await.is(200).text().contains("Samira Haddad"));

    mine.post_json(&format!("{visit}/{id}/revocation"), &json!({})).await.is(200);
    tokio::task::block_in_place(|| put_out(&mut peer));
    assert_eq!(guest.get(&here).await.is(200).json()["standing"], "revoked");
    guest.post_json(&knocks, &json!({ "offer": Peer::udp().1 })).await.is(404);
    tokio::task::block_in_place(|| turn_until(&mut [&mut doctor], Duration::from_millis(50), |_| false));
    assert!(!doctor.closed, "the others stay");
    let kinds = hospital.test.texts("select kind from visit_events where guest_id is not null order by id").await;
    assert_eq!(kinds, ["invited", "came", "consented", "consented", "admitted", "joined", "revoked"]);
}

#[tokio::test]
async fn invitations_are_few_are_for_the_two_and_run_out() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    let visit = format!("/api/v1/visits/{}/guests", story.visit);
    let stranger = hospital.program(hospital.patient().await).await;
    stranger.post_json(&visit, &json!({ "role": "family" })).await.is(404);
    let first = invited(&mine, &story).await;
    invited(&theirs, &story).await;
    mine.post_json(&visit, &json!({ "role": "family" })).await.problem(409, "too_many_guests");
    hospital.test.pass_minutes(61);
    hospital.doors.visitor().get(&first).await.is(404);
    let listed = hospital.program(story.patient).await.get(&visit).await.is(200).json();
    assert_eq!(listed["items"][0]["standing"], "expired");
    hospital.doors.visitor().get(&format!("/guests/links/{}", "0".repeat(64))).await.is(404);
}

#[tokio::test]
async fn nobody_consents_for_the_other_not_even_by_sql() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let theirs = hospital.program(story.doctor).await;
    let link = invited(&theirs, &story).await;
    come(&hospital, &link).await;
    let refusal = hospital.test.refusal("update visit_guests set patient_consented_at = now()").await;
    assert!(refusal.contains("visit_guests_own_consent") || refusal.contains("giver"), "{refusal}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ways_are_tried_without_a_visit() {
    let (hospital, story, _tasks) = open().await;
    let mine = hospital.program(story.patient).await;
    mine.post_json("/api/v1/network-tries", &json!({ "offer": "none" })).await.is(422);
    let (mut peer, offer) = Peer::udp();
    let tried = mine.post_json("/api/v1/network-tries", &json!({ "offer": offer })).await.is(201);
    peer.accept(&tried.field("answer")).unwrap();
    tokio::task::block_in_place(|| {
        assert!(turn_until(&mut [&mut peer], PATIENCE, |peers| peers[0].connected));
        turn_until(&mut [&mut peer], Duration::from_millis(1200), |_| false);
    });
    assert!(!peer.closed, "a try is no seat in a visit, and is not cleared like one");
    hospital.doors.visitor().post_json("/api/v1/network-tries", &json!({ "offer": "none" })).await.is(401);
}
