//! Payouts: once, whoever races and whatever is lost on the way.

use gateways::payment::{AccountState, PayoutState};
use tokio::task::JoinSet;

use super::till::{Till, id};
use crate::{
    payments::webhook,
    payouts::{self, Payout, PayoutStatus},
};

/// A till whose doctor has earned this, and may be paid if `verified`.
async fn earned(amount: i64, verified: bool) -> Till {
    let till = Till::open().await;
    let (charge, _) = till.paid_charge_of(amount).await;
    till.is_served(charge).await;
    till.db().clock().shift_seconds(49 * 3600);
    if verified {
        till.may_be_paid().await;
    }
    till
}

async fn batch(till: &Till) -> Vec<Payout> {
    let actor = till.administrator().await;
    let mut tx = till.system().await;
    let made = payouts::make_batch(&mut tx, &actor, "fake").await.unwrap();
    tx.commit().await.unwrap();
    made
}

async fn status(till: &Till, payout: &Payout) -> PayoutStatus {
    payouts::store::find(&mut till.system().await, payout.id).await.unwrap().unwrap().status
}

async fn hears(till: &Till, event: &str, payout: &Payout) -> Result<(), webhook::ReceiveError> {
    let about = format!("out_{}", payout.id);
    let (headers, body) = till.gateway.report_of(event, "payout", &about, till.now().await);
    webhook::handle(till.db(), till.gateway.as_ref(), &headers, &body).await
}

#[tokio::test]
async fn what_is_available_is_paid_once_and_the_books_say_so() {
    let till = earned(2400, true).await;

    let made = batch(&till).await;
    assert_eq!(made.iter().map(|payout| payout.money.amount).collect::<Vec<_>>(), [2040]);
    assert_eq!(till.standing().await, (0, 0), "the balance is taken before anybody is asked to pay it");
    till.is_sound().await;
    payouts::submit(till.db(), &till.gateways, made[0].id).await.unwrap();
    payouts::submit(till.db(), &till.gateways, made[0].id).await.unwrap();

    assert_eq!(status(&till, &made[0]).await, PayoutStatus::Paid);
    assert_eq!(till.gateway.paid_out(), [2040]);
    assert_eq!(batch(&till).await, [], "there is nothing left");
    till.is_sound().await;
}

#[tokio::test]
async fn only_a_verified_payee_is_paid() {
    let till = earned(2400, false).await;
    assert_eq!(batch(&till).await, [], "no account");
    let link = payouts::open_account(till.db(), &till.gateways, till.doctor, "http://x.test").await.unwrap();
    assert!(link.ends_with(&till.doctor.to_string()));
    assert_eq!(batch(&till).await, [], "not verified");

    let account = format!("acct_{}", till.doctor);
    till.gateway.judge(&account, AccountState::Verified);
    let (headers, body) = till.gateway.report_of("evt_a", "account", &account, till.now().await);
    webhook::handle(till.db(), till.gateway.as_ref(), &headers, &body).await.unwrap();
    assert_eq!(batch(&till).await.len(), 1);
    till.is_sound().await;
}

