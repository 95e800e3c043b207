//! Changing hours: looked at first, never over anybody's head; and limits that two at once cannot pass.

use std::collections::HashMap;

use kernel::{Zone, ids::AppointmentId};

use super::clinic::{Clinic, PRICE, usd};
use crate::{
    appointments::{BookError, Status},
    availability::{
        Change, Fate, NewException, Offer, SetWeek,
        change::{ChangeError, carry_out, foresee},
    },
    slots::{ExceptionKind, Mode},
};

fn leave(clinic: &Clinic) -> Change {
    Change::Except(NewException {
        kind: ExceptionKind::Leave,
        service: None,
        starts_on: clinic.day,
        ends_on: clinic.day,
        parts: Vec::new(),
        zone: Zone::utc(),
        journey: None,
    })
}

async fn make(clinic: &Clinic, fates: &[(AppointmentId, Fate)]) -> Result<(), ChangeError> {
    let doctor = clinic.doctor_actor(clinic.doctor);
    let mut tx = clinic.begin(&doctor).await;
    let fates: HashMap<AppointmentId, Fate> = fates.iter().copied().collect();
    carry_out(&mut tx, &doctor, clinic.doctor, &leave(clinic), &fates).await?;
    tx.commit().await?;
    Ok(())
}

#[tokio::test]
async fn looking_ahead_says_whom_it_would_strand_and_changes_nothing() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let booked = clinic.confirmed(&patient, "10:00").await;
    let mut tx = clinic.begin(&clinic.doctor_actor(clinic.doctor)).await;
    let outlook = foresee(&mut tx, clinic.doctor, &leave(&clinic)).await.unwrap();
    drop(tx);
    assert_eq!(outlook.stranded.iter().map(|one| one.id).collect::<Vec<_>>(), [booked.id]);
    assert!(outlook.after.len() < outlook.before.len());
    assert!(clinic.is_open("11:00").await, "nothing was changed");
}

#[tokio::test]
async fn who_was_kept_outside_the_hours_is_named_again_when_the_doctor_goes_away() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let booked = clinic.confirmed(&patient, "10:00").await;
    let doctor = clinic.doctor_actor(clinic.doctor);
    let none = Change::Week(SetWeek::plain(Zone::utc(), Vec::new()));
    let mut tx = clinic.begin(&doctor).await;
    let kept = HashMap::from([(booked.id, Fate::Keep)]);
    carry_out(&mut tx, &doctor, clinic.doctor, &none, &kept).await.unwrap();
    let outlook = foresee(&mut tx, clinic.doctor, &leave(&clinic)).await.unwrap();
    assert_eq!(outlook.stranded.iter().map(|one| one.id).collect::<Vec<_>>(), [booked.id]);
    drop(tx);
}

#[tokio::test]
async fn a_change_that_strands_somebody_is_refused_until_the_doctor_decides() {
    let clinic = Clinic::open().await;
    let (one, other) = (clinic.patient().await, clinic.patient().await);
    let kept = clinic.confirmed(&one, "10:00").await;
    let called_off = clinic.confirmed(&other, "11:00").await;
    let refused = make(&clinic, &[(kept.id, Fate::Keep)]).await;
    assert!(matches!(refused, Err(ChangeError::Undecided(outlook)) if outlook.stranded.len() == 2));
    assert!(clinic.is_open("12:00").await, "all or nothing");
    make(&clinic, &[(kept.id, Fate::Keep), (called_off.id, Fate::Cancel)]).await.unwrap();
    assert!(clinic.open_times().await.is_empty());
    assert_eq!(clinic.read(kept.id).await.state.booking, Status::Confirmed);
    assert_eq!(clinic.read(called_off.id).await.state.booking, Status::CancelledByDoctor);
    // The money waits for the patient's choice: another time, or back (see `choices`).
    assert_eq!(clinic.refunded(called_off.charge.unwrap()).await, 0);
    assert_eq!(clinic.refunded(kept.charge.unwrap()).await, 0);
}

#[tokio::test]
async fn of_many_at_once_no_more_are_taken_than_the_limit_of_the_day() {
    let offer = Offer { daily_cap: Some(3), ..Offer::plain(Mode::Video, 30, usd(PRICE)) };
    let clinic = Clinic::offering(offer).await;
    let patients = clinic.patients(8).await;
    let walls = ["08:00", "09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00"];
    let booked = futures::future::join_all(patients.iter().zip(walls).map(|(who, wall)| clinic.book(who, wall))).await;
    assert_eq!(booked.iter().filter(|one| one.is_ok()).count(), 3);
    assert!(
        booked.iter().filter_map(|one| one.as_ref().err()).all(|error| matches!(error, BookError::SlotTaken { .. }))
    );
    assert!(clinic.open_times().await.is_empty(), "nor is any shown");
}
