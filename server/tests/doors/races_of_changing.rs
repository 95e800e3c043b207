//! Moving, cancelling and paying at once. After each of them the books are read by plain SQL.

use serde_json::{Value, json};
use testkit::{Answer, Client};
use tokio::task::JoinSet;

use kernel::Timestamp;
use scheduling::availability::Offer;

use crate::support::{Hospital, PRICE, Person, book, offer};

async fn reads(client: &Client, id: &str) -> Value {
    let mut read = client.get(&format!("/api/v1/appointments/{id}")).await.is(200).json();
    read.as_object_mut().unwrap().remove("server_time");
    read
}

async fn moves(client: &Client, id: &str, starts_at: Timestamp) -> Answer {
    client.post_json(&format!("/api/v1/appointments/{id}/rescheduling"), &json!({ "starts_at": starts_at })).await
}

async fn cancels(client: &Client, id: &str) -> Answer {
    client.post_json(&format!("/api/v1/appointments/{id}/cancellation"), &json!({})).await
}

/// Paid and confirmed at a doctor.
async fn visit(hospital: &Hospital, doctor: Person, wall: &str) -> (Client, String) {
    let client = hospital.program(hospital.patient().await).await;
    let id = book(&client, doctor, hospital.at(wall)).await.is(201).field("id");
    hospital.pay(&client, &id).await;
    (client, id)
}

/// Everything that follows has followed, and whoever may choose has not.
async fn settles(hospital: &Hospital) {
    hospital.doors.work().await;
    hospital.test.pass_minutes(12 * 60 + 1);
    hospital.doors.work().await;
    hospital.books_are_sound().await;
}

#[tokio::test]
async fn a_visit_never_stands_in_the_way_of_its_own_move() {
    let hospital = Hospital::open().await;
    let doctor = hospital.doctor(&Offer { grid_min: 10, ..offer() }).await;
    let (client, id) = visit(&hospital, doctor, "10:00").await;

    let moved = moves(&client, &id, hospital.at("10:10")).await.is(200);

    assert_eq!(moved.field("id"), id);
    assert_eq!(moved.field("starts_at"), hospital.at("10:10").to_string());
    assert_eq!(hospital.test.count("select count(*) from payments").await, 1, "the price stays paid");
    settles(&hospital).await;
}

