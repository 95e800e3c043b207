//! A visit is called off by the other side: what waits, what moves, what goes back, each once.

use std::sync::Arc;

use super::clinic::{Clinic, PRICE, usd};
use crate::{
    Mode,
    appointments::{self, Appointment, BookAppointment, CancelReason, Outcome, Status, cancel},
    availability::Offer,
    choices::{self, ChoiceStatus, MoveMoney, RefundChoiceError, Take, TakeError, move_money, settle_due},
    days_off::{CallOff, CallOffError, CallOffOne, call_off, call_off_one},
};
use access::Actor;
use kernel::ids::{AppointmentId, PractitionerId};

async fn called_off(clinic: &Clinic, patient: &Actor, wall: &str) -> Appointment {
    let doctor = clinic.doctor_actor(clinic.doctor);
    let booked = clinic.confirmed(patient, wall).await;
    let mut tx = clinic.begin(&doctor).await;
    let done = cancel(&mut tx, &doctor, booked.id, CancelReason::Unwell).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((done.appointment.state.booking, done.refund), (Status::CancelledByDoctor, usd(PRICE)));
    done.appointment
}

async fn takes(
    clinic: &Clinic,
    patient: &Actor,
    id: AppointmentId,
    doctor: PractitionerId,
    wall: &str,
) -> Result<Appointment, TakeError> {
    let mut tx = clinic.begin(patient).await;
    let old = appointments::find_for(&mut tx, patient, id).await.unwrap().unwrap();
    let offers = choices::offers(&mut tx, &old).await?;
    let offered = offers.same.iter().chain(&offers.others).find(|offered| offered.doctor == doctor).expect("offered");
    let wanted = Take { doctor, service: offered.slot.service, starts_at: clinic.at(wall) };
    let taken = choices::take(&mut tx, &clinic.vault, patient, id, wanted).await?;
    tx.commit().await?;
    Ok(taken)
}

async fn settle(clinic: &Clinic, id: AppointmentId) -> Option<kernel::Timestamp> {
    let mut tx = clinic.system().await;
    let again = settle_due(&mut tx, id).await.unwrap();
    tx.commit().await.unwrap();
    again
}

/// What the job does, and what follows from its news.
async fn moves_money(clinic: &Clinic, old: &Appointment, new: &Appointment) {
    let job = MoveMoney {
        called_off: old.id,
        from: old.charge.unwrap(),
        to: new.charge.unwrap(),
        chosen_at: clinic.now().await,
    };
    let mut tx = clinic.system().await;
    move_money(&mut tx, &job).await.unwrap();
    tx.commit().await.unwrap();
}

async fn status(clinic: &Clinic, id: AppointmentId) -> ChoiceStatus {
    choices::store::find(&mut clinic.system().await, id).await.unwrap().unwrap().status
}

#[tokio::test]
async fn who_chooses_nothing_gets_everything_back_after_twelve_hours_and_once() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let old = called_off(&clinic, &patient, "10:00").await;
    assert!(clinic.is_open("10:00").await);
    assert_eq!(clinic.refunded(old.charge.unwrap()).await, 0, "it waits");
    assert!(settle(&clinic, old.id).await.is_some(), "not yet: look again");
    clinic.pass_minutes(12 * 60);
    let late = takes(&clinic, &patient, old.id, clinic.doctor, "12:00").await;
    assert!(matches!(late, Err(TakeError::TooLate)), "by the database's time, before any job ran");
    for _ in 0..2 {
        assert_eq!(settle(&clinic, old.id).await, None);
    }
    assert_eq!(clinic.refunded(old.charge.unwrap()).await, PRICE);
    assert_eq!(clinic.count("select count(*) from refunds").await, 1);
    let told = "select count(*) from jobs where name = 'scheduling.letter' and payload ->> 'occasion' = 'called_off'";
    assert_eq!(clinic.count(told).await, 1);
}

