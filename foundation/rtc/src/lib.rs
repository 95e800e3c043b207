//! The media room: a selective forwarding unit for WebRTC.
//!
//! It knows rooms and peers, and nothing of medicine. A peer comes with an SDP offer and leaves with an answer; its
//! audio and video packets are forwarded, undecoded, to the other *admitted* peers of its room, and theirs to it. Who
//! may join is the caller's business.
//!
//! ```text
//!  caller ──join/leave/admit──▶ Sfu ──commands──▶ net (one thread: one UDP socket, one TCP listener)
//!                                ▲                 │ packets, time          ▲ packets
//!                                └──── events ──── core::Switchboard (no socket, no clock)
//! ```
//!
//! * `core` is Sans-IO: time and packets are arguments, packets and events are results.
//! * `net` owns the sockets: UDP, and TCP with the framing of RFC 4571 for networks that block UDP.
//! * ICE-lite: browsers always reach the server, so only they probe (RFC 8445 §2.5).
//! * RTP mode: packets are forwarded as they are; sequence numbers and timestamps are rebased per receiver so that a
//!   change of source (a reconnected sender) reads as one unbroken stream.

mod config;
mod core;
mod event;
mod net;
mod sfu;
mod stats;

#[cfg(any(test, feature = "testing"))]
pub mod testing;

#[cfg(test)]
mod tests;

pub use config::{RtcConfig, Transports};
pub use event::{Departure, MediaKind, RtcEvent, What};
pub use sfu::{Join, JoinError, Sfu, Sound, StartError};
pub use stats::{RoomStats, Stats};
