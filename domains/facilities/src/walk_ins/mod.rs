//! Whoever walks in takes a number.
//!
//! ```text
//! issue ─▶ waiting ─call─▶ called ─serve─▶ served
//!                           │  ▲ └──call again──┘ (stays called)
//!                         skip │
//!                           ▼  └─recall─ skipped
//! ```
//!
//! A place has queues, each with a letter; numbers begin with one on every day of the place's own calendar. The counter's row is taken
//! with each number, so numbers have no gaps and nobody gets another's. A number says nothing of who holds it, which is why the screen
//! in the hall may be public.

mod api;
mod issue;
mod model;
mod pages;
mod serve;
mod store;

pub use issue::{IssueError, add_queue, issue};
pub use model::{Queue, State, Token};
pub use serve::{Step, StepError, call_next, step};

pub(crate) use store::has_queues;

pub(crate) fn routes() -> web::Routes {
    api::routes().merge(pages::routes())
}
