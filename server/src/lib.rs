//! The program: every room of the hospital put together, configured, served.
//!
//! ```text
//! cli ─▶ operator ─▶ serve ─▶ hospital (config ─▶ database, vault, gateways, media) ─▶ wiring (rooms) ─▶ listen
//!                 ├▶ work                                                     demo ─┘
//!                 └▶ migrate, admin, audit, ledger, keys, doctor
//! ```

pub mod carry;
mod checks;
pub mod cli;
pub mod config;
mod database;
pub mod demo;
mod hospital;
mod listen;
pub mod logging;
mod observe;
pub mod operator;
pub mod serve;
pub mod settings;
mod signals;
mod store;
pub mod wiring;
mod work;

pub use database::DatabaseError;
pub use hospital::{Furniture, OpenError, furnish};
