//! What the form of a rule sends. What was typed is kept as it was typed.

use std::collections::BTreeMap;

use kernel::FieldError;
use serde::Deserialize;

use super::model::{Terms, Tier};

/// Steps that the form has room for.
pub(super) const ROWS: usize = 4;

/// `hours-n` and `percent-n` for each step, `free_moves`, `move_until_hours`, `no_show` (percent).
#[derive(Debug, Default, Deserialize, Clone)]
#[serde(transparent)]
pub(super) struct RuleForm(pub(super) BTreeMap<String, String>);

impl RuleForm {
    pub(super) fn of(terms: &Terms) -> Self {
        let mut form = BTreeMap::new();
        for (n, tier) in terms.tiers.iter().enumerate() {
            form.insert(format!("hours-{n}"), tier.hours.to_string());
            form.insert(format!("percent-{n}"), percent(tier.basis_points));
        }
        form.insert("free_moves".to_owned(), terms.free_moves.to_string());
        form.insert("move_until_hours".to_owned(), terms.move_until_hours.to_string());
        form.insert("no_show".to_owned(), percent(terms.no_show_basis_points));
        Self(form)
    }

    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str).trim()
    }

    /// Rows left empty are no steps.
    pub(super) fn parse(&self) -> Result<Terms, Vec<FieldError>> {
        let mut faults = Vec::new();
        let mut tiers = Vec::new();
        for n in 0..ROWS {
            let (hours, share) = (format!("hours-{n}"), format!("percent-{n}"));
            if self.get(&hours).is_empty() && self.get(&share).is_empty() {
                continue;
            }
            let hours = self.number(&hours, "scheduling-error-step-hours", &mut faults);
            let basis_points = self.points(&share, &mut faults);
            tiers.push(Tier { hours, basis_points });
        }
        let terms = Terms {
            tiers,
            free_moves: self.number("free_moves", "scheduling-error-moves", &mut faults),
            move_until_hours: self.number("move_until_hours", "scheduling-error-step-hours", &mut faults),
            no_show_basis_points: self.points("no_show", &mut faults),
        };
        if faults.is_empty() { Ok(terms) } else { Err(faults) }
    }

    fn number(&self, name: &str, wrong: &'static str, faults: &mut Vec<FieldError>) -> i32 {
        self.get(name).parse().unwrap_or_else(|_| {
            faults.push(FieldError::new(name.to_owned(), wrong));
            0
        })
    }

    fn points(&self, name: &str, faults: &mut Vec<FieldError>) -> u32 {
        let percent: Option<u32> = self.get(name).trim_end_matches('%').trim_end().parse().ok();
        percent.filter(|percent| *percent <= 100).map_or_else(
            || {
                faults.push(FieldError::new(name.to_owned(), "scheduling-error-percent"));
                0
            },
            |percent| percent * 100,
        )
    }
}

/// Ten-thousandths as whole percents.
pub(super) fn percent(basis_points: u32) -> String {
    (basis_points / 100).to_string()
}
