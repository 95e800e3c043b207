//! The overview's page.

use askama::Template;
use documents::{Bar, Reading, bar_chart};
use kernel::{Currency, Cursor, LocalDate, Money};
use uuid::Uuid;

use super::{
    model::{Bucket, Filter, State, Wanted},
    store::{self, DayRow, PaymentRow, TotalRow},
};
use crate::{
    config::Config,
    payments::{PayError, PaymentStatus, tone},
};

mod export;

const HERE: &str = "/admin/money";
const ON_A_PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "money/pages/money.html")]
struct MoneyPage {
    page: web::PageFrame,
    wanted: Wanted,
    currencies: Vec<(String, String)>,
    states: Vec<(String, String)>,
    doctors: Vec<(String, String)>,
    period: String,
    totals: Vec<Total>,
    charts: Vec<Chart>,
    days: Vec<Day>,
    by_week: bool,
    rows: Vec<Row>,
    next: String,
    first: String,
    export_payments: String,
    export_refunds: String,
    export_days: String,
}

struct Total {
    currency: String,
    taken: String,
    payments: String,
    returned: String,
    refunds: String,
    kept: String,
    to_pay: String,
}

struct Chart {
    id: &'static str,
    title: String,
    summary: String,
    svg: String,
}

struct Day {
    date: String,
    payments: String,
    taken: String,
    refunds: String,
    returned: String,
    kept: String,
    to_pay: String,
}

struct Row {
    when: String,
    doctor: String,
    patient: String,
    amount: String,
    refunded: String,
    state: String,
    tone: &'static str,
    invoice: String,
    give_back: Option<String>,
}

