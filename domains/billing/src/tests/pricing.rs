//! Prices, taxes, discounts and vouchers: what is kept, who has the last one, what a voucher costs whom.

use db::Context;
use gateways::payment::RemoteState;
use kernel::{
    Currency, Money,
    ids::{AppointmentId, ChargeId, DiscountId},
};
use tokio::task::JoinSet;

use super::till::{PRICE, Till, id};
use crate::{
    charges::{self, ChargeStatus, NewCharge, Subject},
    payments::PaymentStatus,
    prices::{self, EditError, NewDiscount, NewTax, Off},
    refunds::{self, RefundReason},
    vouchers::{self, RedeemError},
};

fn usd(amount: i64) -> Money {
    Money::new(amount, Currency::USD)
}

fn admin() -> Context {
    Context { roles: vec!["administrator"], ..Context::default() }
}

async fn voucher(till: &Till, off: Off, limits: (Option<i32>, Option<i32>)) -> DiscountId {
    let mut tx = till.db().begin(&admin()).await.unwrap();
    let new = NewDiscount {
        code: Some("SPRING".into()),
        name: "Spring".into(),
        off,
        practitioner: None,
        valid_from: tx.now(),
        valid_until: Some(tx.now().plus_days(1)),
        most_uses: limits.0,
        per_patient: limits.1,
    };
    let id = prices::add_discount(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn redeem(till: &Till, charge: ChargeId, code: &str) -> Result<Money, RedeemError> {
    let mut tx = till.system().await;
    let total = vouchers::redeem(&mut tx, charge, code).await?;
    tx.commit().await.unwrap();
    Ok(total)
}

async fn void(till: &Till, charge: ChargeId) {
    let mut tx = till.system().await;
    charges::void(&mut tx, charge).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_quote_that_was_kept_is_the_price_whatever_changes_after() {
    let till = Till::open().await;
    till.test
        .force(
            "update practitioners set country = 'KE', status = 'published', languages = '{en}', specialties = '{dermatology}',
                 licence_checked_on = date '2026-01-01', identity_checked_on = date '2026-01-01'",
        )
        .await;
    let mut tx = till.db().begin(&admin()).await.unwrap();
    let now = tx.now();
    let tax = |inclusive, name: &str, basis_points| NewTax {
        country: "KE".into(),
        name: name.into(),
        basis_points,
        inclusive,
        valid_from: now,
        valid_until: None,
    };
    prices::add_tax(&mut tx, &tax(false, "VAT", 1600)).await.unwrap();
    let automatic = NewDiscount {
        code: None,
        name: "Opening week".into(),
        off: Off::Share(1000),
        practitioner: None,
        valid_from: now,
        valid_until: None,
        most_uses: None,
        per_patient: None,
    };
    prices::add_discount(&mut tx, &automatic).await.unwrap();
    tx.commit().await.unwrap();
    let subject = Subject::Appointment(AppointmentId::from_uuid(id()));
    let mut tx = till.db().begin(&till.me()).await.unwrap();
    let quote = prices::quote(&mut tx, till.doctor, usd(PRICE)).await.unwrap();
    prices::keep(&mut tx, subject, till.patient, till.doctor, &quote).await.unwrap();
    tx.commit().await.unwrap();
    till.test.force("update tax_rates set basis_points = 5000; update discounts set basis_points = 1").await;

    let mut tx = till.db().begin(&till.me()).await.unwrap();
    let payable_until = tx.now().plus_minutes(30);
    let new = NewCharge {
        patient: till.patient,
        practitioner: till.doctor,
        subject,
        service: None,
        price: quote.total,
        payable_until,
    };
    let charge = charges::raise(&mut tx, new).await.unwrap();
    let kept = prices::lines_of(&mut tx, charge).await.unwrap();
    tx.commit().await.unwrap();

    let amounts: Vec<i64> = kept.iter().map(|line| line.money.amount).collect();
    assert_eq!((amounts, quote.total), (vec![2400, -240, 346], usd(2506)));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_who_want_the_last_voucher_exactly_one_has_it() {
    let till = std::sync::Arc::new(Till::open().await);
    voucher(&till, Off::Share(5000), (Some(1), None)).await;
    let mut charges = Vec::new();
    for _ in 0..50 {
        charges.push(till.charge().await);
    }

    let mut storm = JoinSet::new();
    for charge in charges {
        let till = till.clone();
        storm.spawn(async move { redeem(&till, charge, "spring").await });
    }
    let answers = storm.join_all().await;

    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    assert_eq!(answers.iter().filter(|answer| matches!(answer, Err(RedeemError::UsedUp))).count(), 49);
    assert_eq!(till.count("select count(*) from charges where amount = 1200").await, 1);
    assert_eq!(till.count("select count(*) from voucher_uses").await, 1);
}

#[tokio::test]
async fn a_voucher_is_free_again_when_the_hold_lapses_and_when_all_is_refunded() {
    let till = Till::open().await;
    voucher(&till, Off::Share(5000), (Some(1), None)).await;
    let lapsed = till.charge().await;
    redeem(&till, lapsed, "SPRING").await.unwrap();
    let second = till.charge().await;
    assert!(matches!(redeem(&till, second, "SPRING").await, Err(RedeemError::UsedUp)));

    void(&till, lapsed).await;
    assert_eq!(redeem(&till, second, "SPRING").await.unwrap(), usd(1200));
    let payment = till.open_checkout(second).await.unwrap();
    till.pays(&payment).await;
    till.hears("evt_1", &payment).await.unwrap();
    let third = till.charge().await;
    assert!(matches!(redeem(&till, third, "SPRING").await, Err(RedeemError::UsedUp)), "it is spent");
    let mut tx = till.system().await;
    refunds::full(&mut tx, second, RefundReason::CancelledByDoctor).await.unwrap();
    tx.commit().await.unwrap();
    till.submit_refunds(second).await;

    assert_eq!(redeem(&till, third, "SPRING").await.unwrap(), usd(1200));
    till.is_sound().await;
}

#[tokio::test]
async fn money_that_comes_late_does_not_use_a_voucher_that_somebody_else_has_taken_since() {
    let till = Till::open().await;
    voucher(&till, Off::Share(5000), (Some(1), None)).await;
    let (late, second) = (till.charge().await, till.charge().await);
    redeem(&till, late, "SPRING").await.unwrap();
    let paying = till.open_checkout(late).await.unwrap();
    void(&till, late).await;
    redeem(&till, second, "SPRING").await.unwrap();
    let other = till.open_checkout(second).await.unwrap();
    till.pays(&other).await;
    till.hears("evt_second", &other).await.unwrap();

    till.pays(&paying).await;
    till.hears("evt_late", &paying).await.unwrap();
    till.submit_refunds(late).await;

    assert_eq!((till.gateway.given_back(), till.charge_status(late).await), (1200, ChargeStatus::Refunded));
    assert_eq!(till.charge_status(second).await, ChargeStatus::Settled);
    assert_eq!(till.count("select count(*) from refunds where reason = 'voucher_gone'").await, 1);
    assert_eq!(till.events("billing.payment_settled").await.len(), 1, "nobody hears that the late one is paid");
    let uses = "select count(*) from voucher_uses u join charges c on c.id = u.charge_id where c.status not in ('void', 'refunded')";
    assert_eq!(till.count(uses).await, 1);
    till.is_sound().await;
}

#[tokio::test]
async fn money_that_comes_late_keeps_a_voucher_that_nobody_took() {
    let till = Till::open().await;
    voucher(&till, Off::Share(5000), (Some(1), None)).await;
    let (late, second) = (till.charge().await, till.charge().await);
    redeem(&till, late, "SPRING").await.unwrap();
    let paying = till.open_checkout(late).await.unwrap();
    void(&till, late).await;

    till.pays(&paying).await;
    till.hears("evt_late", &paying).await.unwrap();

    assert_eq!(till.charge_status(late).await, ChargeStatus::Settled);
    assert!(matches!(redeem(&till, second, "SPRING").await, Err(RedeemError::UsedUp)));
    till.is_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn late_money_and_another_who_wants_the_last_use_at_once_never_use_it_twice() {
    let till = std::sync::Arc::new(Till::open().await);
    voucher(&till, Off::Share(5000), (Some(1), None)).await;
    let (late, second) = (till.charge().await, till.charge().await);
    redeem(&till, late, "SPRING").await.unwrap();
    let paying = till.open_checkout(late).await.unwrap();
    void(&till, late).await;
    till.pays(&paying).await;

    let (heard, taken) = tokio::join!(till.hears("evt_late", &paying), redeem(&till, second, "SPRING"));

    heard.unwrap();
    let goes_back = till.count("select count(*) from refunds where reason = 'voucher_gone'").await;
    assert_eq!(goes_back, i64::from(taken.is_ok()), "{taken:?}");
    till.is_sound().await;
}

#[tokio::test]
async fn a_patient_uses_a_voucher_as_often_as_is_allowed_and_may_give_it_back() {
    let till = Till::open().await;
    voucher(&till, Off::Fixed(usd(500)), (None, Some(1))).await;
    let (first, second) = (till.charge().await, till.charge().await);

    assert_eq!(redeem(&till, first, "SPRING").await.unwrap(), usd(1900));
    assert_eq!(redeem(&till, first, "SPRING").await.unwrap(), usd(1900), "the same charge again is the same use");
    assert!(matches!(redeem(&till, second, "SPRING").await, Err(RedeemError::UsedByPatient)));
    let mut tx = till.system().await;
    assert_eq!(vouchers::remove(&mut tx, first).await.unwrap(), usd(PRICE));
    tx.commit().await.unwrap();
    assert_eq!(redeem(&till, second, "SPRING").await.unwrap(), usd(1900));
}

#[tokio::test]
async fn a_voucher_that_does_not_fit_is_refused_in_its_own_words_and_changes_nothing() {
    let till = Till::open().await;
    let id = voucher(&till, Off::Fixed(Money::new(500, "JPY".parse().unwrap())), (None, None)).await;
    let charge = till.charge().await;
    let refused = async |code: &str| redeem(&till, charge, code).await.unwrap_err();

    assert!(matches!(refused("WINTER").await, RedeemError::Unknown));
    assert!(matches!(refused("SPRING").await, RedeemError::NothingOff), "yen off dollars");
    let other = super::till::id();
    till.add_doctor(other).await;
    till.test.force(&format!("update discounts set amount = null, currency = null, basis_points = 1000, practitioner_id = '{other}' where id = '{id}'")).await;
    assert!(matches!(refused("SPRING").await, RedeemError::AnotherDoctor));
    till.db().clock().shift_seconds(86_400);
    let late = till.charge().await;
    assert!(matches!(redeem(&till, late, "SPRING").await, Err(RedeemError::NotNow)));
    assert!(matches!(refused("SPRING").await, RedeemError::NotOpen), "its time to pay is over");
    assert_eq!(till.count("select count(*) from voucher_uses").await, 0);
    assert_eq!(till.count("select count(*) from charges where amount <> 2400").await, 0);
}

#[tokio::test]
async fn what_a_voucher_pays_whole_is_settled_without_a_gateway_and_given_back_by_a_refund() {
    let till = Till::open().await;
    voucher(&till, Off::Share(10_000), (Some(1), None)).await;
    let charge = till.charge().await;

    assert_eq!(redeem(&till, charge, "SPRING").await.unwrap(), usd(0));
    assert_eq!(till.charge_status(charge).await, ChargeStatus::Settled);
    assert_eq!((till.gateway.opened(), till.count("select count(*) from payments").await), (0, 0));
    till.is_sound().await;
    let mut tx = till.db().begin(&till.me()).await.unwrap();
    assert!(refunds::full(&mut tx, charge, RefundReason::CancelledByPatient).await.unwrap().is_empty());
    tx.commit().await.unwrap();

    assert_eq!(till.charge_status(charge).await, ChargeStatus::Refunded);
    let next = till.charge().await;
    assert_eq!(redeem(&till, next, "SPRING").await.unwrap(), usd(0));
    till.is_sound().await;
}

#[tokio::test]
async fn money_of_the_old_price_settles_the_charge_and_the_difference_goes_back() {
    let till = Till::open().await;
    voucher(&till, Off::Share(2500), (None, None)).await;
    let charge = till.charge().await;
    let old = till.open_checkout(charge).await.unwrap();
    redeem(&till, charge, "SPRING").await.unwrap();
    assert_eq!(till.payment(old.id).await.status, PaymentStatus::Cancelled, "the old page is closed");

    till.pays(&old).await;
    till.hears("evt_late", &old).await.unwrap();
    till.submit_refunds(charge).await;

    assert_eq!(till.gateway.given_back(), 600);
    assert_eq!(till.charge_status(charge).await, ChargeStatus::PartiallyRefunded);
    till.is_sound().await;
}

#[tokio::test]
async fn while_a_payment_is_on_its_way_the_price_stays() {
    let till = Till::open().await;
    voucher(&till, Off::Share(2500), (None, None)).await;
    let charge = till.charge().await;
    let payment = till.open_checkout(charge).await.unwrap();
    till.gateway.change(payment.gateway_ref.as_ref().unwrap(), |remote| remote.state = RemoteState::Processing);
    till.hears("evt_1", &payment).await.unwrap();

    assert!(matches!(redeem(&till, charge, "SPRING").await, Err(RedeemError::PaymentUnderWay)));
}

#[tokio::test]
async fn lines_that_do_not_sum_to_their_charge_are_refused_when_they_are_committed() {
    let till = Till::open().await;
    let charge = till.charge().await;
    let mut tx = till.system().await;
    charges::store::set_amount(&mut tx, charge, PRICE - 1).await.unwrap();
    assert_eq!(tx.commit().await.unwrap_err().constraint(), Some("bill_lines_sum"));
    let mut tx = till.db().begin(&till.me()).await.unwrap();
    assert!(charges::store::set_amount(&mut tx, charge, 1).await.is_err(), "nor does a patient set the price");
}

#[tokio::test]
async fn codes_and_times_are_given_once_and_only_by_administrators() {
    let till = Till::open().await;
    voucher(&till, Off::Share(1), (None, None)).await;
    let mut tx = till.db().begin(&admin()).await.unwrap();
    let now = tx.now();
    let tax = |from, until| NewTax {
        country: "KE".into(),
        name: "VAT".into(),
        basis_points: 1600,
        inclusive: true,
        valid_from: from,
        valid_until: until,
    };
    prices::add_tax(&mut tx, &tax(now, Some(now.plus_days(10)))).await.unwrap();
    prices::add_tax(&mut tx, &tax(now.plus_days(10), None)).await.unwrap();
    assert!(matches!(prices::add_tax(&mut tx, &tax(now, Some(now))).await, Err(EditError::EndsBeforeItBegins)));
    tx.commit().await.unwrap();
    let mut tx = till.db().begin(&admin()).await.unwrap();
    let overlapping = prices::add_tax(&mut tx, &tax(now.plus_days(20), None)).await;
    assert!(matches!(overlapping, Err(EditError::Overlaps)), "{overlapping:?}");
    let again = NewDiscount {
        code: Some("spring".into()),
        name: "Again".into(),
        off: Off::Share(1),
        practitioner: None,
        valid_from: now,
        valid_until: None,
        most_uses: None,
        per_patient: None,
    };
    let mut tx = till.db().begin(&admin()).await.unwrap();
    assert!(matches!(prices::add_discount(&mut tx, &again).await, Err(EditError::CodeTaken)));
    let mut tx = till.db().begin(&admin()).await.unwrap();
    let wrong = NewDiscount { code: Some("no spaces".into()), ..again.clone() };
    assert!(matches!(prices::add_discount(&mut tx, &wrong).await, Err(EditError::WrongCode)));
    let mut tx = till.db().begin(&till.me()).await.unwrap();
    assert!(prices::add_discount(&mut tx, &NewDiscount { code: None, ..again }).await.is_err());
}

#[tokio::test]
async fn every_supplier_has_numbers_of_its_own_without_gaps() {
    let till = Till::open().await;
    till.paid_charge().await;
    let second = Till { doctor: kernel::ids::PractitionerId::from_uuid(id()), ..till };
    second.add_doctor(second.doctor.uuid()).await;
    second.paid_charge().await;
    let (charge, _) = second.paid_charge().await;
    let mut tx = second.system().await;
    refunds::full(&mut tx, charge, RefundReason::CancelledByDoctor).await.unwrap();
    tx.commit().await.unwrap();
    second.submit_refunds(charge).await;

    let mut tx = second.system().await;
    let numbers = sqlx::query_scalar!("select number from invoices order by series, kind desc, serial")
        .fetch_all(tx.conn())
        .await
        .unwrap();
    let without_year: Vec<String> = numbers
        .iter()
        .map(|number| {
            number.split('-').enumerate().filter(|(at, _)| *at != 2).map(|(_, part)| part).collect::<Vec<_>>().join("-")
        })
        .collect();
    assert_eq!(without_year, ["INV-0001-000001", "INV-0002-000001", "INV-0002-000002", "CN-0002-000001"]);
    second.is_sound().await;
}
