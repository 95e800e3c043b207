//! What a booking costs: the list of its moment, and vouchers.

use billing::prices::{ListPrice, NewDiscount, Off, add_discount, add_price, end_price};
use kernel::{Money, ids::PriceId};

use super::clinic::{Clinic, PRICE, usd};
use crate::{
    appointments::{Appointment, Status, VoucherError, approve, drop_voucher, use_voucher},
    availability::Offer,
    slots::Mode,
};

async fn list_price(clinic: &Clinic, booked: &Appointment, price: Money) -> PriceId {
    let mut tx = clinic.system().await;
    let valid_from = tx.now();
    let new = ListPrice { service: booked.service, practitioner: clinic.doctor, price, valid_from, valid_until: None };
    let id = add_price(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn voucher(clinic: &Clinic, off: Off) {
    let mut tx = clinic.system().await;
    let new = NewDiscount {
        code: Some("SPRING".into()),
        name: "Spring".into(),
        off,
        practitioner: None,
        valid_from: tx.now(),
        valid_until: None,
        most_uses: Some(1),
        per_patient: None,
    };
    add_discount(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn the_list_of_the_moment_is_the_price_and_an_older_booking_keeps_its_own() {
    let clinic = Clinic::open().await;
    let patients = clinic.patients(3).await;
    let before = clinic.book(&patients[0], "09:00").await.unwrap();
    let entry = list_price(&clinic, &before, usd(3000)).await;

    let during = clinic.book(&patients[1], "10:00").await.unwrap();
    clinic.pass_minutes(1);
    let mut tx = clinic.system().await;
    end_price(&mut tx, entry).await.unwrap();
    tx.commit().await.unwrap();
    let after = clinic.book(&patients[2], "11:00").await.unwrap();

    assert_eq!((before.price, during.price, after.price), (usd(PRICE), usd(3000), usd(PRICE)));
}

#[tokio::test]
async fn a_request_keeps_its_price_until_it_is_approved() {
    let offer = Offer { requires_approval: true, ..Offer::plain(Mode::Video, 30, usd(PRICE)) };
    let clinic = Clinic::offering(offer).await;
    let patient = clinic.patient().await;
    let asked = clinic.book(&patient, "09:00").await.unwrap();
    list_price(&clinic, &asked, usd(9900)).await;

    let doctor = clinic.doctor_actor(clinic.doctor);
    let mut tx = clinic.begin(&doctor).await;
    let approved = approve(&mut tx, &doctor, asked.id).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = clinic.system().await;
    let lines = billing::prices::lines_of(&mut tx, approved.charge.unwrap()).await.unwrap();
    assert_eq!((approved.price, lines.len(), lines[0].money), (usd(PRICE), 1, usd(PRICE)));
}

#[tokio::test]
async fn a_voucher_lowers_the_price_of_a_hold_and_may_be_taken_off_again() {
    let clinic = Clinic::open().await;
    voucher(&clinic, Off::Share(2500)).await;
    let patients = clinic.patients(2).await;
    let held = clinic.book(&patients[0], "09:00").await.unwrap();

    let mut tx = clinic.system().await;
    let stranger = use_voucher(&mut tx, &patients[1], held.id, "SPRING").await;
    assert!(matches!(stranger, Err(VoucherError::NotFound)), "{stranger:?}");
    let priced = use_voucher(&mut tx, &patients[0], held.id, "SPRING").await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = clinic.system().await;
    let whole = drop_voucher(&mut tx, &patients[0], held.id).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!((priced.price, priced.state.booking), (usd(1800), Status::Held));
    assert_eq!(whole.price, usd(PRICE));
}

#[tokio::test]
async fn a_voucher_for_the_whole_price_confirms_at_once() {
    let clinic = Clinic::open().await;
    voucher(&clinic, Off::Share(10_000)).await;
    let patient = clinic.patient().await;
    let held = clinic.book(&patient, "09:00").await.unwrap();

    let mut tx = clinic.system().await;
    let confirmed = use_voucher(&mut tx, &patient, held.id, "spring").await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!((confirmed.state.booking, confirmed.price), (Status::Confirmed, usd(0)));
}

#[tokio::test]
async fn a_hold_that_has_lapsed_takes_no_voucher_and_leaves_it_to_others() {
    let clinic = Clinic::open().await;
    voucher(&clinic, Off::Share(5000)).await;
    let patients = clinic.patients(2).await;
    let lapsed = clinic.book(&patients[0], "09:00").await.unwrap();
    let mut tx = clinic.system().await;
    use_voucher(&mut tx, &patients[0], lapsed.id, "SPRING").await.unwrap();
    tx.commit().await.unwrap();
    clinic.pass_minutes(31);
    let mut tx = clinic.system().await;
    let late = use_voucher(&mut tx, &patients[0], lapsed.id, "SPRING").await;
    assert!(matches!(late, Err(VoucherError::NotHeld)), "{late:?}");
    tx.rollback().await.unwrap();

    let mut tx = clinic.system().await;
    crate::appointments::tidy::tidy(&mut tx, lapsed.id).await.unwrap();
    tx.commit().await.unwrap();
    let held = clinic.book(&patients[1], "10:00").await.unwrap();
    let mut tx = clinic.system().await;
    let priced = use_voucher(&mut tx, &patients[1], held.id, "SPRING").await.unwrap();

    assert_eq!(priced.price, usd(1200));
}
