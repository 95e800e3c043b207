//! When a doctor is there: services, weekly windows, exceptions. All on the wall clock of one named zone, the doctor's own.
//!
//! The doctor edits this at `/doctor/availability`, an administrator the same for a doctor at `/admin/doctors/{doctor}/schedule`.
//! Saving never touches appointments that are made; the editor says which ones a closure meets.

pub(crate) mod change;
mod edit;
mod form;
mod model;
mod pages;
pub(crate) mod store;

pub use change::{Change, Fate};
pub use edit::{
    EditError, add_exception, remove_exception, remove_week, save_service, set_holidays, set_week, withdraw_service,
};
pub use model::{NewException, Offer, ServiceLine, SetHolidays, SetWeek, WindowLine};

pub(crate) fn routes() -> web::Routes {
    pages::routes()
}
