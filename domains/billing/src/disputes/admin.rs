//! The administrator's page of disputes: until when the bank wants evidence, and what there is of it.

use askama::Template;
use kernel::{Cursor, Fault, FaultKind, Money, PageRequest, Timestamp};
use serde::Deserialize;

use super::{
    DisputeStatus,
    store::{self, CaseRow, Filter},
};

#[derive(Template)]
#[template(path = "disputes/pages/admin.html")]
struct DisputesPage {
    page: web::PageFrame,
    tabs: Vec<(String, String, bool)>,
    cases: Vec<Case>,
    next: String,
    first: String,
}

struct Case {
    title: String,
    state: String,
    tone: &'static str,
    deadline: Option<String>,
    late: bool,
    facts: Vec<(String, String)>,
    evidence: Vec<Evidence>,
}

struct Evidence {
    label: String,
    value: String,
    href: Option<String>,
    there: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    show: String,
    cursor: Option<Cursor>,
}

#[derive(Debug, thiserror::Error)]
enum ListError {
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ListError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

async fn list(me: web::Admin, web::Query(query): web::Query<ListQuery>) -> web::Result {
    let filter = Filter::read(&query.show);
    let request = PageRequest::of(20, query.cursor.clone());
    let mut tx = me.begin().await.map_err(ListError::from)?;
    let now = tx.now();
    let found = store::list_cases(&mut tx, filter, &request).await.map_err(ListError::from)?;
    tx.commit().await.map_err(ListError::from)?;
    let page = me.page("disputes-title");
    let here = format!("/admin/disputes?show={}", filter.as_str());
    let tab = |tab: Filter| {
        let label = page.t(format!("disputes-show-{}", tab.as_str()));
        (format!("/admin/disputes?show={}", tab.as_str()), label, tab == filter)
    };
    let view = DisputesPage {
        tabs: Filter::ALL.map(tab).to_vec(),
        next: found.next_cursor.map(|cursor| format!("{here}&cursor={}", cursor.0)).unwrap_or_default(),
        first: query.cursor.map(|_| here).unwrap_or_default(),
        cases: found.items.into_iter().map(|row| case(&page, &row, now)).collect(),
        page,
    };
    web::render(&view)
}

fn case(page: &web::PageFrame, row: &CaseRow, now: Timestamp) -> Case {
    let status = DisputeStatus::read(&row.status);
    let tone = match status {
        DisputeStatus::Open => "crit",
        DisputeStatus::UnderReview => "warn",
        DisputeStatus::Won => "ok",
        DisputeStatus::Lost => "",
    };
    let money = |amount: i64| page.money(Money::new(amount, row.currency));
    let due = row.evidence_due_at.filter(|_| status == DisputeStatus::Open);
    let mut facts = vec![
        (page.t("disputes-fact-doctor"), row.doctor.clone()),
        (page.t("disputes-fact-patient"), row.record_no.clone()),
        (page.t("disputes-fact-reason"), row.reason.replace('_', " ")),
        (page.t("disputes-fact-fee"), money(row.fee)),
        (page.t("disputes-fact-opened"), page.when(row.opened_at)),
        (
            page.t("disputes-fact-reference"),
            format!("{} {}", page.t(format!("billing-gateway-{}", row.gateway)), row.dispute_ref),
        ),
    ];
    facts.push((page.t("disputes-fact-payment"), row.payment.to_string()));
    if let Some(closed) = row.closed_at {
        facts.push((page.t("disputes-fact-closed"), page.when(closed)));
    }
    Case {
        title: page.tr("disputes-case", [("amount", money(row.amount).as_str())]),
        state: page.t(format!("disputes-state-{}", status.as_str())),
        tone,
        late: due.is_some_and(|due| due <= now),
        deadline: due.map(|due| page.when(due)),
        facts,
        evidence: evidence(page, row),
    }
}

/// What a bank wants to see, and where it lies. What happened in the visit stands on the visit's own page.
fn evidence(page: &web::PageFrame, row: &CaseRow) -> Vec<Evidence> {
    let dated = |key: &str, at: Option<Timestamp>| Evidence {
        label: page.t(key),
        there: at.is_some(),
        value: at.map_or_else(|| page.t("disputes-evidence-missing"), |at| page.when(at)),
        href: None,
    };
    let mut list = vec![
        dated("disputes-evidence-booked", Some(row.booked_at)),
        dated("disputes-evidence-paid", row.paid_at),
        dated("disputes-evidence-served", row.served_at),
        Evidence {
            label: page.t("disputes-evidence-invoice"),
            there: row.invoice.is_some(),
            value: row.invoice_number.clone().unwrap_or_else(|| page.t("disputes-evidence-missing")),
            href: row.invoice.map(|id| format!("/invoices/{id}.pdf")),
        },
    ];
    if let Some(appointment) = row.appointment {
        list.push(Evidence {
            label: page.t("disputes-evidence-visit"),
            there: true,
            value: page.t("disputes-evidence-visit-open"),
            href: Some(format!("/appointments/{appointment}")),
        });
    }
    if row.refunded > 0 {
        list.push(Evidence {
            label: page.t("disputes-evidence-refunded"),
            there: true,
            value: page.money(Money::new(row.refunded, row.currency)),
            href: None,
        });
    }
    list
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new().get::<web::Admin, _, _>("/admin/disputes", list)
}
