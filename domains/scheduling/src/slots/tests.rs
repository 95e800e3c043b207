use kernel::{
    LocalDate, Money, TimeSlot, Timestamp, Zone,
    ids::{PractitionerId, ServiceId},
};
use proptest::prelude::*;

use super::*;

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

pub(super) fn day(text: &str) -> LocalDate {
    text.parse().expect("a day")
}

pub(super) fn wall(text: &str) -> WallTime {
    text.parse().expect("a time of day")
}

pub(super) fn zone(name: &str) -> Zone {
    name.parse().expect("a zone")
}

pub(super) fn service(minutes: i64) -> Service {
    Service {
        id: ServiceId::from_uuid(uuid::Uuid::from_u128(1)),
        facility: None,
        mode: Mode::Video,
        duration_min: minutes,
        buffer_before_min: 0,
        buffer_after_min: 0,
        grid_min: minutes,
        align_min: None,
        lead_min: 0,
        horizon_days: 365,
        daily_cap: None,
        weekly_cap: None,
        reserve_min: 0,
        price: Money::new(2400, "USD".parse().expect("a currency")),
        requires_approval: false,
    }
}

/// A doctor who offers one service in one zone, `windows` being (weekday, from, until).
pub(super) fn doctor(name: &str, service: Service, windows: &[(u8, &str, &str)]) -> Rules {
    let windows = windows.iter().map(|(weekday, starts, ends)| Window {
        weekday: *weekday,
        starts: wall(starts),
        ends: wall(ends),
        service: None,
    });
    Rules {
        practitioner: PractitionerId::from_uuid(uuid::Uuid::from_u128(7)),
        services: vec![service],
        timetables: vec![Timetable {
            facility: None,
            fields: Vec::new(),
            zone: zone(name),
            valid_from: day("2000-01-01"),
            valid_until: None,
            windows: windows.collect(),
        }],
        exceptions: Vec::new(),
        busy: Vec::new(),
        counted: Vec::new(),
    }
}

pub(super) fn every_day<'a>(starts: &'a str, ends: &'a str) -> Vec<(u8, &'a str, &'a str)> {
    (1..=7).map(|weekday| (weekday, starts, ends)).collect()
}

/// Starts on one calendar day of the doctor's zone, as that zone's clock shows them with the offset.
pub(super) fn on(rules: &Rules, date: &str) -> Vec<String> {
    let zone = &rules.timetables[0].zone;
    let (from, to) = (day(date).starts_in(zone), day(date).plus_days(1).starts_in(zone));
    let wanted =
        Wanted { from, to, mode: None, now: from.plus_days(-3), notice: Notice::AsOffered, at_most: usize::MAX };
    let shown = open_slots(rules, &wanted);
    shown.iter().map(|slot| slot.starts_at.in_zone(zone).strftime("%H:%M%:z").to_string()).collect()
}

pub(super) fn exception(
    kind: ExceptionKind,
    from: &str,
    to: &str,
    part: Option<(&str, &str)>,
    name: &str,
) -> Exception {
    Exception {
        kind,
        service: None,
        starts_on: day(from),
        ends_on: day(to),
        part: part.map(|(a, b)| (wall(a), wall(b))),
        zone: zone(name),
        journey: None,
    }
}

#[test]
fn a_window_gives_the_starts_of_its_grid_in_the_doctors_zone() {
    let rules = doctor("Asia/Kathmandu", service(30), &every_day("09:00", "11:00"));
    assert_eq!(on(&rules, "2026-11-23"), ["09:00+05:45", "09:30+05:45", "10:00+05:45", "10:30+05:45"]);
    let first = slot_at(
        &rules,
        rules.services[0].id,
        at("2026-11-23T03:15:00Z"),
        at("2026-11-22T00:00:00Z"),
        Notice::AsOffered,
    );
    assert_eq!(first.map(|slot| slot.ends_at), Some(at("2026-11-23T03:45:00Z")));
}

