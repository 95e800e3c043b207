//! The gateway's books against ours and the journal: a clean day has no difference, and whatever a gateway hides, invents, changes or
//! repeats has a name.

use gateways::payment::{Movement, MovementKind};
use kernel::{Currency, LocalDate, Money, Zone, ids::ReconciliationId};

use super::till::{PRICE, Till};
use crate::{
    reconciliation::{Outcome, due_days, list_lines, reconcile},
    refunds::{self, RefundReason},
};

/// A till at noon: no test runs into midnight unless it wants to.
async fn at_noon() -> Till {
    let till = Till::open().await;
    let now = till.now().await;
    let noon = now.date_in(&Zone::utc()).plus_days(1).starts_in(&Zone::utc()).plus_minutes(12 * 60);
    till.db().clock().shift_seconds(noon.seconds_since(now));
    till.gateway.set_clock(till.now().await);
    till
}

async fn today(till: &Till) -> LocalDate {
    till.now().await.date_in(&Zone::utc())
}

async fn compares(till: &Till, day: LocalDate) -> ReconciliationId {
    reconcile(till.db(), &till.gateways, "fake", (day, &Zone::utc()), None).await.unwrap()
}

/// Outcome and the three sides of every line.
async fn lines(till: &Till, run: ReconciliationId) -> Vec<(String, Option<i64>, Option<i64>, Option<i64>)> {
    let found = list_lines(&mut till.system().await, run, "", None, 100).await.unwrap();
    found.into_iter().map(|line| (line.outcome, line.there, line.here, line.booked)).collect()
}

async fn differences(till: &Till, run: ReconciliationId) -> Vec<String> {
    let found = list_lines(&mut till.system().await, run, "differences", None, 100).await.unwrap();
    found.into_iter().map(|line| line.outcome).collect()
}

async fn gives_back(till: &Till, charge: kernel::ids::ChargeId, amount: i64) {
    let mut tx = till.system().await;
    let money = Money::new(amount, Currency::USD);
    refunds::partial(&mut tx, charge, money, RefundReason::CancelledByPatient).await.unwrap();
    tx.commit().await.unwrap();
    till.gateway.set_clock(till.now().await);
    till.submit_refunds(charge).await;
}

#[tokio::test]
async fn a_clean_day_has_no_difference_and_its_three_sides_are_one_sum() {
    let till = at_noon().await;
    let (whole, _) = till.paid_charge().await;
    let (part, _) = till.paid_charge_of(5000).await;
    till.paid_charge_of(101).await;
    gives_back(&till, whole, PRICE).await;
    gives_back(&till, part, 1200).await;
    till.open_checkout(till.charge().await).await.unwrap();

    let run = compares(&till, today(&till).await).await;

    let lines = lines(&till, run).await;
    assert_eq!(lines.len(), 5, "{lines:?}");
    assert!(lines.iter().all(|(outcome, there, here, booked)| outcome == "matched" && there == here && here == booked));
    assert_eq!(lines.iter().filter_map(|line| line.1).sum::<i64>(), 5000 + 101 - 1200);
    let journal = "select sum(l.amount)::bigint from journal_lines l join ledger_accounts a on a.id = l.account_id
                   where a.kind = 'gateway_clearing'";
    assert_eq!(till.count(journal).await, 5000 + 101 - 1200);
    assert_eq!(till.count("select differences::bigint from reconciliations").await, 0);
    assert_eq!(till.count("select count(*) from reconciliation_lines where matched_by = 'our_id'").await, 5);
}

type Bookkeeper = fn(Vec<Movement>) -> Vec<Movement>;

fn hides_the_first(mut books: Vec<Movement>) -> Vec<Movement> {
    books.remove(0);
    books
}

fn invents_one(mut books: Vec<Movement>) -> Vec<Movement> {
    let invented = Movement { id: "line_x".into(), reference: "nobody".into(), payment: None, ..books[0].clone() };
    books.push(invented);
    books
}

fn takes_a_cent_more(mut books: Vec<Movement>) -> Vec<Movement> {
    books[0].money.amount += 1;
    books
}

fn repeats_the_first(mut books: Vec<Movement>) -> Vec<Movement> {
    let again = Movement { id: "line_again".into(), ..books[0].clone() };
    books.push(again);
    books
}

fn says_another_currency(mut books: Vec<Movement>) -> Vec<Movement> {
    books[0].money.currency = "EUR".parse().unwrap();
    books
}

fn takes_a_fee(mut books: Vec<Movement>) -> Vec<Movement> {
    let fee = Movement {
        id: "line_fee".into(),
        kind: MovementKind::Other,
        payment: None,
        money: Money::new(-30, Currency::USD),
        ..books[0].clone()
    };
    books.push(fee);
    books
}

fn forgets_our_ids(mut books: Vec<Movement>) -> Vec<Movement> {
    for line in &mut books {
        (line.payment, line.refund) = (None, None);
    }
    books
}

