//! News of the gateway: doubled, out of order, forged.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::{Hospital, Paying, Person, offer};

/// Everything that a captured payment brings, each exactly so often.
async fn effects(hospital: &Hospital) -> [i64; 6] {
    let mut found = [0; 6];
    let asked = [
        "select count(*) from payments where status = 'captured'",
        "select count(*) from journal_entries",
        "select count(*) from invoices",
        "select count(*) from appointment_events where verb = 'confirm'",
        "select count(*) from care_links where closed_at is null",
        "select count(*) from events where name = 'scheduling.appointment_confirmed'",
    ];
    for (place, sql) in found.iter_mut().zip(asked) {
        *place = hospital.test.count(sql).await;
    }
    found
}

const ONCE: [i64; 6] = [1; 6];
const NEVER: [i64; 6] = [0; 6];

/// Held, and the gateway's page is open.
async fn waiting(hospital: &Hospital) -> (Person, String, Paying) {
    let (patient, doctor) = (hospital.patient().await, hospital.doctor(&offer()).await);
    let appointment = hospital.held(patient, doctor, "10:00").await;
    let paying = hospital.checkout(&hospital.program(patient).await, &appointment).await;
    (patient, appointment, paying)
}

async fn status(hospital: &Hospital, patient: Person, appointment: &str) -> String {
    let client = hospital.program(patient).await;
    client.get(&format!("/api/v1/appointments/{appointment}")).await.is(200).field("status")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_webhook_a_hundred_times_at_once_confirms_once() {
    let hospital = Arc::new(Hospital::open().await);
    let (patient, appointment, paying) = waiting(&hospital).await;
    hospital.press(&paying, "approve").await;
    let delivery = hospital.news(&paying).await.remove(0);

    let mut storm = JoinSet::new();
    for _ in 0..100 {
        let (hospital, delivery) = (hospital.clone(), delivery.clone());
        storm.spawn(async move { hospital.deliver(&delivery.signature, &delivery.body).await });
    }
    for answer in storm.join_all().await {
        answer.is(204);
    }
    hospital.doors.work().await;

    assert_eq!(effects(&hospital).await, ONCE);
    assert_eq!(hospital.test.count("select count(*) from webhook_events").await, 1);
    assert_eq!(status(&hospital, patient, &appointment).await, "confirmed");
    hospital.deliver(&delivery.signature, &delivery.body).await.is(204);
    hospital.doors.work().await;
    assert_eq!(effects(&hospital).await, ONCE);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_news_of_a_payment_in_any_order_end_the_same() {
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let hospital = Hospital::open().await;
        let (patient, appointment, paying) = waiting(&hospital).await;
        hospital.press(&paying, "delay").await;
        hospital.test.pass_minutes(1);
        // The delayed money arrives by a job of the gateway.
        hospital.doors.work().await;
        let mut news: Vec<(String, Vec<u8>)> =
            hospital.news(&paying).await.into_iter().map(|delivery| (delivery.signature, delivery.body)).collect();
        assert_eq!(news.len(), 2, "processing, captured");
        let stale = json!({ "id": "sbx_declined", "type": "checkout.declined", "checkout": paying.checkout });
        news.push(hospital.sign(&stale, None, 0).await);

        for step in order {
            let (signature, body) = &news[step];
            hospital.deliver(signature, body).await.is(204);
            hospital.doors.work().await;
        }

        assert_eq!(effects(&hospital).await, ONCE, "{order:?}");
        assert_eq!(status(&hospital, patient, &appointment).await, "confirmed", "{order:?}");
    }
}

#[tokio::test]
async fn a_forged_an_altered_and_an_old_webhook_change_nothing() {
    let hospital = Hospital::open().await;
    let (patient, appointment, paying) = waiting(&hospital).await;
    hospital.press(&paying, "approve").await;
    let genuine = hospital.news(&paying).await.remove(0);
    let body: Value = serde_json::from_slice(&genuine.body).unwrap();
    let altered = String::from_utf8(genuine.body.clone()).unwrap().replace("sbx_", "sbx-").into_bytes();
    let (forged, _) = hospital.sign(&body, Some("whsec_of_somebody_else"), 0).await;
    let (old, old_body) = hospital.sign(&body, None, -301).await;
    let (coming, coming_body) = hospital.sign(&body, None, 900).await;

    let attempts = [
        ("forged", forged.as_str(), &genuine.body),
        ("altered", genuine.signature.as_str(), &altered),
        ("old", old.as_str(), &old_body),
        ("of the future", coming.as_str(), &coming_body),
        ("unreadable", "t=now,v1=zz", &genuine.body),
        ("empty", "", &genuine.body),
    ];
    for (what, signature, body) in attempts {
        let answer = hospital.deliver(signature, body).await;
        assert!(answer.status.is_client_error(), "{what}: {}", answer.status);
    }
    let unsigned = hospital.doors.visitor().post_json("/webhooks/payments/sandbox", &body).await;
    assert!(unsigned.status.is_client_error());
    hospital.doors.visitor().post_json("/webhooks/payments/nobody", &body).await.is(404);

    assert_eq!(hospital.test.count("select count(*) from webhook_events").await, 0);
    assert_eq!(effects(&hospital).await, NEVER);
    assert_eq!(status(&hospital, patient, &appointment).await, "held");
}

#[tokio::test]
async fn a_signed_webhook_that_says_paid_when_nothing_was_is_not_believed() {
    let hospital = Hospital::open().await;
    let (patient, appointment, paying) = waiting(&hospital).await;
    let told = json!({ "id": "sbx_wishful", "type": "checkout.captured", "checkout": paying.checkout });
    let (signature, body) = hospital.sign(&told, None, 0).await;

    hospital.deliver(&signature, &body).await.is(204);
    hospital.doors.work().await;

    assert_eq!(effects(&hospital).await, NEVER);
    assert_eq!(status(&hospital, patient, &appointment).await, "held");
}