#[test]
fn an_afternoon_stays_where_it_is_when_clocks_go_forward_and_back() {
    let rules = doctor("America/New_York", service(60), &[(7, "13:00", "15:00"), (1, "13:00", "15:00")]);
    assert_eq!(on(&rules, "2027-03-14"), ["13:00-04:00", "14:00-04:00"], "the Sunday of the switch");
    assert_eq!(on(&rules, "2027-03-15"), ["13:00-04:00", "14:00-04:00"], "booked after the switch");
    assert_eq!(on(&rules, "2027-03-08"), ["13:00-05:00", "14:00-05:00"]);
    assert_eq!(on(&rules, "2027-11-07"), ["13:00-05:00", "14:00-05:00"]);
}

#[test]
fn a_time_that_does_not_exist_is_not_offered() {
    let rules = doctor("America/New_York", service(30), &[(7, "01:00", "04:00")]);
    assert_eq!(on(&rules, "2027-03-14"), ["01:00-05:00", "01:30-05:00", "03:00-04:00", "03:30-04:00"]);
    let within = doctor("America/New_York", service(30), &[(7, "02:30", "04:00")]);
    assert_eq!(
        on(&within, "2027-03-14"),
        ["03:00-04:00", "03:30-04:00"],
        "the edge moves to the first instant there is"
    );
    let gone = doctor("America/New_York", service(30), &[(7, "02:00", "03:00")]);
    assert!(on(&gone, "2027-03-14").is_empty());
}

#[test]
fn an_hour_that_comes_twice_is_offered_once_each_with_its_offset() {
    let rules = doctor("America/New_York", service(30), &[(7, "00:30", "02:30")]);
    assert_eq!(
        on(&rules, "2027-11-07"),
        ["00:30-04:00", "01:00-04:00", "01:30-04:00", "01:00-05:00", "01:30-05:00", "02:00-05:00"]
    );
}

#[test]
fn lord_howe_moves_by_half_an_hour() {
    let rules = doctor("Australia/Lord_Howe", service(30), &[(7, "01:00", "03:30")]);
    assert_eq!(on(&rules, "2026-10-04"), ["01:00+10:30", "01:30+10:30", "02:30+11:00", "03:00+11:00"]);
    assert_eq!(
        on(&rules, "2027-04-04"),
        ["01:00+11:00", "01:30+11:00", "01:30+10:30", "02:00+10:30", "02:30+10:30", "03:00+10:30"]
    );
}

#[test]
fn the_day_that_samoa_skipped_has_no_times() {
    let rules = doctor("Pacific/Apia", service(60), &every_day("09:00", "11:00"));
    let wanted = Wanted {
        from: at("2011-12-29T10:00:00Z"),
        to: at("2012-01-01T10:00:00Z"),
        mode: None,
        now: at("2011-12-28T00:00:00Z"),
        notice: Notice::AsOffered,
        at_most: usize::MAX,
    };
    let shown: Vec<String> = open_slots(&rules, &wanted)
        .iter()
        .map(|s| s.starts_at.in_zone(&zone("Pacific/Apia")).strftime("%d %H:%M%:z").to_string())
        .collect();
    assert_eq!(
        shown,
        ["29 09:00-10:00", "29 10:00-10:00", "31 09:00+14:00", "31 10:00+14:00", "01 09:00+14:00", "01 10:00+14:00"]
    );
}

#[test]
fn a_window_may_cross_midnight_also_on_the_night_of_the_switch() {
    let rules = doctor("Europe/Berlin", service(60), &[(6, "22:00", "04:00")]);
    assert_eq!(on(&rules, "2027-03-27"), ["22:00+01:00", "23:00+01:00"]);
    assert_eq!(on(&rules, "2027-03-28"), ["00:00+01:00", "01:00+01:00", "03:00+02:00"]);
    assert_eq!(on(&rules, "2027-10-31"), ["00:00+02:00", "01:00+02:00", "02:00+02:00", "02:00+01:00", "03:00+01:00"]);
}

