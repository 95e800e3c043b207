//! Times and money under the hands of many.

use std::sync::Arc;

use kernel::Timestamp;
use scheduling::availability::Offer;
use serde_json::Value;
use testkit::{Answer, Client};
use tokio::task::JoinSet;

use crate::support::{Hospital, PRICE, book, offer};

const MANY: usize = 200;

/// Sessions of so many patients.
async fn crowd(hospital: &Hospital) -> Vec<Client> {
    let mut clients = Vec::with_capacity(MANY);
    for patient in hospital.patients(MANY).await {
        clients.push(hospital.program(patient).await);
    }
    clients
}

async fn appointment(client: &Client, id: &str) -> Value {
    client.get(&format!("/api/v1/appointments/{id}")).await.is(200).json()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hundred_clients_who_want_one_time_exactly_one_holds_it() {
    let hospital = Hospital::open().await;
    let doctor = hospital.doctor(&offer()).await;
    let starts_at = hospital.at("10:00");
    let mut storm = JoinSet::new();
    for client in crowd(&hospital).await {
        storm.spawn(async move { book(&client, doctor, starts_at).await });
    }

    let (held, refused): (Vec<Answer>, Vec<Answer>) =
        storm.join_all().await.into_iter().partition(|answer| answer.status == 201);

    assert_eq!(held.len(), 1);
    assert_eq!(held[0].field("status"), "held");
    for answer in &refused {
        let problem = answer.problem(409, "slot_taken");
        assert_eq!(problem["alternatives"].as_array().map(Vec::len), Some(3), "{problem}");
    }
    assert_eq!(hospital.test.count("select count(*) from appointments").await, 1);
    assert_eq!(hospital.test.count("select count(*) from charges").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_clients_on_staggered_times_never_overlap_and_never_deadlock() {
    let hospital = Hospital::open().await;
    let doctor = hospital.doctor(&Offer { grid_min: 5, ..offer() }).await;
    let start = hospital.at("10:00");
    let mut storm = JoinSet::new();
    for (n, client) in (0_i64..).zip(crowd(&hospital).await) {
        let starts_at = start.plus_minutes(n % 24 * 5);
        storm.spawn(async move { book(&client, doctor, starts_at).await });
    }

    let mut held: Vec<(Timestamp, Timestamp)> = Vec::new();
    for answer in storm.join_all().await {
        if answer.status == 201 {
            held.push((answer.field("starts_at").parse().unwrap(), answer.field("ends_at").parse().unwrap()));
        } else {
            answer.problem(409, "slot_taken");
        }
    }

    held.sort();
    assert!((2..=5).contains(&held.len()), "{held:?}");
    assert!(held.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{held:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_of_one_person_get_the_same_hold() {
    let hospital = Arc::new(Hospital::open().await);
    let (doctor, patient) = (hospital.doctor(&offer()).await, hospital.patient().await);
    let starts_at = hospital.at("10:00");
    let (one, two) = (hospital.program(patient).await, hospital.program(patient).await);

    let (first, second) = tokio::join!(book(&one, doctor, starts_at), book(&two, doctor, starts_at));

    assert_eq!(first.is(201).field("id"), second.is(201).field("id"));
    assert_eq!(hospital.test.count("select count(*) from charges").await, 1);
}

#[tokio::test]
async fn nobody_holds_two_times_of_a_doctor_or_three_in_all() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let (first, second, third) =
        (hospital.doctor(&offer()).await, hospital.doctor(&offer()).await, hospital.doctor(&offer()).await);
    let client = hospital.program(patient).await;
    let here = book(&client, first, hospital.at("10:00")).await.is(201).field("id");

    let again = book(&client, first, hospital.at("11:00")).await.problem(409, "hold_open");
    let elsewhere = book(&client, second, hospital.at("12:00")).await.is(201).field("id");
    let too_many = book(&client, third, hospital.at("14:00")).await.problem(409, "too_many_holds");

    assert_eq!(again["appointment_id"], here.as_str());
    let open: Vec<_> = too_many["appointment_ids"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(open.len() == 2 && open.contains(&here.as_str()) && open.contains(&elsewhere.as_str()), "{open:?}");
}

#[tokio::test]
async fn an_unpaid_hold_expires_after_thirty_minutes_though_no_job_runs() {
    let hospital = Hospital::open().await;
    let doctor = hospital.doctor(&offer()).await;
    let (slow, quick) = (hospital.patient().await, hospital.patient().await);
    let starts_at = hospital.at("10:00");
    let lost = hospital.held(slow, doctor, "10:00").await;

    hospital.test.pass_minutes(29);
    book(&hospital.program(quick).await, doctor, starts_at).await.problem(409, "slot_taken");
    hospital.test.pass_minutes(1);

    let theirs = hospital.program(slow).await;
    assert_eq!(appointment(&theirs, &lost).await["status"], "expired");
    let open = hospital.doors.visitor().get(&format!("/api/v1/doctors/{}/slots", doctor.id)).await.is(200).text();
    assert!(open.contains(&starts_at.to_string()), "{starts_at} is open again: {open}");
    let won = book(&hospital.program(quick).await, doctor, starts_at).await.is(201);
    assert_eq!(won.field("status"), "held");
    assert_eq!(appointment(&theirs, &lost).await["status"], "expired");
    let pay = theirs.post_json(&format!("/api/v1/appointments/{lost}/payments"), &serde_json::json!({})).await;
    assert_eq!(pay.status, 409, "{}", pay.text());
}

#[tokio::test]
async fn money_that_comes_late_takes_the_time_up_again_while_it_is_free() {
    let hospital = Hospital::open().await;
    let (patient, doctor) = (hospital.patient().await, hospital.doctor(&offer()).await);
    let booked = hospital.held(patient, doctor, "10:00").await;
    let paying = hospital.checkout(&hospital.program(patient).await, &booked).await;
    hospital.test.pass_minutes(31);
    assert_eq!(appointment(&hospital.program(patient).await, &booked).await["status"], "expired");

    hospital.press(&paying, "approve").await;
    hospital.report(&paying).await;
    hospital.doors.work().await;

    let shown = appointment(&hospital.program(patient).await, &booked).await;
    assert_eq!((&shown["status"], &shown["payment_status"]), (&"confirmed".into(), &"captured".into()), "{shown}");
    nobody_has_paid_for_nothing(&hospital).await;
}

#[tokio::test]
async fn money_that_comes_late_for_a_time_that_is_gone_goes_back_in_full() {
    let hospital = Hospital::open().await;
    let doctor = hospital.doctor(&offer()).await;
    let (slow, quick) = (hospital.patient().await, hospital.patient().await);
    let lost = hospital.held(slow, doctor, "10:00").await;
    let paying = hospital.checkout(&hospital.program(slow).await, &lost).await;
    hospital.test.pass_minutes(31);
    let won = hospital.held(quick, doctor, "10:00").await;

    hospital.press(&paying, "approve").await;
    hospital.report(&paying).await;
    hospital.doors.work().await;
    hospital.pay(&hospital.program(quick).await, &won).await;

    let slow = hospital.program(slow).await;
    assert_eq!(appointment(&slow, &lost).await["status"], "expired");
    let owed = slow.get(&format!("/api/v1/appointments/{lost}/payments")).await.is(200).json();
    assert_eq!(owed["status"], "refunded", "{owed}");
    let refund = &owed["refunds"][0];
    assert_eq!((&refund["amount"]["amount"], &refund["reason"]), (&PRICE.into(), &"slot_gone".into()), "{owed}");
    assert_eq!(refund["status"], "succeeded", "{owed}");
    assert_eq!(appointment(&hospital.program(quick).await, &won).await["status"], "confirmed");
    nobody_has_paid_for_nothing(&hospital).await;
}

/// Whatever money was kept has a visit that stands, and the books balance.
async fn nobody_has_paid_for_nothing(hospital: &Hospital) {
    let kept_for_nothing = "select count(*) from payments p join appointments a on a.charge_id = p.charge_id
        where p.captured_at is not null and p.refunded < p.amount and a.status <> 'confirmed'";
    assert_eq!(hospital.test.count(kept_for_nothing).await, 0);
    assert_eq!(hospital.test.count("select coalesce(sum(amount), 0) from journal_lines").await, 0);
}
