//! Times under the hands of many. The races of money are in `races_of_paying`, those of changes in `races_of_changing`.

use kernel::Timestamp;
use scheduling::availability::Offer;
use testkit::{Answer, Client};
use tokio::task::JoinSet;

use crate::support::{Hospital, book, offer};

const MANY: usize = 200;

/// Sessions of so many patients.
async fn crowd(hospital: &Hospital) -> Vec<Client> {
    let mut clients = Vec::with_capacity(MANY);
    for patient in hospital.patients(MANY).await {
        clients.push(hospital.program(patient).await);
    }
    clients
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
