//! Money given back: once, never more than was paid, whoever races.

use gateways::payment::{RefundState, RemoteState};
use kernel::{Currency, Money};
use tokio::task::JoinSet;

use super::till::{PRICE, Till, administrator, id};
use crate::{
    charges::{self, ChargeStatus},
    payments::{self, PaymentStatus},
    refunds::{self, RefundError, RefundReason, RefundStatus},
};

fn usd(amount: i64) -> Money {
    Money::new(amount, Currency::USD)
}

#[tokio::test]
async fn a_full_refund_reverses_the_entry_and_leaves_no_balance() {
    let till = Till::open().await;
    let (charge, payment) = till.paid_charge().await;

    let mut tx = till.db().begin(&till.me()).await.unwrap();
    let asked = refunds::full(&mut tx, charge, RefundReason::CancelledByPatient).await.unwrap();
    let again = refunds::full(&mut tx, charge, RefundReason::CancelledByPatient).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((asked.len(), asked[0].money, again.len()), (1, usd(PRICE), 0));
    till.submit_refunds(charge).await;
    till.submit_refunds(charge).await;

    assert_eq!(till.payment(payment.id).await.status, PaymentStatus::Refunded);
    assert_eq!(till.charge_status(charge).await, ChargeStatus::Refunded);
    assert_eq!(till.gateway.given_back(), PRICE);
    assert_eq!(till.count("select coalesce(sum(abs(s)), 0)::bigint from (select sum(amount) s from journal_lines group by account_id) a").await, 0);
    assert_eq!(till.events("billing.refund_settled").await.len(), 1);
    assert_eq!(till.count("select count(*) from invoices where kind = 'credit_note'").await, 1);
    till.is_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_partial_refunds_never_gives_back_more_than_was_paid() {
    let till = std::sync::Arc::new(Till::open().await);
    let (charge, _) = till.paid_charge_of(1000).await;

    let mut storm = JoinSet::new();
    for _ in 0..60 {
        let till = till.clone();
        storm.spawn(async move {
            let mut tx = till.system().await;
            let refund = refunds::partial(&mut tx, charge, usd(100), RefundReason::TechnicalFailure).await;
            if refund.is_ok() {
                tx.commit().await.unwrap();
            }
            refund.map_or(0, |made| made.len())
        });
    }
    let made: usize = storm.join_all().await.into_iter().sum();
    till.submit_refunds(charge).await;

    assert_eq!(made, 10);
    assert_eq!(till.gateway.given_back(), 1000);
    assert_eq!(till.charge_status(charge).await, ChargeStatus::Refunded);
    till.is_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_runs_of_one_refund_job_give_back_once() {
    let till = std::sync::Arc::new(Till::open().await);
    let (charge, _) = till.paid_charge().await;
    let mut tx = till.system().await;
    let refund = refunds::full(&mut tx, charge, RefundReason::CancelledByDoctor).await.unwrap()[0].id;
    tx.commit().await.unwrap();

    let mut storm = JoinSet::new();
    for _ in 0..50 {
        let till = till.clone();
        storm.spawn(async move { refunds::submit(till.db(), &till.gateways, refund).await });
    }
    for answer in storm.join_all().await {
        answer.unwrap();
    }

    assert_eq!(till.count("select count(*) from journal_entries where kind = 'refund'").await, 1);
    assert_eq!(till.events("billing.refund_settled").await.len(), 1);
    till.is_sound().await;
}

#[tokio::test]
async fn half_is_half_and_the_rest_can_follow() {
    let till = Till::open().await;
    let (charge, payment) = till.paid_charge_of(2401).await;

    for (amount, status) in [(1200, PaymentStatus::PartiallyRefunded), (1201, PaymentStatus::Refunded)] {
        let mut tx = till.system().await;
        refunds::partial(&mut tx, charge, usd(amount), RefundReason::CancelledByPatient).await.unwrap();
        tx.commit().await.unwrap();
        till.submit_refunds(charge).await;
        assert_eq!(till.payment(payment.id).await.status, status);
        till.is_sound().await;
    }
    assert_eq!(till.count("select coalesce(sum(abs(s)), 0)::bigint from (select sum(amount) s from journal_lines group by account_id) a").await, 0);
}

#[tokio::test]
async fn more_than_was_paid_or_another_currency_is_refused() {
    let till = Till::open().await;
    let (charge, _) = till.paid_charge().await;
    let unpaid = till.charge().await;
    let mut tx = till.system().await;
    let reason = RefundReason::TechnicalFailure;

    assert!(matches!(refunds::partial(&mut tx, charge, usd(PRICE + 1), reason).await, Err(RefundError::TooMuch)));
    let euros = Money::new(100, "EUR".parse().unwrap());
    assert!(matches!(refunds::partial(&mut tx, charge, euros, reason).await, Err(RefundError::TooMuch)));
    assert_eq!(refunds::full(&mut tx, unpaid, reason).await.unwrap(), []);
    assert_eq!(refunds::partial(&mut tx, unpaid, usd(1), reason).await.unwrap(), []);
}

#[tokio::test]
async fn the_second_payment_of_one_charge_goes_back_by_itself() {
    let till = Till::open().await;
    let charge = till.charge().await;
    let first = till.open_checkout(charge).await.unwrap();
    till.gateway.change(first.gateway_ref.as_ref().unwrap(), |remote| remote.state = RemoteState::Failed);
    till.hears("evt_declined", &first).await.unwrap();
    let second = till.open_checkout(charge).await.unwrap();
    till.pays(&second).await;
    till.hears("evt_paid", &second).await.unwrap();

    till.pays(&first).await;
    till.hears("evt_paid_after_all", &first).await.unwrap();
    till.submit_refunds(charge).await;

    assert_eq!(till.payment(first.id).await.status, PaymentStatus::Refunded);
    assert_eq!(till.payment(second.id).await.status, PaymentStatus::Captured);
    assert_eq!(till.charge_status(charge).await, ChargeStatus::Settled);
    assert_eq!(till.gateway.given_back(), PRICE);
    assert_eq!(till.events("billing.payment_settled").await.len(), 1);
    assert_eq!(till.count("select count(*) from refunds where reason = 'double_payment'").await, 1);
    let mut tx = till.system().await;
    assert_eq!(payments::status_of(&mut tx, charge).await.unwrap(), Some(PaymentStatus::Captured));
    till.is_sound().await;
}

#[tokio::test]
async fn money_that_came_too_late_goes_back_whole() {
    let till = Till::open().await;
    let charge = till.charge().await;
    let payment = till.open_checkout(charge).await.unwrap();
    let mut tx = till.system().await;
    charges::void(&mut tx, charge).await.unwrap();
    tx.commit().await.unwrap();
    till.db().clock().shift_seconds(45 * 60);
    till.pays(&payment).await;
    till.hears("evt_late", &payment).await.unwrap();

    let mut tx = till.system().await;
    refunds::full(&mut tx, charge, RefundReason::SlotGone).await.unwrap();
    tx.commit().await.unwrap();
    till.submit_refunds(charge).await;

    assert_eq!(till.gateway.given_back(), PRICE);
    assert_eq!(till.charge_status(charge).await, ChargeStatus::Refunded);
    till.is_sound().await;
}

#[tokio::test]
async fn an_outage_keeps_the_refund_and_a_refusal_frees_the_amount_for_another_attempt() {
    let till = Till::open().await;
    let (charge, payment) = till.paid_charge().await;
    let mut tx = till.system().await;
    let refund = refunds::full(&mut tx, charge, RefundReason::CancelledByDoctor).await.unwrap()[0].id;
    tx.commit().await.unwrap();

    till.gateway.set_away(true);
    assert!(refunds::submit(till.db(), &till.gateways, refund).await.is_err(), "the job tries again");
    assert_eq!(till.payment(payment.id).await.refunded, PRICE);
    till.gateway.set_away(false);
    till.gateway.answer_refunds(RefundState::Failed);
    refunds::submit(till.db(), &till.gateways, refund).await.unwrap();
    assert_eq!(till.payment(payment.id).await.refunded, 0);
    till.is_sound().await;

    till.gateway.answer_refunds(RefundState::Succeeded);
    let mut tx = till.system().await;
    refunds::retry(&mut tx, &administrator(id()), refund).await.unwrap();
    tx.commit().await.unwrap();
    till.submit_refunds(charge).await;
    assert_eq!(till.gateway.given_back(), PRICE);
    assert_eq!(till.charge_status(charge).await, ChargeStatus::Refunded);
    till.is_sound().await;
}

#[tokio::test]
async fn a_refund_that_takes_its_time_is_looked_at_again() {
    let till = Till::open().await;
    let (charge, _) = till.paid_charge().await;
    let mut tx = till.system().await;
    let refund = refunds::full(&mut tx, charge, RefundReason::CancelledByDoctor).await.unwrap()[0].id;
    tx.commit().await.unwrap();

    till.gateway.answer_refunds(RefundState::Pending);
    refunds::submit(till.db(), &till.gateways, refund).await.unwrap();
    let submitted = refunds::store::find(&mut till.system().await, refund).await.unwrap().unwrap();
    assert_eq!(submitted.status, RefundStatus::Submitted);
    assert_eq!(till.count("select count(*) from jobs where name = 'billing.submit_refund'").await, 2);
    till.gateway.answer_refunds(RefundState::Succeeded);
    refunds::submit(till.db(), &till.gateways, refund).await.unwrap();

    assert_eq!(till.charge_status(charge).await, ChargeStatus::Refunded);
    till.is_sound().await;
}
