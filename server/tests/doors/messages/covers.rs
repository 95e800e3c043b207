//! A doctor is away: who answers, from when until when, and that the patient sees it.

use serde_json::json;

use super::{WORDS, beginning, reply, threads_of, told, unread, written};
use crate::support::{Hospital, Person, Story, offer};

/// Somebody covers for the story's doctor from tomorrow (UTC) for two days. The id of the cover.
async fn covered(hospital: &Hospital, story: &Story, cover: Person) -> String {
    let today = hospital.test.now().await.date_in(&kernel::Zone::utc());
    let days = json!({ "cover_id": cover.id, "from": today.plus_days(1), "until": today.plus_days(2) });
    hospital.program(story.doctor).await.post_json("/api/v1/doctor/covers", &days).await.is(201).field("id")
}

/// So many days later, by the database's own clock, which judges covers. Past the trigger by which their days stand.
async fn days_pass(hospital: &Hospital, days: i32) {
    let moved = format!(
        "set session_replication_role = replica;
         update thread_covers set starts_at = starts_at - interval '{days} days', ends_at = ends_at - interval '{days} days'"
    );
    hospital.test.force(&moved).await;
}

#[tokio::test]
async fn who_covers_sees_the_threads_during_these_days_and_nothing_else() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let thread = written(&hospital, &story, WORDS).await;
    let (cover, stranger) = (hospital.doctor(&offer()).await, hospital.doctor(&offer()).await);
    covered(&hospital, &story, cover).await;
    let path = format!("/api/v1/threads/{thread}");
    let sees = async |who: Person, status: u16| {
        let client = hospital.program(who).await;
        client.get(&path).await.is(status);
        client.get(&format!("/doctor/messages/{thread}")).await.is(status);
        client.get(&format!("/doctor/patients/{}", story.patient.id)).await.is(404);
    };
    sees(cover, 404).await;
    hospital.doors.work().await;
    let told = format!("select kind from notices where account_id = '{}'", cover.id);
    assert_eq!(hospital.test.texts(&told).await, ["correspondence.cover"], "the colleague is told");

    days_pass(&hospital, 1).await;
    sees(cover, 200).await;
    sees(stranger, 404).await;
    let client = hospital.program(cover).await;
    assert_eq!(unread(&client).await, 0, "the page was seen");
    let listed = client.get("/api/v1/doctor/threads?show=cover").await.is(200).json();
    assert_eq!((&listed["items"][0]["id"], &listed["items"][0]["patient"]), (&json!(thread), &json!("Amina Rahman")));
    let mine = hospital.browser(story.patient).await;
    let page = mine.get(&format!("/messages/new?doctor={}", story.doctor.id)).await.is(200).text();
    assert!(page.contains("is away until") && page.contains("answers meanwhile"), "{page}");
    let own = threads_of(&story.patient.id.to_string());
    let begun = beginning(story.doctor, "Another question");
    let second = hospital.program(story.patient).await.post_json(&own, &begun).await.is(201).field("thread_id");
    let answered = reply(&client, &second, "For my colleague: yes").await;
    answered.is(201);
    let thread_now =
        hospital.program(story.patient).await.get(&format!("/api/v1/threads/{second}")).await.is(200).json();
    assert_eq!(thread_now["messages"][1]["doctor"], "Dr Nadia Karim");
    let log = format!(
        "select purpose from audit_log where actor = '{}' and patient_id = '{}' group by purpose",
        cover.id, story.patient.id
    );
    assert_eq!(hospital.test.texts(&log).await, ["cover"], "each read and answer says why");
    let shown = hospital.program(story.patient).await;
    let shown = shown.get(&format!("/api/v1/patients/{}/access-log", story.patient.id)).await.is(200).text();
    assert!(shown.contains("\"purpose\":\"cover\""), "{shown}");

    days_pass(&hospital, 2).await;
    sees(cover, 404).await;
    let client = hospital.program(cover).await;
    reply(&client, &second, "One more thing").await.is(404);
    assert_eq!(client.get("/api/v1/doctor/threads?show=all").await.is(200).json()["items"], json!([]));
    let back = hospital.program(story.doctor).await.get("/api/v1/doctor/threads?show=mine").await.is(200).json();
    assert_eq!(back["items"].as_array().unwrap().len(), 2, "they are the doctor's again: {back}");
}

