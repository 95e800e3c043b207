use kernel::{LocalDate, Timestamp, Zone};

/// A month of a reader's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month {
    first: LocalDate,
}

impl Month {
    /// "2026-11"; anything else is the month of `now`.
    pub(super) fn read(text: &str, now: Timestamp, zone: &Zone) -> Self {
        let typed = (text.len() == 7).then(|| format!("{text}-01").parse().ok()).flatten();
        Self::of(typed.unwrap_or_else(|| now.date_in(zone)))
    }

    fn of(day: LocalDate) -> Self {
        let date = day.jiff();
        Self { first: LocalDate::from_ymd(date.year(), date.month(), 1).unwrap_or(day) }
    }

    pub(super) fn text(self) -> String {
        let date = self.first.jiff();
        format!("{:04}-{:02}", date.year(), date.month())
    }

    pub(super) fn before(self) -> Self {
        Self::of(self.first.plus_days(-1))
    }

    pub(super) fn after(self) -> Self {
        Self::of(self.first.plus_days(32))
    }

    /// "November 2026".
    pub(super) fn name(self, page: &web::PageFrame) -> String {
        page.month(self.first)
    }

    pub(super) fn is_begun(self, today: LocalDate) -> bool {
        self.first <= today
    }

    /// From its first moment to the first of the next.
    pub(super) fn span(self, zone: &Zone) -> (Timestamp, Timestamp) {
        (self.first.starts_in(zone), self.after().first.starts_in(zone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_follow_each_other_over_the_years_end() {
        let now = Timestamp::from_unix_seconds(1_790_000_000);
        let month = Month::read("2026-12", now, &Zone::utc());
        assert_eq!((month.before().text(), month.after().text()), ("2026-11".to_owned(), "2027-01".to_owned()));
        assert_eq!(Month::read("nonsense", now, &Zone::utc()).text(), "2026-09");
        let (from, until) = month.span(&Zone::utc());
        assert_eq!(until.seconds_since(from), 31 * 86_400);
    }
}
