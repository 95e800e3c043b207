use std::{collections::BTreeMap, sync::Arc};

use tokio::task::JoinSet;

use super::clinic::{Clinic, PRICE, usd};
use crate::{
    appointments::{self, BookAppointment, BookError, By, ChangeError, Status, Wish, find_for},
    availability::Offer,
    slots::Mode,
};

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hundred_who_want_one_time_exactly_one_holds_it() {
    let clinic = Arc::new(Clinic::open().await);
    let mut storm = JoinSet::new();
    for patient in clinic.patients(200).await {
        let clinic = clinic.clone();
        storm.spawn(async move { clinic.book(&patient, "10:00").await });
    }
    let (mut held, mut taken) = (0, 0);
    while let Some(answer) = storm.join_next().await {
        match answer.unwrap() {
            Ok(booked) => {
                assert_eq!(booked.state.booking, Status::Held);
                held += 1;
            }
            Err(BookError::SlotTaken { alternatives }) => {
                assert_eq!(alternatives.len(), 3);
                taken += 1;
            }
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!((held, taken), (1, 199));
}

#[tokio::test(flavor = "multi_thread")]
async fn staggered_times_never_overlap_and_never_deadlock() {
    let offer = Offer { grid_min: 5, ..Offer::plain(Mode::Video, 30, usd(PRICE)) };
    let clinic = Arc::new(Clinic::offering(offer).await);
    let mut storm = JoinSet::new();
    for (n, patient) in clinic.patients(100).await.into_iter().enumerate() {
        let clinic = clinic.clone();
        let minute = (n % 24) * 5;
        let wall = format!("{:02}:{:02}", 10 + minute / 60, minute % 60);
        storm.spawn(async move { clinic.book(&patient, &wall).await });
    }
    let mut held = Vec::new();
    while let Some(answer) = storm.join_next().await {
        match answer.unwrap() {
            Ok(booked) => held.push(booked),
            Err(BookError::SlotTaken { .. }) => {}
            Err(other) => panic!("{other}"),
        }
    }
    held.sort_by_key(|a| a.starts_at);
    assert!((2..=5).contains(&held.len()), "{} held", held.len());
    assert!(held.windows(2).all(|pair| pair[0].ends_at <= pair[1].starts_at));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_patient_racing_at_two_doctors_gets_one_of_two_overlapping_times() {
    let clinic = Arc::new(Clinic::open().await);
    let other = clinic.add_doctor(&Offer::plain(Mode::Video, 30, usd(PRICE))).await;
    for round in 0..5 {
        let patient = clinic.patient().await;
        let wall = format!("1{round}:00");
        let here = clinic.wish(&patient, &wall);
        let there = BookAppointment { doctor: other, ..here.clone() };
        let (a, b) = tokio::join!(clinic.take(&patient, here), clinic.take(&patient, there));
        let refused = [a, b].into_iter().filter_map(Result::err).collect::<Vec<_>>();
        assert!(matches!(refused.as_slice(), [BookError::OwnOverlap { .. }]), "{refused:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_get_the_same_hold() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let (one, two) = tokio::join!(clinic.book(&patient, "10:00"), clinic.book(&patient, "10:00"));
    let three = clinic.book(&patient, "10:00").await.unwrap();
    assert_eq!(one.unwrap().id, three.id);
    assert_eq!(two.unwrap().id, three.id);
    assert_eq!(clinic.count("select count(*) from appointments").await, 1);
    assert_eq!(clinic.count("select count(*) from charges").await, 1);
}

#[tokio::test]
async fn a_hold_keeps_the_price_and_lasts_half_an_hour() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let booked = clinic.book(&patient, "10:00").await.unwrap();
    assert_eq!(booked.price, usd(PRICE));
    let lasts = booked.hold_expires_at.unwrap().seconds_since(booked.created_at);
    assert_eq!(lasts, 30 * 60);
    assert!(!clinic.is_open("10:00").await && clinic.is_open("10:30").await);
}

#[tokio::test]
async fn an_unpaid_hold_lapses_by_the_databases_time_with_no_job_running() {
    let clinic = Clinic::open().await;
    let (first, second) = (clinic.patient().await, clinic.patient().await);
    let held = clinic.book(&first, "10:00").await.unwrap();
    clinic.pass_minutes(29);
    assert!(matches!(clinic.book(&second, "10:00").await, Err(BookError::SlotTaken { .. })));
    clinic.pass_minutes(1);
    assert!(clinic.is_open("10:00").await);
    assert_eq!(clinic.read(held.id).await.status_at(clinic.now().await), Status::Expired);
    assert_eq!(clinic.read(held.id).await.state.booking, Status::Held, "nothing has written it down");
    clinic.book(&second, "10:00").await.unwrap();
    assert_eq!(clinic.read(held.id).await.state.booking, Status::Expired);
    assert_eq!(clinic.history(held.id).await, ["book", "expire"]);
}

#[tokio::test]
async fn whoever_let_a_hold_lapse_may_book_again() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let first = clinic.book(&patient, "10:00").await.unwrap();
    clinic.pass_minutes(31);
    let second = clinic.book(&patient, "10:00").await.unwrap();
    assert_ne!(first.id, second.id);
    assert_ne!(first.charge, second.charge, "asked to pay again");
}

#[tokio::test]
async fn nobody_hoards() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let offer = Offer::plain(Mode::Video, 30, usd(PRICE));
    let (second, third) = (clinic.add_doctor(&offer).await, clinic.add_doctor(&offer).await);
    clinic.book(&patient, "10:00").await.unwrap();
    assert!(matches!(clinic.book(&patient, "11:00").await, Err(BookError::HoldsAnotherHere { .. })));
    let at = |doctor, wall| BookAppointment { doctor, ..clinic.wish(&patient, wall) };
    clinic.take(&patient, at(second, "12:00")).await.unwrap();
    let refused = clinic.take(&patient, at(third, "14:00")).await;
    assert!(matches!(refused, Err(BookError::TooManyHolds { open }) if open.len() == 2));
}

#[tokio::test]
async fn a_time_that_is_not_offered_is_refused_with_what_is_near() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    match clinic.book(&patient, "10:10").await {
        Err(BookError::NotOffered { alternatives }) => {
            let near: Vec<_> = alternatives.iter().map(|slot| slot.starts_at).collect();
            assert_eq!(near, [clinic.at("10:00"), clinic.at("10:30"), clinic.at("09:30")]);
        }
        other => panic!("{other:?}"),
    }
    let past = BookAppointment { starts_at: clinic.now().await.plus_days(-1), ..clinic.wish(&patient, "10:00") };
    assert!(matches!(clinic.take(&patient, past).await, Err(BookError::NotOffered { .. })));
    let chat = BookAppointment { wish: Wish::Mode(Mode::Chat), ..clinic.wish(&patient, "10:00") };
    assert!(matches!(clinic.take(&patient, chat).await, Err(BookError::NoSuchService)));
}

#[tokio::test]
async fn nobody_books_for_a_stranger_or_sees_a_strangers_appointment() {
    let clinic = Clinic::open().await;
    let (mine, stranger) = (clinic.patient().await, clinic.patient().await);
    let foreign = BookAppointment { patient: mine.patients[0], ..clinic.wish(&stranger, "10:00") };
    assert!(matches!(clinic.take(&stranger, foreign).await, Err(BookError::NotTheirPatient)));
    let booked = clinic.book(&mine, "10:00").await.unwrap();
    let mut tx = clinic.begin(&stranger).await;
    assert!(find_for(&mut tx, &stranger, booked.id).await.unwrap().is_none());
    let refused = appointments::cancel(&mut tx, &stranger, booked.id, appointments::CancelReason::NotNeeded).await;
    assert!(matches!(refused, Err(appointments::CancelError::Change(ChangeError::NotFound))));
    let mut nobody = clinic.db().begin(&db::Context::anonymous()).await.unwrap();
    assert!(appointments::find(&mut nobody, booked.id).await.unwrap().is_none(), "row-level security stands behind");
}

#[tokio::test]
async fn the_reason_is_sealed_and_only_the_two_read_it() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let told = BookAppointment { reason: Some("canary itching since May".into()), ..clinic.wish(&patient, "10:00") };
    let booked = clinic.take(&patient, told).await.unwrap();
    assert_eq!(
        clinic.count("select count(*) from appointments where encode(reason_sealed, 'escape') like '%canary%'").await,
        0
    );
    let doctor = clinic.doctor_actor(clinic.doctor);
    let read = async |reader: &access::Actor| {
        let mut tx = clinic.begin(reader).await;
        let seen = find_for(&mut tx, reader, booked.id).await.unwrap().unwrap();
        let by = By::of(reader, &seen).unwrap();
        appointments::read_reason(&mut tx, &clinic.vault, by, &seen).await.unwrap()
    };
    assert_eq!(read(&patient).await.unwrap().expose(), "canary itching since May");
    assert!(read(&doctor).await.is_none(), "a time that is only held is no visit yet");
    clinic.test.force("update appointments set status = 'confirmed', hold_expires_at = null").await;
    assert_eq!(read(&doctor).await.unwrap().expose(), "canary itching since May");
}

