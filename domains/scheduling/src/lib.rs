//! Times: when doctors are there, which times are open, and who has them.
//!
//! * `availability`: services, weekly windows, exceptions (`/doctor/availability`)
//! * `slots`: the pure function from these rules to open times, used by display and by booking
//! * `appointments`: hold, pay, confirm, move, cancel, arrive, meet
//! * `letters`: what patient and doctor are told; `reminders`: what they are told before the visit
//!
//! News for other rooms: [`AppointmentConfirmed`], [`AppointmentCancelled`], [`AppointmentMoved`], [`AppointmentEnded`]. This room hears
//! of `billing::PaymentSettled`.

pub mod appointments;
pub mod availability;
mod config;
mod events;
mod letters;
mod reminders;
pub mod slots;
#[cfg(test)]
mod tests;
mod work;

pub use config::{Config, ConfigError};
pub use events::{AppointmentCancelled, AppointmentConfirmed, AppointmentEnded, AppointmentMoved};
pub use slots::Mode;

/// What this room shows the server.
pub fn room() -> web::Room {
    let routes = slots::routes().merge(availability::routes()).merge(appointments::routes());
    web::Room { name: "scheduling", routes, jobs: work::jobs() }
}
