use kernel::{
    Timestamp,
    ids::{AppointmentId, PractitionerId, ReviewId},
};

/// Days in which an author may change a review.
pub(crate) const EDIT_DAYS: i64 = 30;
/// Characters of text, at most.
pub(crate) const LONGEST_TEXT: usize = 2_000;
/// Fewer reviews show no number.
pub(crate) const SHOWN_FROM: i32 = 5;

/// One to five.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stars(i16);

impl Stars {
    pub fn new(number: i16) -> Option<Self> {
        (1..=5).contains(&number).then_some(Self(number))
    }

    /// From a row, whose check keeps it within bounds.
    pub(crate) fn clamped(number: i16) -> Self {
        Self(number.clamp(1, 5))
    }

    pub const fn number(self) -> i16 {
        self.0
    }
}

/// What is judged beside the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    Listening,
    Explanation,
    Punctuality,
    Technology,
}

impl Dimension {
    pub const ALL: [Self; 4] = [Self::Listening, Self::Explanation, Self::Punctuality, Self::Technology];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Listening => "listening",
            Self::Explanation => "explanation",
            Self::Punctuality => "punctuality",
            Self::Technology => "technology",
        }
    }
}

/// A patient's judgement; the dimensions may be left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scores {
    pub overall: Stars,
    pub listening: Option<Stars>,
    pub explanation: Option<Stars>,
    pub punctuality: Option<Stars>,
    pub technology: Option<Stars>,
}

impl Scores {
    pub const fn of(&self, dimension: Dimension) -> Option<Stars> {
        match dimension {
            Dimension::Listening => self.listening,
            Dimension::Explanation => self.explanation,
            Dimension::Punctuality => self.punctuality,
            Dimension::Technology => self.technology,
        }
    }
}

/// Whether readers see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Published,
    AwaitingModeration,
    Rejected,
}

impl Status {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::AwaitingModeration => "awaiting_moderation",
            Self::Rejected => "rejected",
        }
    }

    pub(crate) fn of(word: &str) -> Self {
        match word {
            "published" => Self::Published,
            "rejected" => Self::Rejected,
            _ => Self::AwaitingModeration,
        }
    }
}

/// A review as its author and a moderator see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    pub id: ReviewId,
    pub appointment: AppointmentId,
    pub practitioner: PractitionerId,
    pub practitioner_name: String,
    pub scores: Scores,
    /// The author's own words.
    pub text: String,
    /// What readers see instead, after a redaction.
    pub redacted_to: Option<String>,
    pub author: String,
    pub status: Status,
    /// Why the filter held it back.
    pub flags: Vec<String>,
    /// What the moderator told the author.
    pub reason: Option<String>,
    pub submitted_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub version: i32,
}

impl Review {
    pub fn is_editable(&self, now: Timestamp) -> bool {
        now < self.submitted_at.plus_days(EDIT_DAYS)
    }
}

/// A review as everyone sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedReview {
    pub id: ReviewId,
    pub overall: i16,
    pub text: String,
    /// "Amina K."
    pub author: String,
    /// Show the month only.
    pub published_at: Timestamp,
}

/// What the published reviews of a doctor add up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    pub reviews: i32,
    /// In thousandths of a star.
    pub score_milli: i32,
    pub listening_milli: Option<i32>,
    pub explanation_milli: Option<i32>,
    pub punctuality_milli: Option<i32>,
    pub technology_milli: Option<i32>,
}

impl Rating {
    /// "4.6", once enough people have spoken.
    pub fn shown(&self) -> Option<String> {
        (self.reviews >= SHOWN_FROM).then(|| {
            let tenths = (self.score_milli + 50) / 100;
            format!("{}.{}", tenths / 10, tenths % 10)
        })
    }
}

/// "Amina K.": the first name, and the first letter of the last.
pub(crate) fn author_label(full_name: &str) -> String {
    let mut words = full_name.split_whitespace();
    let first: String = words.next().unwrap_or("?").chars().take(40).collect();
    match words.next_back().and_then(|last| last.chars().next()) {
        Some(initial) => format!("{first} {}.", initial.to_uppercase()),
        None => first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_see_a_first_name_and_an_initial() {
        for (name, label) in [
            ("Amina Karim", "Amina K."),
            ("María del Carmen ortega", "María O."),
            ("Sukarno", "Sukarno"),
            ("أمينة كريم", "أمينة ك."),
            ("  ", "?"),
        ] {
            assert_eq!(author_label(name), label);
        }
    }

    #[test]
    fn a_number_is_shown_from_five_reviews_on() {
        let rating = |reviews, score_milli| Rating {
            reviews,
            score_milli,
            listening_milli: None,
            explanation_milli: None,
            punctuality_milli: None,
            technology_milli: None,
        };
        assert_eq!(rating(4, 5000).shown(), None);
        assert_eq!(rating(5, 4649).shown().as_deref(), Some("4.6"));
        assert_eq!(rating(5, 4650).shown().as_deref(), Some("4.7"));
    }

    #[test]
    fn stars_are_one_to_five() {
        assert!(Stars::new(0).is_none() && Stars::new(6).is_none());
        assert_eq!(Stars::new(5).map(Stars::number), Some(5));
    }
}
