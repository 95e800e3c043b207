//! The waiting room, and who is where.
//!
//! The patient arrives (scheduling's verb), checks camera and sound, sees the place in the queue and about how long it will
//! take, and keeps that place over a reload. Presence is a heartbeat every five seconds: seen within twelve is here, within
//! thirty is away, after that gone.

mod api;
mod pages;
mod presence;
pub(crate) mod store;

pub use presence::Presence;
pub use store::{Waiting, list_for};

pub(crate) use pages::routes;
