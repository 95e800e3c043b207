use calendars::{Kind, Login, Source};
use kernel::{FieldError, Secret, Timestamp, ids::OutsideCalendarId};
use serde::{Deserialize, Serialize};
use url::Url;

/// So many of one doctor.
pub(super) const MOST: usize = 5;
/// In a row: then its doctor is told.
pub(super) const FAILURES_TOLD: i32 = 3;
/// A calendar that answers is asked as often.
const EVERY_MINUTES: i64 = 15;
/// One that does not is asked at least as often.
const SELDOM_MINUTES: i64 = 6 * 60;
/// What it said last counts as long (and in `app.busy_times`).
pub(super) const COUNTS_DAYS: i64 = 3;

/// A calendar elsewhere, as its doctor sees it.
#[derive(Clone, Debug)]
pub(super) struct Outside {
    pub(super) id: OutsideCalendarId,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) host: String,
    pub(super) answered_at: Option<Timestamp>,
    pub(super) next_fetch_at: Timestamp,
    pub(super) busy_count: i32,
    pub(super) failures: i32,
    pub(super) trouble: Option<String>,
    pub(super) created_at: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Health {
    /// It was not asked yet.
    New,
    UpToDate,
    /// It did not answer; what it said before counts.
    InTrouble,
    /// It has not answered for so long that nothing of it counts.
    Lost,
}

impl Health {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::UpToDate => "up-to-date",
            Self::InTrouble => "in-trouble",
            Self::Lost => "lost",
        }
    }
}

impl Outside {
    pub(super) fn health(&self, now: Timestamp) -> Health {
        match (self.answered_at, self.failures) {
            (None, 0) => Health::New,
            (Some(at), _) if at.plus_days(COUNTS_DAYS) <= now => Health::Lost,
            (_, 0) => Health::UpToDate,
            (Some(_), _) => Health::InTrouble,
            (None, _) => Health::Lost,
        }
    }
}

/// When to ask again after so many failures in a row.
pub(super) fn next(now: Timestamp, failures: i32) -> Timestamp {
    let doublings = u32::try_from(failures.clamp(0, 10)).unwrap_or_default();
    now.plus_minutes((EVERY_MINUTES << doublings).min(SELDOM_MINUTES))
}

/// What is sealed of a calendar.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Sealed {
    pub(super) url: Url,
    pub(super) user: Option<String>,
    pub(super) password: Option<String>,
}

impl Sealed {
    pub(super) fn source(self, kind: Kind, tag: Option<String>) -> Source {
        let login = self.user.zip(self.password);
        let login = login.map(|(user, password)| Login { user, password: Secret::new(password) });
        Source { url: self.url, kind, login, tag }
    }
}

pub(super) const fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::File => "file",
        Kind::CalDav => "caldav",
    }
}

pub(super) fn kind(word: &str) -> Option<Kind> {
    [Kind::File, Kind::CalDav].into_iter().find(|kind| kind_word(*kind) == word)
}

/// A calendar to be read, as typed.
#[derive(Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub(crate) struct Typed {
    /// What its doctor calls it.
    pub(super) name: String,
    /// `file` for an address that ends in a calendar file, `caldav` for a collection.
    pub(super) kind: String,
    pub(super) url: String,
    pub(super) user: String,
    pub(super) password: String,
}

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Typed").field("name", &self.name).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// A calendar to be read.
#[derive(Clone, Debug)]
pub(super) struct AddCalendar {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) sealed: Sealed,
    pub(super) host: String,
}

impl Typed {
    pub(super) fn parse(&self) -> Result<AddCalendar, Vec<FieldError>> {
        let mut errors = Vec::new();
        let name: String = self.name.trim().chars().filter(|c| !c.is_control()).collect();
        if !(1..=80).contains(&name.chars().count()) {
            errors.push(FieldError::new("name", "scheduling-outside-name-wrong"));
        }
        let kind = kind(&self.kind);
        if kind.is_none() {
            errors.push(FieldError::new("kind", "scheduling-outside-kind-wrong"));
        }
        let url = self.address();
        if url.is_none() {
            errors.push(FieldError::new("url", "scheduling-outside-url-wrong"));
        }
        let text = |typed: &str| Some(typed.to_owned()).filter(|typed| !typed.is_empty() && typed.len() <= 500);
        let (user, password) = (text(self.user.trim()), text(&self.password));
        if user.is_some() != password.is_some() {
            errors.push(FieldError::new("password", "scheduling-outside-login-half"));
        }
        match (kind, url) {
            (Some(kind), Some((url, host))) if errors.is_empty() => {
                Ok(AddCalendar { name, kind, sealed: Sealed { url, user, password }, host })
            }
            _ => Err(errors),
        }
    }

    /// Programs write `webcal:` for what is fetched by https.
    fn address(&self) -> Option<(Url, String)> {
        let typed = self.url.trim();
        let https = ["webcal://", "webcals://"].iter().find_map(|scheme| typed.strip_prefix(scheme));
        let typed = https.map_or_else(|| typed.to_owned(), |rest| format!("https://{rest}"));
        let url: Url = Some(typed).filter(|typed| typed.len() <= 2000)?.parse().ok()?;
        let host = url.host_str()?.to_owned();
        Some((url, host))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_that_does_not_answer_is_asked_ever_less_often() {
        let now = Timestamp::from_unix_seconds(1_790_000_000);
        let minutes = [0, 1, 2, 3, 4, 5, 1000].map(|failures| next(now, failures).minutes_since(now));
        assert_eq!(minutes, [15, 30, 60, 120, 240, 360, 360]);
    }

    #[test]
    fn what_is_typed_is_read_or_refused_field_by_field() {
        let typed = |url: &str, password: &str| Typed {
            name: " Home ".to_owned(),
            kind: "file".to_owned(),
            url: url.to_owned(),
            user: "me".to_owned(),
            password: password.to_owned(),
        };
        let read = typed("webcal://cal.example/a.ics", "secret").parse().unwrap();
        assert_eq!((read.name.as_str(), read.host.as_str()), ("Home", "cal.example"));
        assert_eq!(read.sealed.url.as_str(), "https://cal.example/a.ics");
        let fields = |typed: Typed| typed.parse().unwrap_err().iter().map(|e| e.field.to_string()).collect::<Vec<_>>();
        assert_eq!(fields(typed("nonsense", "")), ["url", "password"]);
        assert_eq!(fields(Typed::default()), ["name", "kind", "url"]);
        assert!(!format!("{:?}", typed("https://x.example/", "secret")).contains("secret"));
    }
}
