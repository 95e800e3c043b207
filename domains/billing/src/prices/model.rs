//! From a price, discounts and taxes to a bill. Pure.

use kernel::{Money, ids::DiscountId};

/// How much a discount takes off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Off {
    /// Ten-thousandths of the price, rounded down.
    Share(u32),
    /// At most the price; nothing of a price in another currency.
    Fixed(Money),
}

impl Off {
    /// In minor units; never more than `price`.
    pub(crate) fn of(self, price: Money) -> i64 {
        match self {
            Self::Share(basis_points) => price.share(basis_points).amount,
            Self::Fixed(money) if money.currency == price.currency => money.amount.min(price.amount),
            Self::Fixed(_) => 0,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Discount {
    pub(crate) id: DiscountId,
    pub(crate) name: String,
    pub(crate) off: Off,
    /// Named by a code rather than given to everybody.
    pub(crate) is_voucher: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tax {
    pub(crate) name: String,
    pub(crate) basis_points: u32,
    pub(crate) inclusive: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    Item,
    Discount,
    Voucher,
    Tax,
}

impl LineKind {
    pub(crate) const ALL: [Self; 4] = [Self::Item, Self::Discount, Self::Voucher, Self::Tax];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Discount => "discount",
            Self::Voucher => "voucher",
            Self::Tax => "tax",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).unwrap_or(Self::Item)
    }
}

/// One line of a bill. An included tax says what the lines above hold of it, and adds nothing.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Line {
    pub kind: LineKind,
    /// The name of the discount or tax; the item's is up to who shows it.
    pub label: String,
    pub basis_points: Option<u32>,
    pub included: bool,
    /// What is taken off is negative.
    pub money: Money,
    #[serde(skip)]
    pub(crate) discount: Option<DiscountId>,
}

impl Line {
    fn new(kind: LineKind, label: &str, money: Money) -> Self {
        Self { kind, label: label.to_owned(), basis_points: None, included: false, money, discount: None }
    }

    pub(crate) fn item(money: Money) -> Self {
        Self::new(LineKind::Item, "", money)
    }

    fn taken_off(discount: &Discount, amount: i64, price: Money) -> Self {
        let kind = if discount.is_voucher { LineKind::Voucher } else { LineKind::Discount };
        let basis_points = match discount.off {
            Off::Share(basis_points) => Some(basis_points),
            Off::Fixed(_) => None,
        };
        let money = Money::new(-amount, price.currency);
        Self { basis_points, discount: Some(discount.id), ..Self::new(kind, &discount.name, money) }
    }

    fn tax(tax: &Tax, money: Money) -> Self {
        Self {
            basis_points: Some(tax.basis_points),
            included: tax.inclusive,
            ..Self::new(LineKind::Tax, &tax.name, money)
        }
    }
}

/// A price with everything that makes it up. The lines that are not included in others sum to the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    pub lines: Vec<Line>,
    pub total: Money,
}

const WHOLE: u32 = 10_000;

impl Quote {
    /// `discounts` are taken one after the other, each of what the one before has left.
    pub(crate) fn of(list: Money, discounts: &[Discount], taxes: &[Tax]) -> Self {
        let mut lines = vec![Line::item(list)];
        let mut left = list;
        for discount in discounts {
            let off = discount.off.of(left);
            if off > 0 {
                lines.push(Line::taken_off(discount, off, list));
                left.amount -= off;
            }
        }
        let (inside, on_top): (Vec<&Tax>, Vec<&Tax>) = taxes.iter().partition(|tax| tax.inclusive);
        let net = name_included(&mut lines, left, &inside);
        let added = add_on_top(&mut lines, net, &on_top);
        Self { lines, total: Money::new(left.amount + added, list.currency) }
    }
}

/// Says which part of `gross` is tax. What remains is the net price.
fn name_included(lines: &mut Vec<Line>, gross: Money, taxes: &[&Tax]) -> Money {
    let weights: Vec<u32> = std::iter::once(WHOLE).chain(taxes.iter().map(|tax| tax.basis_points)).collect();
    let parts = gross.split(&weights);
    lines.extend(taxes.iter().zip(parts.iter().skip(1)).map(|(tax, part)| Line::tax(tax, *part)));
    parts.first().copied().unwrap_or(gross)
}

