//! Reference ranges by age and sex, and what is unusual enough to ask about. Data with a version and sources: `data/ranges.json`.
//!
//! A range is a help for the eye, not a diagnosis. Weight and height have none: growth curves are not part of the table, nor is a
//! body mass index below 20 years.

use std::{collections::BTreeMap, sync::LazyLock};

use kernel::LocalDate;
use serde::Deserialize;

/// Inclusive at both ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    pub low: f64,
    pub high: f64,
    /// Who says so.
    pub source: &'static str,
}

/// Whose values are judged.
#[derive(Debug, Clone, Copy)]
pub struct Whose<'a> {
    pub born: Option<LocalDate>,
    /// Sex at birth, as in `patients`.
    pub sex: &'a str,
}

/// On which side of its range a value lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Low,
    Within,
    High,
}

impl Range {
    pub fn side(&self, value: f64) -> Side {
        if value < self.low {
            Side::Low
        } else if value > self.high {
            Side::High
        } else {
            Side::Within
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    version: String,
    sources: BTreeMap<String, String>,
    reference: Vec<Row>,
    unusual: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    sign: String,
    from_months: i32,
    /// Exclusive; none without an end.
    to_months: Option<i32>,
    /// None for both.
    sex: Option<String>,
    low: f64,
    high: f64,
    source: String,
}

/// A file of the program that does not parse is found by its test; here it would only mean no ranges.
static TABLE: LazyLock<Table> = LazyLock::new(|| {
    serde_json::from_str(include_str!("data/ranges.json")).unwrap_or_else(|_| Table {
        version: String::new(),
        sources: BTreeMap::new(),
        reference: Vec::new(),
        unusual: Vec::new(),
    })
});

/// Of which day the table is.
pub fn version() -> &'static str {
    &TABLE.version
}

/// Where a value of `sign` (or `bmi`) usually lies on a day; none where nothing is known. Without a date of birth: as an adult.
pub fn reference(sign: &str, whose: Whose<'_>, on: LocalDate) -> Option<Range> {
    find(&TABLE.reference, sign, whose, on)
}

/// Outside of this a value is possible, and worth a second look before it is kept.
pub fn unusual(sign: &str, whose: Whose<'_>, on: LocalDate) -> Option<Range> {
    find(&TABLE.unusual, sign, whose, on)
}

fn find(rows: &'static [Row], sign: &str, whose: Whose<'_>, on: LocalDate) -> Option<Range> {
    let months = whose.born.map_or(i32::MAX, |born| age_in_months(born, on));
    let fits = |row: &&Row| {
        row.sign == sign
            && months >= row.from_months
            && row.to_months.is_none_or(|to| months < to)
            && row.sex.as_deref().is_none_or(|sex| sex == whose.sex)
    };
    let row = rows.iter().find(fits)?;
    let source = TABLE.sources.get(&row.source).map_or("", String::as_str);
    Some(Range { low: row.low, high: row.high, source })
}

/// Whole months; 0 before birth.
fn age_in_months(born: LocalDate, on: LocalDate) -> i32 {
    let (born, on) = (born.jiff(), on.jiff());
    let whole = i32::from(on.year() - born.year()) * 12 + i32::from(on.month()) - i32::from(born.month());
    (whole - i32::from(on.day() < born.day())).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> LocalDate {
        text.parse().expect("a day")
    }

    fn pulse(born: Option<&str>) -> Option<(f64, f64)> {
        let whose = Whose { born: born.map(day), sex: "female" };
        reference("pulse", whose, day("2026-11-27")).map(|range| (range.low, range.high))
    }

    #[test]
    fn a_range_follows_the_age() {
        assert_eq!(pulse(Some("2026-11-01")), Some((100.0, 205.0)));
        assert_eq!(pulse(Some("2026-10-27")), Some((100.0, 190.0)), "a month old to the day");
        assert_eq!(pulse(Some("2010-11-28")), Some((60.0, 100.0)));
        assert_eq!(pulse(Some("1990-01-01")), Some((60.0, 100.0)));
        assert_eq!(pulse(None), Some((60.0, 100.0)));
        let child = Whose { born: Some(day("2020-01-01")), sex: "male" };
        assert_eq!(reference("bmi", child, day("2026-11-27")), None);
        assert_eq!(reference("weight", child, day("2026-11-27")), None);
    }

    #[test]
    fn every_row_has_a_source_and_no_two_rows_overlap() {
        assert!(!version().is_empty(), "the table is read");
        for rows in [&TABLE.reference, &TABLE.unusual] {
            for (place, row) in rows.iter().enumerate() {
                assert!(TABLE.sources.contains_key(&row.source), "{} of {}", row.source, row.sign);
                assert!(row.low < row.high && row.to_months.is_none_or(|to| to > row.from_months));
                for other in rows.iter().skip(place + 1).filter(|other| other.sign == row.sign && other.sex == row.sex)
                {
                    let ends = |row: &Row| row.to_months.unwrap_or(i32::MAX);
                    assert!(ends(row) <= other.from_months || ends(other) <= row.from_months, "{}", row.sign);
                }
            }
        }
    }

    #[test]
    fn the_ends_belong_to_the_range() {
        let range = Range { low: 60.0, high: 100.0, source: "" };
        assert_eq!(
            [59.9, 60.0, 100.0, 100.1].map(|value| range.side(value)),
            [Side::Low, Side::Within, Side::Within, Side::High]
        );
    }
}
