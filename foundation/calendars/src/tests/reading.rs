use kernel::{Timestamp, Zone};

use crate::{Horizon, ReadError, busy_times};

fn horizon() -> Horizon {
    Horizon { from: "2027-03-01T00:00:00Z".parse().unwrap(), until: "2027-06-01T00:00:00Z".parse().unwrap() }
}

fn wrapped(events: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n{}\r\nEND:VCALENDAR\r\n",
        events.replace('\n', "\r\n")
    )
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\nUID:1\n{lines}\nEND:VEVENT")
}

/// Stretches as "day time – day time", UTC, of a doctor in Berlin.
fn busy(events: &str) -> Vec<String> {
    let zone: Zone = "Europe/Berlin".parse().unwrap();
    let found = busy_times(&wrapped(events), horizon(), &zone, "@bedside.example").unwrap();
    let short = |at: Timestamp| at.to_string().get(5..16).unwrap().replace('T', " ");
    found.into_iter().map(|slot| format!("{} – {}", short(slot.starts_at()), short(slot.ends_at()))).collect()
}

#[test]
fn times_are_read_in_utc_in_a_zone_and_on_no_clock_at_all() {
    assert_eq!(busy(&event("DTSTART:20270310T090000Z\nDTEND:20270310T100000Z")), ["03-10 09:00 – 03-10 10:00"]);
    let dhaka = event("DTSTART;TZID=Asia/Dhaka:20270310T090000\nDTEND;TZID=Asia/Dhaka:20270310T100000");
    assert_eq!(busy(&dhaka), ["03-10 03:00 – 03-10 04:00"]);
    assert_eq!(
        busy(&event("DTSTART:20270310T090000\nDURATION:PT90M")),
        ["03-10 08:00 – 03-10 09:30"],
        "the doctor's clock"
    );
    let unknown = event("DTSTART;TZID=Nowhere/Land:20270310T090000\nDURATION:PT1H");
    assert_eq!(busy(&unknown), ["03-10 08:00 – 03-10 09:00"]);
}

#[test]
fn zones_by_the_names_of_others_are_known() {
    let windows = event("DTSTART;TZID=\"Bangladesh Standard Time\":20270310T090000\nDURATION:PT1H");
    assert_eq!(busy(&windows), ["03-10 03:00 – 03-10 04:00"]);
    let own = "BEGIN:VTIMEZONE\nTZID:Office\nX-LIC-LOCATION:Asia/Dhaka\nEND:VTIMEZONE\n".to_owned()
        + &event("DTSTART;TZID=Office:20270310T090000\nDURATION:PT1H");
    assert_eq!(busy(&own), ["03-10 03:00 – 03-10 04:00"]);
}

#[test]
fn whole_days_are_the_doctors_days_also_when_the_clock_changes() {
    assert_eq!(busy(&event("DTSTART;VALUE=DATE:20270310")), ["03-09 23:00 – 03-10 23:00"]);
    // Berlin, 28 March 2027: a day of 23 hours.
    let long = event("DTSTART;VALUE=DATE:20270327\nDTEND;VALUE=DATE:20270329");
    assert_eq!(busy(&long), ["03-26 23:00 – 03-28 22:00"]);
}

#[test]
fn what_is_free_or_called_off_is_not_busy_and_what_is_tentative_is() {
    for free in ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"] {
        assert!(busy(&event(&format!("DTSTART:20270310T090000Z\nDURATION:PT1H\n{free}"))).is_empty(), "{free}");
    }
    assert_eq!(busy(&event("DTSTART:20270310T090000Z\nDURATION:PT1H\nSTATUS:TENTATIVE")).len(), 1);
    assert!(busy(&event("DTSTART:20270310T090000Z")).is_empty(), "it ends as it begins");
    let ours = "BEGIN:VEVENT\nUID:0193@bedside.example\nDTSTART:20270310T090000Z\nDURATION:PT1H\nEND:VEVENT";
    assert!(busy(ours).is_empty(), "what came from here is known better here");
    let todo = "BEGIN:VTODO\nUID:2\nDTSTART:20270310T090000Z\nDUE:20270310T100000Z\nEND:VTODO";
    assert!(busy(todo).is_empty());
}

#[test]
fn what_recurs_keeps_its_time_of_day_over_a_change_of_clocks() {
    let daily = event(
        "DTSTART;TZID=Europe/Berlin:20270326T090000\nDTEND;TZID=Europe/Berlin:20270326T100000\nRRULE:FREQ=DAILY;COUNT=4",
    );
    assert_eq!(
        busy(&daily),
        [
            "03-26 08:00 – 03-26 09:00",
            "03-27 08:00 – 03-27 09:00",
            "03-28 07:00 – 03-28 08:00",
            "03-29 07:00 – 03-29 08:00"
        ]
    );
    // 02:30 does not exist on 28 March: by the offset before the gap it is 03:30, and the meeting as long as ever.
    let gap = event(
        "DTSTART;TZID=Europe/Berlin:20270327T023000\nDTEND;TZID=Europe/Berlin:20270327T031500\nRRULE:FREQ=DAILY;COUNT=3",
    );
    assert_eq!(busy(&gap), ["03-27 01:30 – 03-27 02:15", "03-28 01:30 – 03-28 02:15", "03-29 00:30 – 03-29 01:15"]);
    let new_york = event("DTSTART;TZID=America/New_York:20270309T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2");
    assert_eq!(
        busy(&new_york),
        ["03-09 14:00 – 03-09 15:00", "03-16 13:00 – 03-16 14:00"],
        "their own change of clocks"
    );
}

