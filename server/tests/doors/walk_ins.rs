//! Numbers for whoever walks in: none is lost, none is given twice, none is called twice.

use std::sync::Arc;

use access::Role;
use serde_json::json;
use tokio::task::JoinSet;

use crate::support::{Hospital, offer};

/// A place with one queue: their ids.
async fn place(hospital: &Hospital) -> (String, String) {
    hospital
        .test
        .force(
            "insert into facilities (id, name, street, city, country, latitude, longitude, time_zone)
                 values (gen_random_uuid(), 'The clinic', 'A street', 'Auckland', 'NZ', -36.8, 174.7, 'Pacific/Auckland')",
        )
        .await;
    let place = hospital.test.texts("select id::text from facilities").await.remove(0);
    let admin = hospital.browser(hospital.member(Role::Administrator).await).await;
    let open = format!("/admin/places/{place}/queues");
    admin.get("/desk").await.is(200);
    admin.post_form(&open, &[("letter", "7"), ("name", "Registration")]).await.is(422);
    admin.post_form(&open, &[("letter", "a"), ("name", "Registration")]).await.is(303);
    admin.post_form(&open, &[("letter", "A"), ("name", "Another")]).await.is(422);
    (place, hospital.test.texts("select id::text from walk_in_queues").await.remove(0))
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_take_a_number_at_once_each_gets_the_next_and_two_desks_call_different_ones() {
    let hospital = Arc::new(Hospital::open().await);
    let (_, queue) = place(&hospital).await;
    let reception = hospital.program(hospital.member(Role::Nurse).await).await;
    let number = |path: String, status: u16| {
        let reception = reception.clone();
        async move { reception.post_json(&path, &json!({})).await.is(status).json()["number"].as_i64().unwrap() }
    };
    let taken: JoinSet<_> = (0..20).map(|_| number(format!("/api/v1/queues/{queue}/tokens"), 201)).collect();
    let mut numbers: Vec<i64> = taken.join_all().await;
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
    let called: JoinSet<_> = (0..5).map(|_| number(format!("/api/v1/queues/{queue}/calls"), 200)).collect();
    let mut called: Vec<i64> = called.join_all().await;
    called.sort_unstable();
    called.dedup();
    assert_eq!(called.len(), 5);
    assert!(called.iter().all(|number| *number <= 10), "about in turn: {called:?}");
}

#[tokio::test]
async fn a_number_is_called_skipped_called_back_and_served_and_the_hall_sees_it() {
    let hospital = Hospital::open().await;
    let (place, queue) = place(&hospital).await;
    let desk = hospital.browser(hospital.member(Role::Nurse).await).await;
    desk.get(&format!("/desk/places/{place}")).await.is(200);
    let slip = desk.post_form(&format!("/desk/queues/{queue}/tokens"), &[]).await.is(303).location().to_owned();
    assert!(desk.get(&slip).await.is(200).text().contains("A1"));
    let screen = format!("/health-centres/{place}/queue");
    let hall = hospital.doors.visitor();
    assert!(hall.get(&screen).await.is(200).text().contains("A1"));
    let problem = desk.post_form(&format!("{slip}/service"), &[]).await;
    assert_eq!(problem.status.as_u16(), 409, "it was not called");
    desk.post_form(&format!("/desk/queues/{queue}/calls"), &[]).await.is(303);
    for step in ["skip", "call", "call", "service"] {
        desk.post_form(&format!("{slip}/{step}"), &[]).await.is(303);
    }
    assert_eq!(desk.post_form(&format!("{slip}/call"), &[]).await.status.as_u16(), 409, "served is served");
    assert!(!hall.get(&format!("{screen}/numbers")).await.is(200).text().contains("A1"));
}

#[tokio::test]
async fn on_the_next_day_of_the_place_numbers_begin_again() {
    let hospital = Hospital::open().await;
    let (_, queue) = place(&hospital).await;
    let nurse = hospital.member(Role::Nurse).await;
    let take = format!("/api/v1/queues/{queue}/tokens");
    for expected in [1, 2] {
        let taken = hospital.program(nurse).await.post_json(&take, &json!({})).await.is(201);
        assert_eq!(taken.json()["number"], expected);
    }
    hospital.test.pass_minutes(24 * 60);
    let next_day = hospital.program(nurse).await.post_json(&take, &json!({})).await.is(201);
    assert_eq!(next_day.json()["number"], 1);
}

#[tokio::test]
async fn a_doctor_of_another_place_has_no_desk_here() {
    let hospital = Hospital::open().await;
    let (place, queue) = place(&hospital).await;
    let doctor = hospital.program(hospital.doctor(&offer()).await).await;
    doctor.post_json(&format!("/api/v1/queues/{queue}/tokens"), &json!({})).await.is(404);
    let page = hospital.browser(hospital.doctor(&offer()).await).await;
    page.get(&format!("/desk/places/{place}")).await.is(404);
    page.get("/desk").await.is(200);
}
