//! The HTML door of appointments.

mod admin;
mod book;
mod cancel;
mod checkout;
mod doctor;
mod list;
mod reschedule;
mod show;
mod words;

pub(crate) use book::next_page;
pub(crate) use checkout::facts;
pub(crate) use words::{Fact, cancellation_rule};

pub(super) fn routes() -> web::Routes {
    book::routes()
        .merge(checkout::routes())
        .merge(list::routes())
        .merge(show::routes())
        .merge(cancel::routes())
        .merge(reschedule::routes())
        .merge(doctor::routes())
        .merge(admin::routes())
}
