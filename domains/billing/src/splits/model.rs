//! What a rule says, and what it makes of a payment. Pure.

use kernel::{Currency, Money, Timestamp, ids::SplitRuleId};

/// Who pays what the gateway takes for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FeeBearer {
    #[default]
    Platform,
    Payee,
}

impl FeeBearer {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Payee => "payee",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        if text == Self::Payee.as_str() { Self::Payee } else { Self::Platform }
    }
}

/// The terms of a split. Amounts are in minor units of the rule's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The platform's commission on the price without taxes.
    pub basis_points: u32,
    /// On top of that, for every payment.
    pub fixed: i64,
    pub at_least: Option<i64>,
    pub at_most: Option<i64>,
    pub fee_bearer: FeeBearer,
    /// The tax on the commission itself; the payee bears it.
    pub tax_basis_points: u32,
    /// So long after the service the share cannot be paid out.
    pub dispute_hours: u32,
}

pub const DISPUTE_HOURS: u32 = 48;

impl Terms {
    /// A commission and nothing else: what charges of before the rules had versions say.
    pub const fn of_basis_points(basis_points: u32) -> Self {
        Self {
            basis_points,
            fixed: 0,
            at_least: None,
            at_most: None,
            fee_bearer: FeeBearer::Platform,
            tax_basis_points: 0,
            dispute_hours: DISPUTE_HOURS,
        }
    }

    /// More than nothing, and never more than there is.
    fn commission(&self, net: Money) -> i64 {
        let rest = WHOLE.saturating_sub(self.basis_points);
        let share = net.split(&[rest, self.basis_points.min(WHOLE)]).get(1).map_or(0, |part| part.amount);
        let wanted = share.saturating_add(self.fixed).max(self.at_least.unwrap_or(0));
        wanted.min(self.at_most.unwrap_or(i64::MAX)).clamp(0, net.amount)
    }
}

/// A version of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    pub id: SplitRuleId,
    pub version: i32,
    /// For charges in this currency only.
    pub currency: Option<Currency>,
    pub terms: Terms,
    pub valid_from: Timestamp,
}

/// What a payment is made of. The parts sum to what was paid for the charge; `excess` was paid on top of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Parts {
    pub doctor: i64,
    pub platform: i64,
    /// The tax on the commission.
    pub commission_tax: i64,
    /// The taxes of the bill.
    pub tax: i64,
    /// What the payee bears of the gateway's fee.
    pub fee: i64,
    pub excess: i64,
}

const WHOLE: u32 = 10_000;

impl Parts {
    /// Split `paid`, of which `tax` is the bill's. The commission is taken of what is left without the tax, then the tax on it, then the
    /// gateway's fee where the payee bears it, each as far as there is money; the doctor has the rest.
    pub(crate) fn of(paid: Money, tax: i64, fee: i64, terms: &Terms) -> Self {
        let tax = tax.clamp(0, paid.amount);
        let net = Money::new(paid.amount - tax, paid.currency);
        let mut platform = terms.commission(net);
        let mut commission_tax = tax_on(platform, terms.tax_basis_points);
        if platform + commission_tax > net.amount {
            let parts = net.split(&[WHOLE, terms.tax_basis_points]);
            (platform, commission_tax) = (parts[0].amount, parts[1].amount);
        }
        let left = net.amount - platform - commission_tax;
        let fee = match terms.fee_bearer {
            FeeBearer::Payee => fee.clamp(0, left),
            FeeBearer::Platform => 0,
        };
        Self { doctor: left - fee, platform, commission_tax, tax, fee, excess: 0 }
    }

    /// Nobody has earned it: it was paid twice, or after all was paid.
    pub(crate) fn all_excess(paid: Money) -> Self {
        Self { excess: paid.amount, ..Self::default() }
    }

    /// What was paid for the charge.
    pub(crate) const fn paid(&self) -> i64 {
        self.doctor + self.platform + self.commission_tax + self.tax + self.fee
    }

    pub(crate) const fn sum(&self) -> i64 {
        self.paid() + self.excess
    }

    /// The part of each that is reversed once `back` of the sum has gone back: the excess first, then all in proportion. Each part grows
    /// with `back` and never shrinks, so the difference of two of these has no part of the wrong sign, and all is reversed when all has
    /// gone back. `None` when more would go back than there is.
    pub(crate) fn reversed(&self, back: i64) -> Option<Self> {
        if !(0..=self.sum()).contains(&back) {
            return None;
        }
        let excess = back.min(self.excess);
        let (mut left, mut whole) = (back - excess, self.paid());
        let mut take = |part: i64| {
            let back = if whole == 0 { 0 } else { i128::from(part) * i128::from(left) / i128::from(whole) };
            let back = i64::try_from(back).unwrap_or(part);
            left -= back;
            whole -= part;
            back
        };
        let (platform, commission_tax) = (take(self.platform), take(self.commission_tax));
        let (tax, fee) = (take(self.tax), take(self.fee));
        Some(Self { doctor: left, platform, commission_tax, tax, fee, excess })
    }

    #[must_use]
    pub(crate) const fn minus(&self, other: &Self) -> Self {
        Self {
            doctor: self.doctor - other.doctor,
            platform: self.platform - other.platform,
            commission_tax: self.commission_tax - other.commission_tax,
            tax: self.tax - other.tax,
            fee: self.fee - other.fee,
            excess: self.excess - other.excess,
        }
    }
}

