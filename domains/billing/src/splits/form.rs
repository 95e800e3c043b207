//! A rule as administrators type it, say it, and try it on an example.

use kernel::{Currency, FieldError, Money};
use serde::Deserialize;

use super::{FeeBearer, Parts, Terms, model::DISPUTE_HOURS};
use crate::prices::{basis_points_or_none, minor_units, percent};

/// What was typed. The two last fields are the example, which is not kept.
#[derive(Debug, Deserialize, Clone)]
#[serde(default)]
pub struct RuleForm {
    pub service: String,
    pub percent: String,
    pub currency: String,
    pub fixed: String,
    pub at_least: String,
    pub at_most: String,
    pub fee_bearer: String,
    pub tax: String,
    pub hours: String,
    pub step: String,
    pub example: String,
    pub example_fee: String,
}

impl Default for RuleForm {
    fn default() -> Self {
        let none = String::new;
        Self {
            service: none(),
            percent: "15".to_owned(),
            currency: none(),
            fixed: none(),
            at_least: none(),
            at_most: none(),
            fee_bearer: FeeBearer::Platform.as_str().to_owned(),
            tax: "0".to_owned(),
            hours: DISPUTE_HOURS.to_string(),
            step: none(),
            example: "50".to_owned(),
            example_fee: none(),
        }
    }
}

/// How an example is split, ready to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    pub lines: Vec<(String, String)>,
    pub total: String,
}

impl RuleForm {
    /// Only tried, not kept.
    pub fn is_preview(&self) -> bool {
        self.step == "preview"
    }

    /// The terms, and for which currency they are; every mistake beside its field.
    pub fn read(&self) -> Result<(Terms, Option<Currency>), Vec<FieldError>> {
        let mut wrong = Vec::new();
        let currency = match self.currency.trim() {
            "" => None,
            text => {
                let currency = text.to_ascii_uppercase().parse::<Currency>().ok();
                if currency.is_none() {
                    wrong.push(FieldError::new("currency", "splits-error-no-such-currency"));
                }
                currency
            }
        };
        let mut amount = |field: &'static str, text: &str| {
            if text.trim().is_empty() {
                return None;
            }
            let read = currency.and_then(|currency| minor_units(text, currency));
            if read.is_none() {
                let key = if currency.is_none() { "splits-error-currency" } else { "splits-error-amount" };
                wrong.push(FieldError::new(field, key));
            }
            read
        };
        let fixed = amount("fixed", &self.fixed);
        let (at_least, at_most) = (amount("at_least", &self.at_least), amount("at_most", &self.at_most));
        let mut rate = |field: &'static str, text: &str| {
            basis_points_or_none(text).unwrap_or_else(|| {
                wrong.push(FieldError::new(field, "splits-error-rate"));
                0
            })
        };
        let (basis_points, tax_basis_points) = (rate("percent", &self.percent), rate("tax", &self.tax));
        let dispute_hours = self.hours.trim().parse().ok().filter(|hours| *hours <= 2160).unwrap_or_else(|| {
            wrong.push(FieldError::new("hours", "splits-error-hours"));
            0
        });
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let fee_bearer = FeeBearer::read(&self.fee_bearer);
        let fixed = fixed.unwrap_or(0);
        Ok((Terms { basis_points, fixed, at_least, at_most, fee_bearer, tax_basis_points, dispute_hours }, currency))
    }

    /// The example amount split by these terms. In US dollars where the rule names no currency.
    pub fn example(&self, page: &web::PageFrame, terms: &Terms, currency: Option<Currency>) -> Option<Example> {
        let currency = currency.unwrap_or(Currency::USD);
        let paid = Money::new(minor_units(&self.example, currency)?, currency);
        let fee = minor_units(&self.example_fee, currency).unwrap_or(0);
        let parts = Parts::of(paid, 0, fee, terms);
        let line = |key: &str, amount: i64| (page.t(key), page.money(Money::new(amount, currency)));
        let mut lines = vec![line("splits-part-doctor", parts.doctor), line("splits-part-platform", parts.platform)];
        if parts.commission_tax > 0 {
            lines.push(line("splits-part-commission-tax", parts.commission_tax));
        }
        if parts.fee > 0 {
            lines.push(line("splits-part-fee", parts.fee));
        }
        Some(Example { lines, total: page.money(paid) })
    }
}

/// A rule in words: "15% + $0.50, at least $2.00; 20% tax on the commission; the doctor bears the gateway's fee; 48 hours".
pub fn say(page: &web::PageFrame, terms: &Terms, currency: Option<Currency>) -> String {
    let money = |amount: i64| page.money(Money::new(amount, currency.unwrap_or(Currency::USD)));
    let mut said = percent(i64::from(terms.basis_points));
    if terms.fixed > 0 {
        said = format!("{said} + {}", money(terms.fixed));
    }
    let mut words = vec![said];
    if let Some(least) = terms.at_least {
        words.push(page.tr("splits-say-least", [("amount", money(least).as_str())]));
    }
    if let Some(most) = terms.at_most {
        words.push(page.tr("splits-say-most", [("amount", money(most).as_str())]));
    }
    if terms.tax_basis_points > 0 {
        let rate = percent(i64::from(terms.tax_basis_points));
        words.push(page.tr("splits-say-tax", [("rate", rate.as_str())]));
    }
    if terms.fee_bearer == FeeBearer::Payee {
        words.push(page.t("splits-say-fee-payee"));
    }
    words.push(page.tr("splits-say-hours", [("hours", terms.dispute_hours.to_string().as_str())]));
    words.join(" · ")
}
