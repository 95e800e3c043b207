//! When a doctor is there: services, weekly windows, exceptions. All on the wall clock of one named zone, the doctor's own.
//!
//! The doctor edits this at `/doctor/availability`, an administrator the same for a doctor at `/admin/doctors/{doctor}/schedule`.
//! A change is looked at before it is made (`change`): whom it would strand, the doctor keeps or calls off, one by one.

mod api;
pub(crate) mod change;
mod desk;
mod edit;
mod form;
mod model;
mod pages;
pub(crate) mod store;

pub use change::{Change, Fate};
pub(crate) use desk::Desk;
pub use edit::{
    EditError, add_exception, remove_exception, remove_week, save_service, set_holidays, set_week, withdraw_service,
};
pub use model::{NewException, Offer, ServiceLine, SetHolidays, SetWeek, WindowLine};

pub(crate) fn routes() -> web::Routes {
    api::routes().merge(pages::routes())
}
