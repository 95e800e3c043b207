//! Instants in UTC, days on a calendar, and zones by IANA name.
//!
//! Nothing here reads a clock: the time is an argument, taken from the transaction (`Tx::now`).

use std::{fmt, str::FromStr};

use jiff::{SignedDuration, Zoned, civil::Date, tz::TimeZone};
use sqlx::{
    Decode, Encode, Postgres, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgHasArrayType, PgTypeInfo, PgValueRef},
};

/// An instant, to the microsecond (what PostgreSQL keeps). RFC 3339 in UTC as text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Timestamp(jiff::Timestamp);

/// A day on a calendar without a zone: a birthday, a leave day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct LocalDate(Date);

/// A time zone that the bundled IANA database knows.
#[derive(Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Zone(String);

/// The text is not the name of a zone in the IANA database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no time zone is called {0:?}")]
pub struct ZoneError(pub String);

/// Microseconds from the Unix epoch to PostgreSQL's epoch, 2000-01-01T00:00:00Z.
const PG_EPOCH_MICROS: i64 = 946_684_800_000_000;

impl Timestamp {
    /// Rounded down to the microsecond, so that what was written compares equal to what is read back.
    pub fn from_jiff(at: jiff::Timestamp) -> Self {
        Self::from_micros(at.as_microsecond())
    }

    pub const fn jiff(self) -> jiff::Timestamp {
        self.0
    }

    /// Saturates at the ends of what a timestamp can say.
    pub fn from_micros(micros: i64) -> Self {
        let end = if micros < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
        Self(jiff::Timestamp::from_microsecond(micros).unwrap_or(end))
    }

    pub fn micros(self) -> i64 {
        self.0.as_microsecond()
    }

    pub fn unix_seconds(self) -> i64 {
        self.0.as_second()
    }

    pub fn from_unix_seconds(seconds: i64) -> Self {
        Self::from_micros(seconds.saturating_mul(1_000_000))
    }

    #[must_use]
    pub fn plus(self, span: SignedDuration) -> Self {
        Self::from_micros(self.micros().saturating_add(i64::try_from(span.as_micros()).unwrap_or(i64::MAX)))
    }

    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_micros(self.micros().saturating_add(seconds.saturating_mul(1_000_000)))
    }

    #[must_use]
    pub fn plus_minutes(self, minutes: i64) -> Self {
        self.plus_seconds(minutes.saturating_mul(60))
    }

    /// Days of exactly 24 hours; for calendar days go through a zone.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(86_400))
    }

    /// Whole seconds since `earlier`, negative when it is later.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        (self.micros() - earlier.micros()).div_euclid(1_000_000)
    }

    pub fn minutes_since(self, earlier: Self) -> i64 {
        self.seconds_since(earlier).div_euclid(60)
    }

    pub fn in_zone(self, zone: &Zone) -> Zoned {
        self.0.to_zoned(zone.tz())
    }

    pub fn date_in(self, zone: &Zone) -> LocalDate {
        LocalDate(self.in_zone(zone).date())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Timestamp {
    type Err = jiff::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::from_jiff)
    }
}

impl LocalDate {
    pub const fn from_jiff(date: Date) -> Self {
        Self(date)
    }

    pub const fn jiff(self) -> Date {
        self.0
    }

    /// `None` for a day that does not exist, such as 30 February.
    pub fn from_ymd(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self)
    }

    /// Whole years from this day to `on`; someone born on 29 February has the birthday on 1 March in common years.
    pub fn age_on(self, on: Self) -> i16 {
        let had_birthday = (on.0.month(), on.0.day()) >= (self.0.month(), self.0.day());
        on.0.year() - self.0.year() - i16::from(!had_birthday)
    }

    /// The first instant of this day in the zone (a day may begin after midnight).
    pub fn starts_in(self, zone: &Zone) -> Timestamp {
        self.0.to_zoned(zone.tz()).map_or(Timestamp::from_unix_seconds(0), |day| Timestamp::from_jiff(day.timestamp()))
    }

    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(days)))
    }
}

impl fmt::Display for LocalDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for LocalDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for LocalDate {
    type Err = jiff::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl Zone {
    pub fn utc() -> Self {
        Self("UTC".to_owned())
    }

    pub fn name(&self) -> &str {
        &self.0
    }

    /// The rules of the zone, from the database bundled with the program.
    pub fn tz(&self) -> TimeZone {
        TimeZone::get(&self.0).unwrap_or(TimeZone::UTC)
    }

    /// The place in the name: `Asia/Dhaka` is "Dhaka", `America/Argentina/Buenos_Aires` "Buenos Aires".
    pub fn city(&self) -> String {
        self.0.rsplit('/').next().unwrap_or(&self.0).replace('_', " ")
    }
}

impl FromStr for Zone {
    type Err = ZoneError;
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        TimeZone::get(name).map_err(|_| ZoneError(name.to_owned()))?;
        Ok(Self(name.to_owned()))
    }
}

