//! Free follow-ups, absences by the clock, and visits that failed.

use std::sync::Arc;

use access::Actor;
use kernel::ids::{AppointmentId, ServiceId};

use super::clinic::{Clinic, PRICE};
use crate::{
    appointments::{self, Absentee, Appointment, CancelReason, Status, cancel, miss_by_clock},
    choices::{self, ChoiceStatus},
    follow_ups::{self, FollowUp, SetError},
};

async fn gives(clinic: &Clinic, service: ServiceId, follow_up: FollowUp) -> Result<(), SetError> {
    let mut tx = clinic.begin(&clinic.doctor_actor(clinic.doctor)).await;
    follow_ups::set(&mut tx, clinic.doctor, service, follow_up).await?;
    Ok(tx.commit().await?)
}

/// Booked, paid where something is owed, and begun.
async fn begun(clinic: &Clinic, patient: &Actor, wall: &str) -> Appointment {
    let mut booked = clinic.book(patient, wall).await.unwrap();
    if booked.charge.is_some() {
        let paid = clinic.pays(&booked).await;
        clinic.hears(&paid).await.unwrap();
        booked = clinic.read(booked.id).await;
    }
    let now = clinic.now().await;
    clinic.pass_minutes(booked.starts_at.minutes_since(now));
    let mut tx = clinic.begin(patient).await;
    appointments::arrive(&mut tx, patient, booked.id).await.unwrap();
    tx.commit().await.unwrap();
    let doctor = clinic.doctor_actor(clinic.doctor);
    let mut tx = clinic.begin(&doctor).await;
    let admitted = appointments::admit(&mut tx, &doctor, booked.id).await.unwrap();
    tx.commit().await.unwrap();
    admitted
}

async fn met(clinic: &Clinic, patient: &Actor, wall: &str) -> Appointment {
    let visit = begun(clinic, patient, wall).await;
    let doctor = clinic.doctor_actor(clinic.doctor);
    let mut tx = clinic.begin(&doctor).await;
    let ended = appointments::end(&mut tx, &doctor, visit.id).await.unwrap();
    tx.commit().await.unwrap();
    ended
}

async fn missed(clinic: &Clinic, id: AppointmentId, absentee: Absentee) -> Option<Appointment> {
    let mut tx = clinic.system().await;
    let missed = miss_by_clock(&mut tx, id, absentee).await.unwrap();
    tx.commit().await.unwrap();
    missed
}

#[tokio::test]
async fn a_follow_up_costs_nothing_is_confirmed_at_once_and_is_used_once() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let service = clinic.confirmed(&clinic.patient().await, "08:00").await.service;
    gives(&clinic, service, FollowUp::Free { days: 7, visits: 1 }).await.unwrap();
    met(&clinic, &patient, "10:00").await;
    let follow_up = clinic.book(&patient, "14:00").await.unwrap();
    assert_eq!((follow_up.state.booking, follow_up.price.amount), (Status::Confirmed, 0));
    assert_eq!(clinic.book(&patient, "16:00").await.unwrap().price.amount, PRICE, "the next is paid");
}

