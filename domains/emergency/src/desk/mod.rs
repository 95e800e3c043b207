//! The house's side: the clocks of what was promised, who is on duty, and what is found when overrides are looked at.
//!
//! `/admin/urgent` shows every open request with its clock; a broken promise tells the administrators on duty once. `/admin/urgent/review`
//! lists, a month at a time, who went before others, why, and whose time it took; an override found unjustified counts against what its
//! person declares of themselves later (`requests::policy`). `/urgent/queue` is where nurses say how urgent something is.

mod admin;
mod duty;
mod pages;
mod review;
pub(crate) mod store;
mod watch;

pub use duty::{DutyError, be_on_duty};
pub use review::{Review, ReviewError, Verdict, review};
pub use watch::{Watch, watch};

pub(crate) use watch::tell_breach;

pub(crate) fn routes() -> web::Routes {
    admin::routes().merge(pages::routes())
}
