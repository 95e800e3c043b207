//! Times on a real database: races, lapses, late money, refusals.

mod booking;
mod changing;
mod clinic;
mod paying;
mod reminding;
mod states;
