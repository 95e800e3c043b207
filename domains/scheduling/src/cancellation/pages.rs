//! The rules of a doctor's services: the list, and one of them to change. The doctor's own, or an administrator's for a doctor.

use askama::Template;
use axum::extract::Path;
use kernel::{Fault, FaultKind, ids::ServiceId};
use web::{Admin, Doctor, Form};

use super::{
    form::{ROWS, RuleForm, percent},
    model::{Settlement, Terms},
    set::{SetError, set},
    store::{self, Line},
};
use crate::availability::Desk;

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Doctor, _, _>("/doctor/availability/rules", own)
        .get::<Doctor, _, _>("/doctor/availability/rules/{service}", own_rule)
        .post::<Doctor, _, _>("/doctor/availability/rules/{service}", save_own)
        .get::<Admin, _, _>("/admin/doctors/{doctor}/schedule/rules", of_doctor)
        .get::<Admin, _, _>("/admin/doctors/{doctor}/schedule/rules/{service}", rule_of_doctor)
        .post::<Admin, _, _>("/admin/doctors/{doctor}/schedule/rules/{service}", save_of_doctor)
}

struct Card {
    href: String,
    name: String,
    price: String,
    lines: Vec<String>,
    own: bool,
}

#[derive(Template)]
#[template(path = "cancellation/pages/rules.html")]
struct RulesPage {
    page: web::PageFrame,
    base: String,
    doctor: Option<String>,
    cards: Vec<Card>,
}

struct Step {
    n: usize,
    hours: String,
    percent: String,
    error: Option<String>,
}

#[derive(Template)]
#[template(path = "cancellation/pages/rule.html")]
struct RulePage {
    page: web::PageFrame,
    base: String,
    doctor: Option<String>,
    service: ServiceId,
    name: String,
    version: i32,
    own: bool,
    steps: Vec<Step>,
    free_moves: String,
    move_until_hours: String,
    no_show: String,
    now_lines: Vec<String>,
}

async fn own(me: Doctor) -> web::Result {
    list(&Desk::own(&me)).await
}

async fn own_rule(me: Doctor, Path(service): Path<ServiceId>) -> web::Result {
    show(&Desk::own(&me), service, None, Vec::new()).await
}

async fn save_own(me: Doctor, Path(service): Path<ServiceId>, Form(form): Form<RuleForm>) -> web::Result {
    save(&Desk::own(&me), service, form).await
}

async fn of_doctor(me: Admin, Path(doctor): Path<String>) -> web::Result {
    list(&Desk::of(&me, &doctor).await?).await
}

async fn rule_of_doctor(me: Admin, Path((doctor, service)): Path<(String, ServiceId)>) -> web::Result {
    show(&Desk::of(&me, &doctor).await?, service, None, Vec::new()).await
}

async fn save_of_doctor(
    me: Admin,
    Path((doctor, service)): Path<(String, ServiceId)>,
    Form(form): Form<RuleForm>,
) -> web::Result {
    save(&Desk::of(&me, &doctor).await?, service, form).await
}

async fn list(desk: &Desk<'_>) -> web::Result {
    let mut tx = desk.me.begin().await?;
    let lines = store::list_of_doctor(&mut tx, desk.doctor).await?;
    tx.commit().await?;
    let page = desk.me.page("scheduling-rules-title");
    let card = |line: &Line| Card {
        href: format!("{}/rules/{}", desk.base, line.service),
        name: name(&page, line),
        price: price(&page, line),
        lines: words(&page, line),
        own: line.own,
    };
    let cards = lines.iter().map(card).collect();
    web::render(&RulesPage { cards, base: desk.base.clone(), doctor: desk.name.clone(), page })
}

