//! The waiting list: who is offered what, once, and what happens when nobody answers or everybody does.

use std::sync::Arc;

use access::Actor;
use kernel::{
    Zone,
    ids::{AppointmentId, PractitionerId},
};
use tokio::task::JoinSet;

use super::clinic::{Clinic, PRICE, usd};
use crate::{
    appointments::{self, Appointment, BookError, CancelReason, Outcome, Status, cancel, tidy::tidy},
    availability::Offer as Service,
    slots::Mode,
    waiting_list::{
        self, AnswerError, JoinError, JoinWaitingList, ListError, Progress, Sought, Suits, Waiting, WaitingStatus,
        offer_next,
    },
};

/// So many minutes an offer is kept.
const MINUTES: i64 = 60;

async fn service_of(clinic: &Clinic, doctor: PractitionerId) -> kernel::ids::ServiceId {
    let mut tx = clinic.system().await;
    let (from, to) = (clinic.at("00:00"), clinic.at("00:00").plus_days(1));
    let rules = crate::slots::rules_for(&mut tx, &[doctor], crate::slots::Doctors::Any, from, to).await.unwrap();
    rules[0].services[0].id
}

fn suits(clinic: &Clinic, starts: &str, ends: &str) -> Suits {
    Suits {
        from_day: clinic.day,
        until_day: clinic.day,
        weekdays: (1..=7).collect(),
        starts: starts.parse().unwrap(),
        ends: ends.parse().unwrap(),
        zone: Zone::utc(),
    }
}

async fn wish(clinic: &Clinic, patient: &Actor, starts: &str, ends: &str) -> JoinWaitingList {
    let sought = Sought::Doctor { practitioner: clinic.doctor, service: service_of(clinic, clinic.doctor).await };
    JoinWaitingList { patient: patient.patients[0], sought, mode: Mode::Video, suits: suits(clinic, starts, ends) }
}

async fn joins(clinic: &Clinic, patient: &Actor, command: JoinWaitingList) -> Result<Waiting, JoinError> {
    let mut tx = clinic.begin(patient).await;
    let joined = waiting_list::join(&mut tx, patient, command).await?;
    tx.commit().await?;
    Ok(joined)
}

/// Waits for ten o'clock of the clinic's day.
async fn waits(clinic: &Clinic, patient: &Actor) -> Waiting {
    joins(clinic, patient, wish(clinic, patient, "10:00", "10:30").await).await.unwrap()
}

async fn offers(clinic: &Clinic, doctor: PractitionerId) -> Option<Appointment> {
    for _ in 0..10 {
        let mut tx = clinic.system().await;
        let progress = offer_next(&mut tx, doctor, MINUTES).await.unwrap();
        tx.commit().await.unwrap();
        match progress {
            Progress::Offered(kept) => return Some(*kept),
            Progress::Nothing => return None,
            Progress::Again => {}
        }
    }
    panic!("it never came to an end");
}

async fn takes(clinic: &Clinic, patient: &Actor, id: AppointmentId) -> Result<Appointment, AnswerError> {
    let mut tx = clinic.begin(patient).await;
    let taken = waiting_list::take(&mut tx, patient, id).await?;
    tx.commit().await?;
    Ok(taken)
}

async fn declines(clinic: &Clinic, patient: &Actor, id: AppointmentId) -> Result<waiting_list::Offer, AnswerError> {
    let mut tx = clinic.begin(patient).await;
    let declined = waiting_list::decline(&mut tx, patient, id).await?;
    tx.commit().await?;
    Ok(declined)
}

async fn status(clinic: &Clinic, patient: &Actor, waiting: &Waiting) -> WaitingStatus {
    let mut tx = clinic.begin(patient).await;
    let now = tx.now();
    waiting_list::find_for(&mut tx, patient, waiting.id).await.unwrap().unwrap().status_at(now)
}

/// Somebody has ten o'clock and gives it back.
async fn ten_gets_free(clinic: &Clinic, waiting: &[&Actor]) -> Vec<Waiting> {
    let first = clinic.patient().await;
    let booked = clinic.confirmed(&first, "10:00").await;
    let mut places = Vec::new();
    for patient in waiting {
        places.push(waits(clinic, patient).await);
    }
    assert_eq!(offers(clinic, clinic.doctor).await, None, "nothing is free yet");
    let mut tx = clinic.begin(&first).await;
    cancel(&mut tx, &first, booked.id, CancelReason::NoTime).await.unwrap();
    tx.commit().await.unwrap();
    places
}