#[tokio::test]
async fn the_account_is_opened_once_even_when_the_answer_is_lost() {
    let till = earned(2400, false).await;
    till.gateway.lose_answers(true);
    assert!(payouts::open_account(till.db(), &till.gateways, till.doctor, "http://x.test").await.is_err());
    till.gateway.lose_answers(false);
    payouts::open_account(till.db(), &till.gateways, till.doctor, "http://x.test").await.unwrap();

    assert_eq!(till.count("select count(*) from payees where account_ref is not null").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_batches_at_once_one_pays() {
    let till = std::sync::Arc::new(earned(2400, true).await);
    let mut storm = JoinSet::new();
    for _ in 0..12 {
        let till = till.clone();
        storm.spawn(async move { batch(&till).await });
    }
    let made: Vec<Payout> = storm.join_all().await.into_iter().flatten().collect();
    assert_eq!(made.len(), 1);

    let mut storm = JoinSet::new();
    for _ in 0..20 {
        let (till, payout) = (till.clone(), made[0].id);
        storm.spawn(async move { payouts::submit(till.db(), &till.gateways, payout).await });
    }
    for answer in storm.join_all().await {
        answer.unwrap();
    }

    assert_eq!(till.gateway.paid_out(), [2040]);
    assert_eq!(till.count("select count(*) from journal_entries where kind = 'payout_paid'").await, 1);
    till.is_sound().await;
}

#[tokio::test]
async fn an_answer_that_is_lost_is_asked_for_again_and_pays_once() {
    let till = earned(2400, true).await;
    let made = batch(&till).await;
    till.gateway.lose_answers(true);
    assert!(payouts::submit(till.db(), &till.gateways, made[0].id).await.is_err());
    assert_eq!(status(&till, &made[0]).await, PayoutStatus::Created, "nobody knows");
    assert_eq!(batch(&till).await, [], "and nobody pays it a second time meanwhile");
    till.gateway.lose_answers(false);

    till.db().clock().shift_seconds(601);
    payouts::look_again(till.db(), &till.gateways).await.unwrap();

    assert_eq!(status(&till, &made[0]).await, PayoutStatus::Paid);
    assert_eq!(till.gateway.paid_out(), [2040]);
    till.is_sound().await;
}

#[tokio::test]
async fn a_report_that_overtakes_the_lost_answer_finds_the_payout_by_our_own_id() {
    let till = earned(2400, true).await;
    let made = batch(&till).await;
    till.gateway.lose_answers(true);
    assert!(payouts::submit(till.db(), &till.gateways, made[0].id).await.is_err());
    till.gateway.lose_answers(false);

    hears(&till, "evt_1", &made[0]).await.unwrap();
    hears(&till, "evt_1", &made[0]).await.unwrap();

    assert_eq!(status(&till, &made[0]).await, PayoutStatus::Paid);
    till.is_sound().await;
}

#[tokio::test]
async fn what_fails_or_comes_back_is_the_payees_again() {
    for (first, then, end) in [
        (PayoutState::Failed, PayoutState::Failed, PayoutStatus::Failed),
        (PayoutState::Paid, PayoutState::Returned, PayoutStatus::Returned),
        (PayoutState::Pending, PayoutState::Failed, PayoutStatus::Failed),
        (PayoutState::Pending, PayoutState::Returned, PayoutStatus::Returned),
    ] {
        let till = earned(2400, true).await;
        till.gateway.answer_payouts(first);
        let made = batch(&till).await;
        payouts::submit(till.db(), &till.gateways, made[0].id).await.unwrap();
        till.is_sound().await;
        till.gateway.change_payout(made[0].id, then);
        // Twice, and then news of before.
        hears(&till, "evt_1", &made[0]).await.unwrap();
        hears(&till, "evt_2", &made[0]).await.unwrap();
        till.gateway.change_payout(made[0].id, PayoutState::Pending);
        hears(&till, "evt_3", &made[0]).await.unwrap();

        assert_eq!(status(&till, &made[0]).await, end, "{first:?} {then:?}");
        assert_eq!(till.standing().await, (0, 2040));
        till.is_sound().await;
        till.gateway.answer_payouts(PayoutState::Paid);
        assert_eq!(batch(&till).await.len(), 1, "it can be tried again");
        till.is_sound().await;
    }
}

#[tokio::test]
async fn a_payout_that_the_gateway_refuses_fails_with_its_reason() {
    let till = earned(2400, true).await;
    let made = batch(&till).await;
    till.gateway.judge(&format!("acct_{}", till.doctor), AccountState::Restricted);

    payouts::submit(till.db(), &till.gateways, made[0].id).await.unwrap();

    assert_eq!(status(&till, &made[0]).await, PayoutStatus::Failed);
    assert_eq!(till.count("select count(*) from payouts where failure like 'account_not_verified%'").await, 1);
    assert_eq!(till.standing().await, (0, 2040));
    till.is_sound().await;
}

#[tokio::test]
async fn a_refund_after_the_payout_is_recovered_from_the_next_one() {
    let till = earned(2400, true).await;
    let charge = till.charges().await[0];
    let made = batch(&till).await;
    payouts::submit(till.db(), &till.gateways, made[0].id).await.unwrap();

    till.give_back(charge, 2400).await;
    assert_eq!(till.standing().await, (0, -2040));
    assert_eq!(batch(&till).await, [], "who owes us is not paid");
    till.is_sound().await;
    let (next, _) = till.paid_charge_of(4000).await;
    till.is_served(next).await;
    till.db().clock().shift_seconds(49 * 3600);

    let made = batch(&till).await;
    assert_eq!(made.iter().map(|payout| payout.money.amount).collect::<Vec<_>>(), [3400 - 2040]);
    till.is_sound().await;
}

#[tokio::test]
async fn a_payout_of_another_amount_at_the_gateway_is_not_believed() {
    let till = earned(2400, true).await;
    let made = batch(&till).await;
    till.gateway.answer_payouts(PayoutState::Pending);
    payouts::submit(till.db(), &till.gateways, made[0].id).await.unwrap();
    till.test.force(&format!("update payouts set amount = amount - 1 where id = '{}'", made[0].id)).await;
    till.gateway.change_payout(made[0].id, PayoutState::Paid);

    assert!(matches!(hears(&till, "evt_1", &made[0]).await, Err(webhook::ReceiveError::Mismatch)));
    assert_eq!(status(&till, &made[0]).await, PayoutStatus::Submitted);
}

#[tokio::test]
async fn each_payee_and_each_currency_has_a_payout_of_its_own() {
    let till = earned(2400, true).await;
    let other = id();
    till.add_doctor(other).await;
    for (doctor, amount, code) in [(till.doctor, 5000, "JPY"), (other.into(), 9000, "USD")] {
        let charge = till.paid_charge_with(doctor, amount, code).await;
        till.is_served(charge).await;
    }
    till.db().clock().shift_seconds(49 * 3600);
    till.is_paid_through(other.into()).await;

    let mut made: Vec<(i64, String)> = batch(&till)
        .await
        .iter()
        .map(|payout| (payout.money.amount, payout.money.currency.code().to_owned()))
        .collect();
    made.sort();

    let expected = [(2040, "USD"), (4250, "JPY"), (7650, "USD")];
    assert_eq!(made, expected.map(|(amount, code)| (amount, code.to_owned())));
    till.is_sound().await;
}
