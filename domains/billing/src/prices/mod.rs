//! What something costs at a moment: the list price, less discounts, with the taxes of the doctor's country.
//!
//! ```text
//! list price ─ automatic discount ─ voucher ─▶ what is left ─┬─ inclusive taxes are named in it
//!                                                            └─ exclusive taxes are added ─▶ total
//! ```
//! `quote` answers at booking, and `keep` writes its lines down: from then on the lines are the price, whatever changes. Integer
//! minor units; what does not divide is given by largest remainder, so that the lines always sum to the total.

mod admin;
mod edit;
pub(crate) mod model;
mod quote;
pub(crate) mod store;
mod words;

pub use admin::minor_units;
pub(crate) use admin::{basis_points_or_none, percent};
pub use edit::{EditError, ListPrice, NewDiscount, NewTax, add_discount, add_price, add_tax, end_price};
pub use model::{Line, LineKind, Off, Quote};
pub use quote::{keep, lines_of, quote};
pub(crate) use quote::{taxes_in, with_voucher};
pub use words::label;
pub(crate) use words::say;

pub(crate) fn routes() -> web::Routes {
    admin::routes()
}
