//! Master keys: 32 bytes each, numbered, kept outside the database; and the platform's MAC key beside them.

mod folder;
mod kms;
mod ring;
mod sigv4;
#[cfg(test)]
mod tests;

pub use kms::{AwsKms, AwsKmsConfig, Kms, KmsError};
pub(crate) use ring::KeyRing;

use std::path::PathBuf;

/// The master keys cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum MasterError {
    #[error("cannot read or write {path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{0} can be read by others: make it mode 0400")]
    TooOpen(PathBuf),
    #[error("{0} is not a key of 32 bytes")]
    WrongLength(PathBuf),
    #[error("master key {0} is not in the key folder; restore its file from where you keep it")]
    Missing(String),
    #[error("the system's cipher refused to work")]
    Cipher,
    #[error("the key service failed: {0}")]
    Kms(#[from] KmsError),
}
