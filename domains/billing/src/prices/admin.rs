//! What administrators decide of prices: taxes, discounts and vouchers.

use askama::Template;
use axum::extract::Path;
use kernel::{
    Currency, Cursor, Fault, FaultKind, FieldError, LocalDate, Money, PageRequest, Timestamp,
    ids::{DiscountId, TaxRateId},
};
use serde::Deserialize;

use super::{
    EditError, NewDiscount, NewTax, Off, add_discount, add_tax,
    store::{self, DiscountRow, TaxRow},
};

#[derive(Template)]
#[template(path = "prices/pages/admin.html")]
struct PricesPage {
    page: web::PageFrame,
    taxes: Vec<TaxLine>,
    discounts: Vec<DiscountLine>,
    next: String,
    first: String,
    tax: TaxForm,
    discount: DiscountForm,
}

struct TaxLine {
    country: String,
    name: String,
    rate: String,
    how: String,
    holds: String,
    end_action: Option<String>,
}

struct DiscountLine {
    code: Option<String>,
    name: String,
    off: String,
    doctor: Option<String>,
    holds: String,
    uses: String,
    end_action: Option<String>,
}

#[derive(Debug, Default, Deserialize, Clone)]
#[serde(default)]
struct TaxForm {
    country: String,
    tax_name: String,
    rate: String,
    how: String,
    tax_from: String,
    tax_until: String,
}

#[derive(Debug, Default, Deserialize, Clone)]
#[serde(default)]
struct DiscountForm {
    code: String,
    name: String,
    kind: String,
    value: String,
    currency: String,
    from: String,
    until: String,
    most_uses: String,
    per_patient: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    cursor: Option<Cursor>,
}

async fn list(me: web::Admin, web::Query(query): web::Query<ListQuery>) -> web::Result {
    let per_patient = "1".to_owned();
    let discount = DiscountForm { per_patient, currency: "USD".to_owned(), ..DiscountForm::default() };
    show(&me, query.cursor, (TaxForm::default(), discount), Vec::new()).await
}

/// The page, with what was typed and what is wrong with it.
async fn show(
    me: &web::Admin,
    cursor: Option<Cursor>,
    (tax, discount): (TaxForm, DiscountForm),
    errors: Vec<FieldError>,
) -> web::Result {
    let status = if errors.is_empty() { 200 } else { 422 };
    let request = PageRequest::of(25, cursor.clone());
    let mut tx = me.begin().await.map_err(EditError::from)?;
    let now = tx.now();
    let taxes = store::list_taxes(&mut tx).await.map_err(EditError::from)?;
    let found = store::list_discounts(&mut tx, &request).await.map_err(EditError::from)?;
    tx.commit().await.map_err(EditError::from)?;
    let page = me.page("prices-title").with_errors(errors);
    let view = PricesPage {
        taxes: taxes.into_iter().map(|row| tax_line(&page, row, now)).collect(),
        next: found.next_cursor.map(|next| format!("/admin/prices?cursor={}", next.0)).unwrap_or_default(),
        first: cursor.map(|_| "/admin/prices".to_owned()).unwrap_or_default(),
        discounts: found.items.into_iter().map(|row| discount_line(&page, row, now)).collect(),
        tax,
        discount,
        page,
    };
    web::render_status(status, &view)
}

/// "1 Jan 2026 – 31 Dec 2026", "from 1 Jan 2026".
fn holds(page: &web::PageFrame, from: Timestamp, until: Option<Timestamp>) -> String {
    let from = page.day(from);
    match until {
        // It ends with the moment before, which belongs to the day that is named.
        Some(until) => {
            let last = page.day(until.plus_seconds(-1));
            page.tr("prices-holds-until", [("from", from.as_str()), ("until", last.as_str())])
        }
        None => page.tr("prices-holds-from", [("from", from.as_str())]),
    }
}

/// "12.5%": basis points as people write them.
pub(crate) fn percent(basis_points: i64) -> String {
    let (whole, rest) = (basis_points / 100, basis_points % 100);
    let text =
        if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:02}").trim_end_matches('0').to_owned() };
    format!("{text}%")
}

fn is_over(until: Option<Timestamp>, now: Timestamp) -> bool {
    until.is_some_and(|until| until <= now)
}

fn tax_line(page: &web::PageFrame, row: TaxRow, now: Timestamp) -> TaxLine {
    TaxLine {
        rate: percent(row.basis_points.into()),
        how: page.t(if row.inclusive { "prices-tax-inclusive" } else { "prices-tax-exclusive" }),
        holds: holds(page, row.valid_from, row.valid_until),
        end_action: (!is_over(row.valid_until, now)).then(|| format!("/admin/prices/taxes/{}/end", row.id)),
        country: row.country,
        name: row.name,
    }
}

