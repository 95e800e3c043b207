//! A collection's events (RFC 4791, 7.8).

use quick_xml::{Reader, events::Event};

/// All events; what of them matters is seen when they are read.
pub(crate) const QUERY: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
<c:calendar-query xmlns:d=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\">\
<d:prop><c:calendar-data/></d:prop>\
<c:filter><c:comp-filter name=\"VCALENDAR\"><c:comp-filter name=\"VEVENT\"/></c:comp-filter></c:filter>\
</c:calendar-query>";

/// The calendars in a multi-status answer, one after the other; `None` for what is no such answer. Entities that a document declares
/// itself are not expanded.
pub(crate) fn calendars(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let (mut text, mut depth, mut is_answer) = (String::new(), 0_usize, false);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) if tag.local_name().as_ref() == "multistatus" => is_answer = true,
            Event::Empty(tag) if tag.local_name().as_ref() == "multistatus" => is_answer = true,
            Event::Start(tag) if tag.local_name().as_ref() == "calendar-data" => depth += 1,
            Event::End(tag) if tag.local_name().as_ref() == "calendar-data" => {
                depth = depth.saturating_sub(1);
                text.push('\n');
            }
            Event::Text(part) if depth > 0 => text.push_str(&part),
            Event::CData(part) if depth > 0 => text.push_str(&part),
            Event::GeneralRef(name) if depth > 0 => match quick_xml::escape::unescape(&format!("&{};", &*name)) {
                Ok(plain) => text.push_str(&plain),
                Err(_) => return None,
            },
            Event::Eof => break,
            _ => {}
        }
    }
    is_answer.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendars_are_taken_out_of_their_envelope() {
        let xml = "<?xml version=\"1.0\"?><d:multistatus xmlns:d=\"DAV:\" xmlns:cal=\"urn:ietf:params:xml:ns:caldav\">
            <d:response><d:href>/a.ics</d:href><d:propstat><d:prop><cal:calendar-data>BEGIN:VCALENDAR
SUMMARY:R&amp;D &#x263A;
END:VCALENDAR</cal:calendar-data></d:prop></d:propstat></d:response>
            <d:response><d:propstat><d:prop><cal:calendar-data><![CDATA[BEGIN:VCALENDAR
END:VCALENDAR]]></cal:calendar-data></d:prop></d:propstat></d:response></d:multistatus>";
        let found = calendars(xml).unwrap();
        assert_eq!(found.matches("BEGIN:VCALENDAR").count(), 2);
        assert!(found.contains("R&D ☺") && !found.contains("href"), "{found}");
        assert_eq!(calendars("<multistatus xmlns='DAV:'/>").as_deref(), Some(""));
    }

    #[test]
    fn entities_of_a_documents_own_are_not_expanded() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>
            <multistatus><calendar-data>&b;</calendar-data></multistatus>";
        assert_eq!(calendars(bomb), None);
        assert_eq!(calendars("<html><body>Sign in</body></html>"), None);
    }
}
