//! The administrator's page of price lists.

use askama::Template;
use axum::extract::Path;
use billing::prices::{EditError, ListPrice, add_price, end_price, minor_units};
use kernel::{
    Cursor, Fault, FaultKind, FieldError, LocalDate, Money, PageRequest, Timestamp,
    ids::{PriceId, ServiceId},
};
use serde::Deserialize;
use web::{Admin, Form, Query};

use super::store::{self, Entry, Priced};
use crate::Mode;

#[derive(Template)]
#[template(path = "price_lists/pages/list.html")]
struct ListPage {
    page: web::PageFrame,
    lines: Vec<Line>,
    services: Vec<(String, String)>,
    form: PriceForm,
    next: String,
    first: String,
}

struct Line {
    service: String,
    price: String,
    instead_of: String,
    from: String,
    until: String,
    end_action: Option<String>,
}

#[derive(Debug, Default, Deserialize, Clone)]
#[serde(default)]
struct PriceForm {
    service: String,
    price: String,
    from: String,
    until: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    cursor: Option<Cursor>,
}

async fn list(me: Admin, Query(wanted): Query<Wanted>) -> web::Result {
    show(&me, wanted.cursor, PriceForm::default(), Vec::new()).await
}

async fn show(me: &Admin, cursor: Option<Cursor>, form: PriceForm, errors: Vec<FieldError>) -> web::Result {
    let status = if errors.is_empty() { 200 } else { 422 };
    let mut tx = me.begin().await?;
    let now = tx.now();
    let services = store::list_services(&mut tx).await?;
    let found = store::list_entries(&mut tx, &PageRequest::of(25, cursor.clone())).await?;
    tx.commit().await?;
    let page = me.page("scheduling-prices-title").with_errors(errors);
    let view = ListPage {
        lines: found.items.into_iter().map(|entry| line(&page, entry, now)).collect(),
        services: services.iter().map(|service| (service.id.to_string(), described(&page, service))).collect(),
        next: found.next_cursor.map(|next| format!("/admin/price-lists?cursor={}", next.0)).unwrap_or_default(),
        first: cursor.map(|_| "/admin/price-lists".to_owned()).unwrap_or_default(),
        form,
        page,
    };
    web::render_status(status, &view)
}

fn mode(page: &web::PageFrame, code: &str) -> String {
    code.parse::<Mode>().map(|mode| page.t(mode.label_key())).unwrap_or_default()
}

pub(super) fn described(page: &web::PageFrame, service: &Priced) -> String {
    let price = page.money(Money::new(service.amount, service.currency));
    format!("{} · {} · {price}", service.doctor, mode(page, &service.mode))
}

fn line(page: &web::PageFrame, entry: Entry, now: Timestamp) -> Line {
    Line {
        service: format!("{} · {}", entry.doctor, mode(page, &entry.mode)),
        price: page.money(Money::new(entry.amount, entry.currency)),
        instead_of: page.money(Money::new(entry.default_amount, entry.currency)),
        from: page.day(entry.valid_from),
        until: entry.valid_until.map(|until| page.day(until.plus_seconds(-1))).unwrap_or_default(),
        end_action: entry
            .valid_until
            .is_none_or(|until| until > now)
            .then(|| format!("/admin/price-lists/{}/end", entry.id)),
    }
}

/// A day of the administrator's calendar; nothing typed is no day.
fn day(field: &'static str, text: &str, wrong: &mut Vec<FieldError>) -> Option<LocalDate> {
    let day = text.trim().parse().ok();
    if day.is_none() && !text.trim().is_empty() {
        wrong.push(FieldError::new(field, "prices-error-day"));
    }
    day
}

async fn create(me: Admin, Form(form): Form<PriceForm>) -> web::Result {
    let mut tx = me.begin().await?;
    let (now, mut wrong) = (tx.now(), Vec::new());
    let service = match form.service.parse::<ServiceId>() {
        Ok(id) => store::find_service(&mut tx, id).await?,
        Err(_) => None,
    };
    let Some(service) = service else {
        return show(&me, None, form, vec![FieldError::new("service", "scheduling-prices-error-service")]).await;
    };
    let price = minor_units(&form.price, service.currency);
    if price.is_none() {
        wrong.push(FieldError::new("price", "scheduling-prices-error-price"));
    }
    let from = day("from", &form.from, &mut wrong).filter(|day| *day != now.date_in(me.zone()));
    let until = day("until", &form.until, &mut wrong);
    let (true, Some(amount)) = (wrong.is_empty(), price) else { return show(&me, None, form, wrong).await };
    let new = ListPrice {
        service: service.id,
        practitioner: service.practitioner,
        price: Money::new(amount, service.currency),
        valid_from: from.map_or(now, |day| day.starts_in(me.zone())),
        valid_until: until.map(|day| day.plus_days(1).starts_in(me.zone())),
    };
    if let Err(error) = add_price(&mut tx, &new).await {
        drop(tx);
        return match error.kind() {
            FaultKind::Invalid(errors) => show(&me, None, form, errors).await,
            _ => Err(error.into()),
        };
    }
    tx.commit().await?;
    me.flash_ok("scheduling-prices-added");
    Ok(me.redirect("/admin/price-lists"))
}

async fn end(me: Admin, Path(price): Path<PriceId>) -> web::Result {
    let mut tx = me.begin().await?;
    end_price(&mut tx, price).await?;
    tx.commit().await.map_err(EditError::from)?;
    me.flash_ok("prices-ended");
    Ok(me.redirect("/admin/price-lists"))
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Admin, _, _>("/admin/price-lists", list)
        .post::<Admin, _, _>("/admin/price-lists", create)
        .post::<Admin, _, _>("/admin/price-lists/{price}/end", end)
}