#[test]
fn until_midnight_means_the_end_of_the_day() {
    let rules = doctor("Asia/Dhaka", service(60), &[(1, "22:00", "24:00"), (2, "00:00", "01:00")]);
    assert_eq!(on(&rules, "2026-11-23"), ["22:00+06:00", "23:00+06:00"]);
    assert_eq!(on(&rules, "2026-11-24"), ["00:00+06:00"]);
    let whole = doctor("Asia/Dhaka", service(60), &[(1, "00:00", "00:00")]);
    assert_eq!(on(&whole, "2026-11-23").len(), 24);
}

#[test]
fn a_patient_beyond_the_date_line_sees_the_same_instants() {
    let rules = doctor("Pacific/Kiritimati", service(60), &[(1, "08:00", "10:00")]);
    let wanted = Wanted {
        from: at("2026-11-22T00:00:00Z"),
        to: at("2026-11-23T00:00:00Z"),
        mode: None,
        now: at("2026-11-21T00:00:00Z"),
        notice: Notice::AsOffered,
        at_most: 10,
    };
    let starts: Vec<Timestamp> = open_slots(&rules, &wanted).iter().map(|s| s.starts_at).collect();
    assert_eq!(starts, [at("2026-11-22T18:00:00Z"), at("2026-11-22T19:00:00Z")], "Monday there is Sunday here");
}

#[test]
fn buffers_of_the_new_and_of_the_booked_both_keep_apart() {
    let mut rules = doctor(
        "UTC",
        Service { buffer_before_min: 10, buffer_after_min: 5, ..service(30) },
        &every_day("09:00", "12:00"),
    );
    let booked = TimeSlot::new(at("2026-11-23T10:00:00Z"), at("2026-11-23T10:30:00Z")).expect("a span");
    rules.busy = vec![booked.widened(10, 5)];
    assert_eq!(on(&rules, "2026-11-23"), ["09:00+00:00", "11:00+00:00", "11:30+00:00"]);
}

#[test]
fn a_closure_takes_out_and_extra_hours_win_over_it() {
    let mut rules = doctor("Asia/Dhaka", service(60), &every_day("09:00", "12:00"));
    rules.exceptions = vec![
        exception(ExceptionKind::Closed, "2026-11-24", "2026-11-25", None, "Asia/Dhaka"),
        exception(ExceptionKind::Closed, "2026-11-26", "2026-11-26", Some(("10:00", "11:00")), "Asia/Dhaka"),
        exception(ExceptionKind::Open, "2026-11-25", "2026-11-25", Some(("18:30", "20:30")), "Asia/Dhaka"),
    ];
    assert!(on(&rules, "2026-11-24").is_empty());
    assert_eq!(on(&rules, "2026-11-25"), ["18:30+06:00", "19:30+06:00"]);
    assert_eq!(on(&rules, "2026-11-26"), ["09:00+06:00", "11:00+06:00"]);
}

#[test]
fn windows_and_exceptions_may_be_for_one_service_only() {
    let mut rules = doctor("UTC", service(60), &[(1, "09:00", "10:00")]);
    let other = ServiceId::from_uuid(uuid::Uuid::from_u128(2));
    rules.services.push(Service { id: other, mode: Mode::Audio, ..service(60) });
    rules.timetables[0].windows[0].service = Some(other);
    let wanted = Wanted {
        from: at("2026-11-23T00:00:00Z"),
        to: at("2026-11-24T00:00:00Z"),
        mode: None,
        now: at("2026-11-20T00:00:00Z"),
        notice: Notice::AsOffered,
        at_most: 9,
    };
    assert_eq!(open_slots(&rules, &wanted).iter().map(|s| s.mode).collect::<Vec<_>>(), [Mode::Audio]);
    assert!(open_slots(&rules, &Wanted { mode: Some(Mode::Video), ..wanted }).is_empty());
}

