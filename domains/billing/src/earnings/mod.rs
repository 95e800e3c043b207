//! What a doctor has earned: by month, each line with the visit it came from; what waits, what is available, what was paid out.
//!
//! Everything here is read: shares say what was earned, payouts what went out, and `ledger verify` compares both with the journal.

mod api;
mod month;
mod pages;
mod statement_pages;
pub(crate) mod store;

pub(crate) fn routes() -> web::Routes {
    pages::routes().merge(statement_pages::routes()).merge(api::routes())
}
