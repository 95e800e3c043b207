use db::Tx;
use kernel::{
    Money,
    ids::{ChargeId, PatientId, PractitionerId},
};

use super::{
    Line, Quote,
    model::{Discount, Tax},
    store,
};
use crate::charges::Subject;

/// What a thing of this list price costs now, with this doctor: the best of the discounts that everybody has, and the taxes of the
/// doctor's country.
pub async fn quote(tx: &mut Tx, practitioner: PractitionerId, list: Money) -> Result<Quote, db::Error> {
    let best = best(store::list_automatic(tx, practitioner).await?, list);
    let taxes = store::list_taxes_of(tx, practitioner).await?;
    Ok(Quote::of(list, best.as_slice(), &taxes))
}

/// The one that takes the most off; the oldest of equals.
fn best(discounts: Vec<Discount>, list: Money) -> Option<Discount> {
    let mut best: Option<(i64, Discount)> = None;
    for discount in discounts {
        let off = discount.off.of(list);
        if off > best.as_ref().map_or(0, |(most, _)| *most) {
            best = Some((off, discount));
        }
    }
    best.map(|(_, discount)| discount)
}

/// Write the lines down: the snapshot. The charge that is raised for the same thing takes them up.
pub async fn keep(
    tx: &mut Tx,
    subject: Subject,
    patient: PatientId,
    practitioner: PractitionerId,
    quote: &Quote,
) -> Result<(), db::Error> {
    let whose = store::Whose { subject, charge: None, patient, practitioner };
    store::insert_lines(tx, whose, &quote.lines).await
}

/// The lines of a charge, as they were kept.
pub async fn lines_of(tx: &mut Tx, charge: ChargeId) -> Result<Vec<Line>, db::Error> {
    store::list_lines(tx, charge).await
}

/// What of a bill is tax, on top or included.
pub(crate) fn taxes_in(lines: &[Line]) -> i64 {
    lines.iter().filter(|line| line.kind == super::LineKind::Tax).map(|line| line.money.amount).sum()
}

/// The same bill with another voucher, or none: prices, discounts and taxes stay those of the booking.
pub(crate) fn with_voucher(lines: &[Line], voucher: Option<Discount>) -> Option<Quote> {
    use super::{LineKind, Off};
    let list = lines.iter().find(|line| line.kind == LineKind::Item)?.money;
    let kept = lines.iter().filter(|line| line.kind == LineKind::Discount).filter_map(|line| {
        let off = Off::Fixed(Money::new(-line.money.amount, line.money.currency));
        Some((line, Discount { id: line.discount?, name: line.label.clone(), off, is_voucher: false }))
    });
    let (old, mut discounts): (Vec<&Line>, Vec<Discount>) = kept.unzip();
    discounts.extend(voucher);
    let taxes: Vec<Tax> = lines
        .iter()
        .filter(|line| line.kind == LineKind::Tax)
        .map(|line| Tax {
            name: line.label.clone(),
            basis_points: line.basis_points.unwrap_or_default(),
            inclusive: line.included,
        })
        .collect();
    let mut quote = Quote::of(list, &discounts, &taxes);
    // A share that was kept as its amount is still called a share.
    for (line, old) in quote.lines.iter_mut().filter(|line| line.kind == LineKind::Discount).zip(old) {
        line.basis_points = old.basis_points;
    }
    Some(quote)
}
