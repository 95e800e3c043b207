//! Ticks and clocks, as a person's wishes.

use std::collections::BTreeMap;

use kernel::{FieldError, Locale};
use notify::{Daily, Quiet, Reach, Topic, Way, Wishes};

use super::set::SetPreferences;

/// The fields of the page: `reviews.email`, `quiet`, `quiet_from`, …; what is ticked is there.
pub(super) type Fields = BTreeMap<String, String>;

/// The topics of the matrix; the agenda has its own place.
pub(super) fn topics() -> impl Iterator<Item = Topic> {
    Topic::ALL.into_iter().filter(|topic| !topic.must_be_asked_for())
}

pub(super) fn read(fields: &Fields, reach: Reach) -> Result<SetPreferences, Vec<FieldError>> {
    let mut errors = Vec::new();
    let ticked = |name: &str| fields.contains_key(name);
    let text = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    let mut wishes = Wishes::default();
    for topic in topics() {
        for way in Way::ALL {
            let wanted = ticked(&field(topic, way)) || (topic.is_mandatory() && way == Way::App);
            wishes.choose(topic, way, reach, wanted);
        }
    }
    if ticked("agenda") {
        for way in [Way::App, Way::Email] {
            wishes.choose(Topic::Agenda, way, reach, true);
        }
        wishes.choose(Topic::Agenda, Way::Sms, reach, !reach.email);
    }
    let mut clock = |name: &'static str| {
        let read = Daily::parse(text(name));
        if read.is_none() {
            errors.push(FieldError::new(name, "messaging-preferences-clock-wrong"));
        }
        read
    };
    if ticked("agenda") {
        wishes.agenda = clock("agenda_at").unwrap_or_default();
    }
    if ticked("digest") {
        wishes.digest = clock("digest_at");
    }
    if ticked("quiet") {
        let (from, until) = (clock("quiet_from"), clock("quiet_until"));
        wishes.quiet = from.zip(until).and_then(|(from, until)| Quiet::new(from.minute(), until.minute()));
        if from.is_some() && from == until {
            errors.push(FieldError::new("quiet_until", "messaging-preferences-quiet-same"));
        }
    }
    let letters = match text("letters") {
        "" => None,
        tag => {
            let read: Option<Locale> = tag.parse().ok();
            if read.is_none() {
                errors.push(FieldError::new("letters", "messaging-preferences-language-wrong"));
            }
            read
        }
    };
    if errors.is_empty() { Ok(SetPreferences { wishes, letters }) } else { Err(errors) }
}

pub(super) fn field(topic: Topic, way: Way) -> String {
    format!("{}.{}", topic.word(), way.word())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: Reach = Reach { email: true, phone: true };

    fn fields(of: &[(&str, &str)]) -> Fields {
        of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_is_not_ticked_is_not_wanted_except_what_must_be() {
        let read = read(&fields(&[("visits.email", "on")]), BOTH).unwrap().wishes;
        assert!(read.wants(Topic::Visits, Way::Email, BOTH) && read.wants(Topic::Visits, Way::App, BOTH));
        assert!(Way::ALL.iter().all(|way| !read.wants(Topic::Reviews, *way, BOTH)));
        assert!(!read.wants(Topic::Agenda, Way::Email, BOTH));
    }

    #[test]
    fn clocks_are_read_only_where_they_are_switched_on() {
        let off = fields(&[("quiet_from", "nonsense"), ("digest_at", "25:00")]);
        assert!(read(&off, BOTH).unwrap().wishes.quiet.is_none());
        let wrong = fields(&[("quiet", "on"), ("quiet_from", "22:00"), ("quiet_until", "24:30"), ("digest", "on")]);
        let named: Vec<String> = read(&wrong, BOTH).unwrap_err().iter().map(|error| error.field.to_string()).collect();
        assert_eq!(named, ["digest_at", "quiet_until"]);
        let same = fields(&[("quiet", "on"), ("quiet_from", "22:00"), ("quiet_until", "22:00")]);
        assert_eq!(read(&same, BOTH).unwrap_err()[0].message_key, "messaging-preferences-quiet-same");
        let night = fields(&[("quiet", "on"), ("quiet_from", "22:00"), ("quiet_until", "07:00")]);
        assert_eq!(read(&night, BOTH).unwrap().wishes.quiet, Quiet::parse("22:00", "07:00"));
    }
}
