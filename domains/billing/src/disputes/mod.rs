//! A card holder wants the money back from their bank.
//!
//! ```text
//! webhook ─▶ open (the share is frozen, nothing of it can be paid out or given back) ─▶ under_review ─▶ won: released
//!                                                                                                └──▶ lost: reversed, with the fee
//! ```
//! As with payments, a webhook only says where to look: the dispute is fetched, and that answer is applied once.

mod admin;
mod apply;
mod model;
pub(crate) mod store;

pub(crate) use apply::apply;
pub use model::{Dispute, DisputeStatus};

pub(crate) fn routes() -> web::Routes {
    admin::routes()
}
