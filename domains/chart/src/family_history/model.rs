//! A relative and what they have or had.

use kernel::FieldError;
use serde::{Deserialize, Serialize};

use crate::{
    entries::{Entry, Status},
    icd10,
};

/// Who of the family: a code of HL7 v3 `RoleCode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Relationship {
    /// Mother.
    Mth,
    /// Father.
    Fth,
    /// Sister.
    Sis,
    /// Brother.
    Bro,
    /// Half-sister.
    Hsis,
    /// Half-brother.
    Hbro,
    /// Daughter.
    Dau,
    /// Son.
    Son,
    /// Mother's mother.
    Mgrmth,
    /// Mother's father.
    Mgrfth,
    /// Father's mother.
    Pgrmth,
    /// Father's father.
    Pgrfth,
    /// Mother's sister.
    Maunt,
    /// Mother's brother.
    Muncle,
    /// Father's sister.
    Paunt,
    /// Father's brother.
    Puncle,
    /// Cousin.
    Cousn,
    /// Another member of the family.
    Fammemb,
}

macro_rules! codes {
    ($type:ty: $($variant:ident = $code:literal),+ $(,)?) => {
        impl $type {
            /// All values, in the order of lists.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The code, as in JSON and forms.
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
codes!(Relationship:
    Mth = "MTH", Fth = "FTH", Sis = "SIS", Bro = "BRO", Hsis = "HSIS", Hbro = "HBRO", Dau = "DAU", Son = "SON",
    Mgrmth = "MGRMTH", Mgrfth = "MGRFTH", Pgrmth = "PGRMTH", Pgrfth = "PGRFTH",
    Maunt = "MAUNT", Muncle = "MUNCLE", Paunt = "PAUNT", Puncle = "PUNCLE", Cousn = "COUSN", Fammemb = "FAMMEMB",
);

/// Whether the relative has died.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Deceased {
    /// Not said.
    #[default]
    Unknown,
    /// Alive.
    No,
    /// Has died.
    Yes,
}
codes!(Deceased: Unknown = "unknown", No = "no", Yes = "yes");

/// A condition of one relative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Relative {
    pub relationship: Relationship,
    /// 1 to 160 characters, in one's own words.
    #[serde(default)]
    pub condition: String,
    /// ICD-10-CM code, where somebody chose one.
    #[serde(default)]
    pub code: Option<String>,
    /// How old they were when it began; 0 to 120.
    #[serde(default)]
    pub age_at_onset: Option<u8>,
    #[serde(default)]
    pub deceased: Deceased,
    /// How old they became; 0 to 120.
    #[serde(default)]
    pub age_at_death: Option<u8>,
    /// What they died of; at most 160 characters.
    #[serde(default)]
    pub cause_of_death: String,
}

impl Relative {
    /// Tidied, or what to do about each field.
    pub(super) fn check(mut self) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut text = |field: &'static str, text: &str| {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if text.chars().count() > 160 {
                errors.push(FieldError::new(field, "chart-error-text-long").with("most", 160));
            }
            text
        };
        self.condition = text("condition", &self.condition);
        self.cause_of_death = text("cause_of_death", &self.cause_of_death);
        let code = self.code.take().map(|code| code.trim().to_owned()).filter(|code| !code.is_empty());
        match code.as_deref().map(icd10::find) {
            None => {}
            Some(Some(known)) => {
                if self.condition.is_empty() {
                    known.name.clone_into(&mut self.condition);
                }
                self.code = Some(known.code.to_owned());
            }
            Some(None) => errors.push(FieldError::new("code", "chart-error-code-unknown")),
        }
        if self.condition.is_empty() && code.is_none() {
            errors.push(FieldError::new("condition", "chart-error-condition"));
        }
        for (field, age) in [("age_at_onset", self.age_at_onset), ("age_at_death", self.age_at_death)] {
            if age.is_some_and(|age| age > 120) {
                errors.push(FieldError::new(field, "chart-error-age"));
            }
        }
        if self.deceased != Deceased::Yes && (self.age_at_death.is_some() || !self.cause_of_death.is_empty()) {
            errors.push(FieldError::new("deceased", "chart-error-deceased"));
        } else if let (Some(began), Some(died)) = (self.age_at_onset, self.age_at_death)
            && died < began
        {
            errors.push(FieldError::new("age_at_death", "chart-error-age-order"));
        }
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }
}

/// What is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum FamilyAnswer {
    /// Nothing is known to run in the family.
    NoneKnown,
    /// A relative.
    Relative(Relative),
}

/// The section of the record.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct FamilyHistory {
    /// Every version of every entry, the latest first.
    pub entries: Vec<Entry<FamilyAnswer>>,
}

impl FamilyHistory {
    /// The relatives that stand, the latest first.
    pub fn relatives(&self) -> impl Iterator<Item = (&Entry<FamilyAnswer>, &Relative)> {
        self.entries.iter().filter(|entry| entry.status == Status::Current).filter_map(|entry| match &entry.content {
            FamilyAnswer::Relative(relative) => Some((entry, relative)),
            FamilyAnswer::NoneKnown => None,
        })
    }

    /// The answer "none known", while it stands and no relative is listed: of two joined records, one may say what the other denies.
    pub fn none_known(&self) -> Option<&Entry<FamilyAnswer>> {
        if self.relatives().next().is_some() {
            return None;
        }
        self.entries.iter().find(|entry| entry.status == Status::Current && entry.content == FamilyAnswer::NoneKnown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relative() -> Relative {
        Relative {
            relationship: Relationship::Mth,
            condition: "  Breast   cancer ".into(),
            code: None,
            age_at_onset: Some(44),
            deceased: Deceased::Yes,
            age_at_death: Some(51),
            cause_of_death: String::new(),
        }
    }

    fn fields(relative: Relative) -> Vec<String> {
        relative.check().expect_err("mistakes").into_iter().map(|error| error.field.into_owned()).collect()
    }

    #[test]
    fn what_cannot_be_is_refused_by_field() {
        assert_eq!(relative().check().map(|relative| relative.condition), Ok("Breast cancer".to_owned()));
        assert_eq!(fields(Relative { age_at_death: Some(40), ..relative() }), ["age_at_death"]);
        assert_eq!(fields(Relative { deceased: Deceased::No, ..relative() }), ["deceased"]);
        let all =
            Relative { condition: String::new(), code: Some("x9x".into()), age_at_onset: Some(121), ..relative() };
        assert_eq!(fields(all), ["code", "age_at_onset", "age_at_death"]);
        let coded = Relative { condition: String::new(), code: Some("i10".into()), ..relative() };
        let coded = coded.check().expect("a code names its condition");
        assert_eq!(coded.code.as_deref(), Some("I10"));
        assert!(coded.condition.contains("hypertension"));
    }
}
