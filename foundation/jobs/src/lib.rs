//! Work after the commit: a queue, an outbox and schedules, all in PostgreSQL.
//!
//! ```text
//! enqueue ─▶ ready ─claim─▶ running ─▶ done
//!              ▲              │ failed: waits, doubling with jitter        every claim counts as an attempt;
//!              └──────────────┤                                            the last one that fails, or whose
//!                             └─▶ dead (attempts used up)                  worker dies, buries the job
//! ```
//!
//! * A job is enqueued in the business transaction and holds ids only. It runs **at least once**: safe to run twice is the rule, an
//!   effect key per outside effect the means.
//! * A claim is a lease with a fencing token: a worker that was paused past its lease cannot finish the job a second time.
//! * An event (`publish`) becomes one job per subscriber (`Registry::on_event`), so that one subscriber's trouble is not another's.
//! * A schedule (`Registry::every`) makes one job per tick, whichever of many workers is first.
//! * `NOTIFY` is a hint, polling the promise.

mod backoff;
mod dead;
mod enqueue;
mod failed;
mod registry;
mod run;
mod runner;
mod store;
#[cfg(test)]
mod tests;

pub use dead::{DeadJob, list_dead, revive};
pub use enqueue::{Event, Job, When, enqueue, enqueue_once, publish};
pub use failed::Failed;
pub use registry::{DuplicateName, Registry};
pub use run::{Idle, run_until_idle};
pub use runner::{Runner, RunnerConfig};
