//! Refunds that people ask for: small ones at once, large ones by four eyes, and never more than came in.

use std::sync::Arc;

use access::{Actor, Role};
use gateways::payment::RefundState;
use kernel::{Currency, Money, ids::RefundId};
use tokio::task::JoinSet;

use super::till::{Till, administrator, id};
use crate::{
    Config,
    payments::Payment,
    refunds::{
        self, Approval, AskError, AskRefund, Decide, DecideError, Decision, Refund, RefundReason, RefundStatus,
        RetryError,
    },
};

/// Fifty dollars alone.
fn config() -> Config {
    Config::for_tests()
}

async fn asks(till: &Till, actor: &Actor, payment: &Payment, amount: i64) -> Result<Refund, AskError> {
    let money = Money::new(amount, Currency::USD);
    let command = AskRefund { payment: payment.id, charge: None, money, note: "The line was bad all along".into() };
    let mut tx = till.begin(actor).await;
    let refund = refunds::ask(&mut tx, actor, &config(), command).await?;
    tx.commit().await?;
    Ok(refund)
}

async fn decides(till: &Till, actor: &Actor, refund: RefundId, decision: Decision) -> Result<Refund, DecideError> {
    let mut tx = till.begin(actor).await;
    let decided = refunds::decide(&mut tx, actor, Decide { refund, decision, note: "Looked into it".into() }).await?;
    tx.commit().await?;
    Ok(decided)
}

async fn status(till: &Till, refund: RefundId) -> RefundStatus {
    refunds::store::find(&mut till.system().await, refund).await.unwrap().unwrap().status
}

#[tokio::test]
async fn a_small_refund_is_made_at_once_and_small_ones_add_up_to_one_that_needs_another_person() {
    let till = Till::open().await;
    let (charge, payment) = till.paid_charge_of(20_000).await;
    let grace = till.administrator().await;

    let small = asks(&till, &grace, &payment, 3000).await.unwrap();
    let second = asks(&till, &grace, &payment, 2001).await.unwrap();
    till.submit_refunds(charge).await;

    assert_eq!((small.approval, second.approval), (Approval::Auto, Approval::Human));
    assert_eq!(
        (status(&till, small.id).await, status(&till, second.id).await),
        (RefundStatus::Succeeded, RefundStatus::Requested)
    );
    assert_eq!(till.gateway.given_back(), 3000);
    assert_eq!(till.payment(payment.id).await.refunded, 5001, "what waits is reserved");
    till.is_sound().await;
}

#[tokio::test]
async fn whoever_asked_does_not_approve_and_another_administrator_does_once() {
    let till = Till::open().await;
    let (charge, payment) = till.paid_charge_of(20_000).await;
    let (grace, otieno) = (till.administrator().await, till.administrator().await);
    let asked = asks(&till, &grace, &payment, 12_000).await.unwrap();

    let own = decides(&till, &grace, asked.id, Decision::Approve).await;
    assert!(matches!(own, Err(DecideError::OwnRequest)), "{own:?}");
    till.submit_refunds(charge).await;
    assert_eq!(till.gateway.given_back(), 0, "the job waits for the decision");
    decides(&till, &otieno, asked.id, Decision::Approve).await.unwrap();
    let again = decides(&till, &otieno, asked.id, Decision::Decline).await;
    assert!(matches!(again, Err(DecideError::Decided)), "{again:?}");
    till.submit_refunds(charge).await;

    assert_eq!(till.gateway.given_back(), 12_000);
    assert_eq!(till.count("select count(*) from jobs where name = 'billing.submit_refund'").await, 1);
    let said =
        "select count(*) from audit_log where object = 'refund' and action in ('refund_asked', 'refund_approved')";
    assert_eq!(till.count(said).await, 2);
    till.is_sound().await;
}

