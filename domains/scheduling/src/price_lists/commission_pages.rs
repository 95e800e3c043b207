//! The administrator's page of services with a rule of commission of their own: a door to `billing::splits`.

use askama::Template;
use billing::splits::{Example, NewRule, RuleForm, Scope, SetError, Version, list_versions, say, set, withdraw};
use kernel::{
    Currency, Cursor, Fault, FaultKind, FieldError, PageRequest,
    ids::{PractitionerId, ServiceId},
};
use serde::Deserialize;
use web::{Admin, Form, Query};

use super::{
    admin::described,
    store::{self, Priced},
};

#[derive(Template)]
#[template(path = "price_lists/pages/commission.html")]
struct RulesPage {
    page: web::PageFrame,
    lines: Vec<RuleLine>,
    next: String,
    first: String,
    form: RuleForm,
    example: Option<Example>,
    action: &'static str,
    services: Vec<(String, String)>,
}

struct RuleLine {
    service: String,
    scope: String,
    version: String,
    terms: String,
    from: String,
    until: Option<String>,
    open: bool,
    by: String,
    /// The service and currency whose own rule may be taken away.
    withdraw: Option<(String, String)>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    cursor: Option<Cursor>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct WithdrawForm {
    service: String,
    currency: String,
}

const HERE: &str = "/admin/service-commission";

async fn list(me: Admin, Query(wanted): Query<Wanted>) -> web::Result {
    show(&me, wanted.cursor, RuleForm::default(), Vec::new()).await
}

async fn show(me: &Admin, cursor: Option<Cursor>, form: RuleForm, errors: Vec<FieldError>) -> web::Result {
    let status = if errors.is_empty() { 200 } else { 422 };
    let mut tx = me.begin().await?;
    let services = store::list_services(&mut tx).await?;
    let found = list_versions(&mut tx, true, &PageRequest::of(25, cursor.clone())).await?;
    tx.commit().await?;
    let page = me.page("splits-service-title").with_errors(errors);
    let example = form.read().ok().and_then(|(terms, currency)| form.example(&page, &terms, currency));
    let view = RulesPage {
        lines: found.items.into_iter().map(|version| line(&page, &services, version)).collect(),
        next: found.next_cursor.map(|next| format!("{HERE}?cursor={}", next.0)).unwrap_or_default(),
        first: cursor.map(|_| HERE.to_owned()).unwrap_or_default(),
        services: services.iter().map(|service| (service.id.to_string(), described(&page, service))).collect(),
        form,
        example,
        action: HERE,
        page,
    };
    web::render_status(status, &view)
}

fn line(page: &web::PageFrame, services: &[Priced], version: Version) -> RuleLine {
    let currency = version.rule.currency;
    let known = services.iter().find(|service| Some(service.id) == version.service);
    let terms = if version.withdrawn { page.t("splits-withdrawn") } else { say(page, &version.rule.terms, currency) };
    let open = version.until.is_none() && !version.withdrawn;
    RuleLine {
        service: known.map_or_else(|| version.doctor.unwrap_or_default(), |service| described(page, service)),
        scope: currency.map_or_else(|| page.t("splits-scope-all"), |currency| currency.code().to_owned()),
        version: page.number(i64::from(version.rule.version)),
        terms,
        from: page.when(version.rule.valid_from),
        until: version.until.map(|until| page.when(until)),
        open,
        by: version.made_by.unwrap_or_else(|| page.t("splits-by-house")),
        withdraw: version.service.filter(|_| open).map(|service| {
            (service.to_string(), currency.map(|currency| currency.code().to_owned()).unwrap_or_default())
        }),
    }
}

async fn scope_of(tx: &mut db::Tx, service: &str) -> Result<Option<Scope>, db::Error> {
    let Ok(id) = service.parse::<ServiceId>() else { return Ok(None) };
    let found = store::find_service(tx, id).await?;
    Ok(found.map(|Priced { id: service, practitioner, .. }| {
        let practitioner: PractitionerId = practitioner;
        Scope::Service { service, practitioner }
    }))
}

async fn save(me: Admin, Form(form): Form<RuleForm>) -> web::Result {
    let mut tx = me.begin().await?;
    let scope = scope_of(&mut tx, &form.service).await?;
    let mut wrong = Vec::new();
    if scope.is_none() {
        wrong.push(FieldError::new("service", "splits-error-service"));
    }
    let read = form.read();
    wrong.extend(read.as_ref().err().cloned().unwrap_or_default());
    let (Some(scope), Ok((terms, currency)), true) = (scope, read, wrong.is_empty()) else {
        drop(tx);
        return show(&me, None, form, wrong).await;
    };
    if form.is_preview() {
        drop(tx);
        return show(&me, None, form, Vec::new()).await;
    }
    if let Err(error) = set(&mut tx, me.actor(), &NewRule { scope, currency, terms }).await {
        drop(tx);
        return match error.kind() {
            FaultKind::Invalid(errors) => show(&me, None, form, errors).await,
            _ => Err(error.into()),
        };
    }
    tx.commit().await?;
    me.flash_ok("splits-saved");
    Ok(me.redirect(HERE))
}

async fn take_away(me: Admin, Form(form): Form<WithdrawForm>) -> web::Result {
    let mut tx = me.begin().await?;
    let scope = scope_of(&mut tx, &form.service).await?.ok_or(SetError::NothingToWithdraw)?;
    let currency: Option<Currency> = match form.currency.as_str() {
        "" => None,
        text => Some(text.parse().map_err(|_| SetError::NothingToWithdraw)?),
    };
    withdraw(&mut tx, me.actor(), scope, currency).await?;
    tx.commit().await?;
    me.flash_ok("splits-taken-away");
    Ok(me.redirect(HERE))
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Admin, _, _>(HERE, list)
        .post::<Admin, _, _>(HERE, save)
        .post::<Admin, _, _>("/admin/service-commission/withdrawal", take_away)
}
