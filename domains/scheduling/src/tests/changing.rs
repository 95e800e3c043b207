use super::clinic::{Clinic, PRICE, usd};
use crate::{
    appointments::{
        self, AbsentError, Absentee, ArriveError, CancelReason, ChangeError, RescheduleError, Status, VisitStatus,
        admit, arrive, cancel, end, mark_signed, no_show, queue_for, reinstate, reschedule,
    },
    availability::{NewException, add_exception},
    cancellation::{self, SetError, Terms, Tier},
    slots::ExceptionKind,
};
use kernel::Money;

#[tokio::test]
async fn a_patient_gets_back_what_the_hour_says() {
    for (hours_before, share) in [(25, PRICE), (5, PRICE / 2), (3, 0)] {
        let clinic = Clinic::open().await;
        let patient = clinic.patient().await;
        let booked = clinic.confirmed(&patient, "10:00").await;
        clinic.pass_minutes(booked.starts_at.minutes_since(clinic.now().await) - hours_before * 60);
        let mut tx = clinic.begin(&patient).await;
        let done = cancel(&mut tx, &patient, booked.id, CancelReason::NoTime).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(done.refund, usd(share), "{hours_before} hours before");
        assert_eq!(clinic.refunded(booked.charge.unwrap()).await, share);
    }
}

fn terms(tiers: &[(i32, u32)]) -> Terms {
    let tiers = tiers.iter().map(|(hours, basis_points)| Tier { hours: *hours, basis_points: *basis_points }).collect();
    Terms { tiers, free_moves: 1, move_until_hours: 48, no_show_basis_points: 2_500 }
}

/// The doctor sets the rule of the only service.
async fn sets(clinic: &Clinic, terms: &Terms) -> Result<(), SetError> {
    let doctor = clinic.doctor_actor(clinic.doctor);
    let mut tx = clinic.begin(&doctor).await;
    let service = cancellation::store::list_of_doctor(&mut tx, clinic.doctor).await.unwrap()[0].service;
    cancellation::set(&mut tx, &doctor, clinic.doctor, service, terms).await?;
    tx.commit().await.unwrap();
    Ok(())
}

#[tokio::test]
async fn a_changed_rule_reaches_new_bookings_and_never_those_already_made() {
    let clinic = Clinic::open().await;
    let (early, late) = (clinic.patient().await, clinic.patient().await);
    let before = clinic.confirmed(&early, "10:00").await;
    sets(&clinic, &terms(&[(72, 10_000), (1, 3_333)])).await.unwrap();
    let after = clinic.confirmed(&late, "11:00").await;
    assert_ne!(before.policy.id, after.policy.id);
    clinic.pass_minutes(before.starts_at.minutes_since(clinic.now().await) - 25 * 60);
    for (patient, booked, share) in [(&early, &before, PRICE), (&late, &after, 800)] {
        let mut tx = clinic.begin(patient).await;
        let done = cancel(&mut tx, patient, booked.id, CancelReason::NoTime).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(done.refund, usd(share));
        assert_eq!(clinic.refunded(booked.charge.unwrap()).await, share);
    }
}

#[tokio::test]
async fn a_rule_is_never_changed_in_place_and_a_wrong_one_is_refused() {
    let clinic = Clinic::open().await;
    sets(&clinic, &terms(&[(12, 5_000)])).await.unwrap();
    sets(&clinic, &terms(&[(12, 5_000)])).await.unwrap();
    sets(&clinic, &terms(&[(6, 5_000)])).await.unwrap();
    assert_eq!(clinic.count("select count(*) from cancellation_policies where service_id is not null").await, 2);
    assert_eq!(clinic.count("select max(version)::bigint from cancellation_policies").await, 2);
    assert!(matches!(sets(&clinic, &terms(&[(4, 5_000), (24, 10_000)])).await, Err(SetError::Invalid(_))));

    let (doctor, stranger) = (
        clinic.doctor_actor(clinic.doctor),
        clinic.add_doctor(&crate::availability::Offer::plain(crate::Mode::Video, 30, usd(PRICE))).await,
    );
    let mut tx = clinic.begin(&doctor).await;
    let theirs = cancellation::store::list_of_doctor(&mut tx, stranger).await.unwrap()[0].service;
    let foreign = cancellation::set(&mut tx, &doctor, clinic.doctor, theirs, &terms(&[(12, 5_000)])).await;
    assert!(matches!(foreign, Err(SetError::NotFound)));
    let changed = sqlx::query!("update cancellation_policies set tier_points = '{0}'").execute(tx.conn()).await;
    assert!(changed.is_err(), "rows are only ever added");
}

