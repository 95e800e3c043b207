//! What a patient owes for one thing, at the price of the moment it was booked.
//!
//! Whoever sells raises a charge (`raise`) in the transaction of the booking, and voids it (`void`) when the booking goes
//! away unpaid. Payments settle it; `payments` and `refunds` say how. What is sold in a visit besides the visit itself, by whichever
//! supplier, is an order: another charge through the same door, collected in the visit's bill (`/bills/{appointment}`).
//!
//! ```text
//! open ──pay──▶ settled ──refund──▶ partially_refunded ──▶ refunded
//!   └──void──▶ void ──late money──▶ settled
//! ```

mod api;
mod bill_pages;
mod model;
mod pages;
mod raise;
pub(crate) mod store;
mod void;

pub use model::{Charge, ChargeStatus, LARGEST_AMOUNT, Subject};
pub use raise::{NewCharge, RaiseError, raise};
pub use void::{VoidError, extend, void};

pub(crate) fn routes() -> web::Routes {
    api::routes()
        .get::<web::Patient, _, _>("/bills", pages::list)
        .get::<web::Patient, _, _>("/bills/{appointment}", bill_pages::show)
}
