//! Times on a real database: races, lapses, late money, refusals.

mod booking;
mod changing;
mod clinic;
mod hours;
mod paying;
mod states;
