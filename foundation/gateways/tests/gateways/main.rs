//! The adapters, each against a double of the service it speaks to.

#![expect(clippy::unwrap_used, reason = "these are tests")]

mod connect;
mod movements;
mod outages;
mod sandbox;
mod sandbox_payouts;
mod stripe;
mod support;
