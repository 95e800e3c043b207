use kernel::ids::AppointmentId;

use super::clinic::{Clinic, PRICE};
use crate::{
    appointments::{Outcome, Status, tidy::tidy},
    choices::settle_due,
};

/// The minute in which another time could be taken with the money is over.
async fn a_minute_passes(clinic: &Clinic, lost: AppointmentId) {
    clinic.pass_minutes(1);
    let mut tx = clinic.system().await;
    assert_eq!(settle_due(&mut tx, lost).await.unwrap(), None);
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn money_in_time_confirms_opens_the_care_link_and_is_told() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let booked = clinic.confirmed(&patient, "10:00").await;
    assert_eq!(booked.state.booking, Status::Confirmed);
    assert_eq!(booked.hold_expires_at, None);
    assert_eq!(
        clinic.count("select count(*) from care_links where closed_at is null and valid_until is null").await,
        1
    );
    assert_eq!(clinic.count("select count(*) from events where name = 'scheduling.appointment_confirmed'").await, 1);
    assert_eq!(clinic.count("select count(*) from jobs where name = 'scheduling.letter'").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_money_told_many_times_has_one_effect() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let booked = clinic.book(&patient, "10:00").await.unwrap();
    let paid = clinic.pays(&booked).await;
    let answers = futures::future::join_all((0..10).map(|_| clinic.hears(&paid))).await;
    let confirmed = answers.into_iter().filter(|answer| *answer.as_ref().unwrap() == Outcome::Confirmed).count();
    assert_eq!(confirmed, 1);
    assert_eq!(clinic.history(booked.id).await, ["book", "confirm"]);
    assert_eq!(clinic.count("select count(*) from jobs where name = 'scheduling.letter'").await, 2);
}

#[tokio::test]
async fn money_captured_in_time_and_heard_late_confirms() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let booked = clinic.book(&patient, "10:00").await.unwrap();
    clinic.pass_minutes(29);
    let paid = clinic.pays(&booked).await;
    clinic.pass_minutes(2);
    assert_eq!(clinic.hears(&paid).await.unwrap(), Outcome::Confirmed);
}

#[tokio::test]
async fn late_money_takes_the_time_up_again_while_it_is_free() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    for tidied in [false, true] {
        let wall = if tidied { "10:00" } else { "12:00" };
        let booked = clinic.book(&patient, wall).await.unwrap();
        clinic.pass_minutes(40);
        if tidied {
            let mut tx = clinic.system().await;
            tidy(&mut tx, booked.id).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(clinic.read(booked.id).await.state.booking, Status::Expired);
        }
        let paid = clinic.pays(&booked).await;
        assert_eq!(clinic.hears(&paid).await.unwrap(), Outcome::Confirmed);
        assert!(!clinic.is_open(wall).await);
    }
}

#[tokio::test]
async fn late_money_for_a_time_that_is_gone_goes_back_once() {
    let clinic = Clinic::open().await;
    let (slow, quick) = (clinic.patient().await, clinic.patient().await);
    let lost = clinic.book(&slow, "10:00").await.unwrap();
    clinic.pass_minutes(31);
    let won = clinic.book(&quick, "10:00").await.unwrap();
    let paid = clinic.pays(&lost).await;
    assert_eq!(clinic.hears(&paid).await.unwrap(), Outcome::TimeGone);
    assert_eq!(clinic.hears(&paid).await.unwrap(), Outcome::NothingToDo);
    a_minute_passes(&clinic, lost.id).await;
    assert_eq!(clinic.refunded(lost.charge.unwrap()).await, PRICE);
    assert_eq!(clinic.read(lost.id).await.state.booking, Status::Expired);

    let theirs = clinic.pays(&won).await;
    assert_eq!(clinic.hears(&theirs).await.unwrap(), Outcome::Confirmed);
    assert_eq!(clinic.hears(&paid).await.unwrap(), Outcome::NothingToDo);
    assert_eq!(clinic.refunded(lost.charge.unwrap()).await, PRICE);
}

#[tokio::test]
async fn money_that_went_back_never_takes_the_time_up_later() {
    let clinic = Clinic::open().await;
    let (slow, quick) = (clinic.patient().await, clinic.patient().await);
    let lost = clinic.book(&slow, "10:00").await.unwrap();
    clinic.pass_minutes(31);
    clinic.book(&quick, "10:00").await.unwrap();
    let paid = clinic.pays(&lost).await;
    assert_eq!(clinic.hears(&paid).await.unwrap(), Outcome::TimeGone);
    clinic.pass_minutes(31);
    assert!(clinic.is_open("10:00").await);
    assert_eq!(clinic.hears(&paid).await.unwrap(), Outcome::NothingToDo);
    assert_eq!(clinic.read(lost.id).await.state.booking, Status::Expired);
}

#[tokio::test]
async fn money_for_a_hold_that_was_given_up_goes_back() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let booked = clinic.book(&patient, "10:00").await.unwrap();
    let mut tx = clinic.begin(&patient).await;
    crate::appointments::release(&mut tx, &patient, booked.id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(clinic.count("select count(*) from charges where status = 'void'").await, 1, "the pay link died");
    let paid = clinic.pays(&booked).await;
    assert_eq!(clinic.hears(&paid).await.unwrap(), Outcome::Refunded);
    assert_eq!(clinic.refunded(booked.charge.unwrap()).await, PRICE);
    assert_eq!(clinic.read(booked.id).await.state.booking, Status::Released);
}

#[tokio::test]
async fn a_lapsed_hold_is_written_down_and_its_charge_dies() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let booked = clinic.book(&patient, "10:00").await.unwrap();
    let mut tx = clinic.system().await;
    assert!(tidy(&mut tx, booked.id).await.unwrap().is_some(), "not yet: look again");
    tx.commit().await.unwrap();
    clinic.pass_minutes(31);
    for _ in 0..2 {
        let mut tx = clinic.system().await;
        assert_eq!(tidy(&mut tx, booked.id).await.unwrap(), None);
        tx.commit().await.unwrap();
    }
    assert_eq!(clinic.history(booked.id).await, ["book", "expire"]);
    assert_eq!(clinic.count("select count(*) from charges where status = 'void'").await, 1);
}
