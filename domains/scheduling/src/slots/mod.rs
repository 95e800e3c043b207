//! Open times.
//!
//! Nothing is generated ahead: a doctor's services, weekly windows and exceptions are rules on a wall clock in a named zone, taken times
//! are rows, and [`open_slots`] is the one pure function from these to what is free. Pages and the API show its answer;
//! [`slot_at`] asks the very same question for one instant inside the transaction that books it.
//!
//! ```text
//! windows (wall clock) → instants → − closed + extra hours → grid → fits → clear of busy time → lead, horizon
//! ```

mod api;
mod find;
mod model;
mod open;
mod store;
#[cfg(test)]
mod tests;
mod wall;

pub use api::SlotView;
pub use find::{free_for_doctor, next_free};
pub use model::{
    Exception, ExceptionKind, Mode, Notice, Rules, Service, Slot, Timetable, UnknownMode, WallTime, Wanted, Window,
};
pub use open::{nearest, open_slots, slot_at};
pub(crate) use store::{Doctors, rules_for};

pub(crate) fn routes() -> web::Routes {
    api::routes()
}
