//! The figures of the overview agree with sums that are made another way.

use kernel::{Currency, Cursor, Money, Zone};

use super::till::{Till, id};
use crate::{
    money::{
        Filter, Wanted,
        store::{self, DayRow},
    },
    refunds::{self, RefundReason},
};

fn filter(wanted: &Wanted, now: kernel::Timestamp, zone: &str) -> Filter {
    Filter::of(wanted, now, &zone.parse().unwrap())
}

/// Some days of business: payments of several sizes, a second doctor, refunds on later days, an open and a declined payment.
async fn some_days() -> Till {
    let till = Till::open().await;
    for (hours, amount, back) in
        [(5, 2400, 0), (7, 1801, 1801), (9, 999, 300), (26, 5000, 0), (3, 1, 1), (40, 7000, 6999)]
    {
        till.db().clock().shift_seconds(hours * 3600);
        let charge = till.charge_of(amount).await;
        let payment = till.open_checkout(charge).await.unwrap();
        till.db().clock().shift_seconds(60 * hours);
        till.pays(&payment).await;
        till.hears(&format!("evt_{}", payment.id), &payment).await.unwrap();
        if back > 0 {
            till.db().clock().shift_seconds(8 * 3600);
            let mut tx = till.system().await;
            let money = Money::new(back, Currency::USD);
            refunds::partial(&mut tx, charge, money, RefundReason::CancelledByPatient).await.unwrap();
            tx.commit().await.unwrap();
            till.submit_refunds(charge).await;
        }
    }
    till.open_checkout(till.charge().await).await.unwrap();
    till
}

#[tokio::test]
async fn every_figure_is_what_the_journal_says() {
    let till = some_days().await;
    let mut tx = till.system().await;
    let filter = filter(&Wanted::default(), tx.now(), "Asia/Kathmandu");

    let totals = store::list_totals(&mut tx, &filter).await.unwrap();
    let days = store::list_days(&mut tx, &filter, Currency::USD, filter.bucket()).await.unwrap();

    let journal = |kind: &'static str| {
        let sum = match kind {
            "capture" => {
                "select coalesce(sum(l.amount), 0)::bigint from journal_entries e join journal_lines l on l.entry_id = e.id join ledger_accounts a on a.id = l.account_id where a.kind = 'gateway_clearing' and e.kind = 'capture'"
            }
            _ => {
                "select coalesce(-sum(l.amount), 0)::bigint from journal_entries e join journal_lines l on l.entry_id = e.id join ledger_accounts a on a.id = l.account_id where a.kind = 'gateway_clearing' and e.kind = 'refund'"
            }
        };
        till.count(sum)
    };
    assert_eq!(totals.len(), 1);
    assert_eq!((totals[0].taken, totals[0].returned), (journal("capture").await, journal("refund").await));
    assert_eq!((totals[0].taken, totals[0].returned), (17_201, 9101));
    assert_eq!((totals[0].payments, totals[0].refunds), (6, 4));
    assert_eq!(totals[0].median_seconds, Some(60 * 8), "of 3, 5, 7, 9, 26 and 40 minutes");
    let sum = |of: fn(&DayRow) -> i64| days.iter().map(of).sum::<i64>();
    assert_eq!((sum(|day| day.taken), sum(|day| day.returned)), (totals[0].taken, totals[0].returned));
    assert_eq!((sum(|day| day.payments), sum(|day| day.refunds)), (totals[0].payments, totals[0].refunds));
    assert_eq!(days.len(), 30, "days without movement are there, too");
    for day in &days {
        let by_hand = format!(
            "select coalesce(sum(amount), 0)::bigint from payments where to_char(captured_at at time zone 'Asia/Kathmandu', 'YYYY-MM-DD') = '{}'",
            day.day
        );
        assert_eq!(day.taken, till.number(by_hand).await, "{}", day.day);
    }
}

