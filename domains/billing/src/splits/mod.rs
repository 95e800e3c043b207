//! How a payment is split between the doctor, the platform, taxes and the gateway: rules in versions.
//!
//! ```text
//! set ─▶ version n+1 of a scope holds from now on; version n stays as it was
//! charge raised ─▶ the rule of its service and currency, else of its service, else of the house ─▶ kept by the charge
//! ```
//! A rule is never edited, so the charge keeps its terms by naming it. What it makes of a payment is one pure function
//! (`Parts::of`); what of that goes back with a refund is another (`Parts::reversed`).

mod admin;
mod form;
mod model;
mod set;
pub(crate) mod store;

pub use form::{Example, RuleForm, say};
pub(crate) use model::Parts;
pub use model::{DISPUTE_HOURS, FeeBearer, Rule, Terms};
pub use set::{NewRule, Scope, SetError, set, withdraw};
pub use store::{Version, list_versions};

use db::Tx;

use crate::charges::Charge;

/// The terms that this charge was raised under.
pub(crate) async fn terms_of(tx: &mut Tx, charge: &Charge) -> Result<Terms, db::Error> {
    let kept = match charge.split_rule {
        Some(rule) => store::find_terms(tx, rule).await?,
        None => None,
    };
    Ok(kept.unwrap_or(Terms::of_basis_points(charge.platform_basis_points)))
}

pub(crate) fn routes() -> web::Routes {
    admin::routes()
}