#[tokio::test]
async fn another_doctor_at_the_same_price_is_paid_with_the_same_money() {
    let clinic = Clinic::open().await;
    let other = clinic.add_doctor(&Offer::plain(Mode::Video, 30, usd(PRICE))).await;
    let patient = clinic.patient().await;
    let old = called_off(&clinic, &patient, "10:00").await;
    let new = takes(&clinic, &patient, old.id, other, "10:00").await.unwrap();
    let twice = takes(&clinic, &patient, old.id, other, "10:00").await.unwrap();
    assert_eq!((new.state.booking, new.id), (Status::Held, twice.id), "a second click is the same choice");
    for _ in 0..2 {
        moves_money(&clinic, &old, &new).await;
    }
    let paid = clinic.settled(&new).await;
    assert_eq!(clinic.hears(&paid).await.unwrap(), Outcome::Confirmed);
    assert_eq!(clinic.count("select count(*) from refunds").await, 0);
    assert_eq!(clinic.count("select count(*) from payments").await, 1);
    assert_eq!(clinic.count("select count(*) from journal_entries where kind = 'carry'").await, 1);
    assert_eq!(clinic.count("select coalesce(sum(amount), 0)::bigint from journal_lines").await, 0);
    assert!(matches!(status(&clinic, old.id).await, ChoiceStatus::Rebooked));
    let mut tx = clinic.begin(&patient).await;
    let refused = choices::refund(&mut tx, &patient, old.id).await;
    assert!(matches!(refused, Err(RefundChoiceError::Rebooked)));
}

