//! Hostile addresses and hostile calendars; and calendars of people.

mod doubles;
mod fetching;
mod reading;
