//! Opaque tokens: 256 bits from the operating system, shown once, stored only as their SHA-256.

use aws_lc_rs::digest;
use data_encoding::BASE64URL_NOPAD;
use kernel::{Random, Secret};

/// What the database keeps of a token.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct TokenHash([u8; 32]);

impl TokenHash {
    /// Of what a client sent; any text has a hash, only ours is found.
    pub(crate) fn of(token: &str) -> Self {
        Self(sha256(token.as_bytes()))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A new token and what to store of it.
pub(crate) fn issue(random: &mut Random) -> (Secret<String>, TokenHash) {
    let token = BASE64URL_NOPAD.encode(&random.token32());
    let hash = TokenHash::of(&token);
    (Secret::new(token), hash)
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    out.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_by_its_hash_and_never_printed() {
        let (token, hash) = issue(&mut Random::seeded(1));
        assert_eq!(token.expose().len(), 43);
        assert_eq!(TokenHash::of(token.expose()), hash);
        assert!(!format!("{token:?}").contains(token.expose()));
    }
}
