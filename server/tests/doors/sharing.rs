//! Sharing a screen: one at a time, said to go on, and a third party's by the doctor's leave alone.

use serde_json::{Value, json};
use testkit::{Answer, Client};

use crate::{
    calls::{come, invited},
    support::{Hospital, Story, Words},
};

async fn met() -> (Hospital, Story, Client, Client) {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    (hospital, story, mine, theirs)
}

fn path(story: &Story) -> String {
    format!("/api/v1/visits/{}/screen-share", story.visit)
}

async fn share(client: &Client, story: &Story, page: &str) -> Answer {
    client.post_json(&path(story), &json!({ "client": page })).await
}

async fn take_over(client: &Client, story: &Story, page: &str) -> Answer {
    client.post_json(&path(story), &json!({ "client": page, "take_over": true })).await
}

async fn say(client: &Client, story: &Story, what: &str, page: &str) -> Answer {
    client.post_json(&format!("{}/{what}", path(story)), &json!({ "client": page })).await
}

async fn reasons(hospital: &Hospital) -> Vec<String> {
    hospital.test.texts("select coalesce(end_reason, '-') from screen_shares order by id").await
}

#[tokio::test]
async fn one_screen_is_shared_at_a_time_and_the_second_is_asked_whether_to_take_over() {
    let (hospital, story, mine, theirs) = met().await;
    let first = share(&theirs, &story, "desk").await.is(201).field("id");
    assert_eq!(share(&theirs, &story, "desk").await.is(201).field("id"), first, "said again it is the same");
    share(&mine, &story, "laptop").await.problem(409, "screen_shared");
    say(&mine, &story, "ending", "laptop").await.is(200);
    say(&theirs, &story, "renewal", "desk").await.is(200);
    take_over(&mine, &story, "laptop").await.is(201);
    say(&theirs, &story, "renewal", "desk").await.problem(409, "not_sharing");
    say(&theirs, &story, "ending", "desk").await.is(200);
    say(&mine, &story, "renewal", "laptop").await.is(200);
    // Another page of the same person.
    share(&mine, &story, "tablet").await.is(201);
    say(&mine, &story, "ending", "laptop").await.is(200);
    say(&mine, &story, "renewal", "tablet").await.is(200);
    say(&mine, &story, "ending", "tablet").await.is(200);
    assert_eq!(reasons(&hospital).await, ["taken_over", "left", "stopped"]);
    let stranger = hospital.program(hospital.patient().await).await;
    share(&stranger, &story, "elsewhere").await.is(404);
    share(&mine, &story, "").await.problem(422, "invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_share_at_once_one_does() {
    let (hospital, story, mine, theirs) = met().await;
    for round in 0..6 {
        let (one, other) = if round % 2 == 0 {
            tokio::join!(share(&mine, &story, "laptop"), share(&theirs, &story, "desk"))
        } else {
            tokio::join!(take_over(&mine, &story, "laptop"), take_over(&theirs, &story, "desk"))
        };
        let mut statuses = [one.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        // One may come wholly after the other, and take over.
        assert!(statuses == [201, 409] || (round % 2 == 1 && statuses == [201, 201]), "{statuses:?}");
        let live = "select count(*) from screen_shares where ended_at is null";
        assert_eq!(hospital.test.count(live).await, 1, "in round {round}");
        say(&mine, &story, "ending", "laptop").await.is(200);
        say(&theirs, &story, "ending", "desk").await.is(200);
    }
}

#[tokio::test]
async fn a_page_that_falls_silent_shares_no_longer() {
    let (hospital, story, mine, theirs) = met().await;
    share(&theirs, &story, "desk").await.is(201);
    share(&mine, &story, "laptop").await.problem(409, "screen_shared");
    hospital.test.pass_minutes(1);
    share(&mine, &story, "laptop").await.is(201);
    assert_eq!(reasons(&hospital).await, ["lost", "-"]);
}

#[tokio::test]
async fn leaving_and_the_end_of_the_visit_end_it() {
    let (hospital, story, mine, theirs) = met().await;
    share(&mine, &story, "laptop").await.is(201);
    let media = format!("/api/v1/visits/{}/media", story.visit);
    let leaver = Some(("application/json", json!({ "client": "laptop" }).to_string().into_bytes()));
    mine.ask(http::Method::DELETE, &media, leaver).await.is(200);
    share(&theirs, &story, "desk").await.is(201);
    theirs.post_json(&format!("/api/v1/visits/{}/ending", story.visit), &json!({})).await.is(200);
    assert_eq!(reasons(&hospital).await, ["left", "visit_over"]);
    take_over(&theirs, &story, "desk").await.problem(409, "visit_closed");
    say(&theirs, &story, "renewal", "desk").await.problem(409, "visit_closed");
}

#[tokio::test]
async fn a_third_party_shares_while_the_doctor_lets_it_and_takes_over_from_nobody() {
    let (hospital, story, mine, theirs) = met().await;
    let (guest, id) = come(&hospital, &invited(&theirs, &story).await).await;
    let at = format!("/api/v1/visits/{}/guests/{id}", story.visit);
    let here = format!("/api/v1/guests/{id}");
    let page = json!({ "client": "booth" });
    let start = async || guest.post_json(&format!("{here}/screen-share"), &page).await;
    let renew = async || guest.post_json(&format!("{here}/screen-share/renewal"), &page).await;
    theirs.post_json(&format!("{at}/sharing"), &json!({ "allowed": true })).await.problem(409, "guest_not_there");
    mine.post_json(&format!("{at}/consent"), &json!({})).await.is(200);
    theirs.post_json(&format!("{at}/admission"), &json!({})).await.is(200);
    start().await.problem(409, "sharing_not_allowed");
    mine.post_json(&format!("{at}/sharing"), &json!({ "allowed": true })).await.is(403);
    let refusal = hospital.test.refusal("update visit_guests set may_share_since = now()").await;
    assert!(refusal.contains("lets a third party share") || refusal.contains("share_by_leave"), "{refusal}");

    theirs.post_json(&format!("{at}/sharing"), &json!({ "allowed": true })).await.is(200);
    share(&mine, &story, "laptop").await.is(201);
    start().await.problem(409, "screen_shared");
    let standing = guest.get(&here).await.is(200).json();
    assert_eq!((&standing["may_share"], &standing["sharing"]["role"]), (&json!(true), &json!("patient")));
    say(&mine, &story, "ending", "laptop").await.is(200);
    start().await.is(201);
    renew().await.is(200);
    assert_eq!(guest.get(&here).await.is(200).json()["sharing"]["mine"], true);

    theirs.post_json(&format!("{at}/sharing"), &json!({ "allowed": false })).await.is(200);
    renew().await.problem(409, "sharing_not_allowed");
    assert_eq!(guest.get(&here).await.is(200).json()["sharing"], Value::Null);
    theirs.post_json(&format!("{at}/sharing"), &json!({ "allowed": true })).await.is(200);
    start().await.is(201);
    mine.post_json(&format!("{at}/revocation"), &json!({})).await.is(200);
    start().await.problem(409, "sharing_not_allowed");
    assert_eq!(reasons(&hospital).await, ["stopped", "withdrawn", "withdrawn"]);
    hospital.doors.visitor().post_json(&format!("{here}/screen-share"), &page).await.is(404);
}