#[tokio::test]
async fn a_filter_narrows_figures_and_list_alike() {
    let till = some_days().await;
    let second = Till { doctor: kernel::ids::PractitionerId::from_uuid(id()), ..till };
    second.add_doctor(second.doctor.uuid()).await;
    second.paid_charge_of(4321).await;
    let mut tx = second.system().await;
    let now = tx.now();
    let wanted = [
        (Wanted { doctor: second.doctor.to_string(), ..Wanted::default() }, 1, 4321),
        (Wanted { state: "refunded".into(), ..Wanted::default() }, 2, 1802),
        (Wanted { state: "partly_refunded".into(), ..Wanted::default() }, 2, 7999),
        (Wanted { state: "open".into(), ..Wanted::default() }, 1, 0),
        (Wanted { currency: "EUR".into(), ..Wanted::default() }, 0, 0),
        (Wanted { until: "2020-01-01".into(), ..Wanted::default() }, 0, 0),
        (Wanted::default(), 8, 17_201 + 4321),
    ];
    for (wanted, rows, taken) in wanted {
        let filter = filter(&wanted, now, "UTC");
        let listed = store::list_payments(&mut tx, &filter, None, 100).await.unwrap();
        let totals = store::list_totals(&mut tx, &filter).await.unwrap();
        assert_eq!(listed.len(), rows, "{wanted:?}");
        assert_eq!(totals.iter().map(|total| total.taken).sum::<i64>(), taken, "{wanted:?}");
        let paid = listed.iter().filter(|row| row.captured_at.is_some()).map(|row| row.amount).sum::<i64>();
        assert_eq!(paid, taken, "the list adds up to the figure: {wanted:?}");
    }
}

#[tokio::test]
async fn pages_of_the_list_are_the_whole_list_once() {
    let till = some_days().await;
    let mut tx = till.system().await;
    let filter = filter(&Wanted::default(), tx.now(), "UTC");
    let whole: Vec<_> =
        store::list_payments(&mut tx, &filter, None, 100).await.unwrap().iter().map(|row| row.id).collect();
    let (mut pages, mut before) = (Vec::new(), None);
    loop {
        let page = store::list_payments(&mut tx, &filter, before, 3).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.id.uuid());
        pages.extend(page.iter().map(|row| row.id));
    }
    assert_eq!((whole.len(), &pages), (7, &whole));
    let refunds = store::list_refunds(&mut tx, &filter, None, 100).await.unwrap();
    assert_eq!(refunds.iter().map(|row| row.amount).sum::<i64>(), 9101);
}

#[tokio::test]
async fn weeks_sum_to_what_their_days_do() {
    let till = some_days().await;
    let mut tx = till.system().await;
    let today = tx.now().date_in(&Zone::utc());
    let wanted = Wanted { from: today.plus_days(-200).to_string(), ..Wanted::default() };
    let filter = filter(&wanted, tx.now(), "UTC");
    let by_day = store::list_days(&mut tx, &filter, Currency::USD, crate::money::Bucket::Day).await.unwrap();
    let by_week = store::list_days(&mut tx, &filter, Currency::USD, filter.bucket()).await.unwrap();
    assert_eq!((by_day.len(), filter.bucket()), (201, crate::money::Bucket::Week));
    assert!((29..=30).contains(&by_week.len()), "{}", by_week.len());
    let sums = |days: &[DayRow]| {
        days.iter().fold((0, 0, 0), |sum, day| (sum.0 + day.taken, sum.1 + day.returned, sum.2 + day.payments))
    };
    assert_eq!(sums(&by_day), sums(&by_week));
}

#[test]
fn the_address_keeps_the_filters_from_page_to_page() {
    let wanted = Wanted { from: "2026-11-01".into(), doctor: "a&b".into(), ..Wanted::default() };
    let next = wanted.href("/admin/money", Some(&Cursor("x".into())));
    assert_eq!(next, "/admin/money?from=2026-11-01&doctor=a%26b&cursor=x");
    assert_eq!(Wanted::default().href("/admin/money", None), "/admin/money");
}
