//! The waiting room, and who is where.
//!
//! The patient arrives (scheduling's verb), checks camera and sound, sees the place in the queue and about how long it will
//! take, and keeps that place over a reload. Presence is a heartbeat every five seconds: seen within twelve is here, within
//! thirty is away, after that gone.
//!
//! The queue is that of a doctor and a day: checked in and not gone, by how urgent, promised time and arrival. Who steps out keeps the place
//! and is called back, by the doctor or by the queue itself.
//!
//! ```text
//! waiting ──step out──▶ away, place kept ──(called back)──▶ come back ──▶ waiting
//! ```

mod acuity;
mod api;
mod call;
mod pages;
mod place_pages;
mod presence;
mod step;
pub(crate) mod store;

pub use acuity::set_acuity;
pub use call::{CalledBack, QueueMoved, call_back};
pub use presence::Presence;
pub use step::{come_back, step_out};
pub use store::{Place, Waiting, list_for};

pub(crate) use call::{called_back, queue_moved};

/// Routes of the waiting room, for those who wait and for the doctor.
pub(crate) fn routes() -> web::Routes {
    pages::routes().merge(place_pages::routes()).merge(api::routes())
}
