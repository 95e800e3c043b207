//! The till: what is owed, how it is paid, given back and booked.
//!
//! ```text
//! charges ─▶ payments ─▶ ledger + invoices ─▶ (event) PaymentSettled
//!               ▲   └─▶ refunds ─▶ ledger + credit notes ─▶ (event) RefundSettled
//!     sandbox / Stripe webhooks
//! ```
//! Whoever sells raises a charge in its own transaction and hears `PaymentSettled` once it is paid. The gateways' pages take
//! the money; their webhooks only say where to look; what the gateway answers when asked is applied once, however often and
//! in whatever order the news comes. Every capture and refund is an entry in the double-entry ledger.

pub mod charges;
mod config;
mod days;
pub mod disputes;
pub mod earnings;
mod export;
pub mod history;
pub mod invoices;
pub mod ledger;
mod live;
mod money;
pub mod payments;
pub mod payouts;
pub mod prices;
pub mod reconciliation;
pub mod refunds;
mod sandbox;
pub mod shares;
pub mod splits;
pub mod suppliers;
#[cfg(test)]
mod tests;
pub mod vouchers;
mod words;

pub use charges::Subject;
pub use config::{Config, ConfigError};
pub use payments::{PaymentFailed, PaymentSettled, PaymentUnderWay};
pub use refunds::RefundSettled;

/// What the server needs to know of this room.
pub fn room() -> web::Room {
    let routes = web::Routes::new()
        .merge(charges::routes())
        .merge(prices::routes())
        .merge(payments::routes())
        .merge(refunds::routes())
        .merge(reconciliation::routes())
        .merge(money::routes())
        .merge(splits::routes())
        .merge(earnings::routes())
        .merge(payouts::routes())
        .merge(disputes::routes())
        .merge(invoices::routes())
        .merge(sandbox::routes());
    let jobs =
        [payments::jobs, refunds::jobs, ledger::jobs, reconciliation::jobs, shares::jobs, payouts::jobs, sandbox::jobs]
            .into_iter()
            .fold(web::Jobs::new(), |jobs, add: fn(web::Jobs) -> web::Jobs| add(jobs));
    web::Room { name: "billing", routes, jobs }
}
