//! The administrator's page of payouts: who can be paid now, and what became of what was paid.

use askama::Template;
use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use gateways::payment::GatewayError;
use kernel::{
    Cursor, Fault, FaultKind, Money, PageRequest,
    ids::{PayoutId, PractitionerId},
};
use serde::Deserialize;

use super::{
    PayeeState, PayoutStatus,
    account::{AccountError, open_account, refresh_account},
    apply,
    batch::{BatchError, make_batch},
    store::{self, AdminRow, Filter, ReadyRow},
};
use crate::{payments::gateways_of, suppliers};

#[derive(Template)]
#[template(path = "payouts/pages/admin.html")]
struct PayoutsPage {
    page: web::PageFrame,
    ready: Vec<ReadyLine>,
    payable: bool,
    /// How many there are, where not all are shown.
    more_ready: Option<String>,
    tabs: Vec<(String, String, bool)>,
    rows: Vec<Row>,
    export: String,
    next: String,
    first: String,
}

struct ReadyLine {
    /// Where the account of a place is opened at the gateway, until it is verified.
    account: Option<String>,
    doctor: String,
    amount: String,
    state: String,
    tone: &'static str,
}

struct Row {
    when: String,
    doctor: String,
    amount: String,
    state: String,
    tone: &'static str,
    failure: String,
    reference: String,
    reversal: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    show: String,
    /// "all" shows everybody with a balance.
    ready: String,
    cursor: Option<Cursor>,
}

/// Whoever has a balance; more than this many belong into a file.
const READY: i64 = 1000;
/// So many are shown at first.
const READY_FIRST: usize = 25;

async fn list(me: web::Admin, web::Query(query): web::Query<ListQuery>) -> web::Result {
    let filter = Filter::read(&query.show);
    let request = PageRequest::of(50, query.cursor.clone());
    let gateway = gateways_of(me.app()).primary().name();
    let mut tx = me.begin().await.map_err(BatchError::from)?;
    let ready = store::list_ready(&mut tx, gateway, READY).await.map_err(BatchError::from)?;
    let found = store::list_for_admin(&mut tx, filter, &request).await.map_err(BatchError::from)?;
    tx.commit().await.map_err(BatchError::from)?;
    let shown = if query.ready == "all" { ready.len() } else { READY_FIRST };
    let page = me.page("payouts-title");
    let here = format!("/admin/payouts?show={}", filter.as_str());
    let tab = |tab: Filter| {
        let label = page.t(format!("payouts-show-{}", tab.as_str()));
        (format!("/admin/payouts?show={}", tab.as_str()), label, tab == filter)
    };
    let view = PayoutsPage {
        payable: ready.iter().any(is_payable),
        more_ready: (ready.len() > shown).then(|| page.number(i64::try_from(ready.len()).unwrap_or(READY))),
        ready: ready.iter().take(shown).map(|row| ready_line(&page, row)).collect(),
        tabs: Filter::ALL.map(tab).to_vec(),
        export: format!("/admin/payouts/export?show={}", filter.as_str()),
        next: found.next_cursor.map(|cursor| format!("{here}&cursor={}", cursor.0)).unwrap_or_default(),
        first: query.cursor.map(|_| here).unwrap_or_default(),
        rows: found.items.into_iter().map(|row| row_of(&page, row)).collect(),
        page,
    };
    web::render(&view)
}

fn is_payable(row: &ReadyRow) -> bool {
    row.available > 0 && !row.under_way && PayeeState::read(row.state.as_deref()) == PayeeState::Verified
}

fn ready_line(page: &web::PageFrame, row: &ReadyRow) -> ReadyLine {
    let state = PayeeState::read(row.state.as_deref());
    let (key, tone) = match state {
        _ if row.available < 0 => ("payouts-ready-owes", "warn"),
        _ if row.under_way => ("payouts-ready-under-way", "info"),
        PayeeState::Verified => ("payouts-ready-yes", "ok"),
        PayeeState::None => ("payouts-payee-none", "warn"),
        PayeeState::Pending => ("payouts-payee-pending", "warn"),
        PayeeState::Restricted => ("payouts-payee-restricted", "crit"),
    };
    let opens = row.is_place && state != PayeeState::Verified;
    ReadyLine {
        account: opens.then(|| format!("/admin/suppliers/{}/account", row.payee)),
        doctor: row.doctor.clone(),
        amount: page.money(Money::new(row.available, row.currency)),
        state: page.t(key),
        tone,
    }
}

/// The colour of a payout's state, in this one place.
pub(crate) const fn tone(status: PayoutStatus) -> &'static str {
    match status {
        PayoutStatus::Created | PayoutStatus::Submitted => "info",
        PayoutStatus::Paid => "ok",
        PayoutStatus::Failed | PayoutStatus::Returned => "crit",
    }
}

fn row_of(page: &web::PageFrame, row: AdminRow) -> Row {
    let status = PayoutStatus::read(&row.status);
    Row {
        when: page.when(row.paid_at.unwrap_or(row.created_at)),
        doctor: row.doctor,
        amount: page.money(Money::new(row.amount, row.currency)),
        state: page.t(format!("payouts-state-{}", status.as_str())),
        tone: tone(status),
        failure: row.failure.unwrap_or_default(),
        reference: row.payout_ref.unwrap_or_default(),
        reversal: (status == PayoutStatus::Paid).then(|| format!("/admin/payouts/{}/reversal", row.id)),
    }
}

