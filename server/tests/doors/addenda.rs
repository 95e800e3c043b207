//! What is added to a signed note: by whom, once, in turn, told, and never changed unnoticed.

use access::Role;
use serde_json::{Value, json};

use crate::support::{Hospital, Story, Words};

fn text(text: &str) -> Value {
    json!({ "kind": "correction", "text": text })
}

fn path(story: &Story) -> String {
    format!("/api/v1/visits/{}/addenda", story.visit)
}

/// A signed visit with two additions.
async fn amended() -> (Hospital, Story) {
    let hospital = Hospital::open().await;
    let story = hospital.told(&Words::default()).await;
    let theirs = hospital.program(story.doctor).await;
    theirs.post_json(&path(&story), &text("It was the left elbow")).await.is(201);
    theirs.post_json(&path(&story), &json!({ "kind": "late_result", "text": "No fungus found" })).await.is(201);
    (hospital, story)
}

#[tokio::test]
async fn only_its_doctor_adds_and_only_to_a_signed_note() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let theirs = hospital.program(story.doctor).await;
    assert_eq!(theirs.post_json(&path(&story), &text("Too early")).await.is(409).json()["code"], "illegal_transition");
    hospital.sign_all(&story, &Words::default()).await;
    theirs.post_json(&path(&story), &text(" \n ")).await.is(422);
    theirs.post_json(&path(&story), &text(&"x".repeat(10_001))).await.is(422);
    for other in [hospital.doctor(&crate::support::offer()).await, hospital.member(Role::Doctor).await] {
        let answer = hospital.program(other).await.post_json(&path(&story), &text("Not mine")).await;
        assert!([403, 404].contains(&answer.status.as_u16()), "{}", answer.text());
    }
    hospital.program(story.patient).await.post_json(&path(&story), &text("Not mine")).await.is(403);
    assert_eq!(hospital.test.count("select count(*) from visit_addenda").await, 0);
    assert_eq!(theirs.post_json(&path(&story), &text("It was the left elbow")).await.is(201).json()["number"], 1);
}

#[tokio::test]
async fn the_patient_reads_it_at_once_and_is_told_and_the_trail_knows() {
    let (hospital, story) = amended().await;
    hospital.doors.work().await;
    let mine = hospital.program(story.patient).await;
    let read = mine.get(&format!("/api/v1/visits/{}/summary", story.visit)).await.is(200).json();
    let added: Vec<_> = read["addenda"].as_array().unwrap().iter().map(|one| (&one["number"], &one["text"])).collect();
    assert_eq!(added, [(&json!(1), &json!("It was the left elbow")), (&json!(2), &json!("No fungus found"))]);
    let page =
        hospital.browser(story.patient).await.get(&format!("/visits/{}/summary", story.visit)).await.is(200).text();
    assert!(page.contains("It was the left elbow") && !page.contains("/addenda\""), "read, and no form");
    let told = "select count(*) from notices where event_key like 'visit-amended:%'";
    assert_eq!(hospital.test.count(told).await, 2);
    let trail = "select count(*) from audit_log where action = 'amended' and object = 'visit_note'";
    assert_eq!(hospital.test.count(trail).await, 2);
}

#[tokio::test]
async fn who_has_not_read_the_last_one_is_told_and_what_is_sent_twice_stands_once() {
    let (hospital, story) = amended().await;
    let theirs = hospital.program(story.doctor).await;
    let at = |after: i32, text: &str| json!({ "kind": "late_result", "text": text, "after": after });
    assert_eq!(theirs.post_json(&path(&story), &at(1, "No fungus found")).await.is(201).json()["number"], 2);
    let stale = theirs.post_json(&path(&story), &at(1, "Something else")).await.is(409);
    assert_eq!((&stale.json()["code"], &stale.json()["version"]), (&json!("stale_version"), &json!(2)));
    let browser = hospital.browser(story.doctor).await;
    let form = format!("/visits/{}/summary", story.visit);
    assert!(browser.get(&form).await.is(200).text().contains("name=\"after\" value=\"2\""));
    let fields = [("kind", "addition"), ("text", "Typed & kept"), ("after", "1")];
    let again = browser.post_form(&format!("/visits/{}/addenda", story.visit), &fields).await.is(422).text();
    assert!(again.contains("Typed &#38; kept") && again.contains("name=\"after\" value=\"2\""), "{again}");
    let fields = [("kind", "addition"), ("text", "Typed & kept"), ("after", "2")];
    browser.post_form(&format!("/visits/{}/addenda", story.visit), &fields).await.is(303);
    assert_eq!(hospital.test.count("select count(*) from visit_addenda").await, 3);
}

#[tokio::test]
async fn nobody_changes_one_unnoticed_not_even_past_the_database() {
    let tricks = [
        (
            "signed a minute later",
            "update visit_addenda set signed_at = signed_at + interval '1 minute' where number = 1",
        ),
        (
            "another's words",
            "update visit_addenda a set content_sealed = b.content_sealed from visit_addenda b where a.number = 1 and b.number = 2",
        ),
        ("the first removed", "delete from visit_addenda where number = 1"),
        ("turned round", "update visit_addenda set number = 3 where number = 1"),
    ];
    for (what, trick) in tricks {
        let (hospital, story) = amended().await;
        let read = format!("/api/v1/visits/{}/summary", story.visit);
        let mine = hospital.program(story.patient).await;
        mine.get(&read).await.is(200);
        let guarded = hospital.test.refusal(trick).await;
        assert!(guarded.contains("does not change"), "{what}: {guarded}");
        hospital
            .test
            .force(&format!(
                "alter table visit_addenda disable trigger all; {trick}; alter table visit_addenda enable trigger all"
            ))
            .await;
        assert_eq!(mine.get(&read).await.status, 500, "{what}");
        assert_eq!(
            hospital.browser(story.patient).await.get(&format!("/visits/{}/summary", story.visit)).await.status,
            500,
            "{what}"
        );
    }
}
