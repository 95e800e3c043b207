//! Vaccinations: written by the patient and by the doctor, taken back by who may, sealed, and never deleted.

use serde_json::{Value, json};

use crate::support::{Hospital, Person, Story, Words};

fn path(story: &Story) -> String {
    format!("/api/v1/patients/{}/immunizations", story.patient.id)
}

fn mmr(given_on: &str) -> Value {
    json!({ "code": "03", "given_on": given_on, "dose": 2, "lot": "K4711", "given_by": "City clinic" })
}

async fn names(hospital: &Hospital, story: &Story, who: Person) -> Vec<String> {
    let read = hospital.program(who).await.get(&path(story)).await.is(200).json();
    let items = read["items"].as_array().unwrap().iter();
    items.map(|one| format!("{} {}", one["given_on"].as_str().unwrap(), one["name"].as_str().unwrap())).collect()
}

#[tokio::test]
async fn patient_and_doctor_write_and_the_latest_stands_first() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    mine.post_json(&path(&story), &mmr("1994-03-01")).await.is(201);
    theirs.post_json(&path(&story), &json!({ "code": "88", "given_on": "2025-10-02" })).await.is(201);
    for reader in [story.patient, story.doctor] {
        assert_eq!(names(&hospital, &story, reader).await, ["2025-10-02 Influenza, unspecified", "1994-03-01 MMR"]);
    }
    for (refused, field) in [
        (mmr("1980-01-01"), "given_on"),
        (mmr("2999-01-01"), "given_on"),
        (json!({ "code": "x", "given_on": "2020-01-01" }), "code"),
    ] {
        let answer = mine.post_json(&path(&story), &refused).await.is(422).json();
        assert_eq!(answer["errors"][0]["field"], field, "{answer}");
    }
    let stranger = hospital.doctor(&crate::support::offer()).await;
    hospital.program(stranger).await.get(&path(&story)).await.is(404);
    hospital.program(stranger).await.post_json(&path(&story), &mmr("2020-01-01")).await.is(404);
    let clear = "select count(*) from immunizations where position('MMR'::bytea in content_sealed) > 0";
    assert_eq!(hospital.test.count(clear).await, 0);
    let chart = hospital.browser(story.doctor).await.get(&format!("/doctor/patients/{}", story.patient.id)).await;
    assert!(chart.is(200).text().contains("Influenza, unspecified"), "it stands on the timeline");
}

#[tokio::test]
async fn patients_take_back_their_own_and_doctors_anything_and_nothing_is_deleted() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    let own = mine.post_json(&path(&story), &mmr("1994-03-01")).await.is(201).field("id");
    let others = theirs.post_json(&path(&story), &mmr("2001-03-01")).await.is(201).field("id");
    let back = |id: &str| format!("{}/{id}/withdrawal", path(&story));
    mine.post_json(&back(&others), &json!({})).await.is(403);
    mine.post_json(&back(&own), &json!({})).await.is(200);
    mine.post_json(&back(&own), &json!({})).await.problem(409, "illegal_transition");
    theirs.post_json(&back(&others), &json!({})).await.is(200);
    assert!(names(&hospital, &story, story.patient).await.is_empty());
    assert_eq!(hospital.test.count("select count(*) from immunizations").await, 2);
    let browser = hospital.browser(story.patient).await;
    browser.get("/record/immunizations").await.is(200);
    let typed = [("code", "03"), ("given_on", "soon"), ("given_by", "Kept & shown")];
    let again = browser.post_form("/record/immunizations", &typed).await.is(422).text();
    assert!(again.contains("Kept &#38; shown") && again.contains("Enter the day it was given."), "{again}");
}
