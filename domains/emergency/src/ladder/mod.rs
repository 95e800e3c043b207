//! The ladder: from free minutes to the emergency department, one rung at a time.
//!
//! ```text
//! reserved ─▶ pool (waves of 45 s) ─▶ insert ─▶ displace ─▶ escalate
//!                                     └──── levels 1 and 2, somebody known ────┘
//! ```
//!
//! A rung is a job. It holds the request's row, looks whether it is its turn (the step's number is its fence, the database's time its
//! clock), does one thing, writes it down as a row and leaves the next job, all in one transaction: a worker that dies in between has done
//! nothing, and a job that runs twice finds that the step is taken.

mod climb;
mod displace;
mod escalate;
mod insert;
mod pool;
mod reserved;
pub(crate) mod store;

pub use climb::{Climb, ClimbError, climb};

/// What a rung gave.
pub(crate) enum Outcome {
    Taken {
        appointment: Box<scheduling::appointments::Appointment>,
        displaced: Option<kernel::ids::AppointmentId>,
    },
    /// So many doctors are asked.
    Offered(i32),
    Nothing,
    /// Those who are ready are for somebody before.
    Kept,
    /// Whoever has not said who they are can have no time of their own.
    NotForGuests,
    /// To the emergency department, or to an ordinary booking.
    HandedOver,
}

impl Outcome {
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Taken { .. } => "taken",
            Self::Offered(_) => "offered",
            Self::Nothing | Self::Kept => "nothing",
            Self::NotForGuests => "not_for_guests",
            Self::HandedOver => "handed_over",
        }
    }
}
