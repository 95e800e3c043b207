//! Who asks, and in which role.
//!
//! ```text
//! session token ─▶ Actor ─▶ audience of the route (web) ─▶ load through the actor (rooms) ─▶ row-level security (db)
//! ```
//!
//! An `Actor` is what a session stands for at this moment: rights are read anew with every request and are never cached. Routes
//! demand an audience of it, stores ask it whose rows may be seen, and `Actor::context` hands it to the database, whose policies
//! are the last of the three layers.

mod actor;
mod role;

pub use actor::Actor;
pub use role::{NoSuchRole, Role};
