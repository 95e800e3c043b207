//! The address by which a phone sends photos.

use kernel::{
    Timestamp,
    ids::{AccountId, PhotoLinkId, VisitId},
};

/// How long an address is good.
pub(super) const LINK_MINUTES: i64 = 10;
/// How many photos it takes.
pub(super) const MOST_PHOTOS: i32 = 6;

/// An address as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PhotoLink {
    pub(super) id: PhotoLinkId,
    pub(super) visit: VisitId,
    pub(super) made_by: AccountId,
    /// Digest of the key of the phone that it belongs to by now.
    pub(super) key_mac: Option<Vec<u8>>,
    pub(super) photos_left: i32,
    pub(super) expires_at: Timestamp,
    pub(super) revoked_at: Option<Timestamp>,
}

impl PhotoLink {
    /// For a phone with this key, or without one: whether it is opened to it.
    pub(super) fn opens(&self, key_mac: Option<&[u8]>, now: Timestamp) -> bool {
        let is_theirs = match (&self.key_mac, key_mac) {
            (None, _) => true,
            (Some(known), Some(given)) => known.as_slice() == given,
            (Some(_), None) => false,
        };
        is_theirs && self.revoked_at.is_none() && now < self.expires_at
    }

    pub(super) fn takes(&self, key_mac: Option<&[u8]>, now: Timestamp) -> bool {
        self.opens(key_mac, now) && self.photos_left > 0
    }
}

/// An address that was just made, ready to show, once.
pub(crate) struct FreshLink {
    /// A drawing.
    pub(crate) code: String,
    pub(crate) address: String,
    /// A clock's time.
    pub(crate) until: String,
}

/// An address in force, as the visit's two see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OpenLink {
    pub(crate) photos_left: i32,
    pub(crate) expires_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_address_is_for_one_phone_some_photos_and_some_minutes() {
        let at = |second: i64| Timestamp::from_unix_seconds(1_790_000_000 + second);
        let fresh = PhotoLink {
            id: PhotoLinkId::from_uuid(Uuid::nil()),
            visit: VisitId::from_uuid(Uuid::nil()),
            made_by: AccountId::from_uuid(Uuid::nil()),
            key_mac: None,
            photos_left: 2,
            expires_at: at(600),
            revoked_at: None,
        };
        assert!(fresh.takes(None, at(599)) && !fresh.takes(None, at(600)));
        let held = PhotoLink { key_mac: Some(vec![1; 32]), ..fresh.clone() };
        assert!(held.takes(Some(&[1; 32]), at(0)) && !held.takes(Some(&[2; 32]), at(0)) && !held.takes(None, at(0)));
        let used = PhotoLink { photos_left: 0, ..held };
        assert!(used.opens(Some(&[1; 32]), at(0)) && !used.takes(Some(&[1; 32]), at(0)));
        assert!(!PhotoLink { revoked_at: Some(at(1)), ..fresh }.opens(None, at(2)));
    }
}
