//! The bytes that a row's hash covers, as `audit.append` builds them.

use std::fmt::Write;

use aws_lc_rs::digest;
use kernel::Timestamp;
use uuid::Uuid;

pub(crate) type Hash = [u8; 32];

/// A row as it lies in the table.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) shard: i16,
    pub(crate) seq: i64,
    pub(crate) at: Timestamp,
    pub(crate) actor: Option<Uuid>,
    pub(crate) on_behalf: Option<Uuid>,
    pub(crate) roles: Option<String>,
    pub(crate) purpose: String,
    pub(crate) action: String,
    pub(crate) object: String,
    pub(crate) object_id: Option<Uuid>,
    pub(crate) patient_id: Option<Uuid>,
    pub(crate) outcome: String,
    pub(crate) request_id: Option<String>,
    pub(crate) prev: Vec<u8>,
    pub(crate) hash: Vec<u8>,
}

impl Row {
    /// What the hash of this content would be at this place after this predecessor.
    pub(crate) fn hash_at(&self, seq: i64, prev: &[u8]) -> Hash {
        let mut text = String::with_capacity(400);
        text.push_str("bedside-audit-1;");
        let id = |id: Option<Uuid>| id.map(|id| id.to_string());
        for value in [
            Some(self.shard.to_string()),
            Some(seq.to_string()),
            Some(self.at.micros().to_string()),
            id(self.actor),
            id(self.on_behalf),
            self.roles.clone(),
            Some(self.purpose.clone()),
            Some(self.action.clone()),
            Some(self.object.clone()),
            id(self.object_id),
            id(self.patient_id),
            Some(self.outcome.clone()),
            self.request_id.clone(),
            Some(hex::encode(prev)),
        ] {
            field(&mut text, value.as_deref());
        }
        sha256(text.as_bytes())
    }
}

/// Length in bytes, then the value; null is distinct from empty.
fn field(text: &mut String, value: Option<&str>) {
    match value {
        Some(value) => {
            let _ = write!(text, "{}:{value};", value.len());
        }
        None => text.push_str("-;"),
    }
}

pub(crate) fn sha256(bytes: &[u8]) -> Hash {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    hash
}
