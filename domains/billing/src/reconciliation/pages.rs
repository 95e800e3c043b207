//! The administrator's view: the days, the difference, and how each line got there.

use askama::Template;
use axum::extract::Path;
use kernel::{Currency, Cursor, Money, ids::ReconciliationId};
use serde::Deserialize;

use super::{
    ReconcileError,
    compare::Outcome,
    reconcile::ReconcileDay,
    store::{self, DayFilter, DayRow, LineRow, TotalRow},
};
use crate::{
    days::day_in,
    export::{CHUNK, csv_file, is_full},
    payments::gateways_of,
};

const DAYS_ON_A_PAGE: i64 = 31;
const LINES_ON_A_PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "reconciliation/pages/days.html")]
struct DaysPage {
    page: web::PageFrame,
    gateways: Vec<(String, String)>,
    wanted: Wanted,
    is_filtered: bool,
    days: Vec<Day>,
    next: String,
    first: String,
}

struct Day {
    href: String,
    date: String,
    gateway: String,
    totals: Vec<Total>,
    lines: String,
    ran: String,
    agrees: bool,
    differences: String,
    run_again: String,
}

/// The three sides in one currency, and how far they are apart.
struct Total {
    there: String,
    here: String,
    booked: String,
    difference: String,
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Wanted {
    gateway: String,
    /// `differences` or empty.
    show: String,
    from: String,
    until: String,
    cursor: Option<Cursor>,
}

impl Wanted {
    fn filter(&self) -> DayFilter {
        let after = self.cursor.as_ref().and_then(|cursor| cursor.0.split_once('.'));
        DayFilter {
            gateway: self.gateway.clone(),
            differing: self.show == "differences",
            from: day_in(&self.from),
            until: day_in(&self.until),
            after: after.and_then(|(day, gateway)| Some((day_in(day)?, gateway.to_owned()))),
        }
    }

