//! The statement of a month: as values, and on paper.

use axum::{http::header, response::IntoResponse};
use documents::{DocumentError, Fact, InvoiceRow, InvoiceSheet, Party};
use kernel::{Direction, Fault, FaultKind, Money, PageRequest};
use serde::Deserialize;

use super::{
    month::Month,
    store::{self, Line, Sum},
};
use crate::{payouts, words::Words};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StatementQuery {
    month: String,
}

#[derive(Debug, thiserror::Error)]
enum StatementError {
    #[error(transparent)]
    Document(#[from] DocumentError),
    #[error("the page could not be set: {0}")]
    NotSet(#[from] tokio::task::JoinError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for StatementError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Document(_) | Self::NotSet(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}

struct Statement {
    month: Month,
    name: String,
    lines: Vec<Line>,
    sums: Vec<Sum>,
}

/// All of a month: page after page of it.
async fn read(me: &web::Doctor, query: &StatementQuery) -> Result<Statement, StatementError> {
    let payee = me.practitioner_id();
    let mut tx = me.begin().await?;
    let month = Month::read(&query.month, tx.now(), me.zone());
    let span = month.span(me.zone());
    let (mut lines, mut cursor) = (Vec::new(), None);
    loop {
        let page = store::list_lines(&mut tx, payee, span, &PageRequest::of(100, cursor)).await?;
        lines.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    let sums = store::list_sums(&mut tx, payee, span).await?;
    let name = store::find_name(&mut tx, payee).await?;
    tx.commit().await?;
    Ok(Statement { month, name, lines, sums })
}

async fn values(me: web::Doctor, web::Query(query): web::Query<StatementQuery>) -> web::Result {
    let statement = read(&me, &query).await?;
    let header = ["paid_at", "charge", "currency", "paid", "tax", "commission", "returned", "earned", "available_at"];
    let rows = statement.lines.iter().map(|line| {
        let decimal = |amount: i64| Money::new(amount, line.currency).decimal();
        vec![
            line.at.to_string(),
            line.charge.to_string(),
            line.currency.code().to_owned(),
            decimal(line.paid),
            decimal(line.tax),
            decimal(line.commission),
            decimal(line.returned),
            decimal(line.earned),
            line.available_at.map(|at| at.to_string()).unwrap_or_default(),
        ]
    });
    let file = documents::csv(&header, rows);
    Ok(payouts::csv_file(&format!("statement-{}.csv", statement.month.text()), file))
}

async fn paper(me: web::Doctor, web::Query(query): web::Query<StatementQuery>) -> web::Result {
    let statement = read(&me, &query).await?;
    let words = Words::of(me.locale(), me.zone().clone());
    let sheet = sheet(&statement, me.app().brand(), &words);
    let set = tokio::task::spawn_blocking(move || documents::invoice_pdf(&sheet)).await;
    let bytes = set.map_err(StatementError::from)?.map_err(StatementError::from)?;
    let name = format!("attachment; filename=\"statement-{}.pdf\"", statement.month.text());
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

fn sheet(statement: &Statement, brand: &str, words: &Words) -> InvoiceSheet {
    let row = |line: &Line| {
        let money = |amount: i64| words.money(Money::new(amount, line.currency));
        let visit = words.tr("earnings-pdf-visit", &[("date", &words.day(line.at))]);
        let kept = line.paid - line.earned;
        InvoiceRow {
            description: visit,
            quantity: money(line.paid),
            unit_price: money(-kept),
            amount: money(line.earned),
        }
    };
    let totals = statement.sums.iter().flat_map(|sum| {
        let fact = |key: &str, amount: i64| Fact::new(words.t(key), words.money(Money::new(amount, sum.currency)));
        [
            fact("earnings-col-paid", sum.paid),
            fact("earnings-col-tax", -sum.tax),
            fact("earnings-col-commission", -sum.commission),
            fact("earnings-col-returned", -sum.returned),
            fact("earnings-col-earned", sum.earned),
        ]
    });
    InvoiceSheet {
        language: words.locale().tag().to_owned(),
        right_to_left: words.locale().direction() == Direction::RightToLeft,
        brand: brand.to_owned(),
        title: words.tr("earnings-pdf-title", &[("month", &statement.month.text())]),
        stamp: None,
        seller: Party { heading: words.t("billing-pdf-from"), name: brand.to_owned(), facts: Vec::new() },
        buyer: Party { heading: words.t("earnings-pdf-for"), name: statement.name.clone(), facts: Vec::new() },
        facts: vec![Fact::new(words.t("earnings-pdf-month"), statement.month.text())],
        columns: InvoiceRow {
            description: words.t("billing-pdf-description"),
            quantity: words.t("earnings-col-paid"),
            unit_price: words.t("earnings-pdf-kept"),
            amount: words.t("earnings-col-earned"),
        },
        rows: statement.lines.iter().map(row).collect(),
        totals: totals.collect(),
        footer: words.t("earnings-pdf-footer"),
    }
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<web::Doctor, _, _>("/earnings/statement.csv", values)
        .get::<web::Doctor, _, _>("/earnings/statement.pdf", paper)
}
