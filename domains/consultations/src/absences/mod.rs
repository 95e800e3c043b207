//! Who did not come, by the clock.
//!
//! Every minute a job looks at remote visits that should have begun. Presence is known here (heartbeats), what follows from an absence
//! is known on the left (`scheduling::appointments::miss_by_clock`). The verdict is a pure function of the appointment, the heartbeats and
//! the database's time, so a late job says the same as an early one.
//!
//! | the patient | the doctor | when | verdict |
//! |---|---|---|---|
//! | never arrived | seen once the patient's grace was over | then | the patient did not come: the fee of the rule |
//! | arrived, and still there | not seen since the start | after the doctor's grace | the doctor did not come: everything back, or another time |
//! | never arrived | not seen since the start | when the waiting room closes | the doctor did not come: who keeps the house answers for it |
//!
//! Visits in person have no heartbeats: reception says who came.

mod store;
mod verdict;
mod watch;

pub use verdict::{Graces, Seen, verdict};
pub(crate) use watch::watch;
