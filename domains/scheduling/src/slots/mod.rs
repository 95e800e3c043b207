//! Open times.
//!
//! Nothing is generated ahead: a doctor's services, weekly windows and exceptions are rules on a wall clock in a named zone, taken times
//! are rows, and [`open_slots`] is the one pure function from these to what is free. Pages and the API show its answer;
//! [`slot_at`] asks the very same question for one instant inside the transaction that books it.
//!
//! ```text
//! windows, or hours in their place (wall clock, of the journey's zone) → − holidays → instants → − closed + extra hours − leave
//!   → grid → fits → clear of busy time → lead, horizon → limits of the day and the week → minutes kept back for what is urgent
//! ```

mod api;
mod find;
mod hours;
mod limits;
mod model;
mod open;
#[cfg(test)]
mod oracle;
mod store;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod vectors;
mod wall;

pub use api::SlotView;
pub use find::{at_work, free_for_doctor, next_free, next_free_on};
pub use hours::{first_clash, open_hours};
pub use model::{
    Counted, Exception, ExceptionKind, Fields, InPerson, Journey, Mode, Notice, Rules, Service, Slot, Timetable,
    UnknownMode, WallTime, Wanted, Window, WindowsRead,
};
pub use open::{is_there, nearest, open_slots, slot_at};
pub(crate) use store::{Doctors, rules_for};

pub(crate) fn routes() -> web::Routes {
    api::routes()
}