fn discount_line(page: &web::PageFrame, row: DiscountRow, now: Timestamp) -> DiscountLine {
    let off = match (row.amount, row.currency) {
        (Some(amount), Some(currency)) => page.money(Money::new(amount, currency)),
        _ => percent(row.basis_points.unwrap_or_default().into()),
    };
    let so_far = row.used.to_string();
    let taken = match (&row.code, row.most_uses) {
        (None, _) => page.t("prices-uses-all"),
        (Some(_), None) => page.tr("prices-uses", [("used", so_far.as_str())]),
        (Some(_), Some(most)) => {
            page.tr("prices-uses-of", [("used", so_far.as_str()), ("most", most.to_string().as_str())])
        }
    };
    let each = row.per_patient.map(|most| page.tr("prices-uses-each", [("count", most.to_string().as_str())]));
    DiscountLine {
        off,
        uses: each.map_or(taken.clone(), |each| format!("{taken} · {each}")),
        holds: holds(page, row.valid_from, row.valid_until),
        end_action: (!is_over(row.valid_until, now)).then(|| format!("/admin/prices/discounts/{}/end", row.id)),
        code: row.code,
        name: row.name,
        doctor: row.doctor,
    }
}

/// The first moment of a day and, for the last day, the moment after it, as the administrator's calendar has them.
struct Days {
    from: Timestamp,
    until: Option<Timestamp>,
}

