//! Calendars elsewhere: fetched without being led astray, and read down to when somebody is busy.
//!
//! ```text
//! address ─fetch─▶ text ─busy_times─▶ stretches of time, without titles, places or people
//! ```
//!
//! The address comes from a person, so it may lead anywhere, and what lies there may be anything. Fetching reaches public addresses
//! only, checked after the name was resolved and again after every redirect, and connects to exactly what was checked; it bounds
//! size, time and what unpacks. Reading bounds what recurs.

mod address;
mod busy;
mod caldav;
mod fetch;
mod recurring;
#[cfg(test)]
mod tests;
mod when;

pub use address::is_public;
pub use busy::{Horizon, ReadError, busy_times};
pub use fetch::{FetchError, Fetched, Fetcher, Kind, Login, Reach, Resolve, Source};
