//! The administrator's page of commission: the house's rules, an example, and every version there ever was.

use askama::Template;
use kernel::{Currency, Cursor, Fault, FaultKind, FieldError, PageRequest};
use serde::Deserialize;

use super::{
    Example, NewRule, RuleForm, Scope, SetError, Version, say, set,
    store::{find_newest, list_versions},
    withdraw,
};

#[derive(Template)]
#[template(path = "splits/pages/rules.html")]
struct RulesPage {
    page: web::PageFrame,
    lines: Vec<RuleLine>,
    next: String,
    first: String,
    form: RuleForm,
    example: Option<Example>,
    action: &'static str,
    services: Vec<(String, String)>,
    lead: String,
}

struct RuleLine {
    scope: String,
    version: String,
    terms: String,
    from: String,
    until: Option<String>,
    open: bool,
    by: String,
    /// The currency whose own rule may be taken away.
    withdraw: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    cursor: Option<Cursor>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct WithdrawForm {
    currency: String,
}

async fn list(me: web::Admin, web::Query(query): web::Query<ListQuery>) -> web::Result {
    let form = RuleForm::default();
    show(&me, query.cursor, form, Vec::new()).await
}

async fn show(me: &web::Admin, cursor: Option<Cursor>, form: RuleForm, errors: Vec<FieldError>) -> web::Result {
    let status = if errors.is_empty() { 200 } else { 422 };
    let mut tx = me.begin().await.map_err(SetError::from)?;
    let request = PageRequest::of(25, cursor.clone());
    let found = list_versions(&mut tx, false, &request).await.map_err(SetError::from)?;
    tx.commit().await.map_err(SetError::from)?;
    let page = me.page("splits-title").with_errors(errors);
    let example = form.read().ok().and_then(|(terms, currency)| form.example(&page, &terms, currency));
    let view = RulesPage {
        next: found.next_cursor.map(|next| format!("/admin/commission?cursor={}", next.0)).unwrap_or_default(),
        first: cursor.map(|_| "/admin/commission".to_owned()).unwrap_or_default(),
        lines: found.items.into_iter().map(|version| line(&page, version)).collect(),
        form,
        example,
        action: "/admin/commission",
        services: Vec::new(),
        lead: page.t("splits-lead"),
        page,
    };
    web::render_status(status, &view)
}

fn line(page: &web::PageFrame, version: Version) -> RuleLine {
    let currency = version.rule.currency;
    let terms = if version.withdrawn { page.t("splits-withdrawn") } else { say(page, &version.rule.terms, currency) };
    let open = version.until.is_none() && !version.withdrawn;
    RuleLine {
        scope: currency.map_or_else(|| page.t("splits-scope-all"), |currency| currency.code().to_owned()),
        version: page.number(i64::from(version.rule.version)),
        terms,
        from: page.when(version.rule.valid_from),
        until: version.until.map(|until| page.when(until)),
        open,
        by: version.made_by.unwrap_or_else(|| page.t("splits-by-house")),
        withdraw: currency.filter(|_| open).map(|currency| currency.code().to_owned()),
    }
}

async fn save(me: web::Admin, web::Form(form): web::Form<RuleForm>) -> web::Result {
    let (terms, currency) = match form.read() {
        Ok(read) => read,
        Err(wrong) => return show(&me, None, form, wrong).await,
    };
    if form.is_preview() {
        return show(&me, None, form, Vec::new()).await;
    }
    let mut tx = me.begin().await.map_err(SetError::from)?;
    match set(&mut tx, me.actor(), &NewRule { scope: Scope::House, currency, terms }).await {
        Ok(_) => tx.commit().await.map_err(SetError::from)?,
        Err(error) => {
            drop(tx);
            return match error.kind() {
                FaultKind::Invalid(errors) => show(&me, None, form, errors).await,
                _ => Err(error.into()),
            };
        }
    }
    me.flash_ok("splits-saved");
    Ok(web::see_other("/admin/commission"))
}

async fn take_away(me: web::Admin, web::Form(form): web::Form<WithdrawForm>) -> web::Result {
    let currency: Currency = form.currency.parse().map_err(|_| SetError::NothingToWithdraw)?;
    let mut tx = me.begin().await.map_err(SetError::from)?;
    if find_newest(&mut tx, None, Some(currency)).await.map_err(SetError::from)?.is_none() {
        return Err(SetError::NothingToWithdraw.into());
    }
    withdraw(&mut tx, me.actor(), Scope::House, Some(currency)).await?;
    tx.commit().await.map_err(SetError::from)?;
    me.flash_ok("splits-taken-away");
    Ok(web::see_other("/admin/commission"))
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<web::Admin, _, _>("/admin/commission", list)
        .post::<web::Admin, _, _>("/admin/commission", save)
        .post::<web::Admin, _, _>("/admin/commission/withdrawal", take_away)
}
