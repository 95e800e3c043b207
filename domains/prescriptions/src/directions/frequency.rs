//! How often: the codes prescribers write.

use serde::{Deserialize, Serialize};

/// How often a dose is taken. Codes as in everyday prescribing and HL7 `GTSAbbreviation`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Frequency {
    /// Once, now.
    Stat,
    /// Once a day.
    Qd,
    /// In the morning.
    Qam,
    /// At bedtime.
    Qhs,
    /// Twice a day.
    Bid,
    /// Three times a day.
    Tid,
    /// Four times a day.
    Qid,
    /// Every four hours.
    Q4h,
    /// Every six hours.
    Q6h,
    /// Every eight hours.
    Q8h,
    /// Every twelve hours.
    Q12h,
    /// Every other day.
    Qod,
    /// Once a week.
    Qw,
}

impl Frequency {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 13] = [
        Self::Qd,
        Self::Bid,
        Self::Tid,
        Self::Qid,
        Self::Qam,
        Self::Qhs,
        Self::Q4h,
        Self::Q6h,
        Self::Q8h,
        Self::Q12h,
        Self::Qod,
        Self::Qw,
        Self::Stat,
    ];

    /// The code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stat => "STAT",
            Self::Qd => "QD",
            Self::Qam => "QAM",
            Self::Qhs => "QHS",
            Self::Bid => "BID",
            Self::Tid => "TID",
            Self::Qid => "QID",
            Self::Q4h => "Q4H",
            Self::Q6h => "Q6H",
            Self::Q8h => "Q8H",
            Self::Q12h => "Q12H",
            Self::Qod => "QOD",
            Self::Qw => "QW",
        }
    }

    /// How many doses fall into `days` days.
    pub fn doses_in(self, days: u16) -> u64 {
        let days = u64::from(days);
        match self {
            Self::Stat => 1,
            Self::Qd | Self::Qam | Self::Qhs => days,
            Self::Bid | Self::Q12h => 2 * days,
            Self::Tid | Self::Q8h => 3 * days,
            Self::Qid | Self::Q6h => 4 * days,
            Self::Q4h => 6 * days,
            Self::Qod => days.div_ceil(2),
            Self::Qw => days.div_ceil(7),
        }
    }
}

impl std::str::FromStr for Frequency {
    type Err = ();

    /// The code, in any case; also `OD`, `DAILY` and `NOCTE`, as written elsewhere.
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim().to_uppercase();
        match text.as_str() {
            "OD" | "DAILY" => Ok(Self::Qd),
            "NOCTE" | "HS" => Ok(Self::Qhs),
            "BD" => Ok(Self::Bid),
            "TDS" => Ok(Self::Tid),
            "QDS" => Ok(Self::Qid),
            code => Self::ALL.into_iter().find(|frequency| frequency.as_str() == code).ok_or(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doses_are_counted_over_the_whole_time() {
        assert_eq!(Frequency::Tid.doses_in(7), 21);
        assert_eq!(Frequency::Qw.doses_in(28), 4);
        assert_eq!(Frequency::Qw.doses_in(8), 2);
        assert_eq!(Frequency::Qod.doses_in(7), 4);
        assert_eq!(Frequency::Stat.doses_in(30), 1);
    }

    #[test]
    fn codes_are_read_in_any_case_and_from_other_countries() {
        assert_eq!("tds".parse(), Ok(Frequency::Tid));
        assert_eq!("q8h".parse(), Ok(Frequency::Q8h));
        assert!("sometimes".parse::<Frequency>().is_err());
    }
}
