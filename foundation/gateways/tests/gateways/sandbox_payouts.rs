//! The side of the sandbox that pays out, and card holders who object.

use gateways::{
    PaymentGateway,
    payment::{
        About, AccountRequest, AccountState, DisputeState, GatewayError, PayoutGateway, PayoutRequest, PayoutState,
        sandbox::{Answer, AnswerError, Bank, Sandbox},
    },
};
use kernel::{
    Currency, Money,
    ids::{PayoutId, PractitionerId},
};

use crate::sandbox::{begin, headers, press, request, sandbox, support::TestDb};

async fn account(test: &TestDb, sandbox: &Sandbox, bank: Option<Bank>) -> String {
    let payee = begin(test).await.id::<PractitionerId>();
    let request = AccountRequest { payee, email: "d@x.test".into(), country: None };
    let token = sandbox.open_account(&request).await.unwrap();
    assert_eq!(sandbox.open_account(&request).await.unwrap(), token, "one account a payee");
    assert!(sandbox.onboarding_link(&token, "http://x.test/back").await.unwrap().ends_with(&token));
    let mut tx = begin(test).await;
    sandbox.judge_account(&mut tx, &token, bank).await.unwrap();
    tx.commit().await.unwrap();
    token
}

async fn payout(test: &TestDb, account_ref: &str) -> PayoutRequest {
    let payout = begin(test).await.id::<PayoutId>();
    PayoutRequest { payout, account_ref: account_ref.to_owned(), money: Money::new(2040, Currency::USD) }
}

#[tokio::test]
async fn a_payout_is_made_once_and_only_to_who_is_verified() {
    let (test, sandbox) = sandbox().await;
    let stranger = account(&test, &sandbox, None).await;
    assert_eq!(sandbox.fetch_account(&stranger).await.unwrap().state, AccountState::Restricted);
    let refused = sandbox.pay(&payout(&test, &stranger).await).await.unwrap_err();
    assert!(matches!(refused, GatewayError::Refused { .. }), "{refused:?}");

    let payee = account(&test, &sandbox, Some(Bank::Pays)).await;
    let request = payout(&test, &payee).await;
    let first = sandbox.pay(&request).await.unwrap();
    assert_eq!(sandbox.pay(&request).await.unwrap(), first);
    assert_eq!((first.payout, first.state), (Some(request.payout), PayoutState::Paid));
    let other = PayoutRequest { money: Money::new(1, Currency::USD), ..request };
    assert!(
        matches!(sandbox.pay(&other).await, Err(GatewayError::Refused { .. })),
        "the key was used for another amount"
    );
}

#[tokio::test]
async fn banks_refuse_money_or_send_it_back() {
    let (test, sandbox) = sandbox().await;
    let refuses = account(&test, &sandbox, Some(Bank::Refuses)).await;
    let failed = sandbox.pay(&payout(&test, &refuses).await).await.unwrap();
    assert_eq!(failed.state, PayoutState::Failed);
    let returns = account(&test, &sandbox, Some(Bank::Returns)).await;
    let paid = sandbox.pay(&payout(&test, &returns).await).await.unwrap();
    assert_eq!(paid.state, PayoutState::Paid);

    let mut tx = begin(&test).await;
    let events = sandbox.return_payouts(&mut tx).await.unwrap();
    let delivery = sandbox.delivery(&mut tx, events[0]).await.unwrap().unwrap();
    let now = tx.now();
    tx.commit().await.unwrap();

    let event = sandbox.verify_webhook(&headers(&delivery), &delivery.body, now).unwrap();
    assert_eq!(event.about, About::Payout(paid.payout_ref.clone()));
    assert_eq!(sandbox.fetch_payout(&paid.payout_ref).await.unwrap().state, PayoutState::Returned);
}

#[tokio::test]
async fn a_payment_is_disputed_once_and_decided_once() {
    let (test, sandbox) = sandbox().await;
    let wanted = request(&test).await;
    let checkout = sandbox.create_checkout(&wanted).await.unwrap().gateway_ref;
    let mut tx = begin(&test).await;
    assert!(matches!(sandbox.object(&mut tx, &checkout).await, Err(AnswerError::NotFound)), "nothing was paid");
    drop(tx);
    press(&test, &sandbox, &checkout, Answer::Approve).await.unwrap();

    let mut tx = begin(&test).await;
    let (dispute, _) = sandbox.object(&mut tx, &checkout).await.unwrap();
    assert_eq!(sandbox.object(&mut tx, &checkout).await.unwrap().0, dispute);
    tx.commit().await.unwrap();
    let remote = sandbox.fetch_dispute(&dispute).await.unwrap();
    assert_eq!((remote.payment, remote.money, remote.state), (Some(wanted.payment), wanted.money, DisputeState::Open));
    let mut tx = begin(&test).await;
    sandbox.judge_dispute(&mut tx, &dispute, false).await.unwrap();
    assert!(matches!(sandbox.judge_dispute(&mut tx, &dispute, true).await, Err(AnswerError::Closed)));
    tx.commit().await.unwrap();
    assert_eq!(sandbox.fetch_dispute(&dispute).await.unwrap().state, DisputeState::Lost);
}
