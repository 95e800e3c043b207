//! Limits, reserve, places, journeys and the other exceptions; and hard dates that other systems got wrong.

use kernel::{TimeSlot, ids::FacilityId};

use super::{
    tests::{at, day, doctor, every_day, exception, on, service, wall, zone},
    *,
};

fn place(n: u128) -> FacilityId {
    FacilityId::from_uuid(uuid::Uuid::from_u128(n))
}

fn travel(name: &str, windows: WindowsRead, in_person: InPerson) -> Exception {
    Exception {
        journey: Some(Journey { windows, in_person }),
        ..exception(ExceptionKind::Travel, "2026-11-24", "2026-11-25", None, name)
    }
}

#[test]
fn a_grid_may_stand_on_the_clock_whatever_the_window_and_whatever_the_season() {
    let on_the_clock = Service { align_min: Some(10), grid_min: 30, ..service(20) };
    let rules = doctor("America/New_York", on_the_clock, &every_day("09:25", "11:00"));
    assert_eq!(on(&rules, "2027-03-13"), ["09:40-05:00", "10:10-05:00", "10:40-05:00"]);
    assert_eq!(on(&rules, "2027-03-14"), ["09:40-04:00", "10:10-04:00", "10:40-04:00"]);
}

#[test]
fn a_full_day_and_a_full_week_offer_nothing_more() {
    let capped = Service { daily_cap: Some(2), weekly_cap: Some(3), ..service(30) };
    let mut rules = doctor("Asia/Kathmandu", capped, &every_day("09:00", "11:00"));
    let taken = |text: &str| Counted { service: rules.services[0].id, starts_at: at(text) };
    // 23:30 UTC on Sunday is Monday in Kathmandu.
    let counted = vec![taken("2026-11-22T23:30:00Z"), taken("2026-11-23T03:15:00Z")];
    rules.counted = counted;
    assert!(on(&rules, "2026-11-23").is_empty(), "two that day");
    assert_eq!(on(&rules, "2026-11-24").len(), 4);
    rules.counted.push(Counted { service: rules.services[0].id, starts_at: at("2026-11-25T04:00:00Z") });
    assert!(on(&rules, "2026-11-24").is_empty(), "three that week");
    assert_eq!(on(&rules, "2026-11-30").len(), 4, "the next week");
}

#[test]
fn the_last_minutes_of_a_day_are_kept_back_until_an_hour_before() {
    let rules = doctor("UTC", Service { reserve_min: 40, ..service(30) }, &every_day("09:00", "11:00"));
    assert_eq!(on(&rules, "2026-11-23"), ["09:00+00:00", "09:30+00:00"], "10:20 to 11:00 is kept back");
    let id = rules.services[0].id;
    let ask = |now: &str, notice| slot_at(&rules, id, at("2026-11-23T10:30:00Z"), at(now), notice).is_some();
    assert!(!ask("2026-11-23T09:29:59Z", Notice::AsOffered));
    assert!(ask("2026-11-23T09:30:00Z", Notice::AsOffered));
    assert!(ask("2026-11-23T08:00:00Z", Notice::Waived));
}

#[test]
fn hours_in_place_of_the_week_replace_it_and_can_be_blocked_in_part() {
    let mut rules = doctor("UTC", service(60), &every_day("09:00", "12:00"));
    rules.exceptions = vec![
        exception(ExceptionKind::Override, "2026-11-24", "2026-11-24", Some(("14:00", "17:00")), "UTC"),
        exception(ExceptionKind::Override, "2026-11-25", "2026-11-25", None, "UTC"),
        exception(ExceptionKind::Closed, "2026-11-24", "2026-11-24", Some(("15:00", "16:00")), "UTC"),
    ];
    assert_eq!(on(&rules, "2026-11-24"), ["14:00+00:00", "16:00+00:00"]);
    assert!(on(&rules, "2026-11-25").is_empty());
    assert_eq!(on(&rules, "2026-11-26").len(), 3);
}

#[test]
fn leave_wins_over_everything_and_a_holiday_only_over_the_week() {
    let mut rules = doctor("UTC", service(60), &every_day("22:00", "02:00"));
    rules.exceptions = vec![
        exception(ExceptionKind::Holiday, "2026-11-24", "2026-11-24", None, "UTC"),
        exception(ExceptionKind::Open, "2026-11-24", "2026-11-24", Some(("10:00", "11:00")), "UTC"),
        exception(ExceptionKind::Open, "2026-11-27", "2026-11-27", Some(("10:00", "11:00")), "UTC"),
        exception(ExceptionKind::Leave, "2026-11-27", "2026-11-27", None, "UTC"),
    ];
    assert_eq!(on(&rules, "2026-11-24"), ["10:00+00:00"], "neither the night before nor the evening");
    assert_eq!(on(&rules, "2026-11-25"), ["00:00+00:00", "01:00+00:00", "22:00+00:00", "23:00+00:00"]);
    assert!(on(&rules, "2026-11-27").is_empty());
}