/// Adds these taxes, together rounded half up and then shared out, so that two taxes do not round twice.
fn add_on_top(lines: &mut Vec<Line>, net: Money, taxes: &[&Tax]) -> i64 {
    let weights: Vec<u32> = taxes.iter().map(|tax| tax.basis_points).collect();
    let points: i128 = weights.iter().map(|points| i128::from(*points)).sum();
    let half = i128::from(WHOLE / 2);
    let sum = (i128::from(net.amount) * points + half) / i128::from(WHOLE);
    let sum = i64::try_from(sum).unwrap_or_default();
    let parts = Money::new(sum, net.currency).split(&weights);
    lines.extend(taxes.iter().zip(parts).map(|(tax, part)| Line::tax(tax, part)));
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(amount: i64, code: &str) -> Money {
        Money::new(amount, code.parse().expect("a currency"))
    }

    fn off(off: Off) -> Discount {
        Discount {
            id: DiscountId::from_uuid(uuid::Uuid::nil()),
            name: "Spring".into(),
            off,
            is_voucher: matches!(off, Off::Fixed(_)),
        }
    }

    fn tax(basis_points: u32, inclusive: bool) -> Tax {
        Tax { name: "VAT".into(), basis_points, inclusive }
    }

    fn sum(quote: &Quote) -> i64 {
        quote.lines.iter().filter(|line| !line.included).map(|line| line.money.amount).sum()
    }

    fn amounts(quote: &Quote) -> Vec<i64> {
        quote.lines.iter().map(|line| line.money.amount).collect()
    }

    #[test]
    fn a_tax_on_top_is_added_and_one_inside_is_only_named() {
        let on_top = Quote::of(money(2400, "USD"), &[], &[tax(1500, false)]);
        let inside = Quote::of(money(2400, "USD"), &[], &[tax(2000, true)]);
        assert_eq!((amounts(&on_top), on_top.total.amount), (vec![2400, 360], 2760));
        assert_eq!((amounts(&inside), inside.total.amount), (vec![2400, 400], 2400));
    }

    #[test]
    fn a_tax_on_top_of_an_inclusive_one_is_a_tax_on_the_net_price() {
        let quote = Quote::of(money(1200, "USD"), &[], &[tax(2000, true), tax(500, false)]);
        assert_eq!((amounts(&quote), quote.total.amount), (vec![1200, 200, 50], 1250));
    }

    #[test]
    fn discounts_are_taken_before_the_tax_and_never_more_than_is_left() {
        let discounts = [off(Off::Share(2500)), off(Off::Fixed(money(9_999, "USD")))];
        let quote = Quote::of(money(1001, "USD"), &discounts, &[tax(1500, false)]);
        assert_eq!((amounts(&quote), quote.total.amount), (vec![1001, -250, -751, 0], 0));
        let other = Quote::of(money(1000, "JPY"), &[off(Off::Fixed(money(100, "USD")))], &[]);
        assert_eq!(amounts(&other), [1000], "dollars are not taken off yen");
    }

    #[test]
    fn yen_have_no_parts_and_dinars_have_a_thousand() {
        let yen = Quote::of(money(3333, "JPY"), &[off(Off::Share(1000))], &[tax(1000, false)]);
        assert_eq!((amounts(&yen), yen.total.amount), (vec![3333, -333, 300], 3300));
        let dinars = Quote::of(money(12_345, "KWD"), &[off(Off::Share(3333))], &[tax(500, true)]);
        assert_eq!((amounts(&dinars), dinars.total.amount), (vec![12_345, -4114, 392], 8231));
    }

    #[test]
    fn the_lines_sum_to_the_total_whatever_the_amounts() {
        let discounts = [off(Off::Share(333)), off(Off::Share(9999)), off(Off::Fixed(money(7, "KWD")))];
        let taxes = [tax(1, false), tax(725, false), tax(1900, true), tax(33, true), tax(10_000, false)];
        let mut cases = 0;
        for amount in (0..2_000).chain([99_999, 100_000_000_000]) {
            for some in 0..=discounts.len() {
                for some_taxes in 0..=taxes.len() {
                    let quote = Quote::of(money(amount, "KWD"), &discounts[..some], &taxes[..some_taxes]);
                    assert_eq!(sum(&quote), quote.total.amount, "{amount} {some} {some_taxes}");
                    assert!(quote.total.amount >= 0);
                    cases += 1;
                }
            }
        }
        assert!(cases > 40_000);
    }
}
