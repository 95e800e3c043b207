use kernel::{Timestamp, ids::CardId};
use serde::{Deserialize, Serialize};
use url::Url;

/// How a card is carried, and so how long it lasts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Shown on a screen, for minutes.
    #[default]
    Screen,
    /// On paper, for a year.
    Printed,
}

impl Kind {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Screen => "screen",
            Self::Printed => "printed",
        }
    }

    pub(super) fn read(code: &str) -> Self {
        if code == "printed" { Self::Printed } else { Self::Screen }
    }
}

/// A card in force, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    pub id: CardId,
    pub kind: Kind,
    pub issued_at: Timestamp,
    pub expires_at: Timestamp,
    pub scans: i32,
    pub last_scanned_at: Option<Timestamp>,
}

/// Characters of a token: 32 bytes in unpadded base 64.
const TOKEN_LETTERS: usize = 43;
/// Where cards are opened.
pub(super) const PLACE: &str = "c";

/// The address that a card's code holds.
pub(super) fn address(base: &Url, token: &str) -> String {
    format!("{}/{PLACE}/{token}", base.as_str().trim_end_matches('/'))
}

/// The token in what a scanner or a hand has typed: an address of this hospital, or the token alone. An address of somebody
/// else's is none, so that nobody is led to believe in a foreign code.
pub(super) fn token_in(typed: &str, base: &Url) -> Option<String> {
    let typed = typed.trim();
    let token = if typed.contains("://") {
        let url = Url::parse(typed).ok().filter(|url| url.origin() == base.origin())?;
        let rest = url.path().strip_prefix(base.path().trim_end_matches('/'))?;
        rest.strip_prefix('/')?.strip_prefix(PLACE)?.strip_prefix('/')?.to_owned()
    } else {
        typed.to_owned()
    };
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    (token.len() == TOKEN_LETTERS && token.chars().all(is_letter)).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ-_01234";

    #[test]
    fn a_code_is_read_from_its_address_or_alone() {
        let base: Url = "https://care.example/house/".parse().unwrap();
        assert_eq!(token_in(&address(&base, TOKEN), &base).as_deref(), Some(TOKEN));
        assert_eq!(token_in(&format!("  {TOKEN}\r\n"), &base).as_deref(), Some(TOKEN));
    }

    #[test]
    fn what_is_of_another_house_or_no_code_is_none() {
        let base: Url = "https://care.example/".parse().unwrap();
        for typed in [
            String::new(),
            "Amina Rahman".to_owned(),
            format!("https://care.example.evil.test/c/{TOKEN}"),
            format!("http://care.example/c/{TOKEN}"),
            format!("https://care.example/x/{TOKEN}"),
            format!("https://care.example/c/{TOKEN}/more"),
            format!("{TOKEN}x"),
            format!("{}!", &TOKEN[1..]),
        ] {
            assert_eq!(token_in(&typed, &base), None, "{typed}");
        }
    }
}