    fn href(&self, cursor: Option<&str>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let fields = [("gateway", &self.gateway), ("show", &self.show), ("from", &self.from), ("until", &self.until)];
        for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        if let Some(cursor) = cursor {
            query.append_pair("cursor", cursor);
        }
        match query.finish() {
            query if query.is_empty() => "/admin/reconciliation".to_owned(),
            query => format!("/admin/reconciliation?{query}"),
        }
    }
}

async fn list(me: web::Admin, web::Query(wanted): web::Query<Wanted>) -> web::Result {
    let mut tx = me.begin().await.map_err(ReconcileError::from)?;
    let found = store::list_days(&mut tx, &wanted.filter(), DAYS_ON_A_PAGE).await.map_err(ReconcileError::from)?;
    let (found, next) = paged(found, DAYS_ON_A_PAGE, |row| format!("{}.{}", row.day, row.gateway));
    let runs: Vec<ReconciliationId> = found.iter().map(|row| row.id).collect();
    let totals = store::list_totals(&mut tx, &runs).await.map_err(ReconcileError::from)?;
    tx.commit().await.map_err(ReconcileError::from)?;
    let page = me.page("reconciliation-title");
    let gateways = gateways_of(me.app());
    let gateway = |name: &str| (name.to_owned(), page.t(format!("billing-gateway-{name}")));
    let view = DaysPage {
        gateways: gateways.all().map(|one| gateway(one.name())).collect(),
        is_filtered: wanted.href(None) != "/admin/reconciliation",
        days: found.iter().map(|row| day_of(&page, row, &totals)).collect(),
        next: next.map(|cursor| wanted.href(Some(&cursor))).unwrap_or_default(),
        first: wanted.cursor.as_ref().map(|_| wanted.href(None)).unwrap_or_default(),
        wanted,
        page,
    };
    web::render(&view)
}

/// A page of rows, and the cursor behind its last one where there are more.
fn paged<T>(mut rows: Vec<T>, limit: i64, cursor: impl Fn(&T) -> String) -> (Vec<T>, Option<String>) {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(cursor);
    (rows, next)
}

fn day_of(page: &web::PageFrame, row: &DayRow, totals: &[TotalRow]) -> Day {
    let ran = page.when(row.ran_at);
    let ran = match &row.ran_by {
        Some(name) => page.tr("reconciliation-ran-by", [("when", ran.as_str()), ("name", name.as_str())]),
        None => ran,
    };
    Day {
        href: format!("/admin/reconciliation/{}", row.id),
        date: page.date(row.day),
        gateway: page.t(format!("billing-gateway-{}", row.gateway)),
        totals: totals.iter().filter(|total| total.run == row.id).map(|total| total_of(page, total)).collect(),
        lines: page.tr("reconciliation-count", [("count", row.lines.to_string().as_str())]),
        ran,
        agrees: row.differences == 0,
        differences: page.tr("reconciliation-differences", [("count", row.differences.to_string().as_str())]),
        run_again: format!("/admin/reconciliation/{}/run", row.id),
    }
}

fn total_of(page: &web::PageFrame, total: &TotalRow) -> Total {
    let money = |amount| page.money(Money::new(amount, total.currency));
    Total {
        there: money(total.there),
        here: money(total.here),
        booked: money(total.booked),
        difference: money((total.there - total.here).abs().max((total.here - total.booked).abs())),
    }
}

#[derive(Template)]
#[template(path = "reconciliation/pages/day.html")]
struct DayPage {
    page: web::PageFrame,
    run: Day,
    tabs: Vec<(String, String, bool)>,
    is_filtered: bool,
    all: String,
    export: String,
    lines: Vec<ShownLine>,
    next: String,
    first: String,
}

struct ShownLine {
    when: String,
    kind: String,
    reference: String,
    ours: String,
    ours_href: Option<String>,
    there: String,
    here: String,
    booked: String,
    outcome: String,
    tone: &'static str,
    how: String,
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct LinesWanted {
    show: String,
    cursor: Option<Cursor>,
}

impl LinesWanted {
    /// Empty, `differences`, or one outcome.
    fn show(&self) -> &str {
        let known = self.show == "differences" || Outcome::ALL.iter().any(|outcome| outcome.as_str() == self.show);
        if known { &self.show } else { "" }
    }
}

async fn show(
    me: web::Admin,
    Path(run): Path<ReconciliationId>,
    web::Query(wanted): web::Query<LinesWanted>,
) -> web::Result {
    let after = wanted.cursor.as_ref().and_then(|cursor| cursor.0.parse::<i32>().ok());
    let mut tx = me.begin().await.map_err(ReconcileError::from)?;
    let found = store::find_run(&mut tx, run).await.map_err(ReconcileError::from)?;
    let row = found.ok_or(ReconcileError::NotFound)?;
    let totals = store::list_totals(&mut tx, &[run]).await.map_err(ReconcileError::from)?;
    let lines = store::list_lines(&mut tx, run, wanted.show(), after, LINES_ON_A_PAGE + 1).await;
    let lines = lines.map_err(ReconcileError::from)?;
    tx.commit().await.map_err(ReconcileError::from)?;
    let (lines, next) = paged(lines, LINES_ON_A_PAGE, |line| line.place.to_string());
    let page = me.page("reconciliation-one-title");
    let here = |show: &str| match show {
        "" => format!("/admin/reconciliation/{run}"),
        show => format!("/admin/reconciliation/{run}?show={show}"),
    };
    let shown = wanted.show().to_owned();
    let tab = |show: &str, label: String| (here(show), label, show == shown);
    let mut tabs =
        vec![tab("", page.t("reconciliation-show-all")), tab("differences", page.t("reconciliation-show-differences"))];
    tabs.extend(Outcome::ALL.map(|outcome| tab(outcome.as_str(), outcome_word(&page, outcome))));
    let joint = if shown.is_empty() { '?' } else { '&' };
    let export = if shown.is_empty() { String::new() } else { format!("?show={shown}") };
    let title = format!("{} · {}", page.date(row.day), page.t(format!("billing-gateway-{}", row.gateway)));
    let view = DayPage {
        run: day_of(&page, &row, &totals),
        tabs,
        is_filtered: !shown.is_empty(),
        all: here(""),
        export: format!("/admin/reconciliation/{run}/lines.csv{export}"),
        next: next.map(|cursor| format!("{}{joint}cursor={cursor}", here(&shown))).unwrap_or_default(),
        first: wanted.cursor.as_ref().map(|_| here(&shown)).unwrap_or_default(),
        lines: lines.iter().map(|line| line_of(&page, line)).collect(),
        page: page.titled(&title),
    };
    web::render(&view)
}

fn outcome_word(page: &web::PageFrame, outcome: Outcome) -> String {
    page.t(format!("reconciliation-outcome-{}", outcome.as_str().replace('_', "-")))
}

fn line_of(page: &web::PageFrame, line: &LineRow) -> ShownLine {
    let outcome = Outcome::read(&line.outcome);
    let money = |amount: Option<i64>| amount.map(|amount| page.money(Money::new(amount, line.currency)));
    let ours = line.refund_id.map(|id| id.to_string()).or_else(|| line.payment_id.map(|id| id.to_string()));
    ShownLine {
        when: page.when(line.moved_at),
        kind: page.t(format!("reconciliation-kind-{}", line.kind)),
        reference: line.reference.clone().unwrap_or_default(),
        ours: ours.unwrap_or_default(),
        ours_href: line.refund_id.map(|id| format!("/admin/refunds/{id}")),
        there: money(line.there).unwrap_or_default(),
        here: money(line.here).unwrap_or_default(),
        booked: money(line.booked).unwrap_or_default(),
        outcome: outcome_word(page, outcome),
        tone: match outcome {
            Outcome::Matched => "ok",
            Outcome::Outside => "",
            Outcome::MissingHere
            | Outcome::MissingThere
            | Outcome::AmountDiffers
            | Outcome::Twice
            | Outcome::NotBooked => "crit",
        },
        how: page.t(format!("reconciliation-by-{}", line.matched_by.replace('_', "-"))),
    }
}

const COLUMNS: [&str; 13] = [
    "place",
    "moved_at",
    "kind",
    "outcome",
    "matched_by",
    "movement",
    "reference",
    "payment",
    "refund",
    "currency",
    "gateway_amount",
    "our_amount",
    "journal_amount",
];

async fn export_lines(
    me: web::Admin,
    Path(run): Path<ReconciliationId>,
    web::Query(wanted): web::Query<LinesWanted>,
) -> web::Result {
    let mut tx = me.begin().await.map_err(ReconcileError::from)?;
    let found = store::find_run(&mut tx, run).await.map_err(ReconcileError::from)?;
    let row = found.ok_or(ReconcileError::NotFound)?;
    tx.commit().await.map_err(ReconcileError::from)?;
    let name = format!("reconciliation-{}-{}", row.gateway, row.day);
    let show = wanted.show().to_owned();
    Ok(csv_file(&name, &COLUMNS, move |after: Option<i32>| {
        let (me, show) = (me.clone(), show.clone());
        async move {
            let mut tx = me.begin().await?;
            let lines = store::list_lines(&mut tx, run, &show, after, CHUNK).await?;
            tx.commit().await?;
            let more = lines.last().filter(|_| is_full(lines.len())).map(|line| line.place);
            Ok((lines.iter().map(cells).collect(), more))
        }
    }))
}

fn cells(line: &LineRow) -> Vec<String> {
    let text = |value: Option<String>| value.unwrap_or_default();
    let amount = |amount: Option<i64>| text(amount.map(|amount| decimal(amount, line.currency)));
    vec![
        line.place.to_string(),
        line.moved_at.to_string(),
        line.kind.clone(),
        line.outcome.clone(),
        line.matched_by.clone(),
        text(line.movement_id.clone()),
        text(line.reference.clone()),
        text(line.payment_id.map(|id| id.to_string())),
        text(line.refund_id.map(|id| id.to_string())),
        line.currency.code().to_owned(),
        amount(line.there),
        amount(line.here),
        amount(line.booked),
    ]
}

fn decimal(amount: i64, currency: Currency) -> String {
    Money::new(amount, currency).decimal()
}

/// Compare the day of this run again; the outcome is another run.
async fn run_again(me: web::Admin, Path(run): Path<ReconciliationId>) -> web::Result {
    let mut tx = me.begin().await.map_err(ReconcileError::from)?;
    let found = store::find_run(&mut tx, run).await.map_err(ReconcileError::from)?;
    let row = found.ok_or(ReconcileError::NotFound)?;
    let job = ReconcileDay { gateway: row.gateway, day: row.day, by: Some(me.actor().account) };
    jobs::enqueue(&mut tx, &job, jobs::When::Now).await.map_err(ReconcileError::from)?;
    tx.commit().await.map_err(ReconcileError::from)?;
    me.flash_ok("reconciliation-runs");
    Ok(me.redirect("/admin/reconciliation"))
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<web::Admin, _, _>("/admin/reconciliation", list)
        .get::<web::Admin, _, _>("/admin/reconciliation/{reconciliation}", show)
        .get::<web::Admin, _, _>("/admin/reconciliation/{reconciliation}/lines.csv", export_lines)
        .post::<web::Admin, _, _>("/admin/reconciliation/{reconciliation}/run", run_again)
}
