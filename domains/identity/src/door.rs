//! What every door of identity takes from a request.

use kernel::{Fault, FaultKind, FieldError, Zone};
use web::Ctx;

use crate::{letters::Sender, network::Origin, throttle::Throttle};

pub fn origin(me: &Ctx) -> Origin {
    Origin::new(me.client_ip(), me.header("user-agent"))
}

pub fn throttle(me: &Ctx) -> Throttle<'_> {
    Throttle { db: me.app().db(), demo_mode: me.app().demo_mode() }
}

pub fn sender(me: &Ctx) -> Sender<'_> {
    Sender::new(me.app())
}

/// A path of ours to go to afterwards; anything that could lead elsewhere is none.
pub fn next_path(typed: &str) -> &str {
    let mut chars = typed.chars();
    let ours = chars.next() == Some('/') && !matches!(chars.next(), Some('/' | '\\'));
    let plain = typed.len() <= 500 && !typed.chars().any(|c| c.is_control() || c == '\\');
    if ours && plain { typed } else { "" }
}

/// `?next=…` for a link to the page that leads on, or nothing.
pub fn next_query(next: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if next.is_empty() { String::new() } else { format!("?{}", query.append_pair("next", next).finish()) }
}

/// All zones a person may choose, each with its place first.
pub fn zones() -> Vec<(String, String)> {
    let mut zones: Vec<(String, String)> = jiff::tz::db()
        .available()
        .map(|name| name.to_string())
        .filter(|name| name == "UTC" || name.contains('/') && !name.starts_with("Etc/") && !name.starts_with("posix/"))
        .filter_map(|name| name.parse::<Zone>().ok())
        .map(|zone| (zone.name().to_owned(), zone.name().replace('_', " ")))
        .collect();
    zones.sort();
    zones.dedup();
    zones
}

/// A door's own refusal, where no verb was asked.
#[derive(Debug, thiserror::Error)]
#[error("refused at the door: {0:?}")]
pub struct Refused(pub FaultKind);

impl Fault for Refused {
    fn kind(&self) -> FaultKind {
        self.0.clone()
    }
}

/// One error beside one field.
pub(crate) fn one(field: &'static str, key: &'static str) -> Vec<FieldError> {
    vec![FieldError::new(field, key)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_ours_is_next() {
        assert_eq!(next_path("/book?doctor=a&at=10:45"), "/book?doctor=a&at=10:45");
        for elsewhere in
            ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "", "book", "/a\nb", "/a\\b"]
        {
            assert_eq!(next_path(elsewhere), "", "{elsewhere:?}");
        }
        assert_eq!(next_query("/book?a=b"), "?next=%2Fbook%3Fa%3Db");
        assert_eq!(next_query(""), "");
    }

    #[test]
    fn the_zones_are_many_and_real() {
        let zones = zones();
        assert!(zones.len() > 300);
        assert!(zones.iter().any(|(name, label)| name == "America/New_York" && label == "America/New York"));
    }
}
