//! What is wanted of a timeline, and where a page of it ended.

use std::fmt;

use kernel::{LocalDate, Timestamp, Zone};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Visit,
    Diagnosis,
    Prescription,
    Immunization,
    Measurement,
    Document,
    Letter,
    Intake,
    Appointment,
}

impl Kind {
    pub(crate) const ALL: [Self; 9] = [
        Self::Visit,
        Self::Diagnosis,
        Self::Prescription,
        Self::Immunization,
        Self::Measurement,
        Self::Document,
        Self::Letter,
        Self::Intake,
        Self::Appointment,
    ];

    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Diagnosis => "diagnosis",
            Self::Prescription => "prescription",
            Self::Immunization => "immunization",
            Self::Measurement => "measurement",
            Self::Document => "document",
            Self::Letter => "letter",
            Self::Intake => "intake",
            Self::Appointment => "appointment",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub(crate) const fn icon(self) -> &'static str {
        match self {
            Self::Visit => "stethoscope",
            Self::Diagnosis => "clipboard-list",
            Self::Prescription => "pill",
            Self::Immunization => "syringe",
            Self::Measurement => "heart-pulse",
            Self::Document => "file",
            Self::Letter => "file-text",
            Self::Intake => "message-square",
            Self::Appointment => "calendar-days",
        }
    }
}

/// The question as an address holds it: kept as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub(crate) kind: Vec<String>,
    pub(crate) from: String,
    pub(crate) until: String,
    pub(crate) words: String,
    pub(crate) cursor: String,
}

/// The same, understood. What is no day or no kind is not asked for.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// All where empty.
    pub(crate) kinds: Vec<Kind>,
    pub(crate) from: Option<Timestamp>,
    /// Before this.
    pub(crate) before: Option<Timestamp>,
    /// In lower case.
    pub(crate) words: Vec<String>,
    pub(crate) after: Option<Cursor>,
}

/// Words looked for at a time.
const WORDS: usize = 8;

impl Asked {
    /// Days are the reader's.
    pub(crate) fn understood(&self, zone: &Zone) -> Wanted {
        let day = |text: &str| text.trim().parse::<LocalDate>().ok();
        Wanted {
            kinds: self.kind.iter().filter_map(|code| Kind::from_code(code)).collect(),
            from: day(&self.from).map(|day| day.starts_in(zone)),
            before: day(&self.until).map(|day| day.plus_days(1).starts_in(zone)),
            words: self.words.to_lowercase().split_whitespace().take(WORDS).map(str::to_owned).collect(),
            after: Cursor::parse(&self.cursor),
        }
    }

    pub(crate) fn filters(&self) -> bool {
        !(self.kind.is_empty() && self.from.is_empty() && self.until.is_empty() && self.words.trim().is_empty())
    }

    /// The address of the page after `cursor`.
    pub(crate) fn next(&self, cursor: Cursor) -> String {
        self.address(&cursor.to_string())
    }

    /// The address of the first page.
    pub(crate) fn without_cursor(&self) -> String {
        self.address("")
    }

    fn address(&self, place: &str) -> String {
        let kinds = self.kind.iter().map(|kind| ("kind", kind.as_str()));
        let rest = [("from", self.from.as_str()), ("until", self.until.as_str()), ("words", self.words.as_str())];
        let pairs: Vec<(&str, &str)> =
            kinds.chain(rest).chain([("cursor", place)]).filter(|(_, value)| !value.is_empty()).collect();
        serde_urlencoded::to_string(pairs).map(|query| format!("?{query}")).unwrap_or_default()
    }
}

impl Wanted {
    /// Whether all words stand in this entry.
    pub(crate) fn matches(&self, texts: [&str; 3]) -> bool {
        let said = texts.join(" ").to_lowercase();
        self.words.iter().all(|word| said.contains(word))
    }
}

/// After which entry a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) at: Timestamp,
    pub(crate) id: Uuid,
}

impl Cursor {
    fn parse(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('.')?;
        Some(Self { at: Timestamp::from_micros(at.parse().ok()?), id: id.parse().ok()? })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at.micros(), self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_comes_back_in_the_address_of_the_next_page() {
        let asked =
            Asked { kind: vec!["visit".into(), "letter".into()], words: "a murmur & more".into(), ..Asked::default() };
        let cursor = Cursor { at: Timestamp::from_micros(1_790_000_000_000_007), id: Uuid::from_u128(7) };
        let next = asked.next(cursor);
        assert!(next.starts_with("?kind=visit&kind=letter&words=a+murmur+%26+more&cursor=1790000000000007."), "{next}");
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        assert_eq!(Cursor::parse("yesterday"), None);
    }

    #[test]
    fn what_is_no_day_and_no_kind_is_not_asked_for_and_every_word_must_stand_there() {
        let asked = Asked {
            kind: vec!["visit".into(), "weather".into()],
            from: "soon".into(),
            until: "2026-12-01".into(),
            words: " Left  ELBOW ".into(),
            ..Asked::default()
        };
        let wanted = asked.understood(&Zone::utc());
        assert_eq!((wanted.kinds.as_slice(), wanted.from), ([Kind::Visit].as_slice(), None));
        assert_eq!(wanted.before.map(|at| at.to_string()), Some("2026-12-02T00:00:00Z".to_owned()));
        assert!(wanted.matches(["X-ray of the elbow", "left", ""]) && !wanted.matches(["Elbow", "", ""]));
    }
}
