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
//! * `net` owns the sockets: UDP, and TCP with the framing of RFC 4571 for networks that block UDP. A stream that came to the port of
//!   the pages is handed over ([`Sfu::take_stream`]).
//! * `nodes`: several units, in processes of their own; a room is on one of them. Each tells how much it carries and is asked twice a
//!   second; one that is silent for two seconds is dead, and its rooms are placed anew by the caller.
//! * Loss: both sides keep what they sent for some seconds and send it again when asked (NACK, RTX). Where a receiver loses more than a
//!   tenth, its senders are told to send less (REMB).
//! * ICE-lite: browsers always reach the server, so only they probe (RFC 8445 §2.5).
//! * RTP mode: packets are forwarded as they are; sequence numbers and timestamps are rebased per receiver so that a
//!   change of source (a reconnected sender) reads as one unbroken stream.

mod config;
mod core;
mod event;
mod net;
mod nodes;
mod sfu;
mod stats;

#[cfg(any(test, feature = "testing"))]
pub mod testing;

#[cfg(test)]
mod tests;

pub use config::{RtcConfig, Transports};
pub use event::{Departure, MediaKind, RtcEvent, What};
pub use nodes::{Node, Nodes, NodesConfig, Remote, Standing, serve as serve_node};
pub use sfu::{Heard, Join, JoinError, Listener, Sfu, Sound, StartError, is_media};
pub use stats::{RoomStats, Stats};
