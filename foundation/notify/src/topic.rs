use serde::{Deserialize, Serialize};

/// What a notice is about, as its reader sorts them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// The account and who gets into it.
    Security,
    Money,
    /// A visit was confirmed, moved, called off: whoever does not hear of it waits for a doctor who does not come.
    Visits,
    Reminders,
    /// A summary, a prescription.
    Care,
    /// Doctor and patient write to each other.
    Messages,
    Reviews,
    /// The doctor's day, in the morning.
    Agenda,
}

impl Topic {
    pub const ALL: [Self; 8] = [
        Self::Security,
        Self::Money,
        Self::Visits,
        Self::Reminders,
        Self::Care,
        Self::Messages,
        Self::Reviews,
        Self::Agenda,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::Money => "money",
            Self::Visits => "visits",
            Self::Reminders => "reminders",
            Self::Care => "care",
            Self::Messages => "messages",
            Self::Reviews => "reviews",
            Self::Agenda => "agenda",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.word() == word)
    }

    /// A kind of notice is named `room.what`. What is not known here cannot be switched off.
    pub fn of(kind: &str) -> Self {
        match kind.split_once('.').unwrap_or((kind, "")) {
            ("scheduling", "reminder") => Self::Reminders,
            ("scheduling", "agenda") => Self::Agenda,
            ("scheduling" | "emergency", _) => Self::Visits,
            ("billing" | "claims", _) => Self::Money,
            // Who gets into a record is no news of care that may wait or fall silent.
            ("chart", "emergency_access" | "access_question" | "access_answer" | "consent") => Self::Security,
            ("consultations" | "prescriptions" | "chart", _) => Self::Care,
            ("correspondence", _) => Self::Messages,
            ("community", _) => Self::Reviews,
            _ => Self::Security,
        }
    }

    /// Safety, security and money: the way may be chosen, silence may not.
    pub const fn is_mandatory(self) -> bool {
        matches!(self, Self::Security | Self::Money | Self::Visits)
    }

    /// Whether it is soon enough when the quiet hours are over.
    pub const fn can_wait(self) -> bool {
        !matches!(self, Self::Security | Self::Visits)
    }

    /// Whether it is soon enough in a letter once a day.
    pub const fn can_be_gathered(self) -> bool {
        matches!(self, Self::Care | Self::Reviews)
    }

    /// Only who asks for it gets it.
    pub const fn must_be_asked_for(self) -> bool {
        matches!(self, Self::Agenda)
    }
}

/// How somebody hears of something.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    App,
    Email,
    Sms,
}

impl Way {
    pub const ALL: [Self; 3] = [Self::App, Self::Email, Self::Sms];

    pub const fn word(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.word() == word)
    }
}

/// Which ways outside the app lead to somebody.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Reach {
    pub email: bool,
    pub phone: bool,
}

impl Reach {
    pub const fn has(self, way: Way) -> bool {
        match way {
            Way::App => true,
            Way::Email => self.email,
            Way::Sms => self.phone,
        }
    }
}
