//! Dates, times and money in a language, for pages and for letters. Digits are European in every language.

use jiff::{
    Zoned,
    civil::{Date, Weekday},
    tz::Offset,
};
use kernel::{Direction, LocalDate, Locale, Money, Timestamp, Zone};

use crate::i18n;

/// The words of a key.
pub fn t(locale: Locale, key: &str) -> String {
    i18n::text(locale, key, &[])
}

/// The words of a key, with its variables.
pub fn tr(locale: Locale, key: &str, args: &[(&str, &str)]) -> String {
    i18n::text(locale, key, args)
}

/// "Sun 22 Nov 2026, 10:45 (Dhaka, GMT+6)": an instant that nobody can misread.
pub fn when(locale: Locale, zone: &Zone, at: Timestamp) -> String {
    let local = at.in_zone(zone);
    let (weekday, date) = (weekday(locale, local.weekday()), date_words(locale, local.date()));
    let (clock, offset) = (clock(&local), gmt(local.offset()));
    let comma = if locale == Locale::Ar { "،" } else { "," };
    if *zone == Zone::utc() {
        return format!("{weekday} {date}{comma} {clock} (UTC)");
    }
    format!("{weekday} {date}{comma} {clock} ({}{comma} {offset})", zone.city())
}

/// The day of an instant: "22 Nov 2026".
pub fn day(locale: Locale, zone: &Zone, at: Timestamp) -> String {
    date_words(locale, at.in_zone(zone).date())
}

/// "22 Nov 2026".
pub fn date(locale: Locale, day: LocalDate) -> String {
    date_words(locale, day.jiff())
}

/// "November 2026".
pub fn month(locale: Locale, day: LocalDate) -> String {
    let date = day.jiff();
    let name = i18n::text(locale, &format!("web-month-name-{}", date.month()), &[]);
    format!("{name} {}", date.year())
}

/// "10:45".
pub fn time(zone: &Zone, at: Timestamp) -> String {
    clock(&at.in_zone(zone))
}

/// "$24.00", "JOD 24.000": the sign where it names one currency alone, else the ISO 4217 code; the currency's own decimals.
/// In a right-to-left text the amount stays in one piece (UAX #9, isolates).
pub fn money(locale: Locale, money: Money) -> String {
    let said = plain_money(money);
    match locale.direction() {
        Direction::LeftToRight => said,
        Direction::RightToLeft => format!("\u{2066}{said}\u{2069}"),
    }
}

fn plain_money(money: Money) -> String {
    let digits = grouped(&money.decimal());
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |rest| ("-", rest));
    let symbol = match money.currency.code() {
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "INR" => "₹",
        "BDT" => "৳",
        "NGN" => "₦",
        code => return format!("{sign}{code}\u{a0}{digits}"),
    };
    format!("{sign}{symbol}{digits}")
}

/// "12,345".
pub fn number(value: i64) -> String {
    grouped(&value.to_string())
}

/// A comma between every three digits of the whole part.
fn grouped(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out.push_str(rest);
    out
}

fn clock(local: &Zoned) -> String {
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// "GMT+5:45".
fn gmt(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    if minutes == 0 {
        return "GMT".to_owned();
    }
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    if rest == 0 { format!("GMT{sign}{hours}") } else { format!("GMT{sign}{hours}:{rest:02}") }
}

fn date_words(locale: Locale, date: Date) -> String {
    let month = i18n::text(locale, &format!("web-month-{}", date.month()), &[]);
    format!("{} {month} {}", date.day(), date.year())
}

fn weekday(locale: Locale, day: Weekday) -> String {
    i18n::text(locale, &format!("web-weekday-{}", day.to_monday_one_offset()), &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_names_its_day_and_its_zone() {
        let at: Timestamp = "2026-11-22T04:45:00Z".parse().expect("an instant");
        let zone = |name: &str| name.parse::<Zone>().expect("a zone");
        assert_eq!(when(Locale::En, &zone("Asia/Dhaka"), at), "Sun 22 Nov 2026, 10:45 (Dhaka, GMT+6)");
        assert_eq!(when(Locale::En, &zone("Asia/Kathmandu"), at), "Sun 22 Nov 2026, 10:30 (Kathmandu, GMT+5:45)");
        assert_eq!(when(Locale::En, &Zone::utc(), at), "Sun 22 Nov 2026, 04:45 (UTC)");
        assert_eq!(when(Locale::En, &zone("Pacific/Honolulu"), at), "Sat 21 Nov 2026, 18:45 (Honolulu, GMT-10)");
    }

    #[test]
    fn money_has_its_own_decimals_and_groups() {
        let say = |amount, code: &str| money(Locale::En, Money::new(amount, code.parse().expect("a currency")));
        assert_eq!(say(1_234_500, "USD"), "$12,345.00");
        assert_eq!(say(-500, "JPY"), "-JPY\u{a0}500");
        assert_eq!(say(24_000, "KWD"), "KWD\u{a0}24.000");
        assert_eq!(number(-1_234_567), "-1,234,567");
    }
}
