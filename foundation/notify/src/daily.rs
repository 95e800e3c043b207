use kernel::{Timestamp, Zone};

/// A time of somebody's day, on their own clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Daily(i16);

/// Six in the morning.
impl Default for Daily {
    fn default() -> Self {
        Self(6 * 60)
    }
}

impl Daily {
    /// Minutes after midnight.
    pub fn new(minute: i16) -> Option<Self> {
        (0..1440).contains(&minute).then_some(Self(minute))
    }

    /// "07:30".
    pub fn parse(text: &str) -> Option<Self> {
        let (hours, minutes) = text.trim().split_once(':')?;
        let (hours, minutes): (i16, i16) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
        ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(Self(hours * 60 + minutes))
    }

    pub const fn minute(self) -> i16 {
        self.0
    }

    pub fn clock(self) -> String {
        format!("{:02}:{:02}", self.0 / 60, self.0 % 60)
    }

    /// When it comes next. Where the clock is set forward over it, the first minute after the gap.
    pub fn next_after(self, zone: &Zone, at: Timestamp) -> Timestamp {
        let today = at.in_zone(zone).date();
        [Some(today), today.tomorrow().ok()]
            .into_iter()
            .flatten()
            .filter_map(|day| day.at(self.hour(), self.rest(), 0, 0).to_zoned(zone.tz()).ok())
            .map(|local| Timestamp::from_jiff(local.timestamp()))
            .find(|next| *next > at)
            .unwrap_or_else(|| at.plus_days(1))
    }

    pub(crate) fn hour(self) -> i8 {
        i8::try_from(self.0 / 60).unwrap_or_default()
    }

    pub(crate) fn rest(self) -> i8 {
        i8::try_from(self.0 % 60).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(clock: &str, zone: &str, at: &str) -> String {
        Daily::parse(clock).unwrap().next_after(&zone.parse().unwrap(), at.parse().unwrap()).to_string()
    }

    #[test]
    fn a_time_of_day_comes_once_a_day_on_its_own_clock() {
        assert_eq!(next("07:30", "Asia/Dhaka", "2026-11-22T01:29:00Z"), "2026-11-22T01:30:00Z");
        assert_eq!(next("07:30", "Asia/Dhaka", "2026-11-22T01:30:00Z"), "2026-11-23T01:30:00Z", "not twice at once");
        // Berlin, 28 March 2027: 02:00 becomes 03:00.
        assert_eq!(next("02:30", "Europe/Berlin", "2027-03-28T00:00:00Z"), "2027-03-28T01:30:00Z");
    }

    #[test]
    fn what_is_no_time_of_day_is_refused() {
        for wrong in ["24:00", "7", "07:60", "", "x:y", "-1:00"] {
            assert!(Daily::parse(wrong).is_none(), "{wrong}");
        }
        assert_eq!(Daily::parse("07:05").unwrap().clock(), "07:05");
    }
}