#[tokio::test]
async fn a_declined_refund_frees_the_amount_and_is_never_made() {
    let till = Till::open().await;
    let (charge, payment) = till.paid_charge_of(20_000).await;
    let (grace, otieno) = (till.administrator().await, till.administrator().await);
    let asked = asks(&till, &grace, &payment, 20_000).await.unwrap();
    assert!(matches!(asks(&till, &grace, &payment, 1).await, Err(AskError::TooMuch)), "all of it is reserved");

    let mut tx = till.begin(&otieno).await;
    let silent = Decide { refund: asked.id, decision: Decision::Decline, note: "  ".into() };
    assert!(matches!(refunds::decide(&mut tx, &otieno, silent).await, Err(DecideError::NoReason)));
    decides(&till, &otieno, asked.id, Decision::Decline).await.unwrap();
    till.submit_refunds(charge).await;

    assert_eq!((till.gateway.given_back(), till.payment(payment.id).await.refunded), (0, 0));
    till.is_sound().await;
    assert!(asks(&till, &grace, &payment, 20_000).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_approve_and_decline_at_once_one_decides() {
    let till = Arc::new(Till::open().await);
    for _ in 0..4 {
        let (charge, payment) = till.paid_charge_of(20_000).await;
        let (grace, otieno, wanjiru) =
            (till.administrator().await, till.administrator().await, till.administrator().await);
        let asked = asks(&till, &grace, &payment, 15_000).await.unwrap();
        let before = till.gateway.given_back();
        let (yes, no) = tokio::join!(
            decides(&till, &otieno, asked.id, Decision::Approve),
            decides(&till, &wanjiru, asked.id, Decision::Decline)
        );
        assert!(yes.is_ok() != no.is_ok(), "{yes:?} {no:?}");
        till.submit_refunds(charge).await;
        assert_eq!(till.gateway.given_back() - before, if yes.is_ok() { 15_000 } else { 0 });
        till.is_sound().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_ask_at_once_no_more_is_promised_than_was_paid() {
    let till = Arc::new(Till::open().await);
    let (charge, payment) = till.paid_charge_of(10_000).await;
    let mut crowd = JoinSet::new();
    for _ in 0..12 {
        let (till, payment, somebody) = (till.clone(), payment.clone(), till.administrator().await);
        crowd.spawn(async move { asks(&till, &somebody, &payment, 1500).await });
    }
    let made: Vec<Refund> = crowd.join_all().await.into_iter().filter_map(Result::ok).collect();
    till.submit_refunds(charge).await;

    assert_eq!(made.len(), 6, "six times fifteen dollars of a hundred");
    assert_eq!(made.iter().filter(|refund| refund.approval == Approval::Auto).count(), 3, "fifty dollars alone");
    assert_eq!(till.gateway.given_back(), 4500);
    assert_eq!(till.payment(payment.id).await.refunded, 9000);
    till.is_sound().await;
}

#[tokio::test]
async fn nobody_but_an_administrator_asks_or_decides_and_the_database_agrees() {
    let till = Till::open().await;
    let (_, payment) = till.paid_charge_of(20_000).await;
    let grace = till.administrator().await;
    let asked = asks(&till, &grace, &payment, 12_000).await.unwrap();
    let support = Actor { roles: vec![Role::SupportAgent], ..administrator(id()) };
    assert!(matches!(asks(&till, &support, &payment, 100).await, Err(AskError::NotFound)));
    assert!(matches!(decides(&till, &support, asked.id, Decision::Approve).await, Err(DecideError::NotFound)));

    for (context, sql) in [
        (grace.context(), "update refunds set status = 'approved', decided_by = asked_by, decided_at = now()"),
        (grace.context(), "update refunds set status = 'approved', approval = 'auto'"),
        (till.me(), "update refunds set status = 'approved'"),
        (
            administrator(id()).context(),
            "update refunds set amount = 1, status = 'approved', decided_by = app.account()",
        ),
        (administrator(id()).context(), "update refunds set status = 'succeeded', settled_at = now()"),
    ] {
        let mut tx = till.db().begin(&context).await.unwrap();
        let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(tx.conn()).await;
        assert!(done.is_err(), "{sql}");
    }
    assert_eq!(status(&till, asked.id).await, RefundStatus::Requested);
}

#[tokio::test]
async fn a_reason_and_a_real_amount_are_asked_for() {
    let till = Till::open().await;
    let (_, payment) = till.paid_charge_of(2000).await;
    let grace = till.administrator().await;
    for (amount, note) in [(2001, "Too much"), (0, "Nothing"), (-5, "Less than nothing")] {
        let command = AskRefund {
            payment: payment.id,
            charge: None,
            money: Money::new(amount, Currency::USD),
            note: note.into(),
        };
        let refused = refunds::ask(&mut till.begin(&grace).await, &grace, &config(), command).await;
        assert!(matches!(refused, Err(AskError::TooMuch)), "{amount}");
    }
    let euro = Money::new(100, "EUR".parse().unwrap());
    for (money, note) in [(euro, "Another currency".to_owned()), (Money::new(5, Currency::USD), " ".to_owned())] {
        let command = AskRefund { payment: payment.id, charge: None, money, note };
        assert!(refunds::ask(&mut till.begin(&grace).await, &grace, &config(), command).await.is_err());
    }
    let unpaid = till.open_checkout(till.charge().await).await.unwrap();
    assert!(matches!(asks(&till, &grace, &unpaid, 1).await, Err(AskError::TooMuch)));
}

#[tokio::test]
async fn a_refund_that_failed_is_tried_again_once_however_often_it_is_pressed() {
    let till = Till::open().await;
    let (charge, payment) = till.paid_charge_of(10_000).await;
    let grace = till.administrator().await;
    let mut tx = till.system().await;
    let money = Money::new(4000, Currency::USD);
    let refund = refunds::partial(&mut tx, charge, money, RefundReason::CancelledByPatient).await.unwrap()[0].id;
    tx.commit().await.unwrap();
    till.gateway.answer_refunds(RefundState::Failed);
    till.submit_refunds(charge).await;
    till.gateway.answer_refunds(RefundState::Succeeded);

    let press = async || {
        let mut tx = till.begin(&grace).await;
        let again = refunds::retry(&mut tx, &grace, refund).await?;
        tx.commit().await?;
        Ok::<_, RetryError>(again)
    };
    let (first, second) = tokio::join!(press(), press());
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    till.submit_refunds(charge).await;
    assert!(matches!(press().await, Err(RetryError::NotFailed)), "though more than that is left of the payment");

    assert_eq!((till.gateway.given_back(), till.payment(payment.id).await.refunded), (4000, 4000));
    till.is_sound().await;
}

#[tokio::test]
async fn a_refund_whose_job_was_buried_is_taken_up_again() {
    let till = Till::open().await;
    let (charge, _) = till.paid_charge_of(10_000).await;
    let mut tx = till.system().await;
    let refund = refunds::full(&mut tx, charge, RefundReason::CancelledByDoctor).await.unwrap()[0].id;
    tx.commit().await.unwrap();
    till.test.force("update jobs set state = 'dead', attempts = max_attempts, finished_at = now()").await;
    refunds::sweep(till.db()).await.unwrap();
    let ready = "select count(*) from jobs where name = 'billing.submit_refund' and state = 'ready'";
    assert_eq!(till.count(ready).await, 0, "it is not forgotten yet");

    till.db().clock().shift_seconds(7 * 3600);
    refunds::sweep(till.db()).await.unwrap();
    refunds::sweep(till.db()).await.unwrap();

    assert_eq!(till.count(ready).await, 1, "once, however often one looks");
    refunds::submit(till.db(), &till.gateways, refund).await.unwrap();
    assert_eq!(till.gateway.given_back(), 10_000);
    till.is_sound().await;
}
