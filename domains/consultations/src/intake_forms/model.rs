//! A form, its answers, and what follows from them. Names follow FHIR R4 `Questionnaire` and `QuestionnaireResponse`.

use std::collections::BTreeMap;

use kernel::{FieldError, LocalDate, Locale};
use serde::{Deserialize, Serialize};

/// A text in every language of the house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub en: String,
    pub ar: String,
}

impl Text {
    pub fn in_language(&self, locale: Locale) -> &str {
        match locale.dir() {
            "rtl" => &self.ar,
            _ => &self.en,
        }
    }
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Text,
    /// One entry a line.
    Lines,
    Choice,
    Choices,
    /// `yes` or `no`.
    Boolean,
    Decimal,
    Date,
}

/// Where an answer is filled in from beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Prefill {
    Allergies,
    Medicines,
    Problems,
    Family,
    Weight,
    Height,
    Tobacco,
}

/// As what the doctor may take an answer into the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Acceptable {
    Allergy,
    Problem,
    Family,
    Tobacco,
}

#[derive(Debug, Clone, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub code: String,
    pub text: Text,
}

/// The question is asked when another has one of these answers.
#[derive(Debug, Clone, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnableWhen {
    pub question: String,
    pub answers: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub link_id: String,
    #[serde(rename = "type")]
    pub kind: Kind,
    pub text: Text,
    #[serde(default)]
    pub hint: Option<Text>,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub options: Vec<Choice>,
    /// All must hold.
    #[serde(default)]
    pub enable_when: Vec<EnableWhen>,
    /// Answers that are red flags.
    #[serde(default)]
    pub urgent: Vec<String>,
    #[serde(default)]
    pub prefill: Option<Prefill>,
    #[serde(default)]
    pub accept: Option<Acceptable>,
    /// Of a number.
    #[serde(default)]
    pub unit: Option<String>,
    #[serde(default)]
    pub low: Option<f64>,
    #[serde(default)]
    pub high: Option<f64>,
}

#[derive(Debug, Clone, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub id: String,
    pub title: Text,
    pub items: Vec<Item>,
}

/// A published scale within a form.
#[derive(Debug, Clone, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    pub id: String,
    pub name: String,
    pub items: Vec<String>,
    pub most: u32,
    /// From here on it is positive.
    pub threshold: u32,
    pub source: String,
}

/// A form in one version.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Form {
    pub id: String,
    pub version: i32,
    pub title: Text,
    pub sections: Vec<Section>,
    pub scores: Vec<Scale>,
}

/// Answers by question: texts and codes, several where several may be chosen.
pub type Answers = BTreeMap<String, Vec<String>>;

/// What a scale comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Score {
    pub name: String,
    pub score: u32,
    pub most: u32,
    pub positive: bool,
    pub source: String,
}

/// A line that the answers and the record do not share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Change {
    pub link_id: String,
    pub line: String,
    /// In the answers and not in the record; otherwise the other way round.
    pub added: bool,
}

/// Whether everything that is required must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Completeness {
    Draft,
    Whole,
}

/// Characters of a text; lines of a list; characters of a line.
const LONGEST: usize = 2000;
const MOST_LINES: usize = 40;
const LONGEST_LINE: usize = 120;

