//! Which days are to be compared now. Pure.

use kernel::{LocalDate, Timestamp, Zone};

/// A day is compared this long after its end, so that its last news has come.
const AFTER_MINUTES: i64 = 120;
/// Days that were missed are made up for, so far back.
const LOOK_BACK_DAYS: i32 = 31;
/// A day with differences is looked at again for so long, once a day.
const MENDS_FOR_DAYS: i32 = 7;
const AGAIN_AFTER_MINUTES: i64 = 20 * 60;

/// The latest run of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) day: LocalDate,
    pub(crate) at: Timestamp,
    pub(crate) differs: bool,
}

/// From the day of the first payment on; nothing before it needs comparing.
pub(crate) fn due(now: Timestamp, zone: &Zone, first: LocalDate, ran: &[Ran]) -> Vec<LocalDate> {
    let last = now.plus_minutes(-AFTER_MINUTES).date_in(zone).plus_days(-1);
    let mut day = first.max(last.plus_days(1 - LOOK_BACK_DAYS));
    let mut days = Vec::new();
    while day <= last {
        let is_due = match ran.iter().find(|run| run.day == day) {
            None => true,
            Some(run) => {
                run.differs && day > last.plus_days(-MENDS_FOR_DAYS) && now.minutes_since(run.at) >= AGAIN_AFTER_MINUTES
            }
        };
        if is_due {
            days.push(day);
        }
        day = day.plus_days(1);
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> LocalDate {
        text.parse().expect("a day")
    }

    fn now(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_day_is_due_two_hours_after_its_end_on_the_houses_calendar() {
        let nairobi = "Africa/Nairobi".parse().expect("a zone");
        let first = day("2026-11-24");
        assert_eq!(due(now("2026-11-24T22:59:00Z"), &nairobi, first, &[]), []);
        assert_eq!(due(now("2026-11-24T23:00:00Z"), &nairobi, first, &[]), [first]);
    }

    #[test]
    fn days_that_were_missed_are_made_up_for_and_no_day_before_the_first_payment() {
        let found = due(now("2026-11-24T12:00:00Z"), &Zone::utc(), day("2026-11-20"), &[]);
        assert_eq!(found, ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"].map(day));
        let long_ago = due(now("2026-11-24T12:00:00Z"), &Zone::utc(), day("2020-01-01"), &[]);
        assert_eq!((long_ago.len(), long_ago[0]), (31, day("2026-10-24")));
    }

    #[test]
    fn a_day_with_differences_is_looked_at_again_once_a_day_for_a_week() {
        let at = now("2026-11-24T12:00:00Z");
        let ran = |text: &str, hours: i64, differs| Ran { day: day(text), at: at.plus_minutes(-60 * hours), differs };
        let runs = [
            ran("2026-11-23", 10, true),
            ran("2026-11-22", 20, true),
            ran("2026-11-21", 90, false),
            ran("2026-11-17", 90, true),
            ran("2026-11-16", 90, true),
        ];
        let first = day("2026-11-16");
        let known: Vec<_> = runs.iter().map(|run| run.day).collect();
        let again = due(at, &Zone::utc(), first, &runs).into_iter().filter(|day| known.contains(day));
        assert_eq!(again.collect::<Vec<_>>(), ["2026-11-17", "2026-11-22"].map(day));
    }
}