#[tokio::test]
async fn at_another_price_the_old_money_goes_back_and_the_new_time_waits_to_be_paid() {
    let clinic = Clinic::open().await;
    let dearer = clinic.add_doctor(&Offer::plain(Mode::Video, 30, usd(PRICE + 1))).await;
    let patient = clinic.patient().await;
    let old = called_off(&clinic, &patient, "10:00").await;
    let new = takes(&clinic, &patient, old.id, dearer, "10:00").await.unwrap();
    assert_eq!((new.state.booking, new.price), (Status::Held, usd(PRICE + 1)));
    assert_eq!(clinic.refunded(old.charge.unwrap()).await, PRICE);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_choice_a_refund_and_the_clock_at_once_exactly_one_has_an_effect() {
    let clinic = Arc::new(Clinic::open().await);
    for round in 0..4 {
        let patient = clinic.patient().await;
        let old = called_off(&clinic, &patient, &format!("1{round}:00")).await;
        let money = async {
            let mut tx = clinic.begin(&patient).await;
            let done = choices::refund(&mut tx, &patient, old.id).await;
            tx.commit().await.unwrap();
            done.is_ok()
        };
        let wall = format!("2{round}:00");
        let (taken, refunded) = tokio::join!(takes(&clinic, &patient, old.id, clinic.doctor, &wall), money);
        assert!(taken.is_ok() != refunded, "{taken:?} {refunded}");
        let back = clinic.refunded(old.charge.unwrap()).await;
        assert_eq!(back, if refunded { PRICE } else { 0 });
    }
}

#[tokio::test]
async fn a_stranger_sees_and_settles_no_choice() {
    let clinic = Clinic::open().await;
    let (patient, stranger) = (clinic.patient().await, clinic.patient().await);
    let old = called_off(&clinic, &patient, "10:00").await;
    let mut tx = clinic.begin(&stranger).await;
    assert!(choices::store::find_for(&mut tx, &stranger, old.id).await.unwrap().is_none());
    assert!(matches!(choices::refund(&mut tx, &stranger, old.id).await, Err(RefundChoiceError::NotFound)));
}

#[tokio::test]
async fn a_day_is_called_off_by_one_command_and_every_step_may_run_twice() {
    let clinic = Clinic::open().await;
    let doctor = clinic.doctor_actor(clinic.doctor);
    let mut booked = Vec::new();
    for wall in ["09:00", "10:00", "11:00"] {
        booked.push(clinic.confirmed(&clinic.patient().await, wall).await);
    }
    let unpaid = clinic.book(&clinic.patient().await, "12:00").await.unwrap();
    let command = CallOff { doctor: clinic.doctor, day: clinic.day, reason: CancelReason::Unwell };
    let mut ids = Vec::new();
    for _ in 0..2 {
        let mut tx = clinic.begin(&doctor).await;
        ids.push(call_off(&mut tx, &doctor, command).await.unwrap().id);
        tx.commit().await.unwrap();
    }
    assert_eq!(ids[0], ids[1]);
    assert!(clinic.open_times().await.is_empty(), "nobody can book the day any more");
    for appointment in booked.iter().chain([&unpaid]).map(|a| a.id) {
        for _ in 0..2 {
            let mut tx = clinic.system().await;
            call_off_one(&mut tx, &CallOffOne { day: ids[0], appointment }).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(clinic.read(appointment).await.state.booking, Status::CancelledByDoctor);
    }
    assert_eq!(clinic.count("select count(*) from appointment_choices where status = 'open'").await, 3);
    let told = "select count(*) from jobs where name = 'scheduling.letter' and payload ->> 'occasion' = 'called_off'";
    assert_eq!(clinic.count(told).await, 3);
    clinic.pass_minutes(12 * 60);
    for old in &booked {
        settle(&clinic, old.id).await;
        assert_eq!(clinic.refunded(old.charge.unwrap()).await, PRICE);
    }
}

#[tokio::test]
async fn nobody_else_calls_a_day_off_and_no_past_day_is() {
    let clinic = Clinic::open().await;
    let (doctor, patient) = (clinic.doctor_actor(clinic.doctor), clinic.patient().await);
    let colleague = clinic.doctor_actor(clinic.add_doctor(&Offer::plain(Mode::Video, 30, usd(PRICE))).await);
    let command = CallOff { doctor: clinic.doctor, day: clinic.day, reason: CancelReason::Other };
    for stranger in [&patient, &colleague] {
        let mut tx = clinic.begin(stranger).await;
        assert!(matches!(call_off(&mut tx, stranger, command).await, Err(CallOffError::NotFound)));
    }
    let mut tx = clinic.begin(&doctor).await;
    let past = CallOff { day: clinic.day.plus_days(-4), ..command };
    assert!(matches!(call_off(&mut tx, &doctor, past).await, Err(CallOffError::NotThatDay)));
}

#[tokio::test]
async fn a_patient_who_did_not_come_gets_back_what_the_rule_says() {
    let clinic = Clinic::open().await;
    let (patient, doctor) = (clinic.patient().await, clinic.doctor_actor(clinic.doctor));
    let mut tx = clinic.begin(&doctor).await;
    let line = crate::cancellation::store::list_of_doctor(&mut tx, clinic.doctor).await.unwrap().remove(0);
    let terms = crate::cancellation::Terms { no_show_basis_points: 2_500, ..line.policy.terms };
    crate::cancellation::set(&mut tx, &doctor, clinic.doctor, line.service, &terms).await.unwrap();
    tx.commit().await.unwrap();
    let booked = clinic.confirmed(&patient, "10:00").await;
    clinic.pass_minutes(booked.starts_at.minutes_since(clinic.now().await) + 11);
    let mut tx = clinic.begin(&doctor).await;
    appointments::no_show(&mut tx, &doctor, booked.id, appointments::Absentee::Patient).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(clinic.refunded(booked.charge.unwrap()).await, PRICE / 4);
}

#[tokio::test]
async fn a_hold_taken_instead_asks_nobody_how_many_they_hold() {
    let clinic = Clinic::open().await;
    let offer = Offer::plain(Mode::Video, 30, usd(PRICE));
    let (second, third) = (clinic.add_doctor(&offer).await, clinic.add_doctor(&offer).await);
    let patient = clinic.patient().await;
    let old = called_off(&clinic, &patient, "10:00").await;
    for (doctor, wall) in [(second, "12:00"), (third, "13:00")] {
        clinic.take(&patient, BookAppointment { doctor, ..clinic.wish(&patient, wall) }).await.unwrap();
    }
    assert_eq!(takes(&clinic, &patient, old.id, clinic.doctor, "15:00").await.unwrap().state.booking, Status::Held);
}
