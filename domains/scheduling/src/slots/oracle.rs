//! The pure function against a model that shares no code with it: every minute of a stretch is looked at by itself, on jiff's own wall
//! clocks, and asked whether a visit may start there. All zones of the bundled database, ten years; buffers, limits, journeys.

use jiff::{Timestamp as Instant, civil::Date, tz::TimeZone};
use kernel::{LocalDate, TimeSlot, Timestamp};

use super::{
    tests::{at, doctor, exception, service, zone},
    *,
};

/// What one clock shows, minute by minute: which of its days, and how many minutes after midnight on the wall.
struct Clock {
    tz: TimeZone,
    days: Vec<Date>,
    shown: Vec<(usize, i64)>,
}

impl Clock {
    fn over(name: &str, from: i64, minutes: usize) -> Self {
        let tz = TimeZone::get(name).expect("a zone");
        let first = shown(&tz, from).0.checked_sub(jiff::Span::new().days(3)).expect("a day");
        let count = i64::try_from(minutes).expect("small") / 1440 + 8;
        let days: Vec<Date> =
            (0..count).map(|n| first.checked_add(jiff::Span::new().days(n)).expect("a day")).collect();
        let mut day = 0;
        let shown = (0..minutes).map(|n| {
            let (date, minute) = shown(&tz, from + i64::try_from(n).expect("small") * 60);
            if days[day] != date {
                day = days.iter().position(|known| *known == date).expect("a day nearby");
            }
            (day, minute)
        });
        let shown = shown.collect();
        Self { tz, days, shown }
    }
}

fn shown(tz: &TimeZone, second: i64) -> (Date, i64) {
    let at = tz.to_datetime(Instant::from_second(second).expect("an instant"));
    (at.date(), i64::from(at.hour()) * 60 + i64::from(at.minute()))
}

/// Minute by minute: is the doctor there, does the grid start there?
struct Minutes {
    open: Vec<bool>,
    starts: Vec<bool>,
}

/// A window on the day on which it begins, in minutes on the wall, and where its grid begins once that is known.
struct Opening {
    starts: i64,
    ends: i64,
    origin: Option<i64>,
}

/// One timetable: windows of `starts..ends` minutes on the days on which they begin, `ends <= starts` on the next day; closed days; one
/// journey, whose days are read on the clock abroad, or not at all for visits in person that stop.
struct Model<'a> {
    rules: &'a Rules,
    home: &'a Clock,
    abroad: &'a Clock,
    counted: Vec<Date>,
}

impl<'a> Model<'a> {
    fn of(rules: &'a Rules, home: &'a Clock, abroad: &'a Clock) -> Self {
        let counted = rules.counted.iter().map(|one| shown(&home.tz, one.starts_at.unix_seconds()).0).collect();
        Self { rules, home, abroad, counted }
    }

    fn journey(&self, date: Date) -> Option<Journey> {
        let journeys = self.rules.exceptions.iter().filter(|e| e.kind == ExceptionKind::Travel);
        journeys.filter(|e| within(e, date)).find_map(|e| e.journey)
    }

    fn is_closed(&self, home: Date) -> bool {
        self.rules.exceptions.iter().any(|e| e.kind == ExceptionKind::Closed && within(e, home))
    }

    /// Whether windows of this day are read on this clock.
    fn reads(&self, began: Date, is_home: bool) -> bool {
        match self.journey(began) {
            Some(journey) if self.rules.services[0].mode == Mode::InPerson && journey.in_person == InPerson::Stops => {
                false
            }
            Some(journey) => (journey.windows == WindowsRead::Home) == is_home,
            None => is_home,
        }
    }

    /// The windows that begin on each day of a clock.
    fn openings(&self, clock: &Clock, is_home: bool) -> Vec<Vec<Opening>> {
        let windows = &self.rules.timetables[0].windows;
        let of_day = |date: &Date| -> Vec<Opening> {
            if !self.reads(*date, is_home) {
                return Vec::new();
            }
            let weekday = date.weekday().to_monday_one_offset();
            let todays = windows.iter().filter(|window| i64::from(window.weekday) == i64::from(weekday));
            let opening = |window: &Window| {
                let (starts, ends) = (i64::from(window.starts.minutes()), i64::from(window.ends.minutes()));
                let origin = exists(&clock.tz, *date, starts).then_some(starts);
                Opening { starts, ends: if ends <= starts { ends + 1440 } else { ends }, origin }
            };
            todays.map(opening).collect()
        };
        clock.days.iter().map(of_day).collect()
    }

    fn minutes(&self) -> Minutes {
        let count = self.home.shown.len();
        let grid = self.rules.services[0].grid_min;
        let closed: Vec<bool> = self.home.days.iter().map(|date| self.is_closed(*date)).collect();
        let mut minutes = Minutes { open: vec![false; count], starts: vec![false; count] };
        for (clock, is_home) in [(self.home, true), (self.abroad, false)] {
            let mut openings = self.openings(clock, is_home);
            for (n, (day, minute)) in clock.shown.iter().enumerate() {
                for back in [0, 1] {
                    let Some(began) = day.checked_sub(back) else { continue };
                    let minute = minute + if back == 1 { 1440 } else { 0 };
                    for opening in openings[began].iter_mut().filter(|o| o.starts <= minute && minute < o.ends) {
                        minutes.open[n] |= !closed[self.home.shown[n].0];
                        // Where the edge itself does not exist, the grid begins with the first minute that does.
                        let origin = *opening.origin.get_or_insert(minute);
                        minutes.starts[n] |= minute >= origin && (minute - origin) % grid == 0;
                    }
                }
            }
        }
        minutes
    }