#[test]
fn lead_and_horizon_bind_and_are_waived_only_for_late_money() {
    let rules = doctor("UTC", Service { lead_min: 120, horizon_days: 2, ..service(60) }, &every_day("09:00", "12:00"));
    let now = at("2026-11-23T08:30:00Z");
    let id = rules.services[0].id;
    let ask = |start: &str, notice| slot_at(&rules, id, at(start), now, notice).is_some();
    assert!(!ask("2026-11-23T10:00:00Z", Notice::AsOffered));
    assert!(ask("2026-11-23T11:00:00Z", Notice::AsOffered));
    assert!(ask("2026-11-23T10:00:00Z", Notice::Waived));
    assert!(!ask("2026-11-23T10:10:00Z", Notice::Waived), "not on the grid");
    assert!(ask("2026-11-24T09:00:00Z", Notice::AsOffered));
    assert!(!ask("2026-11-25T09:00:00Z", Notice::AsOffered), "past the horizon");
}

#[test]
fn a_timetable_ends_with_its_last_day_and_the_next_begins() {
    let mut rules = doctor("UTC", service(60), &every_day("09:00", "10:00"));
    rules.timetables[0].valid_until = Some(day("2026-11-23"));
    let mut next = rules.timetables[0].clone();
    (next.valid_from, next.valid_until) = (day("2026-11-24"), None);
    next.windows = vec![Window { weekday: 2, starts: wall("15:00"), ends: wall("16:00"), service: None }];
    rules.timetables.push(next);
    assert_eq!(on(&rules, "2026-11-23"), ["09:00+00:00"]);
    assert_eq!(on(&rules, "2026-11-24"), ["15:00+00:00"]);
}

#[test]
fn the_nearest_alternatives_come_nearest_first() {
    let mut rules = doctor("UTC", service(30), &every_day("09:00", "12:00"));
    let taken = at("2026-11-23T10:00:00Z");
    rules.busy = vec![TimeSlot::lasting(taken, 30).expect("a span")];
    let near = nearest(&rules, (taken, 7), Mode::Video, at("2026-11-22T00:00:00Z"), Notice::AsOffered, 3);
    let starts: Vec<Timestamp> = near.iter().map(|s| s.starts_at).collect();
    assert_eq!(starts, [at("2026-11-23T09:30:00Z"), at("2026-11-23T10:30:00Z"), at("2026-11-23T09:00:00Z")]);
}

const ZONES: [&str; 8] = [
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/New_York",
    "Europe/Berlin",
    "Pacific/Apia",
    "Africa/Casablanca",
    "America/St_Johns",
    "UTC",
];