#[test]
fn a_fold_of_the_clock_happens_once() {
    let zone: Zone = "Europe/Berlin".parse().unwrap();
    let autumn =
        Horizon { from: "2027-10-01T00:00:00Z".parse().unwrap(), until: "2027-11-15T00:00:00Z".parse().unwrap() };
    let text = wrapped(&event("DTSTART;TZID=Europe/Berlin:20271030T023000\nDURATION:PT30M\nRRULE:FREQ=DAILY;COUNT=3"));
    let found = busy_times(&text, autumn, &zone, "").unwrap();
    let starts: Vec<String> = found.iter().map(|slot| slot.starts_at().to_string()).collect();
    assert_eq!(starts, ["2027-10-30T00:30:00Z", "2027-10-31T00:30:00Z", "2027-11-01T01:30:00Z"]);
}

#[test]
fn what_began_long_ago_still_recurs_on_its_days() {
    let weekly =
        event("DTSTART;TZID=Europe/Berlin:20050105T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE");
    let found = busy(&weekly);
    // Every other week from that of 5 January 2005, on.
    assert_eq!(found.first().map(String::as_str), Some("03-01 08:00 – 03-01 09:00"));
    assert_eq!(found.get(1).map(String::as_str), Some("03-03 08:00 – 03-03 09:00"));
    assert_eq!(found.get(2).map(String::as_str), Some("03-15 08:00 – 03-15 09:00"));
    let last_friday = event("DTSTART:20100129T090000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=-1FR");
    assert_eq!(
        busy(&last_friday),
        ["03-26 09:00 – 03-26 10:00", "04-30 09:00 – 04-30 10:00", "05-28 09:00 – 05-28 10:00"]
    );
    let yearly = event("DTSTART;VALUE=DATE:19800310\nRRULE:FREQ=YEARLY");
    assert_eq!(busy(&yearly), ["03-09 23:00 – 03-10 23:00"]);
}

#[test]
fn a_rule_ends_where_it_says() {
    let until = |end: &str| {
        event(&format!("DTSTART;TZID=Europe/Berlin:20270310T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL={end}"))
    };
    assert_eq!(busy(&until("20270312T080000Z")).len(), 3, "09:00 in Berlin is 08:00 UTC");
    assert_eq!(busy(&until("20270312T075959Z")).len(), 2);
    assert_eq!(busy(&until("20270312")).len(), 3, "a day is meant with all of it");
    assert_eq!(busy(&event("DTSTART:20270310T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2")).len(), 2);
}

#[test]
fn days_are_taken_out_and_added() {
    let base = "DTSTART;TZID=Europe/Berlin:20270310T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\n";
    let out = event(&format!("{base}EXDATE;TZID=Europe/Berlin:20270311T090000"));
    assert_eq!(busy(&out), ["03-10 08:00 – 03-10 09:00", "03-12 08:00 – 03-12 09:00"]);
    let in_utc = event(&format!("{base}EXDATE:20270310T080000Z,20270312T080000Z"));
    assert_eq!(busy(&in_utc), ["03-11 08:00 – 03-11 09:00"]);
    let by_day = event(&format!("{base}EXDATE;VALUE=DATE:20270311"));
    assert_eq!(busy(&by_day).len(), 2);
    let more =
        event(&format!("{base}RDATE;TZID=Europe/Berlin:20270320T120000\nRDATE;VALUE=PERIOD:20270321T120000Z/PT2H"));
    assert_eq!(busy(&more)[3..], ["03-20 11:00 – 03-20 12:00", "03-21 12:00 – 03-21 14:00"]);
}

#[test]
fn one_of_many_is_moved_called_off_or_changed_with_all_that_follow() {
    let master =
        event("SEQUENCE:0\nDTSTART;TZID=Europe/Berlin:20270310T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=4");
    let moved = master.clone()
        + "\n"
        + &event(
            "SEQUENCE:3\nRECURRENCE-ID;TZID=Europe/Berlin:20270311T090000\nDTSTART:20270311T150000Z\nDURATION:PT30M",
        );
    assert_eq!(
        busy(&moved),
        [
            "03-10 08:00 – 03-10 09:00",
            "03-11 15:00 – 03-11 15:30",
            "03-12 08:00 – 03-12 09:00",
            "03-13 08:00 – 03-13 09:00"
        ],
        "its old time is free"
    );
    let off = master.clone()
        + "\n"
        + &event("RECURRENCE-ID:20270311T080000Z\nDTSTART:20270311T080000Z\nDURATION:PT1H\nSTATUS:CANCELLED");
    assert_eq!(busy(&off).len(), 3);
    let following = master
        + "\n"
        + &event(
            "RECURRENCE-ID;RANGE=THISANDFUTURE:20270312T080000Z\nDTSTART;TZID=Europe/Berlin:20270312T110000\nDURATION:PT2H",
        );
    assert_eq!(
        busy(&following)[1..],
        ["03-11 08:00 – 03-11 09:00", "03-12 10:00 – 03-12 12:00", "03-13 10:00 – 03-13 12:00"]
    );
    let other = "BEGIN:VEVENT\nUID:2\nDTSTART:20270310T080000Z\nDURATION:PT1H\nEND:VEVENT";
    let two = event("DTSTART:20270310T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2") + "\n" + other;
    assert_eq!(busy(&two).len(), 2, "what touches is one");
    let alone = event("RECURRENCE-ID:20270311T080000Z\nDTSTART:20270311T090000Z\nDURATION:PT1H");
    assert_eq!(busy(&alone), ["03-11 09:00 – 03-11 10:00"]);
}

