//! Anchors: what the chains' ends were, signed, kept where the database's owner cannot reach.
//!
//! One JSON line per anchor. It names the heads that moved since the anchor before, the Merkle root over all 64, and the hash of
//! the line before; Ed25519 signs the whole. So an anchor cannot be altered, and none can be left out but from the end.

mod file;
mod keeper;
mod line;

pub use keeper::{Anchored, Anchors};
pub(crate) use line::Said;

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum AnchorError {
    #[error("cannot read or write {path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{0} can be read by others: make it mode 0400")]
    TooOpen(PathBuf),
    #[error("{0} is not an Ed25519 key of 32 bytes")]
    Key(PathBuf),
    #[error("anchor {number} is forged or damaged: {problem}")]
    Forged { number: u64, problem: &'static str },
    #[error("a chain is shorter than the last anchor says: run the verification")]
    Receded,
    #[error(transparent)]
    Db(#[from] db::Error),
}
