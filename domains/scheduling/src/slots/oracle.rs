//! The pure function against a model that shares no code with it: every minute of a stretch is looked at by itself, on jiff's own wall
//! clock, and asked whether a visit may start there. All zones of the bundled database, ten years.

use jiff::{Timestamp as Instant, civil::Date, tz::TimeZone};
use kernel::{TimeSlot, Timestamp};

use super::{
    tests::{at, doctor, exception, service, zone},
    *,
};

/// Minutes from `from`, one entry each: is the doctor there?
struct Minutes {
    from: i64,
    open: Vec<bool>,
    starts: Vec<bool>,
}

fn shown(tz: &TimeZone, second: i64) -> (Date, i64) {
    let at = tz.to_datetime(Instant::from_second(second).expect("an instant"));
    (at.date(), i64::from(at.hour()) * 60 + i64::from(at.minute()))
}

/// One window a day, `starts..ends` in minutes, `ends <= starts` on the next day; closed days are dates.
fn model(rules: &Rules, from: i64, until: i64) -> Minutes {
    let (service, timetable) = (&rules.services[0], &rules.timetables[0]);
    let tz = TimeZone::get(timetable.zone.name()).expect("a zone");
    let count = usize::try_from((until - from) / 60).expect("forwards");
    let mut minutes = Minutes { from, open: vec![false; count], starts: vec![false; count] };
    let windows: Vec<(i8, i64, i64)> = timetable
        .windows
        .iter()
        .map(|w| {
            let (a, b) = (i64::from(w.starts.minutes()), i64::from(w.ends.minutes()));
            (i8::try_from(w.weekday).expect("small"), a, if b <= a { b + 1440 } else { b })
        })
        .collect();
    let closed = |date: Date| rules.exceptions.iter().any(|e| e.starts_on.jiff() <= date && date <= e.ends_on.jiff());
    let mut first_shown: std::collections::HashMap<(Date, usize), i64> = std::collections::HashMap::new();
    for n in 0..count {
        let second = from + i64::try_from(n).expect("small") * 60;
        let (date, minute) = shown(&tz, second);
        for back in [0, 1] {
            let Ok(began) = date.checked_sub(jiff::Span::new().days(back)) else { continue };
            let minute = minute + back * 1440;
            for (index, (weekday, starts, ends)) in windows.iter().enumerate() {
                if began.weekday().to_monday_one_offset() != *weekday || minute < *starts || minute >= *ends {
                    continue;
                }
                minutes.open[n] |= !closed(date);
                // Where the edge itself does not exist, the grid begins with the first minute that does.
                let origin = if exists(&tz, began, *starts) {
                    *starts
                } else {
                    *first_shown.entry((began, index)).or_insert(minute)
                };
                minutes.starts[n] |= (minute - origin) % service.grid_min == 0 && minute >= origin;
            }
        }
    }
    minutes
}

fn exists(tz: &TimeZone, date: Date, minute: i64) -> bool {
    let time = date.at(i8::try_from(minute / 60).expect("h"), i8::try_from(minute % 60).expect("m"), 0, 0);
    !matches!(tz.to_ambiguous_timestamp(time).offset(), jiff::tz::AmbiguousOffset::Gap { .. })
}

impl Minutes {
    /// Starts from which every minute of the visit is open and clear.
    fn expected(&self, rules: &Rules, wanted: (i64, i64)) -> Vec<i64> {
        let service = &rules.services[0];
        let long = usize::try_from(service.duration_min).expect("positive");
        (0..self.open.len().saturating_sub(long))
            .filter(|n| self.starts[*n] && self.open[*n..*n + long].iter().all(|open| *open))
            .map(|n| self.from + i64::try_from(n).expect("small") * 60)
            .filter(|second| wanted.0 <= *second && *second < wanted.1)
            .filter(|second| {
                let start = Timestamp::from_unix_seconds(*second);
                let needs = TimeSlot::lasting(start, service.duration_min).expect("a span");
                let needs = needs.widened(service.buffer_before_min, service.buffer_after_min);
                rules.busy.iter().all(|busy| !busy.overlaps(needs))
            })
            .collect()
    }
}

