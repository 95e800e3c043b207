//! The patient's form for vital signs measured at home.

use std::collections::HashMap;

use askama::Template;
use kernel::FieldError;
use web::{Ctx, Form, PageFrame, Patient};

use super::{NewVitals, Sign, VitalSigns};
use crate::ChartError;

/// One field of the form.
struct FieldRow {
    name: String,
    label: String,
    unit: String,
    value: String,
}

#[derive(Template)]
#[template(path = "vitals/pages/new.html")]
struct NewPage {
    page: PageFrame,
    fields: Vec<FieldRow>,
}

type Typed = HashMap<String, String>;

impl NewPage {
    fn of(me: &Ctx, typed: &Typed, errors: Vec<FieldError>) -> Self {
        let fields = Sign::ALL
            .into_iter()
            .map(|sign| FieldRow {
                name: sign.as_str().to_owned(),
                label: me.t(format!("chart-vital-{}", sign.as_str())),
                unit: sign.printed_unit().to_owned(),
                value: typed.get(sign.as_str()).cloned().unwrap_or_default(),
            })
            .collect();
        Self { page: me.page("chart-vitals-add").with_errors(errors), fields }
    }
}

/// `GET /record/vitals/new`
pub(crate) async fn new(me: Patient) -> web::Result {
    web::render(&NewPage::of(&me, &Typed::new(), Vec::new()))
}

/// `POST /record/vitals`
pub(crate) async fn add(me: Patient, Form(typed): Form<Typed>) -> web::Result {
    let signs = match read(&typed) {
        Ok(signs) => signs,
        Err(errors) => return web::render_status(422, &NewPage::of(&me, &typed, errors)),
    };
    let mut tx = me.begin().await?;
    let new = NewVitals { signs, ..NewVitals::default() };
    match super::record(&mut tx, me.app().vault(), me.actor(), me.patient_id(), new).await {
        Ok(_) => tx.commit().await?,
        Err(ChartError::Invalid(errors)) => return web::render_status(422, &NewPage::of(&me, &typed, errors)),
        Err(error) => return Err(error.into()),
    }
    me.flash_ok("chart-vitals-added");
    Ok(me.redirect("/record"))
}

/// Numbers as people type them: with a decimal point, comma or Arabic separator, in Western or Eastern digits.
fn read(typed: &Typed) -> Result<VitalSigns, Vec<FieldError>> {
    let mut signs = VitalSigns::default();
    let mut errors = Vec::new();
    for sign in Sign::ALL {
        let text = typed.get(sign.as_str()).map(|text| western(text.trim())).unwrap_or_default();
        if text.is_empty() {
            continue;
        }
        match text.parse::<f64>() {
            Ok(value) => sign.set(&mut signs, Some(value)),
            Err(_) => errors.push(FieldError::new(sign.as_str(), "chart-error-vital-number")),
        }
    }
    if errors.is_empty() { Ok(signs) } else { Err(errors) }
}

fn western(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            ',' | '\u{066b}' => '.',
            '\u{0660}'..='\u{0669}' => shifted(c, 0x0660),
            '\u{06f0}'..='\u{06f9}' => shifted(c, 0x06f0),
            '\u{09e6}'..='\u{09ef}' => shifted(c, 0x09e6),
            '\u{0966}'..='\u{096f}' => shifted(c, 0x0966),
            other => other,
        })
        .collect()
}

fn shifted(digit: char, zero: u32) -> char {
    char::from_digit(u32::from(digit) - zero, 10).unwrap_or(digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let typed = Typed::from([
            ("temperature".to_owned(), " 37,5 ".to_owned()),
            ("pulse".to_owned(), "٧٢".to_owned()),
            ("weight".to_owned(), String::new()),
        ]);
        let signs = read(&typed).expect("these are numbers");
        assert_eq!((signs.temperature, signs.pulse, signs.weight), (Some(37.5), Some(72.0), None));
        let errors = read(&Typed::from([("pulse".to_owned(), "fast".to_owned())])).expect_err("not a number");
        assert_eq!(errors[0].field, "pulse");
    }
}
