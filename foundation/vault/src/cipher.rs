//! AES-256-GCM with a random 96-bit nonce. A patient's key seals far fewer than the 2^32 messages that nonces of this length
//! allow (NIST SP 800-38D, 8.3).

use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use kernel::Secret;

/// 32 bytes of key, ready for use. Its bytes are not kept in the clear beside it.
#[derive(Clone)]
pub(crate) struct Key(Arc<LessSafeKey>);

/// The cipher refused: wrong key, wrong place, or altered bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refused;

pub(crate) const KEY_LEN: usize = 32;
const FORMAT: u8 = 1;
/// Format byte and data key version.
const HEAD_LEN: usize = 3;
pub(crate) const OVERHEAD: usize = HEAD_LEN + NONCE_LEN + 16;

impl Key {
    pub(crate) fn new(bytes: &Secret<[u8; KEY_LEN]>) -> Result<Self, Refused> {
        let key = UnboundKey::new(&AES_256_GCM, bytes.expose()).map_err(|_| Refused)?;
        Ok(Self(Arc::new(LessSafeKey::new(key))))
    }

    /// nonce ‖ ciphertext ‖ tag, appended to `out`.
    pub(crate) fn encrypt_to(&self, out: &mut Vec<u8>, plain: &[u8], aad: &[u8]) -> Result<(), Refused> {
        let mut nonce = [0; NONCE_LEN];
        aws_lc_rs::rand::fill(&mut nonce).map_err(|_| Refused)?;
        out.extend_from_slice(&nonce);
        let body = out.len();
        out.extend_from_slice(plain);
        let tag = self
            .0
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(aad),
                out.get_mut(body..).ok_or(Refused)?,
            )
            .map_err(|_| Refused)?;
        out.extend_from_slice(tag.as_ref());
        Ok(())
    }

    /// The plain text of nonce ‖ ciphertext ‖ tag.
    pub(crate) fn decrypt(&self, sealed: &[u8], aad: &[u8]) -> Result<Vec<u8>, Refused> {
        let (nonce, body) = sealed.split_at_checked(NONCE_LEN).ok_or(Refused)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Refused)?;
        let mut plain = body.to_vec();
        let length = self.0.open_in_place(nonce, Aad::from(aad), &mut plain).map_err(|_| Refused)?.len();
        plain.truncate(length);
        Ok(plain)
    }
}

/// A new random key.
pub(crate) fn random_key() -> Result<Secret<[u8; KEY_LEN]>, Refused> {
    let mut bytes = [0; KEY_LEN];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| Refused)?;
    Ok(Secret::new(bytes))
}

/// ver ‖ data key version ‖ nonce ‖ ciphertext ‖ tag.
pub(crate) fn seal(key: &Key, key_version: u16, plain: &[u8], aad: &[u8]) -> Result<Vec<u8>, Refused> {
    let mut sealed = Vec::with_capacity(plain.len() + OVERHEAD);
    sealed.push(FORMAT);
    sealed.extend_from_slice(&key_version.to_be_bytes());
    key.encrypt_to(&mut sealed, plain, aad)?;
    Ok(sealed)
}

/// Which version of the data key a sealed value needs; `None` when it is no sealed value at all.
pub(crate) fn key_version(sealed: &[u8]) -> Option<u16> {
    match sealed {
        [FORMAT, high, low, ..] if sealed.len() >= OVERHEAD => Some(u16::from_be_bytes([*high, *low])),
        _ => None,
    }
}

pub(crate) fn open(key: &Key, sealed: &[u8], aad: &[u8]) -> Result<Vec<u8>, Refused> {
    key.decrypt(sealed.get(HEAD_LEN..).ok_or(Refused)?, aad)
}
