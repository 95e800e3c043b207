//! Days as they stand in an address.

use kernel::LocalDate;

/// None for what is no day, or a day of no hospital's books: years of which databases and zones know nothing certain.
pub(crate) fn day_in(text: &str) -> Option<LocalDate> {
    text.trim().parse::<LocalDate>().ok().filter(|day| (1990..=2200).contains(&day.jiff().year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_books_may_have_are_read() {
        assert_eq!(day_in(" 2026-11-22 ").map(|day| day.to_string()).as_deref(), Some("2026-11-22"));
        for text in ["", "x", "2026-02-30", "-009999-01-01", "9999-12-31", "1600-01-01"] {
            assert_eq!(day_in(text), None, "{text}");
        }
    }
}