#[tokio::test]
async fn a_follow_up_that_is_cancelled_gives_its_use_back_and_ends_with_its_time() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let service = clinic.confirmed(&clinic.patient().await, "08:00").await.service;
    gives(&clinic, service, FollowUp::Free { days: 1, visits: 1 }).await.unwrap();
    let visit = met(&clinic, &patient, "10:00").await;
    let follow_up = clinic.book(&patient, "14:00").await.unwrap();
    let mut tx = clinic.begin(&patient).await;
    cancel(&mut tx, &patient, follow_up.id, CancelReason::NoTime).await.unwrap();
    tx.commit().await.unwrap();
    let late =
        appointments::BookAppointment { starts_at: visit.starts_at.plus_days(2), ..clinic.wish(&patient, "14:00") };
    let late = clinic.take(&patient, late).await.unwrap();
    assert_eq!(late.price.amount, PRICE, "it starts after the window");
    let mut tx = clinic.begin(&patient).await;
    appointments::release(&mut tx, &patient, late.id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(clinic.book(&patient, "15:00").await.unwrap().price.amount, 0, "the use came back");
    let stranger = clinic.patient().await;
    assert_eq!(clinic.book(&stranger, "17:00").await.unwrap().price.amount, PRICE);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_bookings_at_once_one_uses_the_last_free_follow_up() {
    let clinic = Arc::new(Clinic::open().await);
    let patient = clinic.patient().await;
    let service = clinic.confirmed(&clinic.patient().await, "08:00").await.service;
    gives(&clinic, service, FollowUp::Free { days: 7, visits: 1 }).await.unwrap();
    met(&clinic, &patient, "10:00").await;
    let (a, b) = tokio::join!(clinic.book(&patient, "14:00"), clinic.book(&patient, "16:00"));
    let mut prices = [a.unwrap().price.amount, b.unwrap().price.amount];
    prices.sort_unstable();
    assert_eq!(prices, [0, PRICE]);
}

#[tokio::test]
async fn what_the_service_says_later_does_not_change_what_a_visit_gave() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let service = clinic.confirmed(&clinic.patient().await, "08:00").await.service;
    assert!(matches!(gives(&clinic, service, FollowUp::Free { days: 0, visits: 1 }).await, Err(SetError::Days)));
    assert!(matches!(gives(&clinic, service, FollowUp::Free { days: 7, visits: 11 }).await, Err(SetError::Visits)));
    gives(&clinic, service, FollowUp::Free { days: 7, visits: 2 }).await.unwrap();
    met(&clinic, &patient, "10:00").await;
    gives(&clinic, service, FollowUp::None).await.unwrap();
    let follow_up = met(&clinic, &patient, "14:00").await;
    assert_eq!(follow_up.price.amount, 0);
    let mut tx = clinic.begin(&patient).await;
    assert_eq!(
        follow_ups::find_right(&mut tx, follow_up.id).await.unwrap(),
        None,
        "a follow-up gives no further right"
    );
}

#[tokio::test]
async fn by_the_clock_an_absent_patient_gets_what_the_rule_says_and_an_absent_doctor_costs_nothing() {
    let clinic = Clinic::open().await;
    let (one, two) = (clinic.patient().await, clinic.patient().await);
    let by_patient = clinic.confirmed(&one, "10:00").await;
    let by_doctor = clinic.confirmed(&two, "11:00").await;
    assert_eq!(missed(&clinic, by_patient.id, Absentee::Patient).await, None, "not before the grace is over");
    let now = clinic.now().await;
    clinic.pass_minutes(by_doctor.starts_at.minutes_since(now) + 16);
    let gone = missed(&clinic, by_patient.id, Absentee::Patient).await.unwrap();
    assert_eq!(gone.state.booking, Status::NoShowPatient);
    assert_eq!(clinic.refunded(by_patient.charge.unwrap()).await, 0, "the house's rule gives nothing back");
    assert_eq!(missed(&clinic, by_patient.id, Absentee::Patient).await, None, "once");
    let gone = missed(&clinic, by_doctor.id, Absentee::Doctor).await.unwrap();
    assert_eq!(gone.state.booking, Status::NoShowDoctor);
    let mut tx = clinic.system().await;
    let choice = choices::store::find(&mut tx, by_doctor.id).await.unwrap().unwrap();
    assert_eq!(choice.status, ChoiceStatus::Open, "everything back, or another time");
}

#[tokio::test]
async fn a_visit_that_failed_gives_everything_back_or_another_time_and_asks_for_no_review() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let visit = begun(&clinic, &patient, "10:00").await;
    let doctor = clinic.doctor_actor(clinic.doctor);
    for _ in 0..2 {
        let mut tx = clinic.begin(&doctor).await;
        let ended = appointments::fail(&mut tx, &doctor, visit.id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(ended.state.booking, Status::Fulfilled);
    }
    assert_eq!(clinic.count("select count(*) from events where name = 'scheduling.appointment_ended'").await, 0);
    let mut tx = clinic.begin(&patient).await;
    choices::refund(&mut tx, &patient, visit.id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(clinic.refunded(visit.charge.unwrap()).await, PRICE);
    let why = "select count(*) from refunds where reason = 'technical_failure'";
    assert_eq!(clinic.count(why).await, 1);
}
