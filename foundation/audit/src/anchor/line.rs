use std::collections::BTreeMap;

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::AnchorError;
use crate::canonical::{Hash, sha256};

/// Where every chain ended: shard → (seq, hash). Chains without a row are absent.
pub(crate) type Heads = BTreeMap<i16, (i64, Hash)>;

/// One anchor as it is written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    pub(super) number: u64,
    pub(super) at: Timestamp,
    /// Heads that moved since the anchor before.
    pub(super) moved: Vec<Moved>,
    pub(super) root: String,
    /// SHA-256 of the line before; zeros for the first.
    pub(super) prev: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) signature: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Moved {
    pub(super) shard: i16,
    pub(super) seq: i64,
    pub(super) hash: String,
}

/// An anchor's word on one chain: at that moment it ended here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) anchor: u64,
    pub(crate) shard: i16,
    pub(crate) seq: i64,
    pub(crate) hash: Hash,
}

/// What the anchors say so far.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    pub(super) number: u64,
    pub(super) heads: Heads,
    pub(super) line_hash: Hash,
}

/// The Merkle root over the heads in the order of shards; an odd one out moves up alone.
pub(super) fn merkle_root(heads: &Heads) -> Hash {
    let mut level: Vec<Hash> = heads
        .iter()
        .map(|(shard, (seq, hash))| {
            let mut leaf = vec![0];
            leaf.extend_from_slice(&shard.to_be_bytes());
            leaf.extend_from_slice(&seq.to_be_bytes());
            leaf.extend_from_slice(hash);
            sha256(&leaf)
        })
        .collect();
    while level.len() > 1 {
        level = level
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => sha256(&[&[1][..], left, right].concat()),
                rest => rest.concat().try_into().unwrap_or_default(),
            })
            .collect();
    }
    level.pop().unwrap_or_default()
}

impl Line {
    /// The next anchor after `state`, signed.
    pub(super) fn sign(state: &State, heads: &Heads, at: Timestamp, key: &Ed25519KeyPair) -> Self {
        let moved = heads.iter().filter(|(shard, head)| state.heads.get(*shard) != Some(head));
        let moved = moved.map(|(shard, (seq, hash))| Moved { shard: *shard, seq: *seq, hash: hex::encode(hash) });
        let mut line = Self {
            number: state.number + 1,
            at,
            moved: moved.collect(),
            root: hex::encode(merkle_root(heads)),
            prev: hex::encode(state.line_hash),
            signature: String::new(),
        };
        line.signature = hex::encode(key.sign(&line.signed_bytes()).as_ref());
        line
    }

    fn signed_bytes(&self) -> Vec<u8> {
        let unsigned = Self { signature: String::new(), ..self.clone() };
        serde_json::to_vec(&unsigned).unwrap_or_default()
    }

    /// Check the text of the next anchor against everything before it, and take it in. What it says of the chains that moved.
    pub(super) fn follow(state: &mut State, text: &str, key: &Ed25519KeyPair) -> Result<Vec<Said>, AnchorError> {
        let number = state.number + 1;
        let forged = |problem| AnchorError::Forged { number, problem };
        let line: Self = serde_json::from_str(text).map_err(|_| forged("it is no anchor"))?;
        let signature = hex::decode(&line.signature).map_err(|_| forged("its signature is no signature"))?;
        UnparsedPublicKey::new(&ED25519, key.public_key().as_ref())
            .verify(&line.signed_bytes(), &signature)
            .map_err(|_| forged("its signature is wrong"))?;
        if line.number != number || line.prev != hex::encode(state.line_hash) {
            return Err(forged("it does not follow the one before"));
        }
        let mut said = Vec::with_capacity(line.moved.len());
        for Moved { shard, seq, hash } in line.moved {
            let hash: Option<Hash> = hex::decode(&hash).ok().and_then(|hash| hash.try_into().ok());
            let hash = hash.ok_or_else(|| forged("a hash in it is no hash"))?;
            state.heads.insert(shard, (seq, hash));
            said.push(Said { anchor: number, shard, seq, hash });
        }
        if line.root != hex::encode(merkle_root(&state.heads)) {
            return Err(forged("its root does not match its heads"));
        }
        state.number = number;
        state.line_hash = sha256(text.as_bytes());
        Ok(said)
    }
}
