//! The whole server through its doors: every room, a real database, no sockets.
//!
//! * `races`: many who want one time, holds that lapse, money that comes late
//! * `webhooks`: news of a gateway, doubled, out of order, forged
//! * `access_matrix`: every route × every kind of person × {own, foreign, absent}
//! * `row_security`: what the database shows when the program has forgotten to ask
//! * `absences`: who did not come, by heartbeats and the clock; visits that failed
//! * `dependants`: a parent for a child, and nobody else
//! * `waiting_list`: a time that gets free, from the cancellation to the payment of the next
//! * `walk_ins`: numbers for whoever walks in
//! * `canaries`: health content is nowhere in clear
//! * `openapi`, `headers`, `forgery`, `idempotency`, `nonsense`: what every route keeps
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod absences;
mod access_matrix;
mod canaries;
mod dependants;
mod forgery;
mod headers;
mod idempotency;
mod nonsense;
mod openapi;
mod races;
mod row_security;
mod support;
mod waiting_list;
mod walk_ins;
mod webhooks;