#[tokio::test]
async fn a_patient_who_closed_the_record_to_the_cover_is_not_shown_and_a_cover_ends_early() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let thread = written(&hospital, &story, WORDS).await;
    let cover = hospital.doctor(&offer()).await;
    let id = covered(&hospital, &story, cover).await;
    days_pass(&hospital, 1).await;
    let path = format!("/api/v1/threads/{thread}");
    hospital.program(cover).await.get(&path).await.is(200);
    let mine = hospital.program(story.patient).await;
    let consents = format!("/api/v1/patients/{}/consents", story.patient.id);
    mine.post_json(&consents, &json!({ "doctor_id": cover.id })).await.is(201);
    hospital.program(cover).await.get(&path).await.is(200);
    let listed = hospital.program(cover).await.get("/api/v1/doctor/threads?show=cover").await.is(200).json();
    assert_eq!(listed["items"][0]["category"], json!(null), "what it is about stands in no list of theirs: {listed}");
    let inbox = hospital.browser(cover).await.get("/doctor/messages?show=cover").await.is(200).text();
    assert!(inbox.contains("Amina Rahman") && !inbox.contains("A medical question"), "{inbox}");
    let assigned = format!("select count(*) from threads where assignee_id = '{}'", cover.id);
    hospital.program(cover).await.post_json(&format!("{path}/assignment"), &json!({})).await.is(200);
    assert_eq!(hospital.test.count(&assigned).await, 1);
    mine.post_json(&format!("{consents}/{}/revocation", cover.id), &json!({})).await.is(200);
    assert_eq!(hospital.test.count(&assigned).await, 0, "with the patient's no it is the doctor's again");
    hospital.program(cover).await.get(&path).await.is(404);
    written(&hospital, &story, "Another matter").await;
    hospital.doors.work().await;
    assert_eq!(hospital.test.count(&assigned).await, 0, "who is shut out answers nothing");
    let told =
        format!("select count(*) from notices where account_id = '{}' and kind = 'correspondence.message'", cover.id);
    assert_eq!(hospital.test.count(&told).await, 0, "and is told of nothing");
    let refused = hospital.test.refusal("update thread_covers set ends_at = ends_at + interval '1 day'").await;
    assert!(refused.contains("a cover is ended and not altered"), "{refused}");
    let moved = format!("update threads set practitioner_id = '{}'", cover.id);
    let refused = hospital.test.refusal(&moved).await;
    assert!(refused.contains("keeps its patient and its doctor"), "{refused}");
    mine.post_json(&consents, &json!({ "doctor_id": cover.id })).await.is(201);
    hospital.program(cover).await.get(&path).await.is(200);
    let end = format!("/api/v1/doctor/covers/{id}/ending");
    hospital.program(hospital.doctor(&offer()).await).await.post_json(&end, &json!({})).await.is(404);
    hospital.program(cover).await.post_json(&end, &json!({})).await.is(200);
    hospital.program(cover).await.get(&path).await.is(404);
    hospital.program(story.doctor).await.post_json(&end, &json!({})).await.problem(409, "illegal_transition");
}

#[tokio::test]
async fn a_cover_is_another_doctor_on_days_to_come_and_one_at_a_time() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let cover = hospital.doctor(&offer()).await;
    let client = hospital.program(story.doctor).await;
    let today = hospital.test.now().await.date_in(&kernel::Zone::utc());
    let days = |who: Person, from: i32, until: i32| json!({ "cover_id": who.id, "from": today.plus_days(from), "until": today.plus_days(until) });
    for (wrong, field) in [
        (days(story.doctor, 1, 2), "cover_id"),
        (days(story.patient, 1, 2), "cover_id"),
        (days(cover, -1, 2), "from"),
        (days(cover, 3, 2), "until"),
        (days(cover, 1, 400), "until"),
    ] {
        let answer = client.post_json("/api/v1/doctor/covers", &wrong).await.is(422).json();
        assert_eq!(answer["errors"][0]["field"], field, "{answer}");
    }
    client.post_json("/api/v1/doctor/covers", &days(cover, 1, 2)).await.is(201);
    client.post_json("/api/v1/doctor/covers", &days(cover, 2, 3)).await.problem(409, "cover_overlaps");
    client.post_json("/api/v1/doctor/covers", &days(cover, 3, 3)).await.is(201);
    let browser = hospital.browser(story.doctor).await;
    browser.get("/doctor/cover").await.is(200);
    let kept = browser.post_form("/doctor/cover", &[("from", "soon"), ("cover_id", &cover.id.to_string())]).await;
    assert!(kept.is(422).text().contains("value=\"soon\""), "what was typed stays");
}
