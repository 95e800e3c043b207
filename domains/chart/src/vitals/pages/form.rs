//! The form for a reading, for the patient at home and for the doctor.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use kernel::{FieldError, ids::PatientId};
use web::{Ctx, Doctor, Form, PageFrame, Patient};

use super::{Of, base};
use crate::{
    ChartError,
    record::who,
    vitals::{NewVitals, Sign, Units, VitalSigns, store},
};

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
    base: String,
    fields: Vec<FieldRow>,
    /// The units that the fields are in ([`Units::word`]).
    units: String,
    /// Something is unusual, and waits for somebody to look at it again.
    ask: bool,
}

type Typed = HashMap<String, String>;

impl NewPage {
    fn of(me: &Ctx, of: Of, units: Units, typed: &Typed, errors: Vec<FieldError>) -> Self {
        let fields = Sign::ALL
            .into_iter()
            .map(|sign| FieldRow {
                name: sign.as_str().to_owned(),
                label: me.t(format!("chart-vital-{}", sign.as_str())),
                unit: units.printed(sign).to_owned(),
                value: typed.get(sign.as_str()).cloned().unwrap_or_default(),
            })
            .collect();
        let ask = !errors.is_empty() && errors.iter().all(|error| error.message_key == "chart-error-vital-unusual");
        Self { page: me.page("chart-vitals-add").with_errors(errors), base: base(of), fields, units: units.word(), ask }
    }
}

/// `GET /record/vitals/new`
pub(crate) async fn new(me: Patient) -> web::Result {
    open(&me, (me.patient_id(), false)).await
}

/// `GET /doctor/patients/{patient}/vitals/new`
pub(crate) async fn new_as_doctor(me: Doctor, Path(patient): Path<PatientId>) -> web::Result {
    open(&me, (patient, true)).await
}

/// `POST /record/vitals`
pub(crate) async fn add(me: Patient, Form(typed): Form<Typed>) -> web::Result {
    put(&me, (me.patient_id(), false), typed).await
}

/// `POST /doctor/patients/{patient}/vitals`
pub(crate) async fn add_as_doctor(me: Doctor, Path(patient): Path<PatientId>, Form(typed): Form<Typed>) -> web::Result {
    put(&me, (patient, true), typed).await
}

async fn open(me: &Ctx, of: Of) -> web::Result {
    let mut tx = me.begin().await?;
    who::writes(&mut tx, me.actor(), of.0).await?;
    let units = store::find_units(&mut tx, me.actor().account).await?;
    tx.commit().await?;
    web::render(&NewPage::of(me, of, units, &Typed::new(), Vec::new()))
}

async fn put(me: &Ctx, of: Of, typed: Typed) -> web::Result {
    let units = Units::of_word(typed.get("units").map(String::as_str).unwrap_or_default());
    let signs = match read(&typed, units) {
        Ok(signs) => signs,
        Err(errors) => return web::render_status(422, &NewPage::of(me, of, units, &typed, errors)),
    };
    let mut tx = me.begin().await?;
    let confirmed = typed.get("confirmed").is_some_and(|value| value == "on");
    let new = NewVitals { signs, confirmed, ..NewVitals::default() };
    match crate::vitals::record(&mut tx, me.app().vault(), me.actor(), of.0, new).await {
        Ok(_) => tx.commit().await?,
        Err(ChartError::Invalid(errors)) => {
            let errors = in_units(errors, units);
            return web::render_status(422, &NewPage::of(me, of, units, &typed, errors));
        }
        Err(error) => return Err(error.into()),
    }
    me.flash_ok("chart-vitals-added");
    Ok(me.redirect(&base(of)))
}

/// The ends of what is possible, in the units of the form.
fn in_units(errors: Vec<FieldError>, units: Units) -> Vec<FieldError> {
    let shown = |mut error: FieldError| {
        let sign = Sign::ALL.into_iter().find(|sign| sign.as_str() == error.field);
        if let (Some(sign), "chart-error-vital-range") = (sign, error.message_key) {
            let (low, high) = sign.range();
            error.args.clear();
            let number = |value: f64| crate::vitals::model::number(units.shown(sign, value));
            return error.with("low", number(low)).with("high", number(high));
        }
        error
    };
    errors.into_iter().map(shown).collect()
}

/// Numbers as people type them: with a decimal point, comma or Arabic separator, in Western or Eastern digits; kept in our units.
fn read(typed: &Typed, units: Units) -> Result<VitalSigns, Vec<FieldError>> {
    let mut signs = VitalSigns::default();
    let mut errors = Vec::new();
    for sign in Sign::ALL {
        let text = typed.get(sign.as_str()).map(|text| western(text.trim())).unwrap_or_default();
        if text.is_empty() {
            continue;
        }
        match text.parse::<f64>() {
            Ok(value) => sign.set(&mut signs, Some(units.kept(sign, value))),
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
        let signs = read(&typed, Units::default()).expect("these are numbers");
        assert_eq!((signs.temperature, signs.pulse, signs.weight), (Some(37.5), Some(72.0), None));
        let fast = Typed::from([("pulse".to_owned(), "fast".to_owned())]);
        let errors = read(&fast, Units::default()).expect_err("not a number");
        assert_eq!(errors[0].field, "pulse");
    }
}