    /// The limits of days and weeks are counted on the clock at home, from what is taken.
    fn is_full(&self, today: Date) -> bool {
        let service = &self.rules.services[0];
        let monday = |date: Date| {
            let since = i64::from(date.weekday().to_monday_zero_offset());
            date.checked_sub(jiff::Span::new().days(since)).expect("a Monday")
        };
        let reached =
            |cap: Option<i64>, taken: usize| cap.is_some_and(|cap| i64::try_from(taken).expect("small") >= cap);
        reached(service.daily_cap, self.counted.iter().filter(|date| **date == today).count())
            || reached(service.weekly_cap, self.counted.iter().filter(|date| monday(**date) == monday(today)).count())
    }

    /// Starts from which every minute of the visit is open, clear of all that is taken with the buffers of both, and within the limits.
    fn starts(&self, from: i64, wanted: (i64, i64)) -> Vec<i64> {
        let minutes = self.minutes();
        let service = &self.rules.services[0];
        let long = usize::try_from(service.duration_min).expect("positive");
        let full: Vec<bool> = self.home.days.iter().map(|date| self.is_full(*date)).collect();
        let is_clear = |second: i64| {
            let first = second - service.buffer_before_min * 60;
            let last = second + (service.duration_min + service.buffer_after_min) * 60;
            let mut busy = self.rules.busy.iter();
            busy.all(|busy| busy.ends_at().unix_seconds() <= first || last <= busy.starts_at().unix_seconds())
        };
        (0..minutes.open.len().saturating_sub(long))
            .filter(|n| minutes.starts[*n] && minutes.open[*n..*n + long].iter().all(|open| *open))
            .filter(|n| !full[self.home.shown[*n].0])
            .map(|n| from + i64::try_from(n).expect("small") * 60)
            .filter(|second| wanted.0 <= *second && *second < wanted.1 && is_clear(*second))
            .collect()
    }
}

fn within(exception: &Exception, date: Date) -> bool {
    exception.starts_on.jiff() <= date && date <= exception.ends_on.jiff()
}

fn exists(tz: &TimeZone, date: Date, minute: i64) -> bool {
    let time = date.at(i8::try_from(minute / 60).expect("h"), i8::try_from(minute % 60).expect("m"), 0, 0);
    !matches!(tz.to_ambiguous_timestamp(time).offset(), jiff::tz::AmbiguousOffset::Gap { .. })
}

/// Rules around an instant that meet what is hard: nights, the small hours, odd grids, buffers, a closed day, full days and weeks,
/// journeys to and from a zone with changes of its own.
fn patterns(home: &str, abroad: &str, middle: i64) -> Vec<Rules> {
    let nights = |a: &'static str, b: &'static str| (1..=7).map(|d| (d, a, b)).collect::<Vec<_>>();
    let today = Timestamp::from_unix_seconds(middle).date_in(&zone(home));
    let closed = today.plus_days(1).to_string();
    let closed = exception(ExceptionKind::Closed, &closed, &closed, None, home);
    let from_middle = |minutes: i64| Timestamp::from_unix_seconds(middle / 60 * 60 + minutes * 60);
    let busy = |minutes: &[i64]| -> Vec<TimeSlot> {
        minutes.iter().map(|m| TimeSlot::lasting(from_middle(*m), 25).expect("a span").widened(10, 5)).collect()
    };
    let taken = |minutes: &[i64]| -> Vec<Counted> {
        let counted = |m: &i64| Counted { service: service(30).id, starts_at: from_middle(*m) };
        minutes.iter().map(counted).collect()
    };
    let mut small_hours = doctor(home, service(30), &nights("00:30", "04:15"));
    small_hours.busy = vec![TimeSlot::new(at("2026-01-01T00:00:00Z"), at("2026-01-01T00:10:00Z")).expect("a span")];
    let across = doctor(home, Service { grid_min: 50, ..service(40) }, &nights("22:10", "03:05"));
    let day_long = doctor(home, Service { buffer_after_min: 5, ..service(45) }, &nights("13:00", "18:00"));
    let buffered = Service { buffer_before_min: 15, buffer_after_min: 10, grid_min: 5, ..service(20) };
    let mut buffers = doctor(home, buffered.clone(), &nights("00:00", "00:00"));
    buffers.busy = busy(&[-1500, -611, -95, -40, 20, 47, 333, 1203]);
    let capped = Service { daily_cap: Some(2), weekly_cap: Some(5), ..service(30) };
    let mut limits = doctor(home, capped.clone(), &nights("21:30", "05:00"));
    limits.counted = taken(&[-2900, -1450, -1390, -50, -10, 5, 70, 1430, 1500, 2890]);
    let mut sparse = doctor(home, Service { daily_cap: Some(1), ..service(30) }, &nights("00:00", "00:00"));
    sparse.counted = taken(&[-1, 1439]);
    let mut all = vec![small_hours, across, day_long, buffers, limits, sparse];
    for (windows, in_person, mode) in [
        (WindowsRead::Abroad, InPerson::GoesOn, Mode::Video),
        (WindowsRead::Home, InPerson::Stops, Mode::Video),
        (WindowsRead::Home, InPerson::Stops, Mode::InPerson),
        (WindowsRead::Abroad, InPerson::Stops, Mode::Video),
    ] {
        let hard = Service { mode, daily_cap: Some(2), weekly_cap: Some(9), ..buffered.clone() };
        let mut travels = doctor(home, hard, &nights("22:10", "03:05"));
        travels.busy = busy(&[-1440, -30, 180, 1410]);
        travels.counted = taken(&[-1440, -1400, 1500]);
        travels.exceptions.push(journey(abroad, (today.plus_days(-1), today), windows, in_person));
        all.push(travels);
    }
    for rules in &mut all {
        rules.exceptions.push(closed.clone());
    }
    all
}

