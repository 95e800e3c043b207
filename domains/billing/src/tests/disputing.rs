//! Card holders who want their money back from their bank.

use gateways::payment::{DisputeState, RemoteDispute};
use kernel::{Currency, Money};

use super::till::{PRICE, Till};
use crate::{
    payments::{Payment, webhook},
    payouts,
    refunds::{self, RefundError, RefundReason},
    shares,
};

fn usd(amount: i64) -> Money {
    Money::new(amount, Currency::USD)
}

fn objection(payment: &Payment, amount: i64, state: DisputeState) -> RemoteDispute {
    RemoteDispute {
        dispute_ref: format!("dp_{}", payment.id),
        payment: Some(payment.id),
        money: usd(amount),
        fee: 1500,
        reason: "product_not_received".into(),
        evidence_due_at: None,
        state,
    }
}

async fn hears(till: &Till, event: &str, dispute: &RemoteDispute) -> Result<(), webhook::ReceiveError> {
    till.gateway.dispute(dispute.clone());
    let (headers, body) = till.gateway.report_of(event, "dispute", &dispute.dispute_ref, till.now().await);
    webhook::handle(till.db(), till.gateway.as_ref(), &headers, &body).await
}

async fn release(till: &Till) -> usize {
    let mut tx = till.system().await;
    let released = shares::release_due(&mut tx, None).await.unwrap();
    tx.commit().await.unwrap();
    released
}

#[tokio::test]
async fn a_disputed_share_is_frozen_and_a_won_one_is_released() {
    let till = Till::open().await;
    let (charge, payment) = till.paid_charge().await;
    till.is_served(charge).await;
    hears(&till, "evt_1", &objection(&payment, PRICE, DisputeState::Open)).await.unwrap();
    till.db().clock().shift_seconds(49 * 3600);

    assert_eq!((release(&till).await, till.standing().await), (0, (2040, 0)));
    let mut tx = till.system().await;
    let refund = refunds::partial(&mut tx, charge, usd(1), RefundReason::TechnicalFailure).await;
    assert!(matches!(refund.as_deref(), Ok([]) | Err(RefundError::TooMuch)), "{refund:?}");
    drop(tx);
    till.is_sound().await;

    hears(&till, "evt_2", &objection(&payment, PRICE, DisputeState::Won)).await.unwrap();
    hears(&till, "evt_3", &objection(&payment, PRICE, DisputeState::Lost)).await.unwrap();
    assert_eq!((release(&till).await, till.standing().await), (1, (0, 2040)), "what is decided stays decided");
    till.is_sound().await;
}

#[tokio::test]
async fn a_lost_dispute_reverses_the_split_once() {
    let till = Till::open().await;
    let (charge, payment) = till.paid_charge().await;
    till.is_served(charge).await;
    hears(&till, "evt_1", &objection(&payment, PRICE, DisputeState::Open)).await.unwrap();
    for event in ["evt_2", "evt_2", "evt_3"] {
        hears(&till, event, &objection(&payment, PRICE, DisputeState::Lost)).await.unwrap();
    }
    till.db().clock().shift_seconds(49 * 3600);
    release(&till).await;

    assert_eq!(till.standing().await, (0, 0));
    assert_eq!(till.count("select count(*) from journal_entries where kind = 'dispute_lost'").await, 1);
    let mut tx = till.system().await;
    assert_eq!(refunds::full(&mut tx, charge, RefundReason::TechnicalFailure).await.unwrap(), [], "it is gone already");
    drop(tx);
    till.is_sound().await;
}

#[tokio::test]
async fn a_dispute_that_is_heard_of_when_it_is_lost_already_is_opened_and_lost() {
    let till = Till::open().await;
    let (_, payment) = till.paid_charge().await;

    hears(&till, "evt_1", &objection(&payment, 1000, DisputeState::Lost)).await.unwrap();
    hears(&till, "evt_0", &objection(&payment, 1000, DisputeState::Open)).await.unwrap();

    assert_eq!(till.standing().await, (1190, 0), "fourteen of twenty-four dollars are left to share");
    till.is_sound().await;
}

#[tokio::test]
async fn what_is_lost_after_the_payout_is_owed_with_the_fee_where_the_payee_bears_it() {
    let till = Till::open().await;
    till.test
        .force(
            "insert into split_rules (id, version, platform_basis_points, fee_bearer, valid_from)
             values (gen_random_uuid(), 2, 1500, 'payee', now())",
        )
        .await;
    let (charge, payment) = till.paid_charge().await;
    till.is_served(charge).await;
    till.db().clock().shift_seconds(49 * 3600);
    till.may_be_paid().await;
    let actor = till.administrator().await;
    let mut tx = till.system().await;
    let made = payouts::make_batch(&mut tx, &actor, "fake").await.unwrap();
    tx.commit().await.unwrap();
    payouts::submit(till.db(), &till.gateways, made[0].id).await.unwrap();

    hears(&till, "evt_1", &objection(&payment, PRICE, DisputeState::Open)).await.unwrap();
    till.is_sound().await;
    hears(&till, "evt_2", &objection(&payment, PRICE, DisputeState::Lost)).await.unwrap();

    assert_eq!(till.standing().await, (0, -2040 - 1500));
    till.is_sound().await;
}

#[tokio::test]
async fn what_had_gone_back_already_is_lost_twice_by_the_platform_alone() {
    let till = Till::open().await;
    let (charge, payment) = till.paid_charge().await;
    till.give_back(charge, 1400).await;
    hears(&till, "evt_1", &objection(&payment, PRICE, DisputeState::Open)).await.unwrap();
    till.is_sound().await;
    hears(&till, "evt_2", &objection(&payment, PRICE, DisputeState::Lost)).await.unwrap();

    assert_eq!(till.standing().await, (0, 0));
    let cost =
        "select coalesce(sum(l.amount), 0)::bigint from journal_lines l join ledger_accounts a on a.id = l.account_id
                where a.kind = 'dispute_costs'";
    assert_eq!(till.count(cost).await, 1400 + 1500);
    till.is_sound().await;
}

#[tokio::test]
async fn a_dispute_of_more_than_was_paid_or_of_nobodys_payment_changes_nothing() {
    let till = Till::open().await;
    let (_, payment) = till.paid_charge().await;
    let more = objection(&payment, PRICE + 1, DisputeState::Open);
    assert!(matches!(hears(&till, "evt_1", &more).await, Err(webhook::ReceiveError::Mismatch)));
    let stranger = RemoteDispute { payment: None, ..objection(&payment, PRICE, DisputeState::Open) };
    hears(&till, "evt_2", &stranger).await.unwrap();

    assert_eq!(till.count("select count(*) from disputes").await, 0);
    assert_eq!(till.standing().await, (2040, 0));
    till.is_sound().await;
}
