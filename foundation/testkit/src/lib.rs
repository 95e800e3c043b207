//! Tests through the doors, on a real database, without sockets. A dev-dependency only.
//!
//! ```text
//! TestDb (a clone of the migrated template) ─▶ the test's own App and rooms ─▶ TestApp ─▶ Client ─▶ Answer
//! ```
//!
//! * `TestDb` is a database of the test's own on the server that `BEDSIDE_TEST_SERVER` names. Time passes when the test says so
//!   (`pass_minutes`), for the database's clock is the only one that decisions read.
//! * `TestApp` is an app with its router and its jobs. Nothing runs by itself: `work` does what is due.
//! * `Client` is one person's browser (cookie, form token of the page last seen) or program (bearer token).
//! * `Answer` is what came back; its assertions print the body when they fail.
//!
//! Nothing here knows a room: whoever tests gives the rooms.

mod answer;
mod app;
mod client;
mod database;
mod template;

pub use answer::Answer;
pub use app::TestApp;
pub use client::Client;
pub use database::TestDb;