fn days(me: &web::Admin, now: Timestamp, typed: [(&'static str, &str); 2], wrong: &mut Vec<FieldError>) -> Days {
    let mut read = |(field, text): (&'static str, &str)| match text.trim() {
        "" => None,
        text => {
            let day = text.parse::<LocalDate>().ok();
            if day.is_none() {
                wrong.push(FieldError::new(field, "prices-error-day"));
            }
            day
        }
    };
    let [from, until] = typed.map(&mut read);
    let today = now.date_in(me.zone());
    // Of today means from now on: what was booked this morning is not touched.
    let from = from.filter(|day| *day != today).map_or(now, |day| day.starts_in(me.zone()));
    Days { from, until: until.map(|day| day.plus_days(1).starts_in(me.zone())) }
}

/// "12.5" as 1250 basis points.
fn basis_points(text: &str) -> Option<u32> {
    let text = text.trim().trim_end_matches('%').trim();
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    if rest.len() > 2 || !rest.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let points = whole.parse::<u32>().ok()?.checked_mul(100)? + format!("{rest:0<2}").parse::<u32>().ok()?;
    (1..=10_000).contains(&points).then_some(points)
}

/// As `basis_points`, and nothing at all is a rate too.
pub(crate) fn basis_points_or_none(text: &str) -> Option<u32> {
    let text = text.trim();
    let digits = text.trim_end_matches('%').trim();
    if digits.bytes().all(|byte| matches!(byte, b'0' | b'.')) && digits.contains('0') {
        Some(0)
    } else {
        basis_points(text)
    }
}

/// "24.00" in the currency's own decimals.
pub fn minor_units(text: &str, currency: Currency) -> Option<i64> {
    let (whole, rest) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let places = usize::try_from(currency.exponent()).ok()?;
    if rest.len() > places
        || !rest.bytes().chain(whole.bytes()).all(|byte| byte.is_ascii_digit())
        || !(1..=12).contains(&whole.len())
    {
        return None;
    }
    format!("{whole}{rest:0<places$}").parse().ok()
}

/// A number of uses; nothing typed means no bound.
fn uses(field: &'static str, text: &str, wrong: &mut Vec<FieldError>) -> Option<i32> {
    let text = text.trim();
    let count = text.parse().ok().filter(|count| *count > 0);
    if count.is_none() && !text.is_empty() {
        wrong.push(FieldError::new(field, "prices-error-uses"));
    }
    count
}

fn named(field: &'static str, text: &str, wrong: &mut Vec<FieldError>) -> String {
    let name = text.trim().to_owned();
    if name.is_empty() || name.chars().count() > 60 {
        wrong.push(FieldError::new(field, "prices-error-name"));
    }
    name
}

async fn create_tax(me: web::Admin, web::Form(form): web::Form<TaxForm>) -> web::Result {
    let mut tx = me.begin().await.map_err(EditError::from)?;
    let mut wrong = Vec::new();
    let country = form.country.trim().to_ascii_uppercase();
    if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        wrong.push(FieldError::new("country", "prices-error-country"));
    }
    let name = named("tax_name", &form.tax_name, &mut wrong);
    let rate = basis_points(&form.rate);
    if rate.is_none() {
        wrong.push(FieldError::new("rate", "prices-error-rate"));
    }
    let days = days(&me, tx.now(), [("tax_from", &form.tax_from), ("tax_until", &form.tax_until)], &mut wrong);
    let kept = (form.clone(), DiscountForm::default());
    let (true, Some(basis_points)) = (wrong.is_empty(), rate) else { return show(&me, None, kept, wrong).await };
    let inclusive = form.how == "inclusive";
    let new = NewTax { country, name, basis_points, inclusive, valid_from: days.from, valid_until: days.until };
    match add_tax(&mut tx, &new).await {
        Ok(()) => tx.commit().await.map_err(EditError::from)?,
        Err(error) => return refused(&me, error, kept, "tax_").await,
    }
    me.flash_ok("prices-tax-added");
    Ok(web::see_other("/admin/prices"))
}

async fn create_discount(me: web::Admin, web::Form(form): web::Form<DiscountForm>) -> web::Result {
    let mut tx = me.begin().await.map_err(EditError::from)?;
    let mut wrong = Vec::new();
    let name = named("name", &form.name, &mut wrong);
    let off = off_of(&form);
    if off.is_none() {
        wrong.push(FieldError::new("value", "prices-error-value"));
    }
    let days = days(&me, tx.now(), [("from", &form.from), ("until", &form.until)], &mut wrong);
    let code = Some(form.code.trim().to_ascii_uppercase()).filter(|code| !code.is_empty());
    let (most_uses, per_patient) = match code {
        Some(_) => (uses("most_uses", &form.most_uses, &mut wrong), uses("per_patient", &form.per_patient, &mut wrong)),
        None => (None, None),
    };
    let kept = (TaxForm::default(), form.clone());
    let (true, Some(off)) = (wrong.is_empty(), off) else { return show(&me, None, kept, wrong).await };
    let (valid_from, valid_until) = (days.from, days.until);
    let new = NewDiscount { code, name, off, practitioner: None, valid_from, valid_until, most_uses, per_patient };
    match add_discount(&mut tx, &new).await {
        Ok(_) => tx.commit().await.map_err(EditError::from)?,
        Err(error) => return refused(&me, error, kept, "").await,
    }
    me.flash_ok("prices-discount-added");
    Ok(web::see_other("/admin/prices"))
}

fn off_of(form: &DiscountForm) -> Option<Off> {
    if form.kind == "fixed" {
        let currency: Currency = form.currency.parse().ok()?;
        let amount = minor_units(&form.value, currency).filter(|amount| *amount > 0)?;
        return Some(Off::Fixed(Money::new(amount, currency)));
    }
    basis_points(&form.value).map(Off::Share)
}

/// What can be corrected is said beside the fields; `prefix` tells the two forms of the page apart.
async fn refused(me: &web::Admin, error: EditError, kept: (TaxForm, DiscountForm), prefix: &str) -> web::Result {
    match error.kind() {
        FaultKind::Invalid(errors) => {
            let renamed = errors
                .into_iter()
                .map(|error| FieldError { field: format!("{prefix}{}", error.field).into(), ..error });
            show(me, None, kept, renamed.collect()).await
        }
        _ => Err(error.into()),
    }
}

async fn end_tax(me: web::Admin, Path(id): Path<TaxRateId>) -> web::Result {
    let mut tx = me.begin().await.map_err(EditError::from)?;
    if !store::end_tax(&mut tx, id).await.map_err(EditError::from)? {
        return Err(EditError::NotFound.into());
    }
    tx.commit().await.map_err(EditError::from)?;
    me.flash_ok("prices-ended");
    Ok(web::see_other("/admin/prices"))
}

async fn end_discount(me: web::Admin, Path(id): Path<DiscountId>) -> web::Result {
    let mut tx = me.begin().await.map_err(EditError::from)?;
    if !store::end_discount(&mut tx, id).await.map_err(EditError::from)? {
        return Err(EditError::NotFound.into());
    }
    tx.commit().await.map_err(EditError::from)?;
    me.flash_ok("prices-ended");
    Ok(web::see_other("/admin/prices"))
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<web::Admin, _, _>("/admin/prices", list)
        .post::<web::Admin, _, _>("/admin/prices/taxes", create_tax)
        .post::<web::Admin, _, _>("/admin/prices/taxes/{tax}/end", end_tax)
        .post::<web::Admin, _, _>("/admin/prices/discounts", create_discount)
        .post::<web::Admin, _, _>("/admin/prices/discounts/{discount}/end", end_discount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_and_amounts_are_read_as_people_write_them() {
        assert_eq!(["15", "12.5", "0.25%", "100"].map(basis_points), [1500, 1250, 25, 10_000].map(Some));
        assert_eq!(["0", "101", "1.234", "-5", "x", ""].map(basis_points), [None; 6]);
        assert_eq!([1500, 1250, 25, 505].map(percent), ["15%", "12.5%", "0.25%", "5.05%"]);
        let of = |text: &str, code: &str| minor_units(text, code.parse().expect("a currency"));
        assert_eq!(
            [of("24", "USD"), of("24.5", "USD"), of("24", "JPY"), of("1.005", "KWD")],
            [2400, 2450, 24, 1005].map(Some)
        );
        assert_eq!([of("24.555", "USD"), of("1.5", "JPY"), of("-1", "USD"), of("", "USD")], [None; 4]);
    }
}
