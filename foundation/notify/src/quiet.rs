use kernel::{Timestamp, Zone};

/// A stretch of somebody's day, on their own clock, in which they are not to be disturbed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quiet {
    starts: i16,
    ends: i16,
}

impl Quiet {
    /// Minutes after midnight; over midnight where it ends before it starts. `None` for no stretch of a day.
    pub fn new(starts: i16, ends: i16) -> Option<Self> {
        let of_a_day = |minute: i16| (0..1440).contains(&minute);
        (starts != ends && of_a_day(starts) && of_a_day(ends)).then_some(Self { starts, ends })
    }

    /// "22:00", "07:30".
    pub fn parse(starts: &str, ends: &str) -> Option<Self> {
        Self::new(minute(starts)?, minute(ends)?)
    }

    pub const fn starts_min(self) -> i16 {
        self.starts
    }

    pub const fn ends_min(self) -> i16 {
        self.ends
    }

    pub fn starts(self) -> String {
        clock(self.starts)
    }

    pub fn ends(self) -> String {
        clock(self.ends)
    }

    /// When it is over, if it is going on at this instant. Where the clock is set forward over the end, the first minute after it.
    pub fn until(self, zone: &Zone, at: Timestamp) -> Option<Timestamp> {
        let local = at.in_zone(zone);
        let now = i16::from(local.hour()) * 60 + i16::from(local.minute());
        let over_midnight = self.ends < self.starts;
        let ends_today = if over_midnight { now < self.ends } else { self.starts <= now && now < self.ends };
        let ends_tomorrow = over_midnight && now >= self.starts;
        if !ends_today && !ends_tomorrow {
            return None;
        }
        let day = if ends_tomorrow { local.date().tomorrow().ok()? } else { local.date() };
        let end = day.at(hour(self.ends), rest(self.ends), 0, 0).to_zoned(zone.tz()).ok()?;
        let end = Timestamp::from_jiff(end.timestamp());
        (end > at).then_some(end)
    }
}

fn minute(text: &str) -> Option<i16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let (hours, minutes): (i16, i16) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}

fn clock(minute: i16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn hour(minute: i16) -> i8 {
    i8::try_from(minute / 60).unwrap_or_default()
}

fn rest(minute: i16) -> i8 {
    i8::try_from(minute % 60).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn until(quiet: (&str, &str), zone: &str, at: &str) -> Option<String> {
        let quiet = Quiet::parse(quiet.0, quiet.1).unwrap();
        quiet.until(&zone.parse().unwrap(), at.parse().unwrap()).map(|end| end.to_string())
    }

    #[test]
    fn a_night_over_midnight_ends_in_the_morning_of_its_own_zone() {
        let night = ("22:00", "07:00");
        assert_eq!(until(night, "Asia/Dhaka", "2026-11-22T16:30:00Z").as_deref(), Some("2026-11-23T01:00:00Z"));
        assert_eq!(until(night, "Asia/Dhaka", "2026-11-22T20:30:00Z").as_deref(), Some("2026-11-23T01:00:00Z"));
        assert_eq!(until(night, "Asia/Dhaka", "2026-11-23T01:00:00Z"), None, "at seven sharp it is over");
        assert_eq!(until(night, "Asia/Dhaka", "2026-11-22T15:59:00Z"), None);
        assert_eq!(until(night, "UTC", "2026-11-22T16:30:00Z"), None, "the same instant is no night elsewhere");
    }

    #[test]
    fn a_siesta_ends_the_same_day() {
        assert_eq!(until(("13:00", "15:00"), "UTC", "2026-11-22T14:00:00Z").as_deref(), Some("2026-11-22T15:00:00Z"));
        assert_eq!(until(("13:00", "15:00"), "UTC", "2026-11-22T15:00:00Z"), None);
    }

    #[test]
    fn an_end_that_the_clock_skips_is_the_first_minute_after_the_gap() {
        // Berlin, 28 March 2027: 02:00 becomes 03:00.
        assert_eq!(
            until(("23:00", "02:30"), "Europe/Berlin", "2027-03-27T23:00:00Z").as_deref(),
            Some("2027-03-28T01:30:00Z")
        );
    }

    #[test]
    fn no_stretch_and_no_clock_are_refused() {
        assert!(Quiet::parse("22:00", "22:00").is_none());
        for wrong in ["24:00", "7", "07:60", "", "x:y"] {
            assert!(Quiet::parse("22:00", wrong).is_none(), "{wrong}");
        }
    }
}
