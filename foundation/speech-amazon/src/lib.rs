//! Speech to text by Amazon Transcribe, outside this hospital, for languages that no engine here knows.
//!
//! ```text
//!  sound of one person's utterances ──▶ Voice ──task──▶ WebSocket, TLS: one stream a person ──▶ Amazon Transcribe
//!                                                  ◀── results with times ◀── event stream frames
//!  Voice::end ──▶ Heard { text, words }
//! ```
//!
//! Only utterances are sent, never what lies between them: after one, digital silence, until its words are final. A stream that nothing was
//! said into is closed before Amazon closes it. What is not answered when a connection breaks is sent once more, over a new one; then it is
//! given up ([`speech::SpeechError::Lost`]), and where Amazon takes no more, at once ([`speech::SpeechError::Throttled`]).
//!
//! The protocol is Amazon's "Setting up a WebSocket stream" of the Transcribe Developer Guide: a URL signed by Signature Version 4, messages
//! in Amazon's event stream encoding. It is spoken here by a few hundred lines; Amazon's own crates would be 174.

mod client;
mod config;
mod frame;
mod region;
mod results;
mod sign;
mod stream;

#[cfg(any(test, feature = "testing"))]
pub mod testing;

#[cfg(test)]
mod tests;

pub use client::{Client, Voice};
pub use config::{Config, ConfigError};
pub use region::country_of;

/// What listens, as it stands in the record.
pub const ENGINE: &str = "Amazon Transcribe";
