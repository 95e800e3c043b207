//! Calendar files (RFC 5545): events in UTC, which every calendar shows in its owner's own zone; one in a letter, many in a feed.

use kernel::Timestamp;

/// One event of a calendar file.
#[derive(Debug, Clone)]
pub struct CalendarEvent {
    /// Stable for the life of the event, e.g. `APPOINTMENT-ID@bedside`: a later file with the same UID replaces this one.
    pub uid: String,
    /// Grows with every change of the event; the appointment's `version` will do.
    pub sequence: u32,
    /// When this file was written.
    pub written_at: Timestamp,
    /// Beginning and end.
    pub starts_at: Timestamp,
    /// See `starts_at`.
    pub ends_at: Timestamp,
    /// Title. It lands in calendars that others may see: no health data.
    pub summary: String,
    /// Longer text, may be empty.
    pub description: String,
    /// A place or an address; may be empty.
    pub location: String,
    /// Link back to the appointment; may be empty.
    pub url: String,
    /// Who invites; nobody in a feed, where there is nothing to answer.
    pub organizer: Option<Organizer>,
    /// Whether the event takes place.
    pub status: CalendarStatus,
    /// Remind this many minutes before; none without.
    pub alarm_minutes: Option<u32>,
}

/// Who invites to an event.
#[derive(Debug, Clone)]
pub struct Organizer {
    /// Name as shown.
    pub name: String,
    /// E-mail address.
    pub email: String,
}

/// Whether an event takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarStatus {
    /// It does.
    Confirmed,
    /// It is called off: calendars remove it.
    Cancelled,
}

/// The text of an `.ics` file (`text/calendar; charset=utf-8; method=PUBLISH` or, for a cancelled event, `CANCEL`).
pub fn calendar(event: &CalendarEvent) -> String {
    let (method, status) = match event.status {
        CalendarStatus::Confirmed => ("PUBLISH", "CONFIRMED"),
        CalendarStatus::Cancelled => ("CANCEL", "CANCELLED"),
    };
    let mut file = opened();
    file.add(&format!("METHOD:{method}"));
    add_event(&mut file, event, status);
    file.add("END:VCALENDAR");
    file.0
}