#[tokio::test]
async fn what_a_gateway_hides_invents_changes_or_repeats_has_a_name() {
    let till = at_noon().await;
    till.paid_charge().await;
    till.paid_charge_of(500).await;
    let day = today(&till).await;
    let twists: [(Bookkeeper, &[Outcome]); 8] = [
        (hides_the_first, &[Outcome::MissingThere]),
        (invents_one, &[Outcome::MissingHere]),
        (takes_a_cent_more, &[Outcome::AmountDiffers]),
        (repeats_the_first, &[Outcome::Twice]),
        (says_another_currency, &[Outcome::AmountDiffers]),
        (takes_a_fee, &[]),
        (forgets_our_ids, &[]),
        (|_| Vec::new(), &[Outcome::MissingThere, Outcome::MissingThere]),
    ];
    for (number, (bookkeeper, expected)) in twists.into_iter().enumerate() {
        till.gateway.keep_books_by(bookkeeper);
        let run = compares(&till, day).await;
        let names: Vec<_> = expected.iter().map(|outcome| outcome.as_str().to_owned()).collect();
        assert_eq!(differences(&till, run).await, names, "twist {number}");
    }
    let by_reference =
        "select count(*) from reconciliation_lines where matched_by = 'reference' and outcome = 'matched'";
    assert_eq!(till.count(by_reference).await, 2);
    assert_eq!(till.count("select count(*) from reconciliations").await, 8, "every run is kept");
}

#[tokio::test]
async fn money_that_both_know_and_the_journal_does_not_is_found() {
    let till = at_noon().await;
    let (_, payment) = till.paid_charge().await;
    till.test
        .force(&format!(
            "set session_replication_role = replica;
             delete from journal_lines where entry_id in (select id from journal_entries where payment_id = '{}')",
            payment.id
        ))
        .await;

    let run = compares(&till, today(&till).await).await;

    assert_eq!(lines(&till, run).await, [("not_booked".to_owned(), Some(PRICE), Some(PRICE), None)]);
}

#[tokio::test]
async fn a_refund_that_we_hear_of_after_midnight_belongs_to_the_gateways_day() {
    let till = at_noon().await;
    let (charge, _) = till.paid_charge().await;
    let first = today(&till).await;
    let evening = first.plus_days(1).starts_in(&Zone::utc()).plus_seconds(-30);
    till.db().clock().shift_seconds(evening.seconds_since(till.now().await) + 300);
    let mut tx = till.system().await;
    refunds::full(&mut tx, charge, RefundReason::CancelledByDoctor).await.unwrap();
    tx.commit().await.unwrap();
    till.gateway.set_clock(evening);
    till.submit_refunds(charge).await;
    assert_eq!(today(&till).await, first.plus_days(1));

    let before = compares(&till, first).await;
    let after = compares(&till, first.plus_days(1)).await;

    assert_eq!(lines(&till, before).await.len(), 2);
    assert_eq!((differences(&till, before).await, lines(&till, after).await), (vec![], vec![]));
}

#[tokio::test]
async fn late_news_mends_the_day_when_it_is_compared_again() {
    let till = at_noon().await;
    till.paid_charge().await;
    let payment = till.open_checkout(till.charge().await).await.unwrap();
    till.pays(&payment).await;
    let (day, zone) = (today(&till).await, Zone::utc());
    till.db().clock().shift_seconds(86_400);
    assert_eq!(due_days(&mut till.system().await, "fake", &zone).await.unwrap(), [day]);

    let run = compares(&till, day).await;
    assert_eq!(differences(&till, run).await, ["missing_here"]);
    assert_eq!(due_days(&mut till.system().await, "fake", &zone).await.unwrap(), []);
    till.hears("evt_late", &payment).await.unwrap();
    till.db().clock().shift_seconds(86_400);
    assert!(due_days(&mut till.system().await, "fake", &zone).await.unwrap().contains(&day), "a day with differences");
    let again = compares(&till, day).await;

    assert_eq!(differences(&till, again).await, Vec::<String>::new());
    assert_eq!(lines(&till, again).await.len(), 2);
}

#[tokio::test]
async fn a_day_is_not_called_clean_while_the_gateway_is_away() {
    let till = at_noon().await;
    till.paid_charge().await;
    till.gateway.set_away(true);

    let failed = reconcile(till.db(), &till.gateways, "fake", (today(&till).await, &Zone::utc()), None).await;

    assert!(failed.is_err(), "the job tries again");
    assert_eq!(till.count("select count(*) from reconciliations").await, 0);
}

#[tokio::test]
async fn a_day_is_a_day_of_the_houses_calendar() {
    let till = at_noon().await;
    let auckland: Zone = "Pacific/Auckland".parse().unwrap();
    till.paid_charge().await;
    let here = till.now().await.date_in(&auckland);

    let run = reconcile(till.db(), &till.gateways, "fake", (here, &auckland), None).await.unwrap();
    let utc = compares(&till, here).await;

    assert_eq!((lines(&till, run).await.len(), lines(&till, utc).await.len()), (1, 0));
}

#[tokio::test]
async fn administrators_are_told_once_of_a_days_run_that_differs() {
    let till = at_noon().await;
    for _ in 0..2 {
        let actor = till.administrator().await;
        let role =
            format!("insert into account_roles (account_id, role) values ('{}', 'administrator')", actor.account);
        till.test.force(&role).await;
    }
    till.test.force("insert into account_roles (account_id, role) select account_id, 'patient' from patients").await;
    till.paid_charge().await;
    let day = today(&till).await;
    let told = "select count(*) from notices where kind = 'billing.books_differ'";
    compares(&till, day).await;
    assert_eq!(till.count(told).await, 0, "a clean day is nobody's news");

    till.gateway.keep_books_by(|_| Vec::new());
    let run = compares(&till, day).await;
    compares(&till, day).await;
    assert_eq!(till.count(told).await, 2, "two administrators, once");
    let leads = format!("select count(*) from notices where link = '/admin/reconciliation/{run}'");
    assert_eq!(till.number(leads).await, 2);
    assert_eq!(notify::Topic::of("billing.books_differ"), notify::Topic::Money);
    till.db().clock().shift_seconds(24 * 3600);
    compares(&till, day).await;
    assert_eq!(till.count(told).await, 4, "the next day's run is another");
}