async fn show(me: web::Admin, web::Query(wanted): web::Query<Wanted>) -> web::Result {
    let before: Option<Uuid> = wanted.cursor.as_ref().and_then(|cursor| cursor.0.parse().ok());
    let mut tx = me.begin().await.map_err(PayError::from)?;
    let filter = Filter::of(&wanted, tx.now(), &me.app().part::<Config>().zone);
    let totals = store::list_totals(&mut tx, &filter).await.map_err(PayError::from)?;
    // One chart draws one currency: the one asked for, else what was taken most of.
    let currency = filter.currency.or_else(|| totals.first().map(|total| total.currency)).unwrap_or(Currency::USD);
    let bucket = filter.bucket();
    let days = store::list_days(&mut tx, &filter, currency, bucket).await.map_err(PayError::from)?;
    let mut rows = store::list_payments(&mut tx, &filter, before, ON_A_PAGE + 1).await.map_err(PayError::from)?;
    let doctors = store::list_doctors(&mut tx).await.map_err(PayError::from)?;
    let currencies = store::list_currencies(&mut tx).await.map_err(PayError::from)?;
    tx.commit().await.map_err(PayError::from)?;
    let page = me.page("money-title");
    let full = usize::try_from(ON_A_PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > full;
    rows.truncate(full);
    let next = rows.last().filter(|_| more).map(|row| Cursor(row.id.to_string()));
    let states = State::ALL.map(|state| {
        let label = page.t(format!("money-state-{}", state.as_str().replace('_', "-")));
        (state.as_str().to_owned(), label)
    });
    let view = MoneyPage {
        currencies: currencies.iter().map(|one| (one.code().to_owned(), one.code().to_owned())).collect(),
        states: states.to_vec(),
        doctors: doctors.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        period: period(&page, &filter),
        totals: totals.iter().map(|total| total_of(&page, total)).collect(),
        charts: charts(&page, currency, &days),
        days: days.iter().rev().map(|day| day_of(&page, currency, day)).collect(),
        by_week: bucket == Bucket::Week,
        next: next.map(|cursor| wanted.href(HERE, Some(&cursor))).unwrap_or_default(),
        first: wanted.cursor.as_ref().map(|_| wanted.href(HERE, None)).unwrap_or_default(),
        export_payments: wanted.href("/admin/money/payments.csv", None),
        export_refunds: wanted.href("/admin/money/refunds.csv", None),
        export_days: wanted.href("/admin/money/days.csv", None),
        rows: rows.into_iter().map(|row| row_of(&page, row)).collect(),
        wanted: Wanted { from: filter.first.to_string(), until: filter.last.to_string(), ..wanted },
        page,
    };
    web::render(&view)
}

fn period(page: &web::PageFrame, filter: &Filter) -> String {
    let (from, until) = (page.date(filter.first), page.date(filter.last));
    let zone = filter.zone.name().to_owned();
    page.tr("money-period", [("from", from.as_str()), ("until", until.as_str()), ("zone", zone.as_str())])
}

/// "4 min", "2 h 5 min", "3 d 1 h".
fn lasted(page: &web::PageFrame, seconds: Option<i64>) -> String {
    let Some(seconds) = seconds else { return "–".to_owned() };
    let minutes = (seconds + 30) / 60;
    let say = |key: &str, a: i64, b: i64| page.tr(key, [("a", a.to_string().as_str()), ("b", b.to_string().as_str())]);
    match minutes {
        0 => page.t("money-lasted-moment"),
        1..60 => say("money-lasted-minutes", minutes, 0),
        60..1440 => say("money-lasted-hours", minutes / 60, minutes % 60),
        _ => say("money-lasted-days", minutes / 1440, minutes % 1440 / 60),
    }
}

fn total_of(page: &web::PageFrame, total: &TotalRow) -> Total {
    let money = |amount| page.money(Money::new(amount, total.currency));
    Total {
        currency: total.currency.code().to_owned(),
        taken: money(total.taken),
        payments: page.number(total.payments),
        returned: money(total.returned),
        refunds: page.number(total.refunds),
        kept: money(total.taken - total.returned),
        to_pay: lasted(page, total.median_seconds),
    }
}

/// Takings, refunds, and how long people took to pay.
fn charts(page: &web::PageFrame, currency: Currency, days: &[DayRow]) -> Vec<Chart> {
    let money = |amount| page.money(Money::new(amount, currency));
    let sum = |of: fn(&DayRow) -> i64| money(days.iter().map(of).sum());
    let (taken, returned) = (sum(|day| day.taken), sum(|day| day.returned));
    let longest = days.iter().filter_map(|day| day.median_seconds).max();
    let said = |key: &str, figure: &str| page.tr(key, [("figure", figure)]);
    vec![
        chart(page, "takings", said("money-chart-takings-text", &taken), days, |day| (day.taken, money(day.taken))),
        chart(page, "refunds", said("money-chart-refunds-text", &returned), days, |day| {
            (day.returned, money(day.returned))
        }),
        chart(page, "to-pay", said("money-chart-to-pay-text", &lasted(page, longest)), days, |day| {
            (day.median_seconds.unwrap_or(0), lasted(page, day.median_seconds))
        }),
    ]
}

fn chart(
    page: &web::PageFrame,
    id: &'static str,
    summary: String,
    days: &[DayRow],
    of: impl Fn(&DayRow) -> (i64, String),
) -> Chart {
    let title = page.t(format!("money-chart-{id}"));
    let bars: Vec<Bar> = days
        .iter()
        .map(|day| {
            let (value, text) = of(day);
            Bar { label: page.date(day.day), value, text }
        })
        .collect();
    let reading = if page.dir == "rtl" { Reading::FromRight } else { Reading::FromLeft };
    let svg = bar_chart(id, &title, &summary, &bars, reading);
    Chart { id, title, summary, svg }
}

fn day_of(page: &web::PageFrame, currency: Currency, row: &DayRow) -> Day {
    let money = |amount| page.money(Money::new(amount, currency));
    let day: LocalDate = row.day;
    Day {
        date: page.date(day),
        payments: page.number(row.payments),
        taken: money(row.taken),
        refunds: page.number(row.refunds),
        returned: money(row.returned),
        kept: money(row.taken - row.returned),
        to_pay: lasted(page, row.median_seconds),
    }
}

fn row_of(page: &web::PageFrame, row: PaymentRow) -> Row {
    let status = PaymentStatus::read(&row.status);
    let money = |amount| page.money(Money::new(amount, row.currency));
    Row {
        when: page.when(row.captured_at.unwrap_or(row.created_at)),
        amount: money(row.amount),
        refunded: if row.refunded == 0 { String::new() } else { money(row.refunded) },
        state: page.t(format!("billing-payment-{}", status.as_str())),
        tone: tone(status),
        give_back: (status.has_money() && row.refunded < row.amount)
            .then(|| format!("/admin/payments/{}/refunds/new", row.id)),
        invoice: row.invoice.unwrap_or_default(),
        doctor: row.doctor,
        patient: row.patient_record,
    }
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<web::Admin, _, _>("/admin/money", show)
        .get::<web::Admin, _, _>("/admin/money/payments.csv", export::payments)
        .get::<web::Admin, _, _>("/admin/money/refunds.csv", export::refunds)
        .get::<web::Admin, _, _>("/admin/money/days.csv", export::days)
}
