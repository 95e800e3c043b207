//! Fills: what of a signed prescription was dispensed, and how much may still be.
//!
//! An item has its quantity once, and again for each refill. A fill may come in parts; the next begins when the one before is whole and
//! three quarters of its days are gone. [`claim`] takes a part of a fill for one pharmacy, so that two can never dispense the same: the
//! prescription's row is locked, and the database refuses what exceeds an item whatever the program believes. When nothing remains, the
//! prescription is completed. The room of the pharmacies will call [`claim`] after [`crate::prescribing::review_for_dispensing`].

mod claim;
mod model;
mod store;

pub use claim::{Claim, ClaimError, Claimed, claim};
pub(crate) use model::{Filled, remaining};
pub(crate) use store::list_of;
