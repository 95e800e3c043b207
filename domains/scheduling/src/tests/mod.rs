//! Times on a real database: races, lapses, late money, refusals.

mod booking;
mod changing;
mod choosing;
mod clinic;
mod following;
mod hours;
mod paying;
mod pricing;
mod reminding;
mod states;
mod waiting;