impl Form {
    pub(super) fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items)
    }

    pub fn find(&self, link_id: &str) -> Option<&Item> {
        self.items().find(|item| item.link_id == link_id)
    }

    /// Whether a question is asked. One whose own condition hangs on a question that is not asked is not asked either.
    pub fn asks(&self, item: &Item, answers: &Answers) -> bool {
        item.enable_when.iter().all(|when| {
            self.find(&when.question).is_some_and(|other| other.link_id != item.link_id && self.asks(other, answers))
                && answers.get(&when.question).is_some_and(|given| given.iter().any(|one| when.answers.contains(one)))
        })
    }

    /// Answers to what is asked, tidied; or what to do about each field.
    pub(super) fn check(&self, given: &Answers, whole: Completeness) -> Result<Answers, Vec<FieldError>> {
        let (mut kept, mut errors) = (Answers::new(), Vec::new());
        // A question stands after those it hangs on (`forms.rs` tests it), so what is kept so far decides.
        for item in self.items() {
            if !self.asks(item, &kept) {
                continue;
            }
            let typed = given.get(&item.link_id).map(Vec::as_slice).unwrap_or_default();
            let values = tidied(item, typed);
            if values.is_empty() {
                if item.required && whole == Completeness::Whole {
                    errors.push(FieldError::new(item.link_id.clone(), "consultations-error-intake-required"));
                }
                continue;
            }
            if let Some(error) = wrong(item, &values) {
                errors.push(error);
            }
            kept.insert(item.link_id.clone(), values);
        }
        if errors.is_empty() { Ok(kept) } else { Err(errors) }
    }

    /// Questions whose answer is a red flag.
    pub fn urgent<'a>(&'a self, answers: &'a Answers) -> impl Iterator<Item = &'a Item> {
        self.items().filter(|item| {
            let given = answers.get(&item.link_id);
            given.is_some_and(|given| given.iter().any(|one| item.urgent.contains(one))) && self.asks(item, answers)
        })
    }

    /// Scales of which every question is answered.
    pub fn scored(&self, answers: &Answers) -> Vec<Score> {
        let points = |link_id: &String| answers.get(link_id)?.first()?.parse::<u32>().ok();
        let score = |scale: &Scale| {
            let score = scale.items.iter().map(points).sum::<Option<u32>>()?;
            Some(Score {
                name: scale.name.clone(),
                score,
                most: scale.most,
                positive: score >= scale.threshold,
                source: scale.source.clone(),
            })
        };
        self.scores.iter().filter_map(score).collect()
    }
}

fn tidied(item: &Item, typed: &[String]) -> Vec<String> {
    let trimmed = typed.iter().map(|text| text.replace("\r\n", "\n").trim().to_owned());
    let mut values: Vec<String> = match item.kind {
        Kind::Lines => trimmed
            .flat_map(|text| {
                text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
            })
            .filter(|line| !line.is_empty())
            .collect(),
        Kind::Choices => trimmed.filter(|text| !text.is_empty()).collect(),
        Kind::Text | Kind::Choice | Kind::Boolean | Kind::Decimal | Kind::Date => {
            trimmed.filter(|text| !text.is_empty()).take(1).collect()
        }
    };
    if item.kind == Kind::Decimal {
        for value in &mut values {
            *value = value.replace(',', ".");
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    values.retain(|value| seen.insert(value.to_lowercase()));
    values
}

fn wrong(item: &Item, values: &[String]) -> Option<FieldError> {
    let field = || item.link_id.clone();
    let first = values.first().map(String::as_str).unwrap_or_default();
    match item.kind {
        Kind::Text => (first.chars().count() > LONGEST)
            .then(|| FieldError::new(field(), "consultations-error-intake-long").with("most", LONGEST)),
        Kind::Lines => (values.len() > MOST_LINES || values.iter().any(|line| line.chars().count() > LONGEST_LINE))
            .then(|| FieldError::new(field(), "consultations-error-intake-lines").with("most", LONGEST_LINE)),
        Kind::Choice | Kind::Choices => {
            let known = |value: &String| item.options.iter().any(|option| option.code == *value);
            (!values.iter().all(known)).then(|| FieldError::new(field(), "consultations-error-intake-choose"))
        }
        Kind::Boolean => {
            (!matches!(first, "yes" | "no")).then(|| FieldError::new(field(), "consultations-error-intake-choose"))
        }
        Kind::Decimal => {
            let (low, high) = (item.low.unwrap_or(0.0), item.high.unwrap_or(10_000.0));
            let fits = first.parse::<f64>().is_ok_and(|value| (low..=high).contains(&value));
            (!fits).then(|| {
                FieldError::new(field(), "consultations-error-intake-number").with("low", low).with("high", high)
            })
        }
        Kind::Date => first.parse::<LocalDate>().is_err().then(|| FieldError::new(field(), "consultations-error-date")),
    }
}