#[tokio::test]
async fn a_time_that_gets_free_is_kept_for_the_first_and_for_nobody_else() {
    let clinic = Clinic::open().await;
    let (one, two, other) = (clinic.patient().await, clinic.patient().await, clinic.patient().await);
    let places = ten_gets_free(&clinic, &[&one, &two]).await;
    let looked = "select count(*) from jobs where name = 'scheduling.offer_times'";
    assert!(clinic.count(looked).await > 0, "the cancellation has the list looked at");
    let kept = offers(&clinic, clinic.doctor).await.unwrap();
    assert_eq!((kept.patient, kept.state.booking, kept.charge), (one.patients[0], Status::Held, None));
    assert_eq!(offers(&clinic, clinic.doctor).await, None, "one time, one offer");
    assert!(!clinic.is_open("10:00").await);
    assert!(matches!(clinic.book(&other, "10:00").await, Err(BookError::SlotTaken { .. })));
    let taken = takes(&clinic, &one, kept.id).await.unwrap();
    assert!(taken.charge.is_some(), "now it is to be paid");
    assert_eq!(takes(&clinic, &one, kept.id).await.unwrap().id, kept.id, "a second click is the same answer");
    let paid = clinic.pays(&taken).await;
    assert_eq!(clinic.hears(&paid).await.unwrap(), Outcome::Confirmed);
    assert_eq!(status(&clinic, &one, &places[0]).await, WaitingStatus::Taken);
    assert_eq!(status(&clinic, &two, &places[1]).await, WaitingStatus::Waiting);
    assert_eq!(clinic.history(kept.id).await, ["offer", "accept", "confirm"]);
    let told = "select count(*) from jobs where name = 'scheduling.letter' and payload ->> 'occasion' = 'offered'";
    assert_eq!(clinic.count(told).await, 1);
}

