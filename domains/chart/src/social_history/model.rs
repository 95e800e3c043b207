//! What is asked, and what is answered.

use kernel::FieldError;
use serde::{Deserialize, Serialize};

use crate::entries::{Entry, Status};

macro_rules! codes {
    ($type:ty: $($variant:ident = $code:literal),+ $(,)?) => {
        impl $type {
            /// All values, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The code, as in JSON, forms and addresses.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }
        impl std::str::FromStr for $type {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or(())
            }
        }
    };
}

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    Tobacco,
    Alcohol,
    Substances,
    Occupation,
    Living,
    Exercise,
}
codes!(Topic:
    Tobacco = "tobacco", Alcohol = "alcohol", Substances = "substances", Occupation = "occupation", Living = "living",
    Exercise = "exercise",
);

/// Whether somebody uses something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    Never,
    Former,
    Current,
}
codes!(Use: Never = "never", Former = "former", Current = "current");

/// With whom somebody lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HomeSituation {
    Alone,
    Partner,
    Family,
    Shared,
    CareHome,
    NoHome,
}
codes!(HomeSituation:
    Alone = "alone", Partner = "partner", Family = "family", Shared = "shared", CareHome = "care_home", NoHome = "no_home",
);

/// An answer to one topic; what is sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "topic", rename_all = "snake_case")]
pub enum SocialAnswer {
    /// Packs of 20 cigarettes a day and years of smoking belong to former and current use.
    Tobacco { status: Use, packs_per_day: Option<f64>, years: Option<f64> },
    /// The three questions of AUDIT-C, each from 0 to 4.
    Alcohol { how_often: u8, how_many: u8, six_or_more: u8 },
    /// What, in words, belongs to former and current use.
    Substances { status: Use, detail: String },
    /// 1 to 160 characters.
    Occupation { detail: String },
    /// At most 160 characters more.
    Living { situation: HomeSituation, detail: String },
    /// Days of a week with moderate to strenuous exercise, and minutes on such a day.
    Exercise { days: u8, minutes: u16 },
}

impl SocialAnswer {
    pub const fn topic(&self) -> Topic {
        match self {
            Self::Tobacco { .. } => Topic::Tobacco,
            Self::Alcohol { .. } => Topic::Alcohol,
            Self::Substances { .. } => Topic::Substances,
            Self::Occupation { .. } => Topic::Occupation,
            Self::Living { .. } => Topic::Living,
            Self::Exercise { .. } => Topic::Exercise,
        }
    }

    /// Tidied, or what to do about each field.
    pub(super) fn check(self) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let tidied = match self {
            Self::Tobacco { status: Use::Never, .. } => {
                Self::Tobacco { status: Use::Never, packs_per_day: None, years: None }
            }
            Self::Tobacco { status, packs_per_day, years } => {
                amount(&mut errors, "packs_per_day", packs_per_day, 10.0);
                amount(&mut errors, "years", years, 100.0);
                Self::Tobacco { status, packs_per_day, years }
            }
            Self::Alcohol { how_often, how_many, six_or_more } => {
                for (field, points) in [("how_often", how_often), ("how_many", how_many), ("six_or_more", six_or_more)]
                {
                    if points > 4 {
                        errors.push(FieldError::new(field, "chart-error-choose-answer"));
                    }
                }
                // Who never drinks is not asked how much (AUDIT-C).
                if how_often == 0 {
                    Self::Alcohol { how_often, how_many: 0, six_or_more: 0 }
                } else {
                    Self::Alcohol { how_often, how_many, six_or_more }
                }
            }
            Self::Substances { status: Use::Never, .. } => {
                Self::Substances { status: Use::Never, detail: String::new() }
            }
            Self::Substances { status, detail } => {
                Self::Substances { status, detail: text(&mut errors, &detail, Needed::Yes) }
            }
            Self::Occupation { detail } => Self::Occupation { detail: text(&mut errors, &detail, Needed::Yes) },
            Self::Living { situation, detail } => {
                Self::Living { situation, detail: text(&mut errors, &detail, Needed::No) }
            }
            Self::Exercise { days, minutes } => {
                if days > 7 {
                    errors.push(FieldError::new("days", "chart-error-days"));
                }
                if minutes > 1440 {
                    errors.push(FieldError::new("minutes", "chart-error-minutes"));
                }
                Self::Exercise { days, minutes: if days == 0 { 0 } else { minutes } }
            }
        };
        if errors.is_empty() { Ok(tidied) } else { Err(errors) }
    }
}

fn amount(errors: &mut Vec<FieldError>, field: &'static str, amount: Option<f64>, most: f64) {
    if amount.is_some_and(|amount| !(0.0..=most).contains(&amount)) {
        errors.push(FieldError::new(field, "chart-error-amount").with("most", most));
    }
}

#[derive(PartialEq, Eq)]
enum Needed {
    Yes,
    No,
}

fn text(errors: &mut Vec<FieldError>, text: &str, needed: Needed) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() && needed == Needed::Yes {
        errors.push(FieldError::new("detail", "chart-error-detail"));
    }
    if text.chars().count() > 160 {
        errors.push(FieldError::new("detail", "chart-error-text-long").with("most", 160));
    }
    text
}

/// The section of the record.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct SocialHistory {
    /// Every version of every answer, the latest first.
    pub entries: Vec<Entry<SocialAnswer>>,
}

impl SocialHistory {
    /// The answer of a topic that stands.
    pub fn answer(&self, topic: Topic) -> Option<&Entry<SocialAnswer>> {
        self.entries.iter().find(|entry| entry.status == Status::Current && entry.content.topic() == topic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(answer: SocialAnswer) -> Vec<String> {
        answer.check().expect_err("mistakes").into_iter().map(|error| error.field.into_owned()).collect()
    }

    #[test]
    fn what_cannot_be_is_refused_by_field() {
        let smoked = SocialAnswer::Tobacco { status: Use::Former, packs_per_day: Some(11.0), years: Some(f64::NAN) };
        assert_eq!(fields(smoked), ["packs_per_day", "years"]);
        assert_eq!(
            fields(SocialAnswer::Alcohol { how_often: 5, how_many: 0, six_or_more: 9 }),
            ["how_often", "six_or_more"]
        );
        assert_eq!(fields(SocialAnswer::Occupation { detail: "  ".into() }), ["detail"]);
        assert_eq!(fields(SocialAnswer::Exercise { days: 8, minutes: 1441 }), ["days", "minutes"]);
    }

    #[test]
    fn who_never_did_has_no_amounts() {
        let never = SocialAnswer::Tobacco { status: Use::Never, packs_per_day: Some(2.0), years: Some(3.0) };
        assert_eq!(never.check(), Ok(SocialAnswer::Tobacco { status: Use::Never, packs_per_day: None, years: None }));
        let dry = SocialAnswer::Alcohol { how_often: 0, how_many: 4, six_or_more: 4 };
        assert_eq!(dry.check(), Ok(SocialAnswer::Alcohol { how_often: 0, how_many: 0, six_or_more: 0 }));
    }
}