#[tokio::test]
async fn odd_yen_and_fils_sum_to_the_whole_when_half_goes_back() {
    for (code, price, back) in [("JPY", 1_501, 751), ("KWD", 7_333, 3_667), ("USD", 1, 1)] {
        let price = Money::new(price, code.parse().unwrap());
        let clinic = Clinic::offering(crate::availability::Offer::plain(crate::Mode::Video, 30, price)).await;
        let patient = clinic.patient().await;
        let booked = clinic.confirmed(&patient, "10:00").await;
        clinic.pass_minutes(booked.starts_at.minutes_since(clinic.now().await) - 5 * 60);
        let mut tx = clinic.begin(&patient).await;
        let done = cancel(&mut tx, &patient, booked.id, CancelReason::NoTime).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((done.refund.amount, done.refund.currency), (back, price.currency));
        assert_eq!(clinic.refunded(booked.charge.unwrap()).await, back);
    }
}

#[tokio::test]
async fn cancelling_twice_refunds_once() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let booked = clinic.confirmed(&patient, "10:00").await;
    let mut tx = clinic.begin(&patient).await;
    cancel(&mut tx, &patient, booked.id, CancelReason::NoTime).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = clinic.begin(&patient).await;
    let again = cancel(&mut tx, &patient, booked.id, CancelReason::NoTime).await;
    assert!(matches!(again, Err(appointments::CancelError::Change(ChangeError::Illegal(_)))));
    assert_eq!(clinic.refunded(booked.charge.unwrap()).await, PRICE);
}

#[tokio::test]
async fn moving_keeps_the_id_and_the_price_and_frees_the_old_time() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let booked = clinic.confirmed(&patient, "10:00").await;
    let mut tx = clinic.begin(&patient).await;
    let moved = reschedule(&mut tx, &patient, booked.id, clinic.at("15:30")).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((moved.id, moved.version, moved.price), (booked.id, booked.version + 1, booked.price));
    assert_eq!((moved.starts_at, moved.state.booking), (clinic.at("15:30"), Status::Confirmed));
    assert!(clinic.is_open("10:00").await && !clinic.is_open("15:30").await);
}

#[tokio::test]
async fn a_booking_never_blocks_its_own_move() {
    let offer = crate::availability::Offer {
        grid_min: 10,
        ..crate::availability::Offer::plain(crate::Mode::Video, 30, usd(PRICE))
    };
    let clinic = Clinic::offering(offer).await;
    let patient = clinic.patient().await;
    let booked = clinic.confirmed(&patient, "10:00").await;
    let mut tx = clinic.begin(&patient).await;
    let moved = reschedule(&mut tx, &patient, booked.id, clinic.at("10:10")).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(moved.starts_at, clinic.at("10:10"));
}

#[tokio::test]
async fn a_move_to_a_taken_time_changes_nothing() {
    let clinic = Clinic::open().await;
    let (patient, other) = (clinic.patient().await, clinic.patient().await);
    let booked = clinic.confirmed(&patient, "10:00").await;
    clinic.book(&other, "12:00").await.unwrap();
    let mut tx = clinic.begin(&patient).await;
    let refused = reschedule(&mut tx, &patient, booked.id, clinic.at("12:00")).await;
    assert!(matches!(refused, Err(RescheduleError::SlotTaken { alternatives }) if alternatives.len() == 3));
    tx.rollback().await.unwrap();
    assert_eq!(clinic.read(booked.id).await, booked);
}

#[tokio::test]
async fn a_visit_may_be_moved_three_times_and_not_in_the_last_hours() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let booked = clinic.confirmed(&patient, "10:00").await;
    for wall in ["11:00", "12:00", "13:00"] {
        let mut tx = clinic.begin(&patient).await;
        reschedule(&mut tx, &patient, booked.id, clinic.at(wall)).await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut tx = clinic.begin(&patient).await;
    let fourth = reschedule(&mut tx, &patient, booked.id, clinic.at("14:00")).await;
    assert!(matches!(fourth, Err(RescheduleError::NotAnyMore)));
}

#[tokio::test]
async fn a_closed_day_offers_nothing_and_keeps_what_is_booked() {
    let clinic = Clinic::open().await;
    let (patient, doctor) = (clinic.patient().await, clinic.doctor_actor(clinic.doctor));
    let booked = clinic.confirmed(&patient, "10:00").await;
    let mut tx = clinic.begin(&doctor).await;
    let closed = NewException {
        kind: ExceptionKind::Closed,
        service: None,
        starts_on: clinic.day,
        ends_on: clinic.day,
        parts: Vec::new(),
        zone: kernel::Zone::utc(),
        journey: None,
    };
    add_exception(&mut tx, clinic.doctor, &closed).await.unwrap();
    tx.commit().await.unwrap();
    assert!(clinic.open_times().await.is_empty());
    assert_eq!(clinic.read(booked.id).await.state.booking, Status::Confirmed);
}