#[tokio::test]
async fn an_offer_that_is_not_answered_goes_to_the_next_and_never_back() {
    let clinic = Clinic::open().await;
    let (one, two) = (clinic.patient().await, clinic.patient().await);
    ten_gets_free(&clinic, &[&one, &two]).await;
    let first = offers(&clinic, clinic.doctor).await.unwrap();
    clinic.pass_minutes(MINUTES);
    assert!(clinic.is_open("10:00").await, "by the database's time, before any job ran");
    assert!(matches!(takes(&clinic, &one, first.id).await, Err(AnswerError::Over)));
    let second = offers(&clinic, clinic.doctor).await.unwrap();
    assert_eq!((first.patient, second.patient), (one.patients[0], two.patients[0]));
    clinic.pass_minutes(MINUTES);
    assert_eq!(offers(&clinic, clinic.doctor).await, None, "nobody is asked twice about the same time");
    let mut tx = clinic.system().await;
    tidy(&mut tx, second.id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(clinic.read(second.id).await.state.booking, Status::Expired);
}

#[tokio::test]
async fn who_declines_stays_on_the_list_and_the_next_is_asked() {
    let clinic = Clinic::open().await;
    let (one, two) = (clinic.patient().await, clinic.patient().await);
    let places = ten_gets_free(&clinic, &[&one, &two]).await;
    let first = offers(&clinic, clinic.doctor).await.unwrap();
    for _ in 0..2 {
        declines(&clinic, &one, first.id).await.unwrap();
    }
    assert!(matches!(takes(&clinic, &one, first.id).await, Err(AnswerError::Over)));
    let second = offers(&clinic, clinic.doctor).await.unwrap();
    assert_eq!(second.patient, two.patients[0]);
    assert_eq!(status(&clinic, &one, &places[0]).await, WaitingStatus::Waiting);
}

#[tokio::test]
async fn one_patient_and_two_freed_times_make_one_offer_at_a_time() {
    let clinic = Clinic::open().await;
    let (one, two) = (clinic.patient().await, clinic.patient().await);
    joins(&clinic, &one, wish(&clinic, &one, "10:00", "11:00").await).await.unwrap();
    let first = offers(&clinic, clinic.doctor).await.unwrap();
    assert_eq!((first.patient, first.starts_at), (one.patients[0], clinic.at("10:00")));
    assert_eq!(offers(&clinic, clinic.doctor).await, None, "the other time stays open to all");
    assert!(clinic.is_open("10:30").await);
    waits(&clinic, &two).await;
    assert_eq!(offers(&clinic, clinic.doctor).await, None);
    declines(&clinic, &one, first.id).await.unwrap();
    let next = offers(&clinic, clinic.doctor).await.unwrap();
    assert_eq!((next.patient, next.starts_at), (one.patients[0], clinic.at("10:30")), "one comes first still");
    assert_eq!(offers(&clinic, clinic.doctor).await.unwrap().patient, two.patients[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_looks_at_once_each_freed_time_is_offered_once() {
    let clinic = Arc::new(Clinic::open().await);
    for patient in clinic.patients(6).await {
        joins(&clinic, &patient, wish(&clinic, &patient, "10:00", "12:00").await).await.unwrap();
    }
    let look = |_| {
        let clinic = clinic.clone();
        async move { offers(&clinic, clinic.doctor).await }
    };
    let looks: JoinSet<_> = (0..12).map(look).collect();
    let mut kept: Vec<Appointment> = looks.join_all().await.into_iter().flatten().collect();
    kept.sort_by_key(|one| one.starts_at);
    assert_eq!(kept.len(), 4, "four half hours");
    assert!(kept.windows(2).all(|pair| pair[0].ends_at <= pair[1].starts_at && pair[0].patient != pair[1].patient));
    assert_eq!(clinic.count("select count(*) from waiting_offers where status = 'open'").await, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_for_a_specialty_gets_one_of_two_doctors_times() {
    let clinic = Arc::new(Clinic::open().await);
    let other = clinic.add_doctor(&Service::plain(Mode::Video, 30, usd(PRICE))).await;
    for _ in 0..5 {
        let patient = clinic.patient().await;
        let sought = Sought::Specialty("dermatology".to_owned());
        let command = JoinWaitingList { sought, ..wish(&clinic, &patient, "10:00", "10:30").await };
        let place = joins(&clinic, &patient, command).await.unwrap();
        let (a, b) = tokio::join!(offers(&clinic, clinic.doctor), offers(&clinic, other));
        let kept: Vec<Appointment> =
            [a, b].into_iter().flatten().filter(|k| k.patient == patient.patients[0]).collect();
        assert_eq!(kept.len(), 1);
        let mut tx = clinic.begin(&patient).await;
        waiting_list::leave(&mut tx, &patient, place.id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(clinic.read(kept[0].id).await.state.booking, Status::Released, "leaving gives the time up");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_and_its_opposite_at_once_have_one_effect() {
    let clinic = Clinic::open().await;
    for _ in 0..5 {
        let one = clinic.patient().await;
        waits(&clinic, &one).await;
        let kept = offers(&clinic, clinic.doctor).await.unwrap();
        let (took, declined) = tokio::join!(takes(&clinic, &one, kept.id), declines(&clinic, &one, kept.id));
        assert_ne!(took.is_ok(), declined.is_ok(), "{took:?} {declined:?}");
        let after = clinic.read(kept.id).await;
        assert_eq!(after.state.booking == Status::Held, took.is_ok());
        if took.is_ok() {
            let mut tx = clinic.begin(&one).await;
            appointments::release(&mut tx, &one, kept.id).await.unwrap();
            tx.commit().await.unwrap();
        }
    }
}

#[tokio::test]
async fn the_most_urgent_comes_first_and_who_let_an_offer_lapse_behind() {
    let clinic = Clinic::open().await;
    let (one, two, doctor) = (clinic.patient().await, clinic.patient().await, clinic.doctor_actor(clinic.doctor));
    let places = ten_gets_free(&clinic, &[&one, &two]).await;
    for refused in [&one, &two] {
        let mut tx = clinic.begin(refused).await;
        let told = waiting_list::rank(&mut tx, refused, places[1].id, 1).await;
        assert!(matches!(told, Err(ListError::NotFound)), "a patient does not say how urgent it is");
    }
    let mut tx = clinic.begin(&doctor).await;
    waiting_list::rank(&mut tx, &doctor, places[1].id, 2).await.unwrap();
    assert!(matches!(waiting_list::rank(&mut tx, &doctor, places[1].id, 6).await, Err(ListError::Acuity)));
    tx.commit().await.unwrap();
    assert_eq!(offers(&clinic, clinic.doctor).await.unwrap().patient, two.patients[0]);
}

#[tokio::test]
async fn what_the_patient_has_then_already_is_not_offered() {
    let clinic = Clinic::open().await;
    let other = clinic.add_doctor(&Service::plain(Mode::Video, 30, usd(PRICE))).await;
    let (one, two) = (clinic.patient().await, clinic.patient().await);
    ten_gets_free(&clinic, &[&one, &two]).await;
    let elsewhere = appointments::BookAppointment { doctor: other, ..clinic.wish(&one, "10:00") };
    clinic.take(&one, elsewhere).await.unwrap();
    assert_eq!(offers(&clinic, clinic.doctor).await.unwrap().patient, two.patients[0]);
}

#[tokio::test]
async fn a_stranger_sees_and_answers_nothing() {
    let clinic = Clinic::open().await;
    let (one, stranger) = (clinic.patient().await, clinic.patient().await);
    let place = waits(&clinic, &one).await;
    let kept = offers(&clinic, clinic.doctor).await.unwrap();
    assert!(matches!(takes(&clinic, &stranger, kept.id).await, Err(AnswerError::NotFound)));
    assert!(matches!(declines(&clinic, &stranger, kept.id).await, Err(AnswerError::NotFound)));
    let mut tx = clinic.begin(&stranger).await;
    assert!(matches!(waiting_list::leave(&mut tx, &stranger, place.id).await, Err(ListError::NotFound)));
    assert_eq!(waiting_list::find_for(&mut tx, &stranger, place.id).await.unwrap(), None);
    let for_another = JoinWaitingList { patient: one.patients[0], ..wish(&clinic, &stranger, "10:00", "11:00").await };
    assert!(matches!(joins(&clinic, &stranger, for_another).await, Err(JoinError::NotTheirPatient)));
}

#[tokio::test]
async fn a_wish_that_cannot_be_is_refused() {
    let asked = Service { requires_approval: true, ..Service::plain(Mode::Video, 30, usd(PRICE)) };
    let clinic = Clinic::open().await;
    let doctor = clinic.add_doctor(&asked).await;
    let one = clinic.patient().await;
    let good = wish(&clinic, &one, "10:00", "11:00").await;
    let approving = Sought::Doctor { practitioner: doctor, service: service_of(&clinic, doctor).await };
    let refused = joins(&clinic, &one, JoinWaitingList { sought: approving, ..good.clone() }).await;
    assert!(matches!(refused, Err(JoinError::NotOffered)));
    let backwards = Suits { starts: "12:00".parse().unwrap(), ..good.suits.clone() };
    let refused = joins(&clinic, &one, JoinWaitingList { suits: backwards, ..good.clone() }).await;
    assert!(matches!(refused, Err(JoinError::Hours)));
    let never = Suits { weekdays: Vec::new(), ..good.suits.clone() };
    let refused = joins(&clinic, &one, JoinWaitingList { suits: never, ..good.clone() }).await;
    assert!(matches!(refused, Err(JoinError::Weekdays)));
    let far = Suits { until_day: clinic.day.plus_days(200), ..good.suits.clone() };
    let refused = joins(&clinic, &one, JoinWaitingList { suits: far, ..good.clone() }).await;
    assert!(matches!(refused, Err(JoinError::Days)));
    joins(&clinic, &one, good.clone()).await.unwrap();
    assert!(matches!(joins(&clinic, &one, good).await, Err(JoinError::Already)));
}

#[tokio::test]
async fn past_its_last_day_a_place_is_over_and_may_be_taken_anew() {
    let clinic = Clinic::open().await;
    let one = clinic.patient().await;
    let booked = clinic.confirmed(&clinic.patient().await, "10:00").await;
    let place = waits(&clinic, &one).await;
    clinic.pass_minutes(5 * 1440);
    assert_eq!(status(&clinic, &one, &place).await, WaitingStatus::Over);
    assert_eq!(offers(&clinic, clinic.doctor).await, None);
    let later = clinic.day.plus_days(4);
    let again = wish(&clinic, &one, "10:00", "10:30").await;
    let suits = Suits { from_day: later, until_day: later, ..again.suits.clone() };
    joins(&clinic, &one, JoinWaitingList { suits, ..again }).await.unwrap();
    assert_eq!(offers(&clinic, clinic.doctor).await.unwrap().starts_at, booked.starts_at.plus_days(4));
}
