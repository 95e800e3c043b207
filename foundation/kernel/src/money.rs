//! Integer minor units with an ISO 4217 currency. No floats, no rounding that loses a unit.

use std::{fmt, str::FromStr};

use sqlx::{
    Decode, Encode, Postgres, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef},
};

/// An ISO 4217 currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Currency(iso_currency::Currency);

/// An amount in minor units: `Money { amount: 2400, currency: USD }` is 24 dollars.
#[derive(Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    pub amount: i64,
    pub currency: Currency,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("the amounts are in different currencies")]
    CurrenciesDiffer,
    #[error("the sum is too large")]
    Overflow,
    #[error("no currency has this code")]
    UnknownCurrency,
}

impl Currency {
    pub const USD: Self = Self(iso_currency::Currency::USD);

    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Decimal places of the minor unit: 2 for USD, 0 for JPY, 3 for KWD.
    pub fn exponent(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }

    pub fn symbol(self) -> String {
        self.0.symbol().to_string()
    }
}

impl Money {
    pub const fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }

    pub const fn zero(currency: Currency) -> Self {
        Self { amount: 0, currency }
    }

    pub const fn is_zero(self) -> bool {
        self.amount == 0
    }

    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let amount = self.amount.checked_add(other.amount).ok_or(MoneyError::Overflow)?;
        Ok(Self { amount, ..self })
    }

    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let amount = self.amount.checked_sub(other.amount).ok_or(MoneyError::Overflow)?;
        Ok(Self { amount, ..self })
    }

    /// `basis_points` ten-thousandths of this amount, rounded down.
    #[must_use]
    pub fn share(self, basis_points: u32) -> Self {
        let part = i128::from(self.amount) * i128::from(basis_points) / 10_000;
        Self { amount: i64::try_from(part).unwrap_or(self.amount), ..self }
    }

    /// Split in proportion to the weights by largest remainder: the parts always sum to the whole.
    /// Empty when the weights sum to nothing.
    pub fn split(self, weights: &[u32]) -> Vec<Self> {
        let total: i128 = weights.iter().map(|w| i128::from(*w)).sum();
        if total == 0 {
            return Vec::new();
        }
        let whole = i128::from(self.amount);
        let mut parts: Vec<i128> = weights.iter().map(|w| (whole * i128::from(*w)).div_euclid(total)).collect();
        let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
        by_remainder.sort_by_key(|i| std::cmp::Reverse((whole * i128::from(weights[*i])).rem_euclid(total)));
        let left = usize::try_from(whole - parts.iter().sum::<i128>()).unwrap_or(0);
        for index in by_remainder.into_iter().take(left) {
            parts[index] += 1;
        }
        parts.into_iter().map(|part| Self { amount: i64::try_from(part).unwrap_or_default(), ..self }).collect()
    }

    /// Digits with the currency's own decimals and a point: "24.00", "1500" (JPY), "-0.050" (KWD).
    pub fn decimal(self) -> String {
        let exponent = self.currency.exponent();
        let scale = 10_u64.pow(exponent);
        let magnitude = self.amount.unsigned_abs();
        let sign = if self.amount < 0 { "-" } else { "" };
        match exponent {
            0 => format!("{sign}{magnitude}"),
            places => format!("{sign}{}.{:0width$}", magnitude / scale, magnitude % scale, width = places as usize),
        }
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency { Ok(()) } else { Err(MoneyError::CurrenciesDiffer) }
    }
}

impl FromStr for Currency {
    type Err = MoneyError;
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        iso_currency::Currency::from_code(code).map(Self).ok_or(MoneyError::UnknownCurrency)
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;
    fn try_from(code: String) -> Result<Self, Self::Error> {
        code.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

impl Type<Postgres> for Currency {
    fn type_info() -> PgTypeInfo {
        <String as Type<Postgres>>::type_info()
    }
    fn compatible(ty: &PgTypeInfo) -> bool {
        <String as Type<Postgres>>::compatible(ty)
    }
}

impl Encode<'_, Postgres> for Currency {
    fn encode_by_ref(&self, buf: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <&str as Encode<Postgres>>::encode(self.code(), buf)
    }
}

impl<'r> Decode<'r, Postgres> for Currency {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(<&str as Decode<Postgres>>::decode(value)?.trim().parse()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(amount: i64, code: &str) -> Money {
        Money::new(amount, code.parse().expect("a currency"))
    }

    #[test]
    fn parts_sum_to_the_whole_whatever_the_weights() {
        for (amount, weights) in [(1_00, [1, 1, 1]), (1, [3333, 3333, 3334]), (9_999_999, [8500, 1250, 250])] {
            let parts = money(amount, "USD").split(&weights);
            assert_eq!(parts.iter().map(|p| p.amount).sum::<i64>(), amount);
        }
        assert!(money(5, "USD").split(&[0, 0]).is_empty());
    }

    #[test]
    fn decimals_are_the_currencys_own() {
        assert_eq!(money(2400, "USD").decimal(), "24.00");
        assert_eq!(money(1500, "JPY").decimal(), "1500");
        assert_eq!(money(-50, "KWD").decimal(), "-0.050");
    }

    #[test]
    fn currencies_do_not_mix() {
        assert_eq!(money(1, "USD").checked_add(money(1, "EUR")), Err(MoneyError::CurrenciesDiffer));
    }
}