#[test]
fn what_touches_is_joined_and_what_lies_beyond_the_horizon_is_cut() {
    let events =
        ["20270310T090000Z/20270310T100000Z", "20270310T100000Z/20270310T110000Z", "20270310T103000Z/20270310T104000Z"]
            .map(|both| {
                let (from, until) = both.split_once('/').unwrap();
                format!("BEGIN:VEVENT\nUID:{from}\nDTSTART:{from}\nDTEND:{until}\nEND:VEVENT")
            })
            .join("\n");
    assert_eq!(busy(&events), ["03-10 09:00 – 03-10 11:00"]);
    let edge = event("DTSTART:20270228T230000Z\nDTEND:20270301T010000Z");
    assert_eq!(busy(&edge), ["03-01 00:00 – 03-01 01:00"]);
    assert!(busy(&event("DTSTART:20200310T090000Z\nDURATION:PT1H")).is_empty());
    // It began before and is still going on.
    let long = event("DTSTART:20270225T000000Z\nDURATION:P10D\nRRULE:FREQ=YEARLY");
    assert_eq!(busy(&long), ["03-01 00:00 – 03-07 00:00"]);
}

#[test]
fn free_busy_lists_are_read() {
    let list = "BEGIN:VFREEBUSY\nFREEBUSY:20270310T090000Z/PT1H,20270311T090000Z/20270311T093000Z\n\
                FREEBUSY;FBTYPE=FREE:20270312T090000Z/PT1H\nFREEBUSY;FBTYPE=BUSY-TENTATIVE:20270313T090000Z/PT1H\nEND:VFREEBUSY";
    assert_eq!(busy(list), ["03-10 09:00 – 03-10 10:00", "03-11 09:00 – 03-11 09:30", "03-13 09:00 – 03-13 10:00"]);
}

#[test]
fn nonsense_is_no_calendar_and_breaks_nothing() {
    let zone = Zone::utc();
    assert_eq!(busy_times("<html>", horizon(), &zone, ""), Err(ReadError::NoCalendar));
    assert_eq!(busy_times("", horizon(), &zone, ""), Ok(Vec::new()), "a collection without events");
    for broken in [
        "DTSTART:99999999T999999Z\nDURATION:PT1H",
        "DTSTART:20270310T090000Z\nDURATION:P99999999W",
        "DTSTART:20270310T090000Z\nDTEND:20270309T090000Z",
        "DTSTART:20270310T090000Z\nDURATION:-PT1H",
        "DTSTART:00010101T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=0",
        "DTSTART:20270310T090000Z\nDURATION:PT1H\nRRULE:FREQ=NEVER;BYDAY=99XX",
        "DTSTART:20270310T090000Z\nDURATION:PT1H\nRRULE:",
        "DTSTART;TZID=:\nDTEND;TZID=\"",
        "RRULE:FREQ=DAILY",
    ] {
        let _ = busy_times(&wrapped(&event(broken)), horizon(), &zone, "");
    }
    let cut = wrapped(&event("DTSTART:20270310T090000Z\nDURATION:PT1H"));
    for end in 0..cut.len() {
        let _ = busy_times(cut.get(..end).unwrap_or_default(), horizon(), &zone, "");
    }
}

#[test]
fn a_calendar_that_recurs_without_measure_is_given_up() {
    let zone = Zone::utc();
    let often = event("DTSTART:20270310T090000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY");
    assert_eq!(busy_times(&wrapped(&often), horizon(), &zone, ""), Err(ReadError::TooMuch));
    let never = |n| {
        format!(
            "BEGIN:VEVENT\nUID:{n}\nDTSTART:20270310T090000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT"
        )
    };
    let many: Vec<String> = (0..10_000).map(never).collect();
    assert_eq!(busy_times(&wrapped(&many.join("\n")), horizon(), &zone, ""), Err(ReadError::TooMuch));
    let apart = event("DTSTART:20270301T000000Z\nDURATION:PT1M\nRRULE:FREQ=MINUTELY;INTERVAL=2");
    assert_eq!(busy_times(&wrapped(&apart), horizon(), &zone, ""), Err(ReadError::TooMuch), "too many to keep");
}