#[tokio::test]
async fn a_visit_goes_from_the_waiting_room_to_the_signature() {
    let clinic = Clinic::open().await;
    let (patient, doctor) = (clinic.patient().await, clinic.doctor_actor(clinic.doctor));
    let booked = clinic.confirmed(&patient, "10:00").await;
    let mut tx = clinic.begin(&patient).await;
    let early = arrive(&mut tx, &patient, booked.id).await;
    assert!(matches!(early, Err(ArriveError::TooEarly { .. })));
    tx.rollback().await.unwrap();

    clinic.pass_minutes(booked.starts_at.minutes_since(clinic.now().await) - 10);
    let mut tx = clinic.begin(&patient).await;
    arrive(&mut tx, &patient, booked.id).await.unwrap();
    let queue = queue_for(&mut tx, &patient, booked.id).await.unwrap().unwrap();
    assert_eq!(queue.position, 1);
    assert!(queue.wait_min <= queue.wait_max && queue.wait_min >= 8);
    tx.commit().await.unwrap();

    let mut tx = clinic.begin(&doctor).await;
    admit(&mut tx, &doctor, booked.id).await.unwrap();
    let ended = end(&mut tx, &doctor, booked.id).await.unwrap();
    assert_eq!((ended.state.booking, ended.state.visit), (Status::Fulfilled, VisitStatus::Ended));
    let signed = mark_signed(&mut tx, &doctor, booked.id).await.unwrap();
    assert_eq!(signed.state.visit, VisitStatus::Signed);
    tx.commit().await.unwrap();
    assert_eq!(clinic.history(booked.id).await, ["book", "confirm", "arrive", "admit", "end", "sign"]);
    assert_eq!(clinic.count("select count(*) from events where name = 'scheduling.appointment_ended'").await, 1);
}

#[tokio::test]
async fn two_who_wait_are_called_in_the_order_of_their_times() {
    let clinic = Clinic::open().await;
    let (first, second) = (clinic.patient().await, clinic.patient().await);
    let one = clinic.confirmed(&first, "10:00").await;
    let two = clinic.confirmed(&second, "10:30").await;
    clinic.pass_minutes(two.starts_at.minutes_since(clinic.now().await) - 14);
    for (who, what) in [(&second, &two), (&first, &one)] {
        let mut tx = clinic.begin(who).await;
        arrive(&mut tx, who, what.id).await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut places = Vec::new();
    for (who, what) in [(&first, &one), (&second, &two)] {
        let mut tx = clinic.begin(who).await;
        places.push(queue_for(&mut tx, who, what.id).await.unwrap().unwrap().position);
    }
    assert_eq!(places, [1, 2]);
}

#[tokio::test]
async fn an_absent_doctor_costs_the_patient_nothing_and_an_absent_patient_may_be_taken_back() {
    let clinic = Clinic::open().await;
    let (patient, doctor, admin) = (clinic.patient().await, clinic.doctor_actor(clinic.doctor), clinic.admin().await);
    let one = clinic.confirmed(&patient, "10:00").await;
    let two = clinic.confirmed(&patient, "11:00").await;
    let mut tx = clinic.begin(&doctor).await;
    let early = no_show(&mut tx, &doctor, one.id, Absentee::Patient).await;
    assert!(matches!(early, Err(AbsentError::TooEarly { .. })));
    tx.rollback().await.unwrap();

    clinic.pass_minutes(two.starts_at.minutes_since(clinic.now().await) + 16);
    let mut tx = clinic.begin(&doctor).await;
    no_show(&mut tx, &doctor, one.id, Absentee::Patient).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(clinic.refunded(one.charge.unwrap()).await, 0);

    let mut tx = clinic.begin(&admin).await;
    let back = reinstate(&mut tx, &admin, one.id).await.unwrap();
    assert_eq!(back.state.booking, Status::Confirmed);
    tx.commit().await.unwrap();
    let mut tx = clinic.system().await;
    crate::appointments::care::follow(&mut tx, one.id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(clinic.count("select count(*) from care_links where closed_at is null").await, 2);

    let mut tx = clinic.begin(&admin).await;
    no_show(&mut tx, &admin, two.id, Absentee::Doctor).await.unwrap();
    tx.commit().await.unwrap();
    clinic.pass_minutes(12 * 60);
    let mut tx = clinic.system().await;
    assert_eq!(crate::choices::settle_due(&mut tx, two.id).await.unwrap(), None);
    tx.commit().await.unwrap();
    assert_eq!(clinic.refunded(two.charge.unwrap()).await, PRICE);
}
