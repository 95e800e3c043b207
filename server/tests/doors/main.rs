//! The whole server through its doors: every room, a real database, no sockets.
//!
//! * `races`: many who want one time, holds that lapse, money that comes late
//! * `webhooks`: news of a gateway, doubled, out of order, forged
//! * `access_matrix`: every route × every kind of person × {own, foreign, absent}
//! * `row_security`: what the database shows when the program has forgotten to ask
//! * `canaries`: health content is nowhere in clear
//! * `calendars`: those that go out to programs, and those elsewhere that say when a doctor is busy
//! * `notifications`: what people want to hear, and what administrators see of letters
//! * `openapi`, `headers`, `forgery`, `idempotency`, `nonsense`: what every route keeps
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access_matrix;
mod calendars;
mod canaries;
mod forgery;
mod headers;
mod idempotency;
mod nonsense;
mod notifications;
mod openapi;
mod races;
mod row_security;
mod support;
mod webhooks;
