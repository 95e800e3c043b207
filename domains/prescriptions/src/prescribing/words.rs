//! Prescriptions in words, in a language: labels and tones of states, medicines, quantities, alerts.

use kernel::Locale;

use super::{
    content::ItemContent,
    model::{Item, Status},
};
use crate::{
    directions::{Directions, sentence},
    formulary::{Form, QuantityUnit},
    safety::{Alert, Severity},
};

/// A text of the locale files.
pub(crate) fn text(locale: Locale, key: &str, args: &[(&str, &str)]) -> String {
    web::i18n::text(locale, key, args)
}

/// "amoxicillin 500 mg, capsule"
pub(crate) fn medicine(locale: Locale, content: &ItemContent) -> String {
    let form = form(locale, content.form);
    text(locale, "prescriptions-medicine", &[("substance", &content.substance), ("form", &form)])
}

/// The form's name.
pub(crate) fn form(locale: Locale, form: Form) -> String {
    text(locale, &format!("prescriptions-form-{}", form.as_str()), &[])
}

/// How to take it, as a sentence.
pub(crate) fn directions(locale: Locale, directions: &Directions) -> String {
    sentence(&|key, args| text(locale, key, args), directions)
}

/// "21 capsules"
pub(crate) fn quantity_words(locale: Locale, number: i32, unit: QuantityUnit) -> String {
    text(locale, &format!("prescriptions-quantity-{}", unit.as_str()), &[("count", &number.to_string())])
}

/// The quantity of an item.
pub(crate) fn quantity_of(locale: Locale, item: &Item) -> String {
    quantity_words(locale, item.quantity, item.quantity_unit)
}

/// The quantity of an item, and how many fills may follow the first.
pub(crate) fn quantity_with_refills(locale: Locale, item: &Item) -> String {
    let quantity = quantity_of(locale, item);
    if item.content.refills == 0 {
        return quantity;
    }
    let refills = text(locale, "prescriptions-refills-count", &[("count", &item.content.refills.to_string())]);
    format!("{quantity} + {refills}")
}

/// The state's name.
pub(crate) fn status(locale: Locale, status: Status) -> String {
    text(locale, &format!("prescriptions-status-{}", status.as_str()), &[])
}

/// Tone of the state's chip.
pub(crate) const fn status_tone(status: Status) -> &'static str {
    match status {
        Status::Draft => "info",
        Status::Active | Status::Completed => "ok",
        Status::Expired | Status::OnHold | Status::Replaced => "warn",
        Status::Stopped | Status::Cancelled => "crit",
    }
}

/// What the alert says.
pub(crate) fn alert(locale: Locale, alert: &Alert) -> String {
    let args = [("ingredient", alert.ingredient.as_str()), ("because", alert.because.as_str())];
    text(locale, &format!("prescriptions-alert-{}", alert.rule), &args)
}

/// Why, and what to do, where the rule says so.
pub(crate) fn explanation(locale: Locale, alert: &Alert) -> String {
    let parts = [("mechanism", &alert.mechanism), ("advice", &alert.advice)];
    parts
        .into_iter()
        .filter(|(_, code)| !code.is_empty())
        .map(|(kind, code)| text(locale, &format!("prescriptions-{kind}-{code}"), &[]))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The name of a severity.
pub(crate) fn severity(locale: Locale, severity: Severity) -> String {
    text(locale, &format!("prescriptions-severity-{}", severity.as_str()), &[])
}

/// Tone of an alert.
pub(crate) const fn severity_tone(severity: Severity) -> &'static str {
    match severity {
        Severity::Contraindicated | Severity::Serious => "crit",
        Severity::Moderate => "warn",
        Severity::Minor => "info",
    }
}
