//! The administrator's overview of money: what came in, what went back, how long people took to pay.
//!
//! ```text
//! filters in the address (days of the house's calendar, currency, state, doctor) ─▶ one `Filter` ─┬▶ figures and charts, by day
//!                                                                                                 ├▶ the list, page by page
//!                                                                                                 └▶ CSV of all rows that fit
//! ```
//! Every figure is one query over payments and refunds, under the same filter as the list: what is shown can be added up by hand.

mod model;
mod pages;
pub(crate) mod store;

#[cfg(test)]
pub(crate) use model::{Bucket, Filter, Wanted};

pub(crate) fn routes() -> web::Routes {
    pages::routes()
}