impl TryFrom<String> for Zone {
    type Error = ZoneError;
    fn try_from(name: String) -> Result<Self, Self::Error> {
        name.parse()
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.0
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "date-time"})
    }
}

impl schemars::JsonSchema for LocalDate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "LocalDate".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "date"})
    }
}

impl Type<Postgres> for Timestamp {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_name("timestamptz")
    }
}

impl PgHasArrayType for Timestamp {
    fn array_type_info() -> PgTypeInfo {
        PgTypeInfo::with_name("_timestamptz")
    }
}

impl Encode<'_, Postgres> for Timestamp {
    fn encode_by_ref(&self, buf: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Postgres>::encode(self.micros() - PG_EPOCH_MICROS, buf)
    }
}

impl<'r> Decode<'r, Postgres> for Timestamp {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        match value.format() {
            sqlx::postgres::PgValueFormat::Binary => {
                Ok(Self::from_micros(<i64 as Decode<Postgres>>::decode(value)?.saturating_add(PG_EPOCH_MICROS)))
            }
            sqlx::postgres::PgValueFormat::Text => Ok(value.as_str()?.replacen(' ', "T", 1).parse()?),
        }
    }
}

impl Type<Postgres> for LocalDate {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_name("date")
    }
}

impl PgHasArrayType for LocalDate {
    fn array_type_info() -> PgTypeInfo {
        PgTypeInfo::with_name("_date")
    }
}

const PG_EPOCH: Date = jiff::civil::date(2000, 1, 1);

impl Encode<'_, Postgres> for LocalDate {
    fn encode_by_ref(&self, buf: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        let days = PG_EPOCH.until(self.0)?.get_days();
        Encode::<Postgres>::encode(days, buf)
    }
}

impl<'r> Decode<'r, Postgres> for LocalDate {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        match value.format() {
            sqlx::postgres::PgValueFormat::Binary => {
                let days = <i32 as Decode<Postgres>>::decode(value)?;
                Ok(Self(PG_EPOCH.checked_add(jiff::Span::new().try_days(days)?)?))
            }
            sqlx::postgres::PgValueFormat::Text => Ok(value.as_str()?.parse()?),
        }
    }
}

impl Type<Postgres> for Zone {
    fn type_info() -> PgTypeInfo {
        <String as Type<Postgres>>::type_info()
    }
    fn compatible(ty: &PgTypeInfo) -> bool {
        <String as Type<Postgres>>::compatible(ty)
    }
}

impl Encode<'_, Postgres> for Zone {
    fn encode_by_ref(&self, buf: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <&str as Encode<Postgres>>::encode(&self.0, buf)
    }
}

impl<'r> Decode<'r, Postgres> for Zone {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(<&str as Decode<Postgres>>::decode(value)?.parse()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_counts_birthdays_not_days() {
        let born = LocalDate::from_ymd(2008, 2, 29).expect("a leap day");
        let on = |y, m, d| born.age_on(LocalDate::from_ymd(y, m, d).expect("a day"));
        assert_eq!((on(2026, 2, 28), on(2026, 3, 1), on(2024, 2, 29)), (17, 18, 16));
    }

    #[test]
    fn a_zone_must_exist() {
        assert!("Asia/Dhaka".parse::<Zone>().is_ok());
        assert_eq!("Asia/Dhakka".parse::<Zone>(), Err(ZoneError("Asia/Dhakka".into())));
    }

    #[test]
    fn what_lies_beyond_the_ends_is_an_end() {
        let (first, last) = (Timestamp::from_micros(i64::MIN), Timestamp::from_micros(i64::MAX));
        assert!(first < Timestamp::from_micros(0) && Timestamp::from_micros(0) < last);
        assert_eq!(Timestamp::from_micros(last.micros()), last);
    }

    #[test]
    fn seconds_since_rounds_towards_the_past() {
        let at = Timestamp::from_micros(1_500_000);
        assert_eq!(at.seconds_since(Timestamp::from_micros(0)), 1);
        assert_eq!(Timestamp::from_micros(0).seconds_since(at), -2);
    }
}
