//! How lately somebody was seen.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    Present,
    Away,
    Gone,
}

/// Two heartbeats may be lost before somebody counts as away, six before they count as gone.
const AWAY_SECONDS: i64 = 12;
pub(crate) const GONE_SECONDS: i64 = 30;

impl Presence {
    pub fn at(now: Timestamp, seen: Option<Timestamp>) -> Self {
        match seen.map(|seen| now.seconds_since(seen)) {
            Some(ago) if ago <= AWAY_SECONDS => Self::Present,
            Some(ago) if ago <= GONE_SECONDS => Self::Away,
            _ => Self::Gone,
        }
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Away => "away",
            Self::Gone => "gone",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_fades_from_present_to_gone() {
        let now = Timestamp::from_unix_seconds(1_000_000);
        let seen = |ago: i64| Presence::at(now, Some(now.plus_seconds(-ago)));
        assert_eq!([seen(0), seen(12), seen(13), seen(30), seen(31)], {
            use Presence::{Away, Gone, Present};
            [Present, Present, Away, Away, Gone]
        });
        assert_eq!(Presence::at(now, None), Presence::Gone);
    }
}