/// Patterns that meet what is hard: nights, the small hours, odd grids, buffers, a closed day.
fn patterns(name: &str) -> Vec<Rules> {
    let nights = |a: &'static str, b: &'static str| (1..=7).map(|d| (d, a, b)).collect::<Vec<_>>();
    let mut small_hours = doctor(name, service(30), &nights("00:30", "04:15"));
    small_hours.busy = vec![TimeSlot::new(at("2026-01-01T00:00:00Z"), at("2026-01-01T00:10:00Z")).expect("a span")];
    let across = doctor(name, Service { grid_min: 50, ..service(40) }, &nights("22:10", "03:05"));
    let day_long = doctor(name, Service { buffer_after_min: 5, ..service(45) }, &nights("13:00", "18:00"));
    vec![small_hours, across, day_long]
}

/// Days around which a zone's clock changes, and two ordinary ones a year.
fn stretches(tz: &TimeZone, years: std::ops::Range<i16>) -> Vec<i64> {
    let start = Date::new(years.start, 1, 1).expect("a day").to_zoned(TimeZone::UTC).expect("utc").timestamp();
    let end = Date::new(years.end, 1, 1).expect("a day").to_zoned(TimeZone::UTC).expect("utc").timestamp();
    let mut days: Vec<i64> =
        tz.following(start).map(|t| t.timestamp().as_second()).take_while(|at| *at < end.as_second()).collect();
    days.extend(years.flat_map(|y| [(y, 2), (y, 8)]).map(|(y, m)| {
        Date::new(y, m, 27).expect("a day").to_zoned(TimeZone::UTC).expect("utc").timestamp().as_second()
    }));
    days
}

/// Compares around each of these instants; gives back how many starts were compared.
fn compare(name: &str, around: &[i64], span_days: i64) -> usize {
    let mut compared = 0;
    for mut rules in patterns(name) {
        for middle in around {
            let (from, until) = ((middle / 60 - span_days * 720) * 60, (middle / 60 + span_days * 720) * 60);
            let closed = Timestamp::from_unix_seconds(*middle).date_in(&zone(name)).plus_days(1).to_string();
            rules.exceptions = vec![exception(ExceptionKind::Closed, &closed, &closed, None, name)];
            let minutes = model(&rules, from - 2 * 86_400, until + 2 * 86_400);
            let expected = minutes.expected(&rules, (from, until));
            let (first, last) = (Timestamp::from_unix_seconds(from), Timestamp::from_unix_seconds(until));
            let wanted = Wanted {
                from: first,
                to: last,
                mode: None,
                now: first,
                notice: Notice::AsOffered,
                at_most: usize::MAX,
            };
            let found = open_slots(&rules, &wanted);
            let starts: Vec<i64> = found.iter().map(|slot| slot.starts_at.unix_seconds()).collect();
            assert_eq!(starts, expected, "{name} around {}", Timestamp::from_unix_seconds(*middle));
            compared += found.len();
        }
    }
    compared
}

fn names() -> Vec<String> {
    jiff::tz::db().available().map(|name| name.as_str().to_owned()).collect()
}

/// Each zone around one change of its clock, or an ordinary day: quick enough for every run.
#[test]
fn in_every_zone_no_time_is_lost_or_doubled_when_the_clock_changes() {
    let names = names();
    assert!(names.len() > 400, "{} zones are known", names.len());
    let mut compared = 0;
    for (n, name) in names.iter().enumerate() {
        let tz = TimeZone::get(name).expect("a zone");
        let around = stretches(&tz, 2026..2036);
        let one = around[n % around.len()];
        compared += compare(name, &[one], 2);
    }
    println!("{} zones, {compared} times compared", names.len());
}

/// All changes of all zones in ten years, with two ordinary days a year, in release.
#[test]
#[ignore = "minutes long; run with --release"]
fn in_every_zone_over_ten_years_no_time_is_lost_or_doubled() {
    let (mut compared, mut around_all) = (0, 0);
    for name in names() {
        let tz = TimeZone::get(&name).expect("a zone");
        let around = stretches(&tz, 2026..2036);
        around_all += around.len();
        compared += compare(&name, &around, 3);
    }
    println!("{around_all} stretches of three days, {compared} times compared");
}