#[test]
fn on_a_journey_the_week_follows_the_clock_there_or_stays_at_home() {
    let mut rules = doctor("Asia/Dhaka", service(60), &every_day("09:00", "10:00"));
    let starts = |rules: &Rules| {
        let (from, to) = (at("2026-11-23T00:00:00Z"), at("2026-11-27T00:00:00Z"));
        let wanted =
            Wanted { from, to, mode: None, now: from.plus_days(-1), notice: Notice::AsOffered, at_most: usize::MAX };
        open_slots(rules, &wanted).iter().map(|slot| slot.starts_at.to_string()).collect::<Vec<_>>()
    };
    let home = starts(&rules);
    rules.exceptions = vec![travel("America/New_York", WindowsRead::Home, InPerson::GoesOn)];
    assert_eq!(starts(&rules), home);
    rules.exceptions = vec![travel("America/New_York", WindowsRead::Abroad, InPerson::GoesOn)];
    assert_eq!(
        starts(&rules),
        ["2026-11-23T03:00:00Z", "2026-11-24T14:00:00Z", "2026-11-25T14:00:00Z", "2026-11-26T03:00:00Z"]
    );
    rules.services[0].mode = Mode::InPerson;
    rules.exceptions = vec![travel("America/New_York", WindowsRead::Abroad, InPerson::Stops)];
    assert_eq!(starts(&rules), ["2026-11-23T03:00:00Z", "2026-11-26T03:00:00Z"]);
}

#[test]
fn a_place_with_hours_of_its_own_is_open_then_only() {
    let mut rules = doctor("UTC", service(60), &every_day("09:00", "12:00"));
    rules.services[0].facility = Some(place(1));
    let mut own = rules.timetables[0].clone();
    own.facility = Some(place(1));
    own.windows = vec![Window { weekday: 1, starts: wall("14:00"), ends: wall("16:00"), service: None }];
    own.fields = vec![Fields {
        service: rules.services[0].id,
        duration_min: Some(40),
        buffer_before_min: None,
        buffer_after_min: Some(10),
        grid_min: Some(60),
        lead_min: None,
        horizon_days: None,
    }];
    assert_eq!(on(&rules, "2026-11-23").len(), 3, "without hours of its own, the general ones");
    rules.timetables.push(own.clone());
    assert_eq!(on(&rules, "2026-11-23"), ["14:00+00:00", "15:00+00:00"]);
    let slot = slot_at(
        &rules,
        rules.services[0].id,
        at("2026-11-23T14:00:00Z"),
        at("2026-11-20T00:00:00Z"),
        Notice::AsOffered,
    );
    let busy = TimeSlot::new(at("2026-11-23T14:00:00Z"), at("2026-11-23T14:50:00Z"));
    assert_eq!(slot.map(|slot| slot.busy), busy, "with the values of these hours");
    assert!(first_clash(&rules, at("2026-11-20T00:00:00Z")).is_none());
    own.facility = Some(place(2));
    own.windows = vec![Window { weekday: 1, starts: wall("15:30"), ends: wall("18:00"), service: None }];
    rules.timetables.push(own);
    assert_eq!(first_clash(&rules, at("2026-11-20T00:00:00Z")), Some(at("2026-11-23T15:30:00Z")));
}

#[test]
fn a_schedule_without_hours_shows_nothing() {
    assert!(on(&doctor("UTC", service(30), &[]), "2026-11-23").is_empty());
}

#[test]
fn a_day_of_more_than_twenty_nine_times_shows_all_of_them() {
    assert_eq!(on(&doctor("UTC", service(5), &every_day("00:00", "00:00")), "2026-11-23").len(), 288);
}

#[test]
fn a_day_that_samoa_skipped_offers_nothing_and_loses_no_other() {
    let mut rules = doctor("Pacific/Apia", service(60), &every_day("09:00", "11:00"));
    rules.timetables[0].valid_from = day("2010-01-01");
    assert_eq!(on(&rules, "2011-12-29"), ["09:00-10:00", "10:00-10:00"]);
    assert_eq!(on(&rules, "2011-12-31"), ["09:00+14:00", "10:00+14:00"]);
}

#[test]
fn a_doctor_thirteen_hours_ahead_and_a_visitor_eleven_behind_mean_the_same_instant() {
    let rules = doctor("Pacific/Tongatapu", service(60), &[(1, "09:00", "10:00")]);
    let found = on(&rules, "2026-11-23");
    assert_eq!(found, ["09:00+13:00"]);
    let slot = slot_at(
        &rules,
        rules.services[0].id,
        at("2026-11-22T20:00:00Z"),
        at("2026-11-20T00:00:00Z"),
        Notice::AsOffered,
    );
    let there = slot.map(|slot| slot.starts_at.in_zone(&zone("Pacific/Pago_Pago")).strftime("%a %H:%M").to_string());
    assert_eq!(there.as_deref(), Some("Sun 09:00"), "the day before, for the visitor");
}

#[test]
fn a_window_across_midnight_on_the_night_of_the_change_is_as_long_as_the_night() {
    let rules = doctor("Europe/Berlin", service(60), &[(6, "22:00", "04:00")]);
    let starts = |date: &str| {
        let from = at(date);
        let wanted = Wanted {
            from,
            to: from.plus_days(1),
            mode: None,
            now: from.plus_days(-1),
            notice: Notice::AsOffered,
            at_most: usize::MAX,
        };
        open_slots(&rules, &wanted).len()
    };
    assert_eq!(starts("2027-03-27T12:00:00Z"), 5, "an hour is missing");
    assert_eq!(starts("2027-10-30T12:00:00Z"), 7, "an hour comes twice");
}
