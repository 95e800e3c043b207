//! What the address holds, and what the phone keeps afterwards. The database knows a keyed digest of either.

use db::Tx;
use kernel::Secret;
use vault::Vault;

/// 32 random bytes, as 64 hex digits.
#[derive(Clone, Debug)]
pub(super) struct PhotoToken(Secret<String>);

impl PhotoToken {
    pub(super) fn new(tx: &mut Tx) -> Self {
        Self(Secret::new(hex::encode(tx.random().token32())))
    }

    /// `None` for what cannot be one.
    pub(super) fn read(text: &str) -> Option<Self> {
        let plain = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        plain.then(|| Self(Secret::new(text.to_owned())))
    }

    pub(super) fn expose(&self) -> &str {
        self.0.expose()
    }

    pub(super) fn mac(&self, vault: &Vault) -> [u8; 32] {
        vault.mac("consultations.photo_link", self.0.expose().as_bytes())
    }
}
