//! Charges, and starting to pay them.

use db::Context;
use kernel::{
    Currency, Money,
    ids::{AppointmentId, PatientId},
};
use tokio::task::JoinSet;

use super::till::{PRICE, Till, id};
use crate::{
    charges::{self, ChargeStatus, NewCharge, RaiseError, Subject, VoidError},
    payments::{self, PayError, PaymentStatus, StartError},
};

#[tokio::test]
async fn two_tabs_get_the_same_payment_and_one_page() {
    let till = Till::open().await;
    let charge = till.charge().await;

    let (first, second) = tokio::join!(till.open_checkout(charge), till.open_checkout(charge));
    let third = till.open_checkout(charge).await.unwrap();

    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!((first.id, &first.checkout_url), (second.id, &second.checkout_url));
    assert_eq!((first.id, &first.checkout_url), (third.id, &third.checkout_url));
    assert_eq!(till.gateway.opened(), 1);
    assert_eq!(till.count("select count(*) from payments").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_clicks_at_once_start_one_payment() {
    let till = std::sync::Arc::new(Till::open().await);
    let charge = till.charge().await;

    let mut storm = JoinSet::new();
    for _ in 0..20 {
        let till = till.clone();
        storm.spawn(async move { till.open_checkout(charge).await.map(|payment| payment.id) });
    }
    let started: Vec<_> = storm.join_all().await.into_iter().map(|id| id.expect("every click is served")).collect();

    assert!(started.iter().all(|id| *id == started[0]));
    assert_eq!(till.gateway.opened(), 1);
}

#[tokio::test]
async fn who_has_paid_and_presses_again_is_told_so() {
    let till = Till::open().await;
    let charge = till.charge().await;
    let payment = till.open_checkout(charge).await.unwrap();
    till.pays(&payment).await;

    let error = till.open_checkout(charge).await.unwrap_err();

    assert!(matches!(error, PayError::Start(StartError::AlreadyPaid)), "{error:?}");
    assert_eq!(till.charge_status(charge).await, ChargeStatus::Settled);
}

#[tokio::test]
async fn after_a_decline_the_next_attempt_is_a_new_payment() {
    let till = Till::open().await;
    let charge = till.charge().await;
    let first = till.open_checkout(charge).await.unwrap();
    till.gateway.change(first.gateway_ref.as_ref().unwrap(), |remote| {
        remote.state = gateways::payment::RemoteState::Failed;
    });
    till.hears("evt_1", &first).await.unwrap();
    assert_eq!(till.events("billing.payment_failed").await.len(), 1);

    let second = till.open_checkout(charge).await.unwrap();

    assert_ne!(first.id, second.id);
    till.pays(&second).await;
    till.hears("evt_2", &second).await.unwrap();
    assert_eq!(till.charge_status(charge).await, ChargeStatus::Settled);
    let mut tx = till.system().await;
    assert_eq!(payments::status_of(&mut tx, charge).await.unwrap(), Some(PaymentStatus::Captured));
}

#[tokio::test]
async fn who_abandons_and_books_again_must_pay_again() {
    let till = Till::open().await;
    let abandoned = till.charge().await;
    let old = till.open_checkout(abandoned).await.unwrap();
    let mut tx = till.db().begin(&till.me()).await.unwrap();
    charges::void(&mut tx, abandoned).await.unwrap();
    tx.commit().await.unwrap();

    let rebooked = till.charge().await;
    let new = till.open_checkout(rebooked).await.unwrap();

    assert_ne!(old.id, new.id);
    assert_eq!(till.payment(old.id).await.status, PaymentStatus::Cancelled);
    till.pays(&old).await;
    till.hears("evt_old", &old).await.unwrap();
    assert_eq!(till.charge_status(rebooked).await, ChargeStatus::Open, "the old money does not pay the new charge");
    let error = till.open_checkout(abandoned).await.unwrap_err();
    assert!(matches!(error, PayError::Start(StartError::AlreadyPaid)), "{error:?}");
}

#[tokio::test]
async fn nothing_can_be_paid_after_its_time() {
    let till = Till::open().await;
    let charge = till.charge().await;
    till.db().clock().shift_seconds(30 * 60);

    let error = till.open_checkout(charge).await.unwrap_err();

    assert!(matches!(error, PayError::Start(StartError::Expired)), "{error:?}");
    assert_eq!(till.gateway.opened(), 0);
}

#[tokio::test]
async fn while_the_gateway_is_away_the_charge_stays_open_and_can_be_tried_again() {
    let till = Till::open().await;
    let charge = till.charge().await;
    till.gateway.set_away(true);
    let error = till.open_checkout(charge).await.unwrap_err();
    assert!(matches!(error, PayError::GatewayDown(_)), "{error:?}");
    assert_eq!(till.charge_status(charge).await, ChargeStatus::Open);

    till.gateway.set_away(false);
    let payment = till.open_checkout(charge).await.unwrap();

    assert_eq!(payment.status, PaymentStatus::RequiresAction);
    assert_eq!(till.count("select count(*) from payments").await, 1);
}

#[tokio::test]
async fn a_charge_is_raised_once_per_subject_and_never_for_nothing() {
    let till = Till::open().await;
    let mut tx = till.db().begin(&till.me()).await.unwrap();
    let new = NewCharge {
        patient: till.patient,
        practitioner: till.doctor,
        subject: Subject::Appointment(AppointmentId::from_uuid(id())),
        service: None,
        price: Money::new(PRICE, Currency::USD),
        payable_until: tx.now().plus_minutes(30),
    };
    for amount in [0, -1, charges::LARGEST_AMOUNT + 1] {
        let wrong = NewCharge { price: Money::new(amount, Currency::USD), ..new };
        assert!(matches!(charges::raise(&mut tx, wrong).await, Err(RaiseError::AmountOutOfRange)));
    }
    charges::raise(&mut tx, new).await.unwrap();
    assert!(matches!(charges::raise(&mut tx, new).await, Err(RaiseError::AlreadyCharged)));
}

#[tokio::test]
async fn what_is_paid_cannot_be_voided() {
    let till = Till::open().await;
    let (charge, _) = till.paid_charge().await;
    let mut tx = till.system().await;

    assert!(matches!(charges::void(&mut tx, charge).await, Err(VoidError::Settled)));
}

#[tokio::test]
async fn a_patient_sees_and_pays_only_own_charges() {
    let till = Till::open().await;
    let charge = till.charge().await;
    let (_, payment) = till.paid_charge().await;
    let other = id();
    till.add_patient(other, "8X4K-9QTM").await;
    let stranger =
        Context { patients: vec![PatientId::from_uuid(other)], roles: vec!["patient"], ..Context::default() };
    let doctor = Context { practitioner: Some(till.doctor), roles: vec!["doctor"], ..Context::default() };

    let mut tx = till.db().begin(&stranger).await.unwrap();
    assert!(matches!(payments::start(&mut tx, charge, "fake").await, Err(StartError::NotFound)));
    assert_eq!(payments::store::find(&mut tx, payment.id).await.unwrap(), None);
    let mut tx = till.db().begin(&Context::anonymous()).await.unwrap();
    assert!(matches!(payments::start(&mut tx, charge, "fake").await, Err(StartError::NotFound)));
    let mut tx = till.db().begin(&doctor).await.unwrap();
    assert!(charges::store::find(&mut tx, charge).await.unwrap().is_some(), "the doctor sees what is owed");
    assert!(matches!(payments::start(&mut tx, charge, "fake").await, Err(StartError::NotFound)));
}

#[tokio::test]
async fn a_patients_session_cannot_say_that_money_moved() {
    let till = Till::open().await;
    let charge = till.charge().await;
    let payment = till.open_checkout(charge).await.unwrap();
    let now = till.now().await;

    let mut tx = till.db().begin(&till.me()).await.unwrap();
    assert!(payments::store::set_captured(&mut tx, payment.id, now).await.is_err());
    let mut tx = till.db().begin(&till.me()).await.unwrap();
    assert!(charges::store::set_settled(&mut tx, charge, now).await.is_err());
    let mut tx = till.db().begin(&till.me()).await.unwrap();
    let entry = crate::ledger::store::insert_entry(&mut tx, tx_id(), payment.id, None, now).await;
    assert!(entry.is_err());
}

fn tx_id() -> kernel::ids::JournalId {
    kernel::ids::JournalId::from_uuid(id())
}
