//! Health content at rest: sealed fields and files, one data key per patient, wrapped by a master key kept elsewhere.
//!
//! ```text
//! master key (file 0400, or opened by a KMS at start)      never in the database or its backups
//!   └─ wraps ─▶ data key of a patient (vault_keys)          AES-256-GCM, bound to key id, patient and version
//!        └─ seals ─▶ field or file                          ver ‖ data key version ‖ nonce ‖ ciphertext ‖ tag
//! ```
//!
//! The associated data of a seal names table, column, row, patient and version, so that a ciphertext opens only where it was put:
//! moved to another patient, row, column or version it fails loudly. What comes out is `Phi`, which does not print.
//!
//! Rotating the master key rewraps data keys and touches no content; it may be stopped and run again (`rotate_master`).

mod at;
mod cipher;
mod config;
mod error;
mod files;
mod keys;
mod master;
mod rotate;
mod seal;
mod store;
#[cfg(test)]
mod tests;

pub use at::At;
pub use config::{Config, ConfigError, FilesAt, MasterFrom};
pub use error::Error;
pub use files::Forgotten;
pub use master::{AwsKms, AwsKmsConfig, Kms, KmsError, MasterError};
pub use rotate::{Rotation, rotate_master};
pub use seal::Vault;
