//! Speech to text on this machine: no sound leaves it.
//!
//! ```text
//!  Opus packets of one person ──▶ Ear ──16 kHz──▶ Utterances ──Utterance──▶ Recogniser ──▶ Heard { text, words }
//!                              (opus)            (pure: pauses cut)        (one thread, Moonshine through ONNX Runtime)
//! ```
//!
//! Where a visit is recorded, the same ears feed a [`Mixer`], whose one voice is packed again ([`Packer`]) and played as Ogg ([`to_ogg`]).
//!
//! Whoever speaks is known from the track, so nothing guesses at voices. The model and its runtime are not part of the program:
//! `make speech` fetches them, and [`EngineFiles::find`] accepts them only by their SHA-256.
//!
//! The model is Moonshine tiny (English, MIT; Jeffries et al. 2024, arXiv:2410.15608).

mod ear;
mod files;
mod mixer;
mod moonshine;
mod ogg_opus;
mod recogniser;
mod utterances;
mod words;

#[cfg(any(test, feature = "testing"))]
pub mod testing;

#[cfg(test)]
mod tests;

pub use ear::Ear;
pub use files::{EngineFiles, FilesError};
pub use mixer::Mixer;
pub use ogg_opus::{PACKET_MS, Packer, SoundError, to_ogg};
pub use recogniser::{Heard, Recogniser, SpeechError};
pub use utterances::{Utterance, Utterances};
pub use words::Word;

/// Samples a second, mono: what the model was trained on.
pub const SAMPLE_RATE: u32 = 16_000;

/// What listens, by name and version, as it stands in the record.
pub const ENGINE: &str = "moonshine-tiny-en 0.0.49";