#[tokio::test]
async fn a_move_that_fails_changes_nothing() {
    let hospital = Hospital::open().await;
    let doctor = hospital.doctor(&offer()).await;
    let (client, id) = visit(&hospital, doctor, "10:00").await;
    visit(&hospital, doctor, "11:00").await;
    let before = reads(&client, &id).await;
    let events = "select count(*) from appointment_events";
    let written = hospital.test.count(events).await;

    moves(&client, &id, hospital.at("11:00")).await.problem(409, "slot_taken");
    moves(&client, &id, hospital.at("10:07")).await.problem(409, "slot_taken");

    assert_eq!(reads(&client, &id).await, before);
    assert_eq!(hospital.test.count(events).await, written);
    let other = hospital.program(hospital.patient().await).await;
    book(&other, doctor, hospital.at("10:00")).await.problem(409, "slot_taken");
    settles(&hospital).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_move_to_one_time_at_once_one_has_it_and_the_other_keeps_theirs() {
    let hospital = Hospital::open().await;
    for round in 0..5 {
        let doctor = hospital.doctor(&offer()).await;
        let (one, first) = visit(&hospital, doctor, "10:00").await;
        let (two, second) = visit(&hospital, doctor, "12:00").await;
        let wanted = hospital.at("15:00");

        let (left, right) = tokio::join!(moves(&one, &first, wanted), moves(&two, &second, wanted));

        let mut statuses = [left.status, right.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "round {round}: {} {}", left.text(), right.text());
        let (loser, theirs, had) = if left.status == 409 { (&one, &first, "10:00") } else { (&two, &second, "12:00") };
        assert_eq!(reads(loser, theirs).await["starts_at"], hospital.at(had).to_string());
    }
    settles(&hospital).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_and_a_cancellation_at_once_end_in_one_cancelled_visit_and_one_refund() {
    let hospital = Hospital::open().await;
    for round in 0..5 {
        let doctor = hospital.doctor(&offer()).await;
        let (client, id) = visit(&hospital, doctor, "10:00").await;

        let (moved, cancelled) = tokio::join!(moves(&client, &id, hospital.at("15:00")), cancels(&client, &id));

        assert_eq!(cancelled.status, 200, "round {round}: {}", cancelled.text());
        assert!(moved.status == 200 || moved.status == 409, "round {round}: {}", moved.text());
        assert_eq!(reads(&client, &id).await["status"], "cancelled_by_patient");
        let other = hospital.program(hospital.patient().await).await;
        for wall in ["10:00", "15:00"] {
            let free = book(&other, doctor, hospital.at(wall)).await.is(201).field("id");
            cancels(&other, &free).await.is(200);
        }
    }
    assert_eq!(hospital.test.count("select count(*) from refunds").await, 5);
    settles(&hospital).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancellation_and_the_webhook_at_once_leave_neither_money_nor_visit() {
    let hospital = Hospital::open().await;
    for round in 0..8 {
        let doctor = hospital.doctor(&offer()).await;
        let client = hospital.program(hospital.patient().await).await;
        let id = book(&client, doctor, hospital.at("10:00")).await.is(201).field("id");
        let paying = hospital.checkout(&client, &id).await;
        hospital.press(&paying, "approve").await;

        let heard = async {
            hospital.report(&paying).await;
            hospital.doors.work().await;
        };
        let ((), cancelled) = tokio::join!(heard, cancels(&client, &id));

        assert_eq!(cancelled.status, 200, "round {round}: {}", cancelled.text());
        hospital.doors.work().await;
        let now = reads(&client, &id).await["status"].as_str().unwrap().to_owned();
        assert!(["released", "cancelled_by_patient"].contains(&now.as_str()), "round {round}: {now}");
        let owed = client.get(&format!("/api/v1/appointments/{id}/payments")).await.is(200).json();
        assert_eq!(owed["payments"][0]["refunded"]["amount"], PRICE, "round {round}: {owed}");
    }
    assert_eq!(hospital.test.count("select count(*) from refunds").await, 8);
    settles(&hospital).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_and_patient_who_cancel_at_once_give_one_refund() {
    let hospital = Hospital::open().await;
    for round in 0..5 {
        let doctor = hospital.doctor(&offer()).await;
        let (client, id) = visit(&hospital, doctor, "10:00").await;
        let theirs = hospital.program(doctor).await;

        let (by_patient, by_doctor) = tokio::join!(cancels(&client, &id), cancels(&theirs, &id));

        let mut statuses = [by_patient.status, by_doctor.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "round {round}: {} {}", by_patient.text(), by_doctor.text());
    }
    settles(&hospital).await;
    assert_eq!(hospital.test.count("select count(*) from refunds").await, 5);
    assert_eq!(hospital.test.count("select coalesce(sum(amount), 0) from refunds").await, 5 * PRICE);
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_cancellations_of_one_visit_at_once_give_one_refund() {
    let hospital = Hospital::open().await;
    let doctor = hospital.doctor(&offer()).await;
    let (client, id) = visit(&hospital, doctor, "10:00").await;
    let mut storm = JoinSet::new();
    for _ in 0..20 {
        let (client, id) = (client.clone(), id.clone());
        storm.spawn(async move { cancels(&client, &id).await.status });
    }

    let mut statuses = storm.join_all().await;

    statuses.sort_unstable();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses[1..].iter().all(|status| *status == 409), "{statuses:?}");
    settles(&hospital).await;
    assert_eq!(hospital.test.count("select count(*) from refunds").await, 1);
}
