use std::sync::Arc;

use tokio::task::JoinSet;

use super::{House, practice};
use crate::{
    pool::{Accepted, AnswerError, Ready, accept, be_ready, decline},
    requests::{CancelError, Status, cancel},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_twenty_doctors_who_accept_at_once_one_has_it_and_all_others_are_told() {
    let house = Arc::new(House::new().await);
    let patient = house.patient().await;
    let request = house.asks(&patient, &["breathing"]).await;
    let mut doctors = Vec::new();
    for _ in 0..20 {
        doctors.push(house.doctor_ready().await);
    }
    // Four waves of five have been asked, and none has lapsed yet.
    house
        .test
        .force(&format!(
            "insert into urgent_offers (id, request_id, practitioner_id, step, expires_at)
             select gen_random_uuid(), '{request}', practitioner_id, 1, now() + interval '45 seconds' from urgent_doctors"
        ))
        .await;
    let offers = house.offers(request).await;
    let mut racing = JoinSet::new();
    for doctor in doctors {
        let (offer, ..) = *offers.iter().find(|(_, whose, _)| *whose == practice(&doctor)).unwrap();
        let house = Arc::clone(&house);
        racing.spawn(async move {
            let mut tx = house.system().await;
            let answer = accept(&mut tx, &doctor, offer).await;
            if answer.is_ok() {
                tx.commit().await.unwrap();
            }
            answer
        });
    }
    let answers = racing.join_all().await;
    assert_eq!(answers.iter().filter(|answer| matches!(answer, Ok(Accepted::Visit(_)))).count(), 1);
    assert_eq!(answers.iter().filter(|answer| matches!(answer, Err(AnswerError::Gone))).count(), 19);
    let told: Vec<_> = house.offers(request).await.into_iter().map(|(.., status)| status).collect();
    assert_eq!(told.iter().filter(|status| *status == "accepted").count(), 1);
    assert_eq!(told.iter().filter(|status| *status == "lost").count(), 19);
    assert_eq!(house.read(request).await.status, Status::Booked);
    assert_eq!(house.count("select count(*) from appointments where status = 'confirmed'").await, 1);
}

#[tokio::test]
async fn who_is_ready_is_asked_for_forty_five_seconds_and_may_say_yes_twice() {
    let house = House::new().await;
    let (doctor, other) = (house.doctor_ready().await, house.doctor_ready().await);
    let request = house.asks(&house.patient().await, &["breathing"]).await;
    house.climb(request).await;
    assert_eq!(house.steps(request).await, ["reserved nothing", "pool offered"]);
    let offers = house.offers(request).await;
    assert_eq!(offers.len(), 2);
    let offer_of = |whose: &access::Actor| offers.iter().find(|(_, d, _)| *d == practice(whose)).unwrap().0;

    let mut tx = house.system().await;
    let foreign = accept(&mut tx, &other, offer_of(&doctor)).await;
    assert!(matches!(foreign, Err(AnswerError::NotFound)), "somebody else's offer is no offer");
    drop(tx);
    house.pass_seconds(46);
    let mut tx = house.system().await;
    let late = accept(&mut tx, &doctor, offer_of(&doctor)).await;
    assert!(matches!(late, Err(AnswerError::Gone)), "the time is the database's");
    drop(tx);
    house.pass_seconds(-20);
    let mut tx = house.system().await;
    let first = accept(&mut tx, &doctor, offer_of(&doctor)).await.unwrap();
    assert_eq!(accept(&mut tx, &doctor, offer_of(&doctor)).await.unwrap(), first);
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn when_all_who_were_asked_decline_the_ladder_goes_on_at_once() {
    let house = House::new().await;
    let doctor = house.doctor_ready().await;
    let request = house.asks(&house.patient().await, &["breathing"]).await;
    let asked = house.climb(request).await;
    assert!(asked.next_at > house.now().await, "the wave has its time");
    let (offer, ..) = house.offers(request).await[0];
    for _ in 0..2 {
        let mut tx = house.system().await;
        decline(&mut tx, &doctor, offer).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(house.climb(request).await.status, Status::Escalated);
    let steps = house.steps(request).await;
    assert_eq!(steps[1..3], ["pool offered", "pool nothing"], "nobody is asked twice");
}

#[tokio::test]
async fn only_who_is_ready_with_the_page_open_and_free_is_asked() {
    let house = House::new().await;
    let (gone, closed, busy) = (house.doctor_ready().await, house.doctor_ready().await, house.doctor_ready().await);
    let mut tx = house.begin(&gone).await;
    be_ready(&mut tx, &gone, Ready::NotAnyMore).await.unwrap();
    tx.commit().await.unwrap();
    house
        .test
        .force(&format!(
            "update urgent_doctors set seen_at = now() - interval '2 minutes' where practitioner_id = '{}'",
            practice(&closed)
        ))
        .await;
    house.visit(&busy, &house.patient().await, 5).await;
    let request = house.asks(&house.patient().await, &["breathing"]).await;
    house.climb(request).await;
    assert!(house.offers(request).await.is_empty());
}

#[tokio::test]
async fn a_request_that_is_taken_back_tells_who_was_asked_and_stops_the_ladder() {
    let house = House::new().await;
    let doctor = house.doctor_ready().await;
    let patient = house.patient().await;
    let request = house.asks(&patient, &["breathing"]).await;
    let step = house.climb(request).await.step;
    let mut tx = house.system().await;
    let foreign = cancel(&mut tx, &house.patient().await, request, None).await;
    assert!(matches!(foreign, Err(CancelError::NotFound)));
    cancel(&mut tx, &patient, request, None).await.unwrap();
    cancel(&mut tx, &patient, request, None).await.unwrap();
    tx.commit().await.unwrap();
    let (offer, _, status) = house.offers(request).await.remove(0);
    assert_eq!(status, "lost");
    let mut tx = house.system().await;
    assert!(matches!(accept(&mut tx, &doctor, offer).await, Err(AnswerError::Gone)));
    drop(tx);
    house.pass_seconds(60);
    house.step(request, step).await;
    assert_eq!(house.read(request).await.status, Status::Cancelled);
}