async fn save(desk: &Desk<'_>, service: ServiceId, form: RuleForm) -> web::Result {
    let done = match form.parse() {
        Ok(terms) => write(desk, service, &terms).await,
        Err(errors) => Err(SetError::Invalid(errors)),
    };
    match done {
        Ok(()) => {
            desk.me.flash_ok("scheduling-rule-saved");
            Ok(desk.me.redirect(&format!("{}/rules", desk.base)))
        }
        Err(error @ SetError::Invalid(_)) => {
            let FaultKind::Invalid(errors) = error.kind() else { return Err(error.into()) };
            show(desk, service, Some(form), errors).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn write(desk: &Desk<'_>, service: ServiceId, terms: &Terms) -> Result<(), SetError> {
    let mut tx = desk.me.begin().await?;
    set(&mut tx, desk.me.actor(), desk.doctor, service, terms).await?;
    Ok(tx.commit().await?)
}

/// The form, as it stands or as it was typed and refused.
async fn show(
    desk: &Desk<'_>,
    service: ServiceId,
    typed: Option<RuleForm>,
    errors: Vec<kernel::FieldError>,
) -> web::Result {
    let mut tx = desk.me.begin().await?;
    let line = store::find_of_doctor(&mut tx, desk.doctor, service).await?.ok_or(SetError::NotFound)?;
    tx.commit().await?;
    let status = if errors.is_empty() { 200 } else { 422 };
    let page = desk.me.page("scheduling-rule-edit-title").with_errors(errors);
    let form = typed.unwrap_or_else(|| RuleForm::of(&line.policy.terms));
    let step = |n: usize| Step {
        n,
        hours: form.get(&format!("hours-{n}")).to_owned(),
        percent: form.get(&format!("percent-{n}")).to_owned(),
        error: page
            .errors
            .iter()
            .find(|error| error.field == format!("hours-{n}") || error.field == format!("percent-{n}"))
            .map(|error| error.text.clone()),
    };
    let rule = RulePage {
        steps: (0..ROWS).map(step).collect(),
        free_moves: form.get("free_moves").to_owned(),
        move_until_hours: form.get("move_until_hours").to_owned(),
        no_show: form.get("no_show").to_owned(),
        now_lines: words(&page, &line),
        base: desk.base.clone(),
        doctor: desk.name.clone(),
        name: name(&page, &line),
        version: line.policy.version,
        own: line.own,
        service,
        page,
    };
    web::render_status(status, &rule)
}

fn name(page: &web::PageFrame, line: &Line) -> String {
    let mode = page.t(line.mode.label_key());
    line.place.as_ref().map_or(mode.clone(), |place| format!("{mode}, {place}"))
}

fn price(page: &web::PageFrame, line: &Line) -> String {
    if line.price.is_zero() { page.t("scheduling-free") } else { page.money(line.price) }
}

/// The rule with the money of today's price.
fn words(page: &web::PageFrame, line: &Line) -> Vec<String> {
    let terms = &line.policy.terms;
    let back = |basis_points: u32| page.money(Settlement::of(line.price, basis_points).refund);
    let hours = |hours: i32| page.tr("scheduling-hours", [("count", hours.to_string().as_str())]);
    let mut lines: Vec<String> = terms
        .tiers
        .iter()
        .map(|tier| {
            let args = [
                ("hours", hours(tier.hours)),
                ("percent", percent(tier.basis_points)),
                ("money", back(tier.basis_points)),
            ];
            page.tr("scheduling-rule-step", args.each_ref().map(|(name, value)| (*name, value.as_str())))
        })
        .collect();
    let moves = [("count", terms.free_moves.to_string()), ("hours", hours(terms.move_until_hours))];
    lines.push(page.t("scheduling-rule-none"));
    lines.push(page.tr("scheduling-rule-moves", moves.each_ref().map(|(name, value)| (*name, value.as_str()))));
    let missed = [("percent", percent(terms.no_show_basis_points)), ("money", back(terms.no_show_basis_points))];
    lines.push(page.tr("scheduling-rule-missed", missed.each_ref().map(|(name, value)| (*name, value.as_str()))));
    lines
}