/// Rounded half up.
fn tax_on(amount: i64, basis_points: u32) -> i64 {
    let tax = (i128::from(amount) * i128::from(basis_points) + i128::from(WHOLE / 2)) / i128::from(WHOLE);
    i64::try_from(tax).unwrap_or(amount)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(amount: i64, code: &str) -> Money {
        Money::new(amount, code.parse().expect("a currency"))
    }

    fn terms(basis_points: u32) -> Terms {
        Terms::of_basis_points(basis_points)
    }

    #[test]
    fn a_share_a_fixed_amount_and_bounds_make_a_commission() {
        let of = |terms: Terms, paid: i64| Parts::of(money(paid, "USD"), 0, 0, &terms).platform;
        assert_eq!(of(terms(1500), 2400), 360);
        assert_eq!(of(Terms { fixed: 50, ..terms(1500) }, 2400), 410);
        assert_eq!(of(Terms { at_least: Some(500), ..terms(1500) }, 2400), 500);
        assert_eq!(of(Terms { at_most: Some(100), ..terms(1500) }, 2400), 100);
        assert_eq!(of(Terms { at_least: Some(500), ..terms(1500) }, 300), 300, "not more than was paid");
    }

    #[test]
    fn the_commission_is_of_the_price_without_taxes_and_is_taxed_itself() {
        let terms = Terms { tax_basis_points: 2000, ..terms(1000) };
        let parts = Parts::of(money(1200, "USD"), 200, 0, &terms);
        assert_eq!(parts, Parts { doctor: 880, platform: 100, commission_tax: 20, tax: 200, ..Parts::default() });
    }

    #[test]
    fn the_gateways_fee_is_the_payees_only_where_the_rule_says_so() {
        let payee = Terms { fee_bearer: FeeBearer::Payee, ..terms(1000) };
        assert_eq!(Parts::of(money(1000, "USD"), 0, 59, &payee).fee, 59);
        assert_eq!(Parts::of(money(1000, "USD"), 0, 59, &terms(1000)).doctor, 900);
        let all = Terms { fee_bearer: FeeBearer::Payee, ..terms(10_000) };
        assert_eq!(Parts::of(money(1000, "USD"), 0, 59, &all).fee, 0, "there is nothing left to bear it");
    }

    #[test]
    fn yen_have_no_parts_and_dinars_have_a_thousand() {
        let terms = Terms { tax_basis_points: 1000, ..terms(1250) };
        let yen = Parts::of(money(3333, "JPY"), 303, 0, &terms);
        assert_eq!((yen.platform, yen.commission_tax, yen.sum()), (379, 38, 3333));
        let dinars = Parts::of(money(12_345, "KWD"), 0, 0, &terms);
        assert_eq!((dinars.platform, dinars.commission_tax, dinars.sum()), (1543, 154, 12_345));
    }

    fn any_terms() -> impl Strategy<Value = Terms> {
        let bound = || proptest::option::of(0..5_000_i64);
        (0..=10_000_u32, 0..3_000_i64, bound(), bound(), any::<bool>(), 0..=10_000_u32).prop_map(
            |(basis_points, fixed, at_least, at_most, payee, tax_basis_points)| Terms {
                fixed,
                at_least,
                at_most: at_most.map(|most| most.max(at_least.unwrap_or(0))),
                fee_bearer: if payee { FeeBearer::Payee } else { FeeBearer::Platform },
                tax_basis_points,
                ..terms(basis_points)
            },
        )
    }

    fn all_of(parts: &Parts) -> [i64; 6] {
        [parts.doctor, parts.platform, parts.commission_tax, parts.tax, parts.fee, parts.excess]
    }

    proptest! {
        #[test]
        fn the_parts_sum_to_what_was_paid_and_none_is_less_than_nothing(
            terms in any_terms(), paid in 0..100_000_000_000_i64, tax in 0..9_999_i64, fee in 0..9_999_i64,
            code in prop::sample::select(vec!["USD", "JPY", "KWD"]),
        ) {
            let parts = Parts::of(money(paid, code), tax, fee, &terms);
            prop_assert_eq!(parts.sum(), paid);
            prop_assert!(all_of(&parts).iter().all(|part| *part >= 0), "{:?}", parts);
        }

        #[test]
        fn many_small_refunds_reverse_exactly_what_one_large_one_would(
            terms in any_terms(), paid in 1..3_000_i64, excess in 0..50_i64, tax in 0..300_i64, fee in 0..90_i64,
            steps in prop::collection::vec(1..400_i64, 1..40),
        ) {
            let parts = Parts { excess, ..Parts::of(money(paid, "JPY"), tax, fee, &terms) };
            let (mut back, mut left) = (0, parts);
            for step in steps.into_iter().chain([i64::MAX]) {
                let step = step.min(parts.sum() - back);
                let (before, after) = (parts.reversed(back).unwrap(), parts.reversed(back + step).unwrap());
                let reversed = after.minus(&before);
                prop_assert_eq!(reversed.sum(), step);
                prop_assert!(all_of(&reversed).iter().all(|part| *part >= 0), "{:?}", reversed);
                left = left.minus(&reversed);
                back += step;
            }
            prop_assert_eq!(left, Parts::default());
            prop_assert_eq!(parts.reversed(back + 1), None);
        }
    }
}