prop_compose! {
    fn any_rules()(
        name in prop::sample::select(ZONES.to_vec()),
        minutes in prop::sample::select(vec![10_i64, 15, 20, 30, 45, 60]),
        buffers in (0_i64..20, 0_i64..20),
        windows in prop::collection::vec((1_u8..=7, 0_i64..96, 0_i64..96), 1..6),
        busy in prop::collection::vec((0_i64..20_000, 5_i64..200), 0..20),
        closed in prop::option::of((0_i32..14, 0_i32..3)),
    ) -> Rules {
        let service = Service { buffer_before_min: buffers.0, buffer_after_min: buffers.1, ..service(minutes) };
        let mut rules = doctor(name, service, &[]);
        rules.timetables[0].windows = windows.into_iter().map(|(weekday, a, b)| Window {
            weekday,
            starts: WallTime::from_minutes(a * 15).expect("in a day"),
            ends: WallTime::from_minutes(b * 15).expect("in a day"),
            service: None,
        }).collect();
        let origin = at("2026-10-24T00:00:00Z");
        rules.busy = busy.into_iter().filter_map(|(from, minutes)| TimeSlot::lasting(origin.plus_minutes(from), minutes)).collect();
        rules.exceptions = closed.into_iter().map(|(from, days)| Exception {
            kind: ExceptionKind::Closed,
            service: None,
            starts_on: day("2026-10-24").plus_days(from),
            ends_on: day("2026-10-24").plus_days(from + days),
            part: None,
            zone: zone(name),
            journey: None,
        }).collect();
        rules
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Two weeks around the end of summer time in three of the zones.
    #[test]
    fn every_open_time_keeps_every_rule(rules in any_rules()) {
        let (from, to) = (at("2026-10-24T00:00:00Z"), at("2026-11-07T00:00:00Z"));
        let wanted = Wanted { from, to, mode: None, now: from.plus_days(-1), notice: Notice::AsOffered, at_most: usize::MAX };
        let slots = open_slots(&rules, &wanted);
        let service = &rules.services[0];
        let zone = &rules.timetables[0].zone;
        prop_assert!(slots.is_sorted_by(|a, b| a.starts_at < b.starts_at), "each instant once, in order");
        for slot in &slots {
            prop_assert!(from <= slot.starts_at && slot.starts_at < to);
            let span = TimeSlot::new(slot.starts_at, slot.ends_at).expect("a span");
            prop_assert_eq!(span.minutes(), service.duration_min);
            let needs = span.widened(service.buffer_before_min, service.buffer_after_min);
            prop_assert!(rules.busy.iter().all(|b| !b.overlaps(needs)));
            let shown = slot.starts_at.in_zone(zone);
            let date = LocalDate::from_jiff(shown.date());
            prop_assert!(rules.exceptions.iter().all(|e| date < e.starts_on || e.ends_on < date));
            let minute = u16::try_from(i32::from(shown.hour()) * 60 + i32::from(shown.minute())).expect("in a day");
            let weekday = u8::try_from(shown.weekday().to_monday_one_offset()).expect("1 to 7");
            let yesterday = if weekday == 1 { 7 } else { weekday - 1 };
            let covered = rules.timetables[0].windows.iter().any(|w| {
                let (a, b) = (w.starts.minutes(), w.ends.minutes());
                let overnight = b <= a;
                (w.weekday == weekday && a <= minute && (overnight || minute < b))
                    || (w.weekday == yesterday && overnight && minute < b)
            });
            prop_assert!(covered, "{} is in no window", shown);
        }
    }

    #[test]
    fn what_is_shown_can_be_booked_and_what_is_not_cannot(rules in any_rules(), offset in 0_i64..1200) {
        let (from, to) = (at("2026-10-24T00:00:00Z"), at("2026-11-07T00:00:00Z"));
        let now = from.plus_days(-1);
        let shown = open_slots(&rules, &Wanted { from, to, mode: None, now, notice: Notice::AsOffered, at_most: usize::MAX });
        for slot in &shown {
            let again = slot_at(&rules, slot.service, slot.starts_at, now, Notice::AsOffered);
            prop_assert_eq!(again.as_ref(), Some(slot));
        }
        let any = from.plus_minutes(offset * 15);
        let open = slot_at(&rules, rules.services[0].id, any, now, Notice::AsOffered).is_some();
        prop_assert_eq!(open, shown.iter().any(|slot| slot.starts_at == any));
    }

    #[test]
    fn the_next_few_are_the_first_of_all(rules in any_rules(), few in 1_usize..6) {
        let (from, to) = (at("2026-10-24T00:00:00Z"), at("2026-11-07T00:00:00Z"));
        let all = Wanted { from, to, mode: None, now: from, notice: Notice::AsOffered, at_most: usize::MAX };
        let mut expected = open_slots(&rules, &all);
        expected.truncate(few);
        prop_assert_eq!(open_slots(&rules, &Wanted { at_most: few, ..all }), expected);
    }
}
