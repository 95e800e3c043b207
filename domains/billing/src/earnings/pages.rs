//! The doctor's page of earnings.

use askama::Template;
use kernel::{Cursor, Fault, FaultKind, Money, PageRequest};
use serde::Deserialize;

use super::{
    month::Month,
    store::{self, Line, Standing, Sum},
};
use crate::{
    charges::Subject,
    payments::gateways_of,
    payouts::{self, PayeeState, PayoutStatus, tone},
};

#[derive(Template)]
#[template(path = "earnings/pages/earnings.html")]
struct EarningsPage {
    page: web::PageFrame,
    standings: Vec<Amounts>,
    owes: bool,
    account: Option<Account>,
    month_name: String,
    before: String,
    /// None while the next month has not begun.
    after: Option<String>,
    sums: Vec<SumLine>,
    lines: Vec<EarnedLine>,
    payouts: Vec<PayoutLine>,
    csv: String,
    pdf: String,
    next: String,
    first: String,
}

struct Amounts {
    pending: String,
    available: String,
    in_transit: String,
    paid: String,
}

struct Account {
    state: String,
    tone: &'static str,
    /// What the button that leads to the gateway says; none once there is nothing to do.
    button: Option<String>,
}

struct SumLine {
    paid: String,
    commission: String,
    tax: String,
    returned: String,
    earned: String,
}

struct EarnedLine {
    when: String,
    href: String,
    paid: String,
    commission: String,
    returned: String,
    earned: String,
    state: String,
    tone: &'static str,
}

struct PayoutLine {
    when: String,
    amount: String,
    state: String,
    tone: &'static str,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ShowQuery {
    month: String,
    cursor: Option<Cursor>,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum EarningsError {
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for EarningsError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// How many payouts the page shows; all of them are in the statements.
const PAYOUTS: i64 = 12;

async fn show(me: web::Doctor, web::Query(query): web::Query<ShowQuery>) -> web::Result {
    let payee = me.practitioner_id();
    let gateways = gateways_of(me.app());
    let request = PageRequest::of(25, query.cursor.clone());
    let mut tx = me.begin().await.map_err(EarningsError::from)?;
    let month = Month::read(&query.month, tx.now(), me.zone());
    let (span, today) = (month.span(me.zone()), tx.now().date_in(me.zone()));
    let standings = store::list_standings(&mut tx, payee).await.map_err(EarningsError::from)?;
    let sums = store::list_sums(&mut tx, payee, span).await.map_err(EarningsError::from)?;
    let found = store::list_lines(&mut tx, payee, span, &request).await.map_err(EarningsError::from)?;
    let paid = payouts::store::list_of_payee(&mut tx, payee, PAYOUTS).await.map_err(EarningsError::from)?;
    let account = payouts::store::find_payee(&mut tx, payee, gateways.primary().name()).await;
    let (state, _) = account.map_err(EarningsError::from)?;
    tx.commit().await.map_err(EarningsError::from)?;
    let page = me.page("earnings-title");
    let here = format!("/earnings?month={}", month.text());
    let view = EarningsPage {
        owes: standings.iter().any(|standing| standing.available < 0),
        standings: standings.iter().map(|standing| amounts(&page, standing)).collect(),
        account: gateways.primary().payouts().map(|_| account_of(&page, state)),
        before: format!("/earnings?month={}", month.before().text()),
        after: month.after().is_begun(today).then(|| format!("/earnings?month={}", month.after().text())),
        csv: format!("/earnings/statement.csv?month={}", month.text()),
        pdf: format!("/earnings/statement.pdf?month={}", month.text()),
        month_name: month.name(&page),
        sums: sums.iter().map(|sum| sum_line(&page, sum)).collect(),
        next: found.next_cursor.map(|cursor| format!("{here}&cursor={}", cursor.0)).unwrap_or_default(),
        first: query.cursor.map(|_| here).unwrap_or_default(),
        lines: found.items.iter().map(|line| earned_line(&page, line)).collect(),
        payouts: paid.into_iter().map(|row| payout_line(&page, &row)).collect(),
        page,
    };
    web::render(&view)
}

fn amounts(page: &web::PageFrame, standing: &Standing) -> Amounts {
    let money = |amount: i64| page.money(Money::new(amount, standing.currency));
    Amounts {
        pending: money(standing.pending),
        available: money(standing.available),
        in_transit: money(standing.in_transit),
        paid: money(standing.paid),
    }
}

fn account_of(page: &web::PageFrame, state: PayeeState) -> Account {
    let (tone, button) = match state {
        PayeeState::None => ("warn", Some("earnings-account-open")),
        PayeeState::Pending | PayeeState::Restricted => ("warn", Some("earnings-account-go-on")),
        PayeeState::Verified => ("ok", None),
    };
    Account { state: page.t(format!("payouts-payee-{}", state.as_str())), tone, button: button.map(|key| page.t(key)) }
}

fn sum_line(page: &web::PageFrame, sum: &Sum) -> SumLine {
    let money = |amount: i64| page.money(Money::new(amount, sum.currency));
    SumLine {
        paid: money(sum.paid),
        commission: money(sum.commission),
        tax: money(sum.tax),
        returned: money(sum.returned),
        earned: money(sum.earned),
    }
}

/// Where a share stands, as a key and a colour.
pub(super) const fn state_of(line: &Line) -> (&'static str, &'static str) {
    match (line.frozen, line.due, line.available_at) {
        _ if line.earned == 0 && line.returned > 0 => ("earnings-state-returned", ""),
        (true, _, _) => ("earnings-state-frozen", "crit"),
        (false, true, _) => ("earnings-state-available", "ok"),
        (false, false, Some(_)) => ("earnings-state-window", "info"),
        (false, false, None) => ("earnings-state-pending", "warn"),
    }
}

fn earned_line(page: &web::PageFrame, line: &Line) -> EarnedLine {
    let money = |amount: i64| page.money(Money::new(amount, line.currency));
    let (key, tone) = state_of(line);
    let until = line.available_at.map(|at| page.when(at)).unwrap_or_default();
    EarnedLine {
        when: page.day(line.at),
        href: line.appointment.map(|id| Subject::Appointment(id).path()).unwrap_or_default(),
        paid: money(line.paid),
        commission: money(line.commission),
        returned: if line.returned == 0 { String::new() } else { money(line.returned) },
        earned: money(line.earned),
        state: page.tr(key, [("until", until.as_str())]),
        tone,
    }
}

fn payout_line(page: &web::PageFrame, row: &payouts::store::AdminRow) -> PayoutLine {
    let status = PayoutStatus::read(&row.status);
    PayoutLine {
        when: page.day(row.paid_at.unwrap_or(row.created_at)),
        amount: page.money(Money::new(row.amount, row.currency)),
        state: page.t(format!("payouts-state-{}", status.as_str())),
        tone: tone(status),
    }
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new().get::<web::Doctor, _, _>("/earnings", show)
}
