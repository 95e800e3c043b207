use access::Actor;

use super::House;
use crate::{
    pool::{Accepted, accept},
    requests::{ClaimError, GuestToken, Lapse, Status, Who, cancel, claim, lapse, store},
};

#[tokio::test]
async fn a_guest_has_a_doctor_before_an_account_and_the_visit_with_the_name() {
    let house = House::new().await;
    let doctor = house.doctor_ready().await;
    let (request, token) = house.guest_asks(&["stroke"]).await;
    let again = house.ask(&Actor::nobody(), Who::Guest(token.clone()), &["stroke"]).await.unwrap();
    assert_eq!(again.id(), request, "a double click is one request");
    house.climb(request).await;
    assert_eq!(house.steps(request).await, ["reserved not_for_guests", "pool offered"]);
    let (offer, ..) = house.offers(request).await[0];
    let mut tx = house.system().await;
    assert_eq!(accept(&mut tx, &doctor, offer).await.unwrap(), Accepted::Guest(request));
    tx.commit().await.unwrap();
    assert_eq!(house.read(request).await.status, Status::Accepted);

    let patient = house.patient().await;
    let thief = GuestToken::new(&mut house.system().await).mac(&house.vault);
    let mac = token.mac(&house.vault);
    let mut tx = house.system().await;
    let stolen = claim(&mut tx, &patient, patient.patients[0], request, &thief).await;
    assert!(matches!(stolen, Err(ClaimError::NotFound)), "whoever has not the token");
    let mine = claim(&mut tx, &patient, patient.patients[0], request, &mac).await.unwrap();
    assert_eq!((mine.status, mine.practitioner), (Status::Booked, doctor.practitioner));
    let twice = claim(&mut tx, &patient, patient.patients[0], request, &mac).await.unwrap();
    assert_eq!(twice.appointment, mine.appointment);
    tx.commit().await.unwrap();
    let other = house.patient().await;
    let mut tx = house.system().await;
    let late = claim(&mut tx, &other, other.patients[0], request, &mac).await;
    assert!(matches!(late, Err(ClaimError::NotFound)), "it is somebody's now, token or not");
}

#[tokio::test]
async fn a_doctor_does_not_wait_for_a_guest_for_ever() {
    let house = House::new().await;
    let doctor = house.doctor_ready().await;
    let (request, token) = house.guest_asks(&["stroke"]).await;
    house.climb(request).await;
    let (offer, ..) = house.offers(request).await[0];
    let mut tx = house.system().await;
    accept(&mut tx, &doctor, offer).await.unwrap();
    assert!(lapse(&mut tx, &Lapse { request }).await.unwrap().is_some(), "too early");
    tx.commit().await.unwrap();
    house.pass_seconds(601);
    let patient = house.patient().await;
    let mut tx = house.system().await;
    let late = claim(&mut tx, &patient, patient.patients[0], request, &token.mac(&house.vault)).await;
    assert!(matches!(late, Err(ClaimError::TooLate)), "whether or not a job has written it down");
    lapse(&mut tx, &Lapse { request }).await.unwrap();
    lapse(&mut tx, &Lapse { request }).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(house.read(request).await.status, Status::Lapsed);
}

#[tokio::test]
async fn a_guest_overrides_nobody_until_there_is_a_name() {
    let house = House::new().await;
    let doctor = house.doctor().await;
    house.visit(&doctor, &house.patient().await, 60).await;
    let (request, _) = house.guest_asks(&["stroke"]).await;
    assert_eq!(house.climb(request).await.status, Status::Escalated);

    let (request, token) = house.guest_asks(&["stroke"]).await;
    let patient = house.patient().await;
    let mut tx = house.system().await;
    claim(&mut tx, &patient, patient.patients[0], request, &token.mac(&house.vault)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(house.climb(request).await.status, Status::Booked, "with a name the ladder has all its rungs");
}

#[tokio::test]
async fn a_request_is_found_by_its_own_token_alone() {
    let house = House::new().await;
    let (request, token) = house.guest_asks(&["stroke"]).await;
    let (mine, other) = (token.mac(&house.vault), [7_u8; 32]);
    let mut tx = house.system().await;
    assert!(store::find_for(&mut tx, request, &[], Some(&mine)).await.unwrap().is_some());
    assert!(store::find_for(&mut tx, request, &[], Some(&other)).await.unwrap().is_none());
    assert!(store::find_for(&mut tx, request, &[], None).await.unwrap().is_none());
    assert!(cancel(&mut tx, &Actor::nobody(), request, Some(&other)).await.is_err());
    cancel(&mut tx, &Actor::nobody(), request, Some(&mine)).await.unwrap();
}
