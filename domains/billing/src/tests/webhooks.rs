//! News of gateways: doubled, out of order, forged, wrong.

use gateways::payment::{RemoteState, WebhookError};
use kernel::{
    Currency, Money,
    ids::{ChargeId, PaymentId},
};
use tokio::task::JoinSet;

use super::till::{PRICE, Till, id};
use crate::{
    charges::{self, ChargeStatus},
    payments::{self, Payment, PaymentStatus, webhook, webhook::ReceiveError},
};

async fn waiting() -> (Till, ChargeId, Payment) {
    let till = Till::open().await;
    let charge = till.charge().await;
    let payment = till.open_checkout(charge).await.unwrap();
    (till, charge, payment)
}

async fn nothing_happened(till: &Till, charge: ChargeId, payment: &Payment) {
    assert_eq!(till.payment(payment.id).await.status, PaymentStatus::RequiresAction);
    assert_eq!(till.charge_status(charge).await, ChargeStatus::Open);
    assert_eq!(till.count("select count(*) from journal_entries").await, 0);
    assert_eq!(till.count("select count(*) from invoices").await, 0);
    assert_eq!(till.count("select count(*) from events").await, 0);
    till.is_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_webhook_a_hundred_times_at_once_has_one_effect() {
    let (till, charge, payment) = waiting().await;
    till.pays(&payment).await;
    let (headers, body) = till.gateway.report("evt_1", payment.gateway_ref.as_ref().unwrap(), till.now().await);

    let mut storm = JoinSet::new();
    for _ in 0..100 {
        let (db, gateway) = (till.db().clone(), till.gateway.clone());
        let (headers, body) = (headers.clone(), body.clone());
        storm.spawn(async move { webhook::handle(&db, gateway.as_ref(), &headers, &body).await });
    }
    for answer in storm.join_all().await {
        answer.expect("every delivery is acknowledged");
    }

    assert_eq!(till.payment(payment.id).await.status, PaymentStatus::Captured);
    assert_eq!(till.charge_status(charge).await, ChargeStatus::Settled);
    assert_eq!(till.count("select count(*) from journal_entries").await, 1);
    assert_eq!(till.count("select count(*) from invoices").await, 1);
    assert_eq!(till.count("select count(*) from webhook_events").await, 1);
    assert_eq!(till.events("billing.payment_settled").await.len(), 1);
    till.is_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_different_reports_of_one_payment_have_one_effect() {
    let (till, _, payment) = waiting().await;
    till.pays(&payment).await;

    let mut storm = JoinSet::new();
    let at = till.now().await;
    for number in 0..100 {
        let (db, gateway) = (till.db().clone(), till.gateway.clone());
        let (headers, body) = gateway.report(&format!("evt_{number}"), payment.gateway_ref.as_ref().unwrap(), at);
        storm.spawn(async move { webhook::handle(&db, gateway.as_ref(), &headers, &body).await });
    }
    for answer in storm.join_all().await {
        answer.expect("every report is acknowledged");
    }

    assert_eq!(till.count("select count(*) from webhook_events where outcome = 'applied'").await, 1);
    assert_eq!(till.count("select count(*) from webhook_events where outcome = 'unchanged'").await, 99);
    assert_eq!(till.count("select count(*) from journal_entries").await, 1);
    assert_eq!(till.events("billing.payment_settled").await.len(), 1);
    till.is_sound().await;
}

#[tokio::test]
async fn news_in_any_order_ends_the_same() {
    let till = Till::open().await;
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    for (round, order) in orders.into_iter().enumerate() {
        let charge = till.charge().await;
        let payment = till.open_checkout(charge).await.unwrap();
        let at = till.now().await;
        let news = [RemoteState::Processing, RemoteState::Failed, RemoteState::Captured { at }];
        for step in order {
            till.gateway.change(payment.gateway_ref.as_ref().unwrap(), |remote| remote.state = news[step]);
            till.hears(&format!("evt_{round}_{step}"), &payment).await.unwrap();
        }
        assert_eq!(till.payment(payment.id).await.status, PaymentStatus::Captured, "{order:?}");
        assert_eq!(till.charge_status(charge).await, ChargeStatus::Settled, "{order:?}");
    }
    assert_eq!(till.count("select count(*) from journal_entries").await, 6);
    assert_eq!(till.events("billing.payment_settled").await.len(), 6);
    till.is_sound().await;
}

#[tokio::test]
async fn an_older_report_never_moves_a_payment_back() {
    let till = Till::open().await;
    let (charge, payment) = till.paid_charge().await;
    let gateway_ref = payment.gateway_ref.clone().unwrap();

    for (number, state) in [RemoteState::Open, RemoteState::Processing, RemoteState::Failed].into_iter().enumerate() {
        till.gateway.change(&gateway_ref, |remote| remote.state = state);
        till.hears(&format!("evt_old_{number}"), &payment).await.unwrap();
    }

    assert_eq!(till.payment(payment.id).await.status, PaymentStatus::Captured);
    assert_eq!(till.charge_status(charge).await, ChargeStatus::Settled);
}

#[tokio::test]
async fn a_forged_an_altered_and_a_stale_webhook_have_no_effect() {
    let (till, charge, payment) = waiting().await;
    till.pays(&payment).await;
    let now = till.now().await;
    let (genuine, body) = till.gateway.report("evt_1", payment.gateway_ref.as_ref().unwrap(), now);
    let (stale, _) = till.gateway.report("evt_1", payment.gateway_ref.as_ref().unwrap(), now.plus_seconds(-301));
    let altered = String::from_utf8(body.clone()).unwrap().replace("evt_1", "evt_2").into_bytes();
    let mut forged = genuine.clone();
    forged.insert("fake-signature", format!("t={},v1={}", now.unix_seconds(), "0".repeat(64)).parse().unwrap());
    let unsigned = axum::http::HeaderMap::new();

    let attempts = [
        (&genuine, &altered, WebhookError::Forged),
        (&forged, &body, WebhookError::Forged),
        (&stale, &body, WebhookError::Stale),
        (&unsigned, &body, WebhookError::Unsigned),
    ];
    for (headers, body, expected) in attempts {
        let error = webhook::handle(till.db(), till.gateway.as_ref(), headers, body).await.unwrap_err();
        assert!(matches!(error, ReceiveError::NotBelieved(found) if found == expected), "{error:?}");
    }

    assert_eq!(till.count("select count(*) from webhook_events").await, 0);
    nothing_happened(&till, charge, &payment).await;
}

#[tokio::test]
async fn a_wrong_amount_currency_id_or_date_has_no_effect_and_is_shown_to_the_administrator() {
    let (till, charge, payment) = waiting().await;
    let gateway_ref = payment.gateway_ref.clone().unwrap();
    let at = till.pays(&payment).await;
    let right = Money::new(PRICE, Currency::USD);

    let wrong_money = [Money::new(PRICE - 1, Currency::USD), Money::new(PRICE, "EUR".parse().unwrap())];
    for (number, money) in wrong_money.into_iter().enumerate() {
        till.gateway.change(&gateway_ref, |remote| remote.money = money);
        let answer = till.hears(&format!("evt_money_{number}"), &payment).await;
        assert!(matches!(answer, Err(ReceiveError::Mismatch)), "{answer:?}");
    }
    till.gateway.change(&gateway_ref, |remote| remote.money = right);
    for (number, ours) in [None, Some(PaymentId::from_uuid(id()))].into_iter().enumerate() {
        till.gateway.change(&gateway_ref, |remote| remote.payment = ours);
        let answer = till.hears(&format!("evt_id_{number}"), &payment).await;
        assert!(matches!(answer, Err(ReceiveError::Mismatch)), "{answer:?}");
    }
    till.gateway.change(&gateway_ref, |remote| {
        remote.payment = Some(payment.id);
        remote.state = RemoteState::Captured { at: at.plus_minutes(-60) };
    });
    assert!(matches!(till.hears("evt_before_it_began", &payment).await, Err(ReceiveError::Mismatch)));

    assert_eq!(till.count("select count(*) from webhook_events where outcome = 'mismatch'").await, 5);
    nothing_happened(&till, charge, &payment).await;
}

#[tokio::test]
async fn an_event_of_an_unknown_kind_or_about_somebody_else_is_stored_and_acknowledged() {
    let (till, charge, payment) = waiting().await;
    let now = till.now().await;

    for (event, about) in [("evt_other_kind", ""), ("evt_other_shop", "fake_of_another_shop")] {
        let (headers, body) = till.gateway.report(event, about, now);
        webhook::handle(till.db(), till.gateway.as_ref(), &headers, &body).await.unwrap();
    }

    assert_eq!(till.count("select count(*) from webhook_events where outcome = 'ignored'").await, 1);
    assert_eq!(till.count("select count(*) from webhook_events where outcome = 'unmatched'").await, 1);
    nothing_happened(&till, charge, &payment).await;
}

#[tokio::test]
async fn a_report_during_an_outage_is_not_acknowledged_and_works_when_sent_again() {
    let (till, charge, payment) = waiting().await;
    till.pays(&payment).await;

    till.gateway.set_away(true);
    assert!(matches!(till.hears("evt_1", &payment).await, Err(ReceiveError::Gateway(_))));
    nothing_happened(&till, charge, &payment).await;
    till.gateway.set_away(false);
    till.hears("evt_1", &payment).await.unwrap();

    assert_eq!(till.charge_status(charge).await, ChargeStatus::Settled);
}

#[tokio::test]
async fn a_payment_whose_webhook_was_lost_is_found_by_asking() {
    let (till, charge, payment) = waiting().await;
    till.pays(&payment).await;

    payments::check(till.db(), &till.gateways, charge).await.unwrap();

    assert_eq!(till.charge_status(charge).await, ChargeStatus::Settled);
    till.hears("evt_late", &payment).await.unwrap();
    assert_eq!(till.count("select count(*) from journal_entries").await, 1);
}

#[tokio::test]
async fn money_for_a_voided_charge_is_booked_and_announced_with_its_date() {
    let (till, charge, payment) = waiting().await;
    let at = till.pays(&payment).await;
    let mut tx = till.system().await;
    charges::void(&mut tx, charge).await.unwrap();
    tx.commit().await.unwrap();

    till.hears("evt_late", &payment).await.unwrap();

    assert_eq!(till.payment(payment.id).await.status, PaymentStatus::Captured);
    assert_eq!(till.charge_status(charge).await, ChargeStatus::Settled);
    let settled = till.events("billing.payment_settled").await;
    assert_eq!(settled.len(), 1);
    assert_eq!(settled[0]["captured_at"], serde_json::to_value(at).unwrap());
    till.is_sound().await;
}

#[tokio::test]
async fn the_minutes_round_finds_every_payment_whose_webhook_was_lost() {
    let (till, charge, payment) = waiting().await;
    let unpaid = till.charge().await;
    let untouched = till.open_checkout(unpaid).await.unwrap();
    till.pays(&payment).await;

    payments::round(till.db(), &till.gateways).await.unwrap();
    assert_eq!(till.charge_status(charge).await, ChargeStatus::Open, "it is too young to be asked about");
    till.db().clock().shift_seconds(61);
    payments::round(till.db(), &till.gateways).await.unwrap();

    assert_eq!(till.charge_status(charge).await, ChargeStatus::Settled);
    assert_eq!(till.payment(untouched.id).await.status, PaymentStatus::RequiresAction);
    assert_eq!(till.charge_status(unpaid).await, ChargeStatus::Open);
}

#[tokio::test]
async fn closing_a_page_stops_the_link_and_finds_money_of_the_last_moment() {
    let till = Till::open().await;
    for pays_in_the_last_moment in [false, true] {
        let charge = till.charge().await;
        let payment = till.open_checkout(charge).await.unwrap();
        let mut tx = till.system().await;
        charges::void(&mut tx, charge).await.unwrap();
        tx.commit().await.unwrap();
        if pays_in_the_last_moment {
            till.pays(&payment).await;
        }

        payments::close(till.db(), &till.gateways, payment.id).await.unwrap();

        let at_the_gateway = till.gateway.state_of(payment.gateway_ref.as_ref().unwrap());
        assert_eq!(at_the_gateway == RemoteState::Cancelled, !pays_in_the_last_moment);
        let expected = if pays_in_the_last_moment { PaymentStatus::Captured } else { PaymentStatus::Cancelled };
        assert_eq!(till.payment(payment.id).await.status, expected);
    }
    assert_eq!(till.events("billing.payment_settled").await.len(), 1);
    till.is_sound().await;
}
