//! Sealing on the way into JSON rows.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::Tx;
use kernel::ids::PatientId;
use prescriptions::prescribing::{PastPrescription, write_past};
use serde::Serialize;
use vault::{At, Error, Vault};

use super::DemoError;

/// The transaction and the vault, which are needed together.
pub(super) struct Sealer<'a> {
    pub(super) tx: &'a mut Tx,
    vault: &'a Vault,
}

impl<'a> Sealer<'a> {
    pub(super) fn new(tx: &'a mut Tx, vault: &'a Vault) -> Self {
        Self { tx, vault }
    }

    pub(super) async fn text(&mut self, patient: PatientId, at: At, text: &str) -> Result<String, Error> {
        Ok(STANDARD.encode(self.vault.seal_text(self.tx, patient, at, text).await?))
    }

    pub(super) async fn json<T: Serialize>(&mut self, patient: PatientId, at: At, value: &T) -> Result<String, Error> {
        Ok(STANDARD.encode(self.vault.seal_json(self.tx, patient, at, value).await?))
    }

    pub(super) async fn bytes(&mut self, patient: PatientId, at: At, bytes: &[u8]) -> Result<String, Error> {
        Ok(STANDARD.encode(self.vault.seal(self.tx, patient, at, bytes).await?))
    }

    pub(super) async fn write_past(&mut self, past: PastPrescription) -> Result<(), DemoError> {
        write_past(self.tx, self.vault, past).await?;
        Ok(())
    }

    pub(super) fn mark(&self, purpose: &'static str, text: &str) -> String {
        STANDARD.encode(self.vault.mac(purpose, text.as_bytes()))
    }
}

/// Bytes as the store takes them.
pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}