fn journey(abroad: &str, (from, to): (LocalDate, LocalDate), windows: WindowsRead, in_person: InPerson) -> Exception {
    let travel = exception(ExceptionKind::Travel, &from.to_string(), &to.to_string(), None, abroad);
    Exception { journey: Some(Journey { windows, in_person }), ..travel }
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

/// What was compared.
#[derive(Default)]
struct Compared {
    cases: usize,
    starts: usize,
}

/// Compares around each of these instants.
fn compare(home: &str, abroad: &str, around: &[i64], span_days: i64, compared: &mut Compared) {
    for middle in around {
        let (from, until) = ((middle / 60 - span_days * 720) * 60, (middle / 60 + span_days * 720) * 60);
        let begins = from - 2 * 86_400;
        let count = usize::try_from((until + 2 * 86_400 - begins) / 60).expect("forwards");
        let (at_home, away) = (Clock::over(home, begins, count), Clock::over(abroad, begins, count));
        for (number, rules) in patterns(home, abroad, *middle).iter().enumerate() {
            let expected = Model::of(rules, &at_home, &away).starts(begins, (from, until));
            let (first, last) = (Timestamp::from_unix_seconds(from), Timestamp::from_unix_seconds(until));
            let (notice, at_most) = (Notice::AsOffered, usize::MAX);
            let wanted = Wanted { from: first, to: last, mode: None, now: first, notice, at_most };
            let found = open_slots(rules, &wanted);
            let starts: Vec<i64> = found.iter().map(|slot| slot.starts_at.unix_seconds()).collect();
            let when = Timestamp::from_unix_seconds(*middle);
            assert_eq!(starts, expected, "{home} (and {abroad}) around {when}, pattern {number}");
            compared.cases += 1;
            compared.starts += found.len();
        }
    }
}

/// Each zone, and where its doctors go.
fn zones() -> Vec<(String, String)> {
    let names: Vec<String> = jiff::tz::db().available().map(|name| name.as_str().to_owned()).collect();
    let away = |n: usize| names[(n * 7 + 101) % names.len()].clone();
    names.iter().enumerate().map(|(n, name)| (name.clone(), away(n))).collect()
}

/// Each zone around one change of its clock, or an ordinary day: quick enough for every run.
#[test]
fn in_every_zone_no_time_is_lost_or_doubled_when_the_clock_changes() {
    let zones = zones();
    assert!(zones.len() > 400, "{} zones are known", zones.len());
    let mut compared = Compared::default();
    for (n, (home, abroad)) in zones.iter().enumerate() {
        let around = stretches(&TimeZone::get(home).expect("a zone"), 2026..2036);
        compare(home, abroad, &[around[n % around.len()]], 2, &mut compared);
    }
    println!("{} zones, {} cases, {} times compared", zones.len(), compared.cases, compared.starts);
}

/// All changes of all zones in ten years, with two ordinary days a year: `make oracle`.
#[test]
#[ignore = "minutes long, optimised: `make oracle`"]
fn in_every_zone_over_ten_years_no_time_is_lost_or_doubled() {
    let zones = zones();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let worked = || {
        let (mut compared, mut around_all) = (Compared::default(), 0);
        while let Some((home, abroad)) = zones.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
            let around = stretches(&TimeZone::get(home).expect("a zone"), 2026..2036);
            around_all += around.len();
            compare(home, abroad, &around, 3, &mut compared);
        }
        (around_all, compared)
    };
    let (mut stretches, mut sum) = (0, Compared::default());
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(worked)).collect();
        for worker in workers {
            let (around, compared) = worker.join().expect("no disagreement");
            stretches += around;
            sum.cases += compared.cases;
            sum.starts += compared.starts;
        }
    });
    println!(
        "{} zones, {stretches} stretches of three days in ten years, {} cases, {} times compared",
        zones.len(),
        sum.cases,
        sum.starts
    );
}
