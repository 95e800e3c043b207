//! The administrator's desk: refunds to approve, refunds that failed, and asking for one.

use askama::Template;
use axum::extract::Path;
use kernel::{
    Cursor, Fault, FaultKind, FieldError, Money, PageRequest,
    ids::{PaymentId, RefundId},
};
use serde::Deserialize;

use super::{
    Approval, AskError, AskRefund, Decide, DecideError, Decision, RefundStatus, RetryError, ask, decide, retry,
    store::{self, DeskFilter, DeskRow},
};
use crate::{
    config::Config,
    days::day_in,
    payments::{self, Payment},
    prices::minor_units,
};

#[derive(Template)]
#[template(path = "refunds/pages/list.html")]
struct ListPage {
    page: web::PageFrame,
    states: Vec<(String, String)>,
    wanted: Wanted,
    is_filtered: bool,
    rows: Vec<Row>,
    next: String,
    first: String,
}

struct Row {
    href: String,
    when: String,
    doctor: String,
    patient: String,
    amount: String,
    why: String,
    asked_by: String,
    state: String,
    tone: &'static str,
}

/// The filters, as they stand in the address.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Wanted {
    state: String,
    /// `person` or `rule`.
    by: String,
    from: String,
    until: String,
    record: String,
    cursor: Option<Cursor>,
}

impl Wanted {
    fn filter(&self, config: &Config) -> DeskFilter {
        let statuses = match self.state.as_str() {
            "under_way" => vec!["approved".to_owned(), "submitted".to_owned()],
            text => RefundStatus::find(text).map(|status| status.as_str().to_owned()).into_iter().collect(),
        };
        DeskFilter {
            statuses,
            by_person: match self.by.as_str() {
                "person" => Some(true),
                "rule" => Some(false),
                _ => None,
            },
            from: day_in(&self.from).map(|day| day.starts_in(&config.zone)),
            until: day_in(&self.until).map(|day| day.plus_days(1).starts_in(&config.zone)),
            record: self.record.trim().to_uppercase(),
        }
    }

    fn href(&self, cursor: Option<&Cursor>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let fields = [
            ("state", &self.state),
            ("by", &self.by),
            ("from", &self.from),
            ("until", &self.until),
            ("record", &self.record),
        ];
        for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        if let Some(cursor) = cursor {
            query.append_pair("cursor", &cursor.0);
        }
        match query.finish() {
            query if query.is_empty() => "/admin/refunds".to_owned(),
            query => format!("/admin/refunds?{query}"),
        }
    }

    fn is_empty(&self) -> bool {
        self.href(None) == "/admin/refunds"
    }
}

async fn list(me: web::Admin, web::Query(wanted): web::Query<Wanted>) -> web::Result {
    let filter = wanted.filter(&me.app().part::<Config>());
    let request = PageRequest::of(50, wanted.cursor.clone());
    let mut tx = me.begin().await.map_err(AskError::from)?;
    let found = store::list_at_desk(&mut tx, &filter, &request).await.map_err(AskError::from)?;
    tx.commit().await.map_err(AskError::from)?;
    let page = me.page("refunds-title");
    let mut states: Vec<(String, String)> = ["requested", "under_way", "failed", "succeeded", "declined"]
        .map(|state| (state.to_owned(), page.t(format!("refunds-show-{}", state.replace('_', "-")))))
        .to_vec();
    states.insert(0, (String::new(), page.t("refunds-show-all")));
    let view = ListPage {
        states,
        is_filtered: !wanted.is_empty(),
        next: found.next_cursor.as_ref().map(|next| wanted.href(Some(next))).unwrap_or_default(),
        first: wanted.cursor.as_ref().map(|_| wanted.href(None)).unwrap_or_default(),
        rows: found.items.iter().map(|row| row_of(&page, row)).collect(),
        wanted,
        page,
    };
    web::render(&view)
}

fn row_of(page: &web::PageFrame, row: &DeskRow) -> Row {
    let status = RefundStatus::read(&row.status);
    Row {
        href: format!("/admin/refunds/{}", row.id),
        when: page.when(row.created_at),
        doctor: row.doctor.clone(),
        patient: row.patient_record.clone(),
        amount: page.money(Money::new(row.amount, row.currency)),
        why: page.t(format!("refunds-reason-{}", row.reason.replace('_', "-"))),
        asked_by: row.asked_by_name.clone().unwrap_or_else(|| page.t("refunds-by-rule")),
        state: state_word(page, row),
        tone: tone(status),
    }
}

/// "Waits for approval" only where a person is waited for.
fn state_word(page: &web::PageFrame, row: &DeskRow) -> String {
    let waits = row.status == "requested" && Approval::read(&row.approval) == Approval::Human;
    page.t(if waits { "refunds-state-awaits".to_owned() } else { format!("refunds-state-{}", row.status) })
}

