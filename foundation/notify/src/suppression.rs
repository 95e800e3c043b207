//! Addresses that get nothing any more.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use db::Tx;

use crate::{letter::Channel, store};

/// Why an address is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The mail server or the operator says that nobody is there.
    Bounced,
    /// The reader called it spam.
    Complained,
    /// The reader asked us to stop.
    Stopped,
}

impl Reason {
    const fn word(self) -> &'static str {
        match self {
            Self::Bounced => "bounced",
            Self::Complained => "complained",
            Self::Stopped => "stopped",
        }
    }
}

/// Send nothing more to this address by this channel.
pub async fn suppress(tx: &mut Tx, channel: Channel, address: &str, reason: Reason) -> Result<(), db::Error> {
    store::insert_suppression(tx, channel, &hash(address), reason.word()).await
}

/// Send again, once the owner has shown that the address works.
pub async fn lift(tx: &mut Tx, channel: Channel, address: &str) -> Result<(), db::Error> {
    store::delete_suppression(tx, channel, &hash(address)).await
}

/// As `lift`, by the hash that stands in the list.
pub async fn lift_hash(tx: &mut Tx, channel: Channel, hash: &[u8]) -> Result<(), db::Error> {
    store::delete_suppression(tx, channel, hash).await
}

pub async fn is_suppressed(tx: &mut Tx, channel: Channel, address: &str) -> Result<bool, db::Error> {
    store::is_suppressed(tx, channel, &hash(address)).await
}

fn hash(address: &str) -> Vec<u8> {
    digest::digest(&digest::SHA256, address.trim().to_lowercase().as_bytes()).as_ref().to_vec()
}

/// The start of an address's hash, as text.
pub(crate) fn fingerprint(address: &str) -> String {
    URL_SAFE_NO_PAD.encode(hash(address).get(..15).unwrap_or_default())
}
