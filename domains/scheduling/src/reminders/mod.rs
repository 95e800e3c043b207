//! Reminders, and the doctor's day in the morning.
//!
//! ```text
//! confirmed, moved ─plan─▶ planned ─due─▶ told        the patient, and whoever booked for them, in their own zone
//! moved, cancelled ───────▶ void                      also what waits for the end of somebody's quiet hours
//! ```
//!
//! A row is one saying for one time of one appointment. Whoever holds the row, finds it planned and the appointment confirmed for that
//! very time says it; everybody else finds it told. So two workers, a repeated event or a visit moved away and back say nothing twice.

mod agenda;
mod plan;
mod remind;
mod store;
mod write;

pub(crate) use agenda::{Agenda, announce, say_agenda};
pub(crate) use plan::{plan, sweep};
pub(crate) use remind::{Remind, remind};

use kernel::{Timestamp, ids::AppointmentId};

/// What waits to be sent under this name is called off when the time is given up.
fn thread(appointment: AppointmentId, starts_at: Timestamp) -> String {
    format!("reminder:{appointment}:{}", starts_at.unix_seconds())
}