/// The colour of a refund's state, in this one place.
const fn tone(status: RefundStatus) -> &'static str {
    match status {
        RefundStatus::Requested => "warn",
        RefundStatus::Approved | RefundStatus::Submitted => "info",
        RefundStatus::Succeeded => "ok",
        RefundStatus::Failed => "crit",
        RefundStatus::Declined => "",
    }
}

#[derive(Template)]
#[template(path = "refunds/pages/show.html")]
struct ShowPage {
    page: web::PageFrame,
    facts: Vec<(String, String)>,
    state: String,
    tone: &'static str,
    /// What went wrong at the gateway.
    failure: Option<String>,
    decide: Option<DecideForm>,
    /// It waits, and not for this reader.
    own_request: bool,
    retry_action: Option<String>,
    retried_as: Option<String>,
}

struct DecideForm {
    action: String,
    chosen: String,
    note: String,
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct DecisionForm {
    decision: String,
    note: String,
}

async fn show(me: web::Admin, Path(refund): Path<RefundId>) -> web::Result {
    shown(&me, refund, DecisionForm::default(), Vec::new()).await
}

async fn shown(me: &web::Admin, refund: RefundId, form: DecisionForm, errors: Vec<FieldError>) -> web::Result {
    let status = if errors.is_empty() { 200 } else { 422 };
    let mut tx = me.begin().await.map_err(DecideError::from)?;
    let row = store::find_at_desk(&mut tx, refund).await.map_err(DecideError::from)?.ok_or(DecideError::NotFound)?;
    tx.commit().await.map_err(DecideError::from)?;
    let page = me.page("refunds-one-title").with_errors(errors);
    let state = RefundStatus::read(&row.status);
    let waits = state == RefundStatus::Requested && Approval::read(&row.approval) == Approval::Human;
    let own = row.asked_by == Some(me.actor().account);
    let form =
        DecideForm { action: format!("/admin/refunds/{refund}/decision"), chosen: form.decision, note: form.note };
    let view = ShowPage {
        facts: facts(&page, &row),
        state: state_word(&page, &row),
        tone: tone(state),
        failure: (state == RefundStatus::Failed).then(|| row.failure.clone()).filter(|why| !why.is_empty()),
        decide: (waits && !own).then_some(form),
        own_request: waits && own,
        retry_action: (state == RefundStatus::Failed && row.retried_as.is_none())
            .then(|| format!("/admin/refunds/{refund}/retry")),
        retried_as: row.retried_as.map(|other| format!("/admin/refunds/{other}")),
        page,
    };
    web::render_status(status, &view)
}

fn facts(page: &web::PageFrame, row: &DeskRow) -> Vec<(String, String)> {
    let money = |amount| page.money(Money::new(amount, row.currency));
    let mut facts = vec![
        (page.t("billing-amount"), money(row.amount)),
        (page.t("refunds-fact-paid"), money(row.paid)),
        (page.t("billing-col-patient"), row.patient_record.clone()),
        (page.t("billing-col-doctor"), row.doctor.clone()),
        (page.t("billing-col-gateway"), page.t(format!("billing-gateway-{}", row.gateway))),
        (page.t("refunds-fact-why"), page.t(format!("refunds-reason-{}", row.reason.replace('_', "-")))),
    ];
    let mut add = |key: &str, value: String| {
        if !value.is_empty() {
            facts.push((page.t(key), value));
        }
    };
    add("refunds-fact-note", row.note.clone());
    add("refunds-fact-asked", page.when(row.created_at));
    add("refunds-fact-asked-by", row.asked_by_name.clone().unwrap_or_else(|| page.t("refunds-by-rule")));
    add("refunds-fact-decided", row.decided_at.map(|at| page.when(at)).unwrap_or_default());
    let by_rule = || if row.decided_at.is_some() { page.t("refunds-by-rule") } else { String::new() };
    add("refunds-fact-decided-by", row.decided_by_name.clone().unwrap_or_else(by_rule));
    add("refunds-fact-decision-note", row.decision_note.clone());
    add("refunds-fact-settled", row.settled_at.map(|at| page.when(at)).unwrap_or_default());
    facts
}

async fn create_decision(
    me: web::Admin,
    Path(refund): Path<RefundId>,
    web::Form(form): web::Form<DecisionForm>,
) -> web::Result {
    let decision = match form.decision.as_str() {
        "approve" => Decision::Approve,
        "decline" => Decision::Decline,
        _ => return shown(&me, refund, form, vec![FieldError::new("decision", "refunds-error-decision")]).await,
    };
    let mut tx = me.begin().await.map_err(DecideError::from)?;
    let done = decide(&mut tx, me.actor(), Decide { refund, decision, note: form.note.clone() }).await;
    match done {
        Ok(_) => tx.commit().await.map_err(DecideError::from)?,
        Err(error) => {
            return match error.kind() {
                FaultKind::Invalid(errors) => shown(&me, refund, form, errors).await,
                _ => Err(error.into()),
            };
        }
    }
    me.flash_ok(if decision == Decision::Approve { "refunds-approved" } else { "refunds-declined" });
    Ok(me.redirect(&format!("/admin/refunds/{refund}")))
}

async fn create_retry(me: web::Admin, Path(refund): Path<RefundId>) -> web::Result {
    let mut tx = me.begin().await.map_err(RetryError::from)?;
    let again = retry(&mut tx, me.actor(), refund).await?;
    tx.commit().await.map_err(RetryError::from)?;
    me.flash_ok("billing-admin-retried");
    Ok(me.redirect(&format!("/admin/refunds/{}", again.id)))
}

#[derive(Template)]
#[template(path = "refunds/pages/new.html")]
struct NewPage {
    page: web::PageFrame,
    action: String,
    paid: String,
    left: String,
    amount_label: String,
    nothing_left: bool,
    hint: String,
    /// Where the payment paid several suppliers: of whose part, with what is left of it.
    suppliers: Vec<(String, String)>,
    form: AskForm,
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct AskForm {
    /// A charge that the payment paid.
    charge: String,
    amount: String,
    note: String,
}

async fn new(me: web::Admin, Path(payment): Path<PaymentId>) -> web::Result {
    asking(&me, payment, AskForm::default(), Vec::new()).await
}

async fn find_payment(me: &web::Admin, payment: PaymentId) -> Result<Payment, AskError> {
    let mut tx = me.begin().await?;
    let found = payments::store::find(&mut tx, payment).await?;
    tx.commit().await?;
    found.ok_or(AskError::NotFound)
}

async fn asking(me: &web::Admin, payment: PaymentId, form: AskForm, errors: Vec<FieldError>) -> web::Result {
    let status = if errors.is_empty() { 200 } else { 422 };
    let payment = find_payment(me, payment).await?;
    let mut tx = me.begin().await.map_err(AskError::from)?;
    let covered = payments::store::list_covered(&mut tx, payment.id).await.map_err(AskError::from)?;
    tx.commit().await.map_err(AskError::from)?;
    let page = me.page("refunds-new-title").with_errors(errors);
    let named = |row: payments::store::CoveredRow| {
        let left = page.money(Money::new(row.left, payment.money.currency));
        (row.charge.to_string(), format!("{} · {left}", row.supplier))
    };
    let suppliers = if covered.len() > 1 { covered.into_iter().map(named).collect() } else { Vec::new() };
    let left = if payment.status.has_money() { payment.money.amount - payment.refunded } else { 0 };
    let left = Money::new(left, payment.money.currency);
    let alone = page.money(me.app().part::<Config>().alone_in(payment.money.currency));
    let view = NewPage {
        action: format!("/admin/payments/{}/refunds", payment.id),
        paid: page.money(payment.money),
        left: page.money(left),
        amount_label: page.tr("refunds-field-amount", [("currency", payment.money.currency.code())]),
        nothing_left: left.is_zero(),
        hint: page.tr("refunds-new-hint", [("alone", alone.as_str())]),
        suppliers,
        form,
        page,
    };
    web::render_status(status, &view)
}

async fn create(me: web::Admin, Path(payment): Path<PaymentId>, web::Form(form): web::Form<AskForm>) -> web::Result {
    let currency = find_payment(&me, payment).await?.money.currency;
    let Some(amount) = minor_units(&form.amount, currency).filter(|amount| *amount > 0) else {
        return asking(&me, payment, form, vec![FieldError::new("amount", "refunds-error-amount")]).await;
    };
    let charge = form.charge.parse().ok();
    let command = AskRefund { payment, charge, money: Money::new(amount, currency), note: form.note.clone() };
    let mut tx = me.begin().await.map_err(AskError::from)?;
    let refund = match ask(&mut tx, me.actor(), &me.app().part::<Config>(), command).await {
        Ok(refund) => refund,
        Err(error) => {
            return match error.kind() {
                FaultKind::Invalid(errors) => asking(&me, payment, form, errors).await,
                _ => Err(error.into()),
            };
        }
    };
    tx.commit().await.map_err(AskError::from)?;
    me.flash_ok(if refund.approval == Approval::Human { "refunds-asked-human" } else { "refunds-asked" });
    Ok(me.redirect(&format!("/admin/refunds/{}", refund.id)))
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<web::Admin, _, _>("/admin/refunds", list)
        .get::<web::Admin, _, _>("/admin/refunds/{refund}", show)
        .post::<web::Admin, _, _>("/admin/refunds/{refund}/decision", create_decision)
        .post::<web::Admin, _, _>("/admin/refunds/{refund}/retry", create_retry)
        .get::<web::Admin, _, _>("/admin/payments/{payment}/refunds/new", new)
        .post::<web::Admin, _, _>("/admin/payments/{payment}/refunds", create)
}
