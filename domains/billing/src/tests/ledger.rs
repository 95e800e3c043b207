//! The journal balances, cannot be changed, and the verifier finds what was tampered with.

use kernel::{
    Currency, Money, Zone,
    ids::{AppointmentId, JournalId},
};
use tokio::task::JoinSet;

use super::till::{Till, id};
use crate::{
    charges::{NewCharge, Subject},
    history, invoices,
    ledger::{self, Account, LedgerFault, store},
    payments,
};

#[tokio::test]
async fn a_capture_is_split_between_doctor_and_platform() {
    let till = Till::open().await;
    till.paid_charge().await;

    let mut tx = till.system().await;
    let balances: Vec<(String, i64)> =
        ledger::balances(&mut tx).await.unwrap().into_iter().map(|line| (line.kind, line.money.amount)).collect();

    let expected = [("doctor_pending", -2040), ("gateway_clearing", 2400), ("platform_revenue", -360)];
    assert_eq!(balances, expected.map(|(kind, amount)| (kind.to_owned(), amount)));
}

#[tokio::test]
async fn an_entry_that_does_not_balance_is_refused_when_it_is_committed() {
    let till = Till::open().await;
    let charge = till.charge().await;
    let payment = till.open_checkout(charge).await.unwrap();
    let lines: [&[(Account, i64)]; 3] =
        [&[(Account::GatewayClearing, 100)], &[(Account::GatewayClearing, 100), (Account::PlatformRevenue, -99)], &[]];
    for lines in lines {
        let mut tx = till.system().await;
        let entry = JournalId::from_uuid(id());
        let now = tx.now();
        store::insert_entry(&mut tx, entry, payment.id, None, now).await.unwrap();
        store::insert_lines(&mut tx, entry, lines, Currency::USD).await.unwrap();
        let refused = tx.commit().await.unwrap_err();
        assert_eq!(refused.constraint(), Some("journal_entry_balances"));
    }
}

#[tokio::test]
async fn a_line_cannot_be_changed_or_removed_even_by_the_system() {
    let till = Till::open().await;
    till.paid_charge().await;
    for sql in [
        "update journal_lines set amount = amount * 2",
        "delete from journal_lines",
        "delete from journal_entries",
        "update invoices set amount = 1",
        "truncate journal_lines",
    ] {
        let mut tx = till.system().await;
        let refused = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(tx.conn()).await;
        assert!(refused.is_err(), "{sql}");
    }
}

#[tokio::test]
async fn the_verifier_names_what_was_tampered_with() {
    let till = Till::open().await;
    let (_, payment) = till.paid_charge().await;
    till.is_sound().await;

    till.test
        .force(
            "alter table journal_lines disable trigger all;
             update journal_lines set amount = amount + 1 where amount > 0;
             alter table journal_lines enable trigger all",
        )
        .await;
    let faults = ledger::verify(till.db()).await.unwrap().faults;

    assert!(faults.contains(&LedgerFault::CurrencyNotZero("USD".into())), "{faults:?}");
    assert!(faults.contains(&LedgerFault::PaymentNotBooked(payment.id.to_string())), "{faults:?}");
    assert!(faults.iter().any(|fault| matches!(fault, LedgerFault::EntryNotBalanced(_))), "{faults:?}");
}

#[tokio::test]
async fn the_verifier_finds_a_missing_invoice_and_money_that_was_never_booked() {
    let till = Till::open().await;
    let (_, payment) = till.paid_charge().await;
    till.test
        .force(&format!(
            "set session_replication_role = replica;
             delete from invoices;
             delete from journal_lines;
             delete from journal_entries where payment_id = '{}'",
            payment.id
        ))
        .await;

    let faults = ledger::verify(till.db()).await.unwrap().faults;

    assert!(faults.contains(&LedgerFault::PaymentNotBooked(payment.id.to_string())), "{faults:?}");
    assert!(faults.iter().any(|fault| matches!(fault, LedgerFault::NumbersHaveAGap(_))), "{faults:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn invoice_numbers_have_no_gaps_whoever_races_and_whatever_fails() {
    let till = std::sync::Arc::new(Till::open().await);
    let mut open = Vec::new();
    for _ in 0..12 {
        let charge = till.charge().await;
        let payment = till.open_checkout(charge).await.unwrap();
        till.pays(&payment).await;
        open.push(payment);
    }

    let mut storm = JoinSet::new();
    for (number, payment) in open.into_iter().enumerate() {
        let till = till.clone();
        storm.spawn(async move {
            if number % 3 == 0 {
                fail_to_capture(&till, &payment).await;
            }
            till.hears(&format!("evt_{number}"), &payment).await.unwrap();
        });
    }
    storm.join_all().await;

    let mut tx = till.system().await;
    let serials =
        sqlx::query_scalar!("select serial from invoices order by serial").fetch_all(tx.conn()).await.unwrap();
    assert_eq!(serials, (1..=12).collect::<Vec<i32>>());
    till.is_sound().await;
}

/// Everything up to the commit, which never comes.
async fn fail_to_capture(till: &Till, payment: &payments::Payment) {
    use gateways::PaymentGateway;
    let remote = till.gateway.fetch(payment.gateway_ref.as_ref().unwrap()).await.unwrap();
    let mut tx = till.system().await;
    payments::apply(&mut tx, "fake", &remote).await.unwrap();
    tx.rollback().await.unwrap();
}

#[tokio::test]
async fn each_currency_balances_by_itself() {
    let till = Till::open().await;
    till.paid_charge().await;
    let mut tx = till.system().await;
    let entry = JournalId::from_uuid(id());
    let charge = till.charge().await;
    let payment = till.open_checkout(charge).await.unwrap();
    let now = tx.now();
    store::insert_entry(&mut tx, entry, payment.id, None, now).await.unwrap();
    let euro = "EUR".parse().unwrap();
    store::insert_lines(&mut tx, entry, &[(Account::GatewayClearing, 100)], euro).await.unwrap();
    store::insert_lines(&mut tx, entry, &[(Account::PlatformRevenue, -100)], Currency::USD).await.unwrap();

    assert_eq!(tx.commit().await.unwrap_err().constraint(), Some("journal_entry_balances"));
}

#[tokio::test]
async fn what_was_paid_before_is_booked_with_its_own_date_and_told_to_nobody() {
    let till = Till::open().await;
    let mut tx = till.system().await;
    let paid_at = tx.now().plus_days(-400);
    let new = NewCharge {
        patient: till.patient,
        practitioner: till.doctor,
        subject: Subject::Appointment(AppointmentId::from_uuid(id())),
        service: None,
        price: Money::new(1800, Currency::USD),
        payable_until: paid_at,
    };

    let charge = history::record_paid(&mut tx, new, "sandbox", paid_at).await.unwrap();
    let invoices = invoices::store::list_of_charge(&mut tx, charge).await.unwrap();
    tx.commit().await.unwrap();

    let year = paid_at.in_zone(&Zone::utc()).year();
    let number = &invoices[0].number;
    assert!(number.starts_with("INV-") && number.ends_with(&format!("-{year}-000001")), "{number}");
    assert_eq!(till.count("select count(*) from events").await, 0);
    till.is_sound().await;
}
