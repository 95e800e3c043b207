//! Times: when doctors are there, which times are open, and who has them.
//!
//! * `availability`: services, weekly windows, exceptions (`/doctor/availability`)
//! * `slots`: the pure function from these rules to open times, used by display and by booking
//! * `appointments`: hold, pay, confirm, move, cancel, arrive, meet
//! * `cancellation`: what comes back when a patient cancels, a rule per service
//! * `choices`: what a patient does after a visit was called off by the other side
//! * `days_off`: one command calls a doctor's day off
//! * `feeds`: one's own appointments in one's own calendar program (`/calendar/{token}`)
//! * `outside`: when a doctor is busy elsewhere (`/doctor/calendars`)
//! * `price_lists`: what services cost for a time, instead of their own price
//! * `waiting_list`: who wants to be told when a time gets free, and the times that are offered to them
//! * `follow_ups`: visits that are free after a visit
//! * `letters`: what patient and doctor are told; `reminders`: what they are told before the visit
//!
//! News for other rooms: [`AppointmentConfirmed`], [`AppointmentCancelled`], [`AppointmentMoved`], [`AppointmentEnded`]. This room hears
//! of `billing::PaymentSettled`.

pub mod appointments;
pub mod availability;
pub mod cancellation;
pub mod choices;
mod config;
pub mod days_off;
mod events;
pub mod feeds;
pub mod follow_ups;
mod holdings;
mod letters;
pub mod outside;
mod price_lists;
mod reminders;
pub mod slots;
#[cfg(test)]
mod tests;
pub mod waiting_list;
mod work;

pub use config::{Config, ConfigError};
pub use events::{AppointmentCancelled, AppointmentConfirmed, AppointmentEnded, AppointmentMoved};
pub use holdings::AppointmentHoldings;
pub use slots::Mode;

/// What this room shows the server.
pub fn room() -> web::Room {
    let routes = slots::routes()
        .merge(availability::routes())
        .merge(appointments::routes())
        .merge(cancellation::routes())
        .merge(choices::routes())
        .merge(days_off::routes())
        .merge(price_lists::routes())
        .merge(waiting_list::routes())
        .merge(follow_ups::routes())
        .merge(feeds::routes())
        .merge(outside::routes());
    web::Room { name: "scheduling", routes, jobs: work::jobs() }
}