async fn make(me: web::Admin) -> web::Result {
    let gateways = gateways_of(me.app());
    if gateways.primary().payouts().is_none() {
        return Err(BatchError::NoPayouts.into());
    }
    let mut tx = me.begin_system("payout batch").await.map_err(BatchError::from)?;
    let made = make_batch(&mut tx, me.actor(), gateways.primary().name()).await?;
    tx.commit().await.map_err(BatchError::from)?;
    me.flash_ok(if made.is_empty() { "payouts-made-none" } else { "payouts-made" });
    Ok(web::see_other("/admin/payouts"))
}

#[derive(Debug, thiserror::Error)]
enum ReverseError {
    #[error("no such payout, or it was never paid")]
    NotFound,
    #[error("the gateway will not take it back: {0}")]
    Refused(#[source] GatewayError),
    #[error("the payment service does not answer: {0}")]
    Gateway(#[source] GatewayError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ReverseError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Refused(_) => FaultKind::conflict("payout_not_reversible"),
            Self::Gateway(_) => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Take a payout back that was made by mistake. The balance is the payee's again.
async fn reverse(me: web::Admin, Path(payout): Path<PayoutId>) -> web::Result {
    let gateways = gateways_of(me.app());
    let mut tx = me.begin().await.map_err(ReverseError::from)?;
    let found = store::find(&mut tx, payout).await.map_err(ReverseError::from)?;
    tx.commit().await.map_err(ReverseError::from)?;
    let payout = found.filter(|payout| payout.status == PayoutStatus::Paid).ok_or(ReverseError::NotFound)?;
    let gateway = gateways.named(&payout.gateway).and_then(|gateway| gateway.payouts());
    let (Some(gateway), Some(payout_ref)) = (gateway, &payout.payout_ref) else {
        return Err(ReverseError::NotFound.into());
    };
    let remote = gateway.reverse_payout(payout.id, payout_ref).await.map_err(|error| match error {
        GatewayError::Refused { .. } | GatewayError::Unknown => ReverseError::Refused(error),
        _ => ReverseError::Gateway(error),
    })?;
    let mut tx = me.begin_system("payout reversal").await.map_err(ReverseError::from)?;
    apply(&mut tx, &payout.gateway, &remote).await.map_err(ReverseError::from)?;
    tx.commit().await.map_err(ReverseError::from)?;
    me.flash_ok("payouts-reversed");
    Ok(web::see_other("/admin/payouts"))
}

async fn export(me: web::Admin, web::Query(query): web::Query<ListQuery>) -> web::Result {
    let mut tx = me.begin().await.map_err(BatchError::from)?;
    let rows = store::list_for_export(&mut tx, Filter::read(&query.show)).await.map_err(BatchError::from)?;
    tx.commit().await.map_err(BatchError::from)?;
    let header =
        ["payout", "created", "paid", "payee", "amount", "currency", "state", "gateway", "reference", "failure"];
    let file = documents::csv(
        &header,
        rows.into_iter().map(|row| {
            vec![
                row.id.to_string(),
                row.created_at.to_string(),
                row.paid_at.map(|at| at.to_string()).unwrap_or_default(),
                row.doctor,
                Money::new(row.amount, row.currency).decimal(),
                row.currency.code().to_owned(),
                row.status,
                row.gateway,
                row.payout_ref.unwrap_or_default(),
                row.failure.unwrap_or_default(),
            ]
        }),
    );
    Ok(csv_file("payouts.csv", file))
}

fn return_for_place(me: &web::Admin, place: PractitionerId) -> String {
    format!("{}/admin/suppliers/{place}/account", me.app().base_url().to_string().trim_end_matches('/'))
}

/// The same, for a place that sells: whoever runs the house proves who it is. Doctors prove it themselves.
async fn go_for_place(me: web::Admin, Path(place): Path<PractitionerId>) -> web::Result {
    must_be_place(&me, place).await?;
    let link = open_account(me.app().db(), &gateways_of(me.app()), place, &return_for_place(&me, place)).await?;
    Ok(web::see_other(&link))
}

async fn back_for_place(me: web::Admin, Path(place): Path<PractitionerId>) -> web::Result {
    must_be_place(&me, place).await?;
    refresh_account(me.app().db(), &gateways_of(me.app()), place).await?;
    Ok(web::see_other("/admin/payouts"))
}

async fn must_be_place(me: &web::Admin, place: PractitionerId) -> Result<(), AccountError> {
    let mut tx = me.begin().await?;
    let is_place = suppliers::store::is_place(&mut tx, place).await?;
    tx.commit().await?;
    if is_place { Ok(()) } else { Err(AccountError::NotFound) }
}

/// A file of values to keep.
pub(crate) fn csv_file(name: &str, file: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, file).into_response()
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<web::Admin, _, _>("/admin/payouts", list)
        .post::<web::Admin, _, _>("/admin/payouts", make)
        .get::<web::Admin, _, _>("/admin/payouts/export", export)
        .post::<web::Admin, _, _>("/admin/payouts/{payout}/reversal", reverse)
        .post::<web::Admin, _, _>("/admin/suppliers/{supplier}/account", go_for_place)
        .get::<web::Admin, _, _>("/admin/suppliers/{supplier}/account", back_for_place)
}