/// A calendar that programs subscribe to: they replace what they have by what stands here, about once an hour. Cancelled events say so,
/// and can be left out later.
pub fn calendar_feed(name: &str, events: &[CalendarEvent]) -> String {
    let mut file = opened();
    // The name: RFC 7986, and as older programs ask for it.
    for property in ["NAME", "X-WR-CALNAME"] {
        file.add(&format!("{property}:{}", escaped(name)));
    }
    file.add("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    file.add("X-PUBLISHED-TTL:PT1H");
    for event in events {
        let status = match event.status {
            CalendarStatus::Confirmed => "CONFIRMED",
            CalendarStatus::Cancelled => "CANCELLED",
        };
        add_event(&mut file, event, status);
    }
    file.add("END:VCALENDAR");
    file.0
}

fn opened() -> Lines {
    let mut file = Lines::default();
    file.add("BEGIN:VCALENDAR");
    file.add("VERSION:2.0");
    file.add("PRODID:-//Bedside//Bedside//EN");
    file.add("CALSCALE:GREGORIAN");
    file
}

fn add_event(file: &mut Lines, event: &CalendarEvent, status: &str) {
    file.add("BEGIN:VEVENT");
    file.add(&format!("UID:{}", escaped(&event.uid)));
    file.add(&format!("SEQUENCE:{}", event.sequence));
    file.add(&format!("DTSTAMP:{}", utc(event.written_at)));
    file.add(&format!("DTSTART:{}", utc(event.starts_at)));
    file.add(&format!("DTEND:{}", utc(event.ends_at)));
    file.add(&format!("SUMMARY:{}", escaped(&event.summary)));
    for (name, text) in [("DESCRIPTION", &event.description), ("LOCATION", &event.location)] {
        if !text.is_empty() {
            file.add(&format!("{name}:{}", escaped(text)));
        }
    }
    if !event.url.is_empty() {
        file.add(&format!("URL:{}", one_line(&event.url)));
    }
    if let Some(organizer) = &event.organizer {
        file.add(&format!(
            "ORGANIZER;CN=\"{}\":mailto:{}",
            one_line(&organizer.name).replace('"', "'"),
            one_line(&organizer.email)
        ));
    }
    file.add(&format!("STATUS:{status}"));
    // Who called off has the time for something else.
    file.add(if event.status == CalendarStatus::Confirmed { "TRANSP:OPAQUE" } else { "TRANSP:TRANSPARENT" });
    if let (Some(minutes), CalendarStatus::Confirmed) = (event.alarm_minutes, event.status) {
        alarm(file, minutes, &event.summary);
    }
    file.add("END:VEVENT");
}

fn alarm(file: &mut Lines, minutes: u32, summary: &str) {
    file.add("BEGIN:VALARM");
    file.add("ACTION:DISPLAY");
    file.add(&format!("TRIGGER:-PT{minutes}M"));
    file.add(&format!("DESCRIPTION:{}", escaped(summary)));
    file.add("END:VALARM");
}

fn utc(at: Timestamp) -> String {
    at.jiff().strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// TEXT values: RFC 5545 §3.3.11.
fn escaped(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace('\n', "\\n")
}

fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// Content lines, folded at 75 octets (RFC 5545 §3.1) without cutting a character in two.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn add(&mut self, line: &str) {
        let mut room = 75;
        for character in line.chars() {
            if character.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = 74;
            }
            room -= character.len_utf8();
            self.0.push(character);
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(status: CalendarStatus) -> CalendarEvent {
        CalendarEvent {
            uid: "0193@bedside".into(),
            sequence: 2,
            written_at: at("2026-11-21T03:00:00Z"),
            starts_at: at("2026-11-22T04:45:00Z"),
            ends_at: at("2026-11-22T05:05:00Z"),
            summary: "Video visit, Dr. Nadia; বাংলা".into(),
            description: "Line one\nLine two ".repeat(6),
            location: String::new(),
            url: "https://example.org/appointments/1".into(),
            organizer: Some(Organizer { name: "Bedside \"clinic\"".into(), email: "no-reply@example.org".into() }),
            status,
            alarm_minutes: Some(15),
        }
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::from_jiff(text.parse().unwrap())
    }

    #[test]
    fn an_event_is_written_in_utc_with_uid_and_sequence() {
        let file = calendar(&event(CalendarStatus::Confirmed));
        assert!(file.contains("UID:0193@bedside\r\nSEQUENCE:2\r\n"));
        assert!(file.contains("DTSTART:20261122T044500Z\r\nDTEND:20261122T050500Z\r\n"));
        assert!(file.contains("SUMMARY:Video visit\\, Dr. Nadia\\; বাংলা\r\n"));
        assert!(file.contains("ORGANIZER;CN=\"Bedside 'clinic'\":mailto:no-reply@example.org\r\n"));
        assert!(file.contains("TRIGGER:-PT15M"));
    }

    #[test]
    fn a_cancelled_event_is_taken_back_and_reminds_nobody() {
        let file = calendar(&event(CalendarStatus::Cancelled));
        assert!(file.contains("METHOD:CANCEL") && file.contains("STATUS:CANCELLED") && !file.contains("VALARM"));
    }

    #[test]
    fn no_line_is_longer_than_75_octets_and_nothing_is_lost_by_folding() {
        let file = calendar(&event(CalendarStatus::Confirmed));
        assert!(file.split("\r\n").all(|line| line.len() <= 75));
        assert!(file.replace("\r\n ", "").contains(&"Line one\\nLine two ".repeat(6)));
    }
}
