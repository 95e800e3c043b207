//! The switchboard without sockets and without a clock.

mod limit;
mod peer;
mod rebase;
mod slot;
mod switchboard;
mod wiring;

pub(crate) use switchboard::{Arrival, Settings, Switchboard, Transport};
