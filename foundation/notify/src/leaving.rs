//! The way out of optional letters: a link in each of them that works without signing in, and in one click (RFC 8058).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use db::Tx;
use kernel::{Locale, ids::AccountId};
use uuid::Uuid;
use vault::Vault;

use crate::{store, topic::Topic};

/// The kind of the letter that gathers others.
pub const DIGEST: &str = "messaging.digest";

/// What somebody does not want as e-mail any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Leave {
    Topic(Topic),
    /// Everything that the daily letter gathers.
    Gathered,
}

impl Leave {
    /// What a letter of this kind may be left by; `None` for what cannot be switched off.
    pub fn of(kind: &str) -> Option<Self> {
        if kind == DIGEST {
            return Some(Self::Gathered);
        }
        Some(Topic::of(kind)).filter(|topic| !topic.is_mandatory()).map(Self::Topic)
    }

    pub fn topics(self) -> Vec<Topic> {
        match self {
            Self::Topic(topic) => vec![topic],
            Self::Gathered => Topic::ALL.into_iter().filter(|topic| topic.can_be_gathered()).collect(),
        }
    }

    pub const fn word(self) -> &'static str {
        match self {
            Self::Topic(topic) => topic.word(),
            Self::Gathered => "digest",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        if word == "digest" {
            return Some(Self::Gathered);
        }
        Topic::from_word(word).filter(|topic| !topic.is_mandatory()).map(Self::Topic)
    }
}

/// How a letter says where it can be left.
#[derive(Clone, Debug)]
pub struct WayOut {
    /// How browsers reach us, without a slash at the end.
    pub base_url: String,
    /// "Stop e-mails of this kind", in the letter's language.
    pub words: fn(Locale) -> String,
}

/// A token that names account and topic, and that only we can make. It needs no row and does not age: an old letter still leads out.
pub fn token(vault: &Vault, account: AccountId, leave: Leave) -> String {
    let mut bytes = account.uuid().as_bytes().to_vec();
    bytes.extend_from_slice(leave.word().as_bytes());
    let proof = vault.mac(PURPOSE, &bytes);
    bytes.splice(0..0, proof.into_iter().take(PROOF));
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What a token stands for; `None` for one that we did not make.
pub fn read(vault: &Vault, token: &str) -> Option<(AccountId, Leave)> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (proof, said) = bytes.split_at_checked(PROOF)?;
    let good = vault.mac(PURPOSE, said);
    // The comparison takes the same time wherever the two differ.
    let differs = proof.iter().zip(good.iter()).fold(0, |differs, (a, b)| differs | (a ^ b));
    if differs != 0 {
        return None;
    }
    let (account, word) = said.split_at_checked(16)?;
    Some((AccountId::from_uuid(Uuid::from_slice(account).ok()?), Leave::from_word(std::str::from_utf8(word).ok()?)?))
}

const PURPOSE: &str = "notify.unsubscribe";
const PROOF: usize = 20;

/// No more e-mail of this; what stands in the app stays. Safe to repeat. Needs a system context.
pub async fn leave(tx: &mut Tx, account: AccountId, leave: Leave) -> Result<(), db::Error> {
    for topic in leave.topics() {
        if topic.must_be_asked_for() {
            store::wishes::delete_of(tx, account, topic).await?;
        } else {
            store::wishes::set_off_by_mail(tx, account, topic).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_leads_out_of_one_topic_of_one_account_and_cannot_be_made_up() {
        let vault = Vault::for_tests();
        let account = AccountId::from_uuid(Uuid::from_u128(7));
        let made = token(&vault, account, Leave::Topic(Topic::Reviews));
        assert_eq!(read(&vault, &made), Some((account, Leave::Topic(Topic::Reviews))));
        let digest = token(&vault, account, Leave::Gathered);
        assert_eq!(read(&vault, &digest), Some((account, Leave::Gathered)));
        let mut bytes = URL_SAFE_NO_PAD.decode(&made).unwrap();
        for at in 0..bytes.len() {
            bytes[at] ^= 1;
            assert_eq!(read(&vault, &URL_SAFE_NO_PAD.encode(&bytes)), None, "byte {at}");
            bytes[at] ^= 1;
        }
        for wrong in ["", "a-token", "!!", &made[..20]] {
            assert_eq!(read(&vault, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_mandatory_has_no_way_out() {
        for kind in ["billing.refunded", "identity.password_changed", "scheduling.cancelled", "nobody.knows"] {
            assert_eq!(Leave::of(kind), None, "{kind}");
        }
        assert_eq!(Leave::of("scheduling.reminder"), Some(Leave::Topic(Topic::Reminders)));
        assert_eq!(Leave::of(DIGEST).map(Leave::topics), Some(vec![Topic::Care, Topic::Reviews]));
    }
}
