//! Where files from outside come in.
//!
//! ```text
//! stream ─▶ receive: an unnamed file on disk, capped, told apart by its bytes
//!             └▶ clean: a child process with limits opens it; pictures are made anew, PDFs are searched for what acts
//!                  └▶ (kept by a room, sealed) ─▶ scan: clamd, where there is one
//! ```
//!
//! Nothing of a file is trusted: not its name, not the type its sender claims, not its length. What is not plainly a PDF, a JPEG or a
//! PNG is refused with a reason (`Refusal`). No room is known here, nothing is kept, and the temporary file has no name from its first
//! byte on, so that none can be left behind.
//!
//! The parsers run in another process (`bedside inspect-file`, see [`child`]) because they are what an attacker aims at: it has no
//! environment, bounded memory, bounded seconds, and gives back a verdict on a pipe.

pub mod child;
mod config;
mod error;
mod filename;
mod inspect;
mod intake;
mod kind;
mod receive;
mod scan;

pub use config::{Config, ConfigError};
pub use error::{Error, Refusal};
pub use filename::safe_name;
pub use inspect::{Clean, Preview};
pub use intake::Intake;
pub use kind::Kind;
pub use receive::Received;
pub use scan::{ScanError, Scanner, Verdict};
