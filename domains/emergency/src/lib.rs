//! Emergencies and what is urgent: the screen before everything else, and the ladder to a doctor now.
//!
//! * `red_flags`: is this an emergency? Whom to call, where to go (`/emergency`)
//! * `acuity`: how urgent something is, and who says so
//! * `requests`: somebody wants a doctor now, with or without an account; the waiting page
//! * `ladder`: reserved minutes, doctors who are ready, a place beside, somebody's time, the emergency department
//! * `queue`: who of those that wait is first, and how long it takes
//! * `pool`: the doctors' page, and the race for one request (`/doctor/urgent`)
//! * `desk`: clocks, duty, and the review of overrides (`/admin/urgent`)
//!
//! This room hears of `scheduling::AppointmentEnded`: an urgent visit is paid after it took place.

mod acuity;
pub mod desk;
pub mod ladder;
pub mod pool;
pub mod queue;
pub mod red_flags;
pub mod requests;
#[cfg(test)]
mod tests;
mod work;

pub use acuity::{Acuity, Source};

/// What this room shows the server.
pub fn room() -> web::Room {
    let routes = red_flags::routes().merge(requests::routes()).merge(pool::routes()).merge(desk::routes());
    web::Room { name: "emergency", routes, jobs: work::jobs() }
}
