//! A call that is repeated because its answer was lost.

use serde_json::json;
use tokio::task::JoinSet;

use crate::support::{Hospital, offer};

#[tokio::test]
async fn the_same_key_and_body_give_the_same_answer_and_one_effect() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let client = hospital.program(patient).await.with_header("idempotency-key", "k-1");
    let path = format!("/api/v1/patients/{}/allergies", patient.id);

    let first = client.post_json(&path, &json!({ "substance": "Latex" })).await.is(201);
    let second = client.post_json(&path, &json!({ "substance": "Latex" })).await.is(201);

    assert_eq!(first.body, second.body);
    assert_eq!(second.header("content-type"), first.header("content-type"));
    assert_eq!((first.header("idempotency-replayed"), second.header("idempotency-replayed")), ("", "true"));
    assert_eq!(hospital.test.count("select count(*) from allergies").await, 1);
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let client = hospital.program(patient).await.with_header("idempotency-key", "k-1");
    let path = format!("/api/v1/patients/{}/allergies", patient.id);
    client.post_json(&path, &json!({ "substance": "Latex" })).await.is(201);

    client.post_json(&path, &json!({ "substance": "Peanuts" })).await.problem(422, "invalid");
    client.post_json(&format!("{path}/none-known"), &json!({})).await.problem(422, "invalid");

    assert_eq!(hospital.test.count("select count(*) from allergies").await, 1);
}

#[tokio::test]
async fn a_key_is_its_accounts_own() {
    let hospital = Hospital::open().await;
    for patient in hospital.patients(2).await {
        let client = hospital.program(patient).await.with_header("idempotency-key", "k-1");
        let path = format!("/api/v1/patients/{}/allergies", patient.id);
        client.post_json(&path, &json!({ "substance": "Latex" })).await.is(201);
    }
    assert_eq!(hospital.test.count("select count(*) from allergies").await, 2);
}

#[tokio::test]
async fn a_refusal_is_repeated_too() {
    let hospital = Hospital::open().await;
    let (patient, other, doctor) =
        (hospital.patient().await, hospital.patient().await, hospital.doctor(&offer()).await);
    let taken = hospital.held(other, doctor, "10:00").await;
    let client = hospital.program(patient).await.with_header("idempotency-key", "k-1");
    let wish = json!({ "doctor_id": doctor.id, "starts_at": hospital.at("10:00"), "mode": "video" });
    let first = client.post_json("/api/v1/appointments", &wish).await;
    first.problem(409, "slot_taken");
    let path = format!("/api/v1/appointments/{taken}/cancellation");
    hospital.program(other).await.post_json(&path, &json!({})).await;

    let second = client.post_json("/api/v1/appointments", &wish).await;

    assert_eq!((first.status, first.body), (second.status, second.body));
    assert_eq!(second.headers["content-type"], "application/problem+json");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_once_with_one_key_one_acts_and_the_others_wait_or_hear_the_same() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let client = hospital.program(patient).await.with_header("idempotency-key", "k-1");
    let path = format!("/api/v1/patients/{}/allergies", patient.id);
    let mut storm = JoinSet::new();
    for _ in 0..50 {
        let (client, path) = (client.clone(), path.clone());
        storm.spawn(async move { client.post_json(&path, &json!({ "substance": "Latex" })).await });
    }

    let mut told = Vec::new();
    for answer in storm.join_all().await {
        if answer.status == 409 {
            answer.problem(409, "key_in_use");
        } else {
            told.push(answer.is(201).body);
        }
    }

    let afterwards = client.post_json(&path, &json!({ "substance": "Latex" })).await.is(201).body;
    assert!(!told.is_empty() && told.iter().all(|body| *body == afterwards));
    assert_eq!(hospital.test.count("select count(*) from allergies").await, 1);
}
