//! The trail of who saw and did what: append-only, hash-chained, anchored outside the database.
//!
//! ```text
//! audit.append ─▶ audit_log (shard, seq, …, prev, hash)      64 chains; hash covers content, place and the hash before
//!                  audit_heads (shard, seq, hash)            the end of each chain, locked by the append
//! anchor, every minute ─▶ file or object store               signed Merkle root over all heads, chained to the last anchor
//! verify ─▶ names every row that was altered, removed, cut off or moved
//! ```
//!
//! The runtime role can add rows through `audit.append` alone, and change none. Whoever owns the database could rewrite a chain
//! from some row to its end; the anchors tell. A transaction appends to one chain only (see migration 0030), so appends never
//! deadlock with each other; append late, for the chain's head stays locked until the transaction ends.
//!
//! **A read that is not committed is not recorded**: a page that reads a chart commits its transaction before it answers.
//!
//! No health content here: actions, kinds of object, ids.

mod anchor;
mod canonical;
mod config;
mod entry;
mod keep;
mod seen;
mod store;
#[cfg(test)]
mod tests;
mod verify;

pub use anchor::{AnchorError, Anchored, Anchors};
pub use config::AnchorConfig;
pub use entry::{Entry, Outcome, record};
pub use keep::{Verified, keep, last_verified};
pub use seen::{Seen, who_saw};
pub use verify::{Finding, Verification, VerifyError, verify};
