//! The queue of the pool: everybody who waits for whichever doctor is ready first.
//!
//! One order for all: how urgent, by when a doctor was promised, who came first. A doctor who gets ready is kept for those before; whoever is
//! behind asks those whom nobody before needs, and does not wait for ever: some seconds in an emergency, until the promise else (`policy::gives_way`).
//! Who has not looked when it was time keeps nobody. The place and what others lately waited are shown while one waits.

mod model;
pub(crate) mod store;
mod wake;

pub use model::Standing;
pub use wake::{Wake, wake};

pub(crate) use model::{ReadyDoctor, left_for};
pub(crate) use wake::plan_wake;