#[tokio::test]
async fn a_free_visit_is_confirmed_at_once() {
    let clinic = Clinic::offering(Offer::plain(Mode::Video, 30, usd(0))).await;
    let patient = clinic.patient().await;
    let booked = clinic.book(&patient, "10:00").await.unwrap();
    assert_eq!((booked.state.booking, booked.charge), (Status::Confirmed, None));
    assert_eq!(clinic.history(booked.id).await, ["book", "confirm"]);
    assert_eq!(clinic.count("select count(*) from care_links where closed_at is null").await, 1);
}

#[tokio::test]
async fn a_request_keeps_the_time_until_the_doctor_answers() {
    let offer = Offer { requires_approval: true, ..Offer::plain(Mode::Video, 30, usd(PRICE)) };
    let clinic = Clinic::offering(offer).await;
    let (patient, doctor) = (clinic.patient().await, clinic.doctor_actor(clinic.doctor));
    let asked = clinic.book(&patient, "10:00").await.unwrap();
    assert_eq!((asked.state.booking, asked.charge), (Status::Requested, None));
    assert!(!clinic.is_open("10:00").await);

    let mut tx = clinic.begin(&doctor).await;
    let held = appointments::approve(&mut tx, &doctor, asked.id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(held.state.booking, Status::Held);
    let paid = clinic.pays(&held).await;
    clinic.hears(&paid).await.unwrap();
    assert_eq!(clinic.read(asked.id).await.state.booking, Status::Confirmed);

    let other = clinic.patient().await;
    let asked = clinic.book(&other, "12:00").await.unwrap();
    let mut tx = clinic.begin(&doctor).await;
    let declined = appointments::reject(&mut tx, &doctor, asked.id, appointments::Decline::NotMyField).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(declined.state.booking, Status::Rejected);
    assert!(clinic.is_open("12:00").await);
}

#[tokio::test]
async fn an_unanswered_request_lapses() {
    let offer = Offer { requires_approval: true, ..Offer::plain(Mode::Video, 30, usd(PRICE)) };
    let clinic = Clinic::offering(offer).await;
    let (patient, doctor) = (clinic.patient().await, clinic.doctor_actor(clinic.doctor));
    let asked = clinic.book(&patient, "10:00").await.unwrap();
    clinic.pass_minutes(24 * 60 + 1);
    assert!(clinic.is_open("10:00").await);
    let mut tx = clinic.begin(&doctor).await;
    let refused = appointments::approve(&mut tx, &doctor, asked.id).await;
    assert!(matches!(refused, Err(appointments::DecideError::Change(ChangeError::Illegal(_)))));
}

#[tokio::test]
async fn the_database_itself_refuses_a_double_booking() {
    let clinic = Clinic::open().await;
    let (first, second) = (clinic.patient().await, clinic.patient().await);
    let held = clinic.book(&first, "10:00").await.unwrap();
    let mut tx = clinic.system().await;
    let copied = sqlx::query!(
        "insert into appointments (id, patient_id, practitioner_id, service_id, mode, starts_at, ends_at, busy_from, busy_until, status,
             hold_expires_at, price_amount, currency, patient_zone)
         select gen_random_uuid(), $2, practitioner_id, service_id, mode, starts_at + interval '10 minutes',
             ends_at + interval '10 minutes', busy_from + interval '10 minutes', busy_until + interval '10 minutes', status,
             hold_expires_at, price_amount, currency, patient_zone
         from appointments where id = $1",
        held.id.uuid(),
        second.patients[0].uuid()
    )
    .execute(tx.conn())
    .await;
    let error = db::Error::from(copied.unwrap_err());
    assert_eq!(error.constraint(), Some("appointments_one_per_practitioner"));
}

#[tokio::test]
async fn the_next_times_of_many_doctors_come_in_one_question() {
    let clinic = Clinic::open().await;
    let offer = Offer::plain(Mode::Audio, 20, usd(PRICE));
    let mut doctors = vec![clinic.doctor];
    for _ in 0..3 {
        doctors.push(clinic.add_doctor(&offer).await);
    }
    let mut tx = clinic.db().begin(&db::Context::anonymous()).await.unwrap();
    let (from, to) = (clinic.at("10:00"), clinic.at("12:00"));
    let found = crate::slots::next_free(&mut tx, &doctors, from, to, None, 2).await.unwrap();
    let starts: BTreeMap<_, _> = found.iter().map(|(doctor, slots)| (*doctor, slots.len())).collect();
    assert_eq!(starts, doctors.iter().map(|doctor| (*doctor, 2)).collect());
    let audio = crate::slots::next_free(&mut tx, &doctors, from, to, Some(Mode::Audio), 2).await.unwrap();
    assert_eq!(audio.len(), 3);
}
