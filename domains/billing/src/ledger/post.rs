use db::Tx;
use kernel::{
    Money, Timestamp,
    ids::{ChargeId, JournalId, PaymentId, PractitionerId, RefundId},
};

use super::{Account, store};
use crate::{
    charges::Charge,
    payments::Payment,
    prices,
    shares::{self, Share},
    splits::{self, Parts},
};

#[derive(Debug, thiserror::Error)]
pub enum PostError {
    #[error("payment {0} has no share to take from")]
    NoShare(PaymentId),
    #[error("an amount of {0} cannot be taken from what was paid")]
    CannotSplit(i64),
    #[error("what payment {0} has earned is paid out, or will be: it cannot be carried")]
    Released(PaymentId),
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// Money has come in: the gateway holds it, the suppliers, the platform and the tax office have earned it, and what was paid beyond the
/// price is the patient's. `covered` are the charges that it pays, with how much of it each gets; `fee` is what the gateway keeps for
/// itself, in proportion to that.
pub(crate) async fn post_capture(
    tx: &mut Tx,
    payment: &Payment,
    covered: &[(Charge, Money)],
    fee: i64,
    at: Timestamp,
) -> Result<(), PostError> {
    let weights: Vec<i64> = covered.iter().map(|(_, money)| money.amount).collect();
    let mut lines = vec![(Account::GatewayClearing, payment.money.amount)];
    for ((charge, money), fee) in covered.iter().zip(in_proportion(fee, &weights)) {
        let parts = split(tx, charge, *money, fee).await?;
        let share = open_share(tx, charge, payment.id, parts).await?;
        lines.extend(credits(&share, &parts));
    }
    let entry = tx.id::<JournalId>();
    store::insert_entry(tx, entry, payment.id, None, at).await?;
    store::insert_lines(tx, entry, &summed(lines.into_iter()), payment.money.currency).await?;
    if fee > 0 {
        let lines = [(Account::GatewayFees, fee), (Account::GatewayClearing, -fee)];
        write(tx, "fee", payment, &lines, at).await?;
    }
    Ok(())
}

/// Money has gone back to the patient. The split goes back with it, in proportion and to the last unit: many small refunds reverse exactly
/// what one large one would.
pub(crate) async fn post_refund(
    tx: &mut Tx,
    payment: &Payment,
    (refund, charge): (RefundId, ChargeId),
    money: Money,
) -> Result<(), PostError> {
    let (share, reversed) = take_back(tx, (payment.id, charge), money.amount).await?;
    let mut lines = vec![(Account::GatewayClearing, -money.amount)];
    lines.extend(debits(&share, &reversed));
    let (entry, at) = (tx.id::<JournalId>(), tx.now());
    store::insert_entry(tx, entry, payment.id, Some(refund), at).await?;
    store::insert_lines(tx, entry, &lines, money.currency).await?;
    Ok(())
}

/// So much of what a payment paid for a charge is lost to those who shared it. What each of them loses, for whoever writes the entry.
pub(super) async fn take_back(
    tx: &mut Tx,
    (payment, charge): (PaymentId, ChargeId),
    amount: i64,
) -> Result<(Share, Parts), PostError> {
    let share = shares::store::lock_of(tx, payment, charge).await?.ok_or(PostError::NoShare(payment))?;
    let cannot = || PostError::CannotSplit(amount);
    let before = share.parts.reversed(share.returned).ok_or_else(cannot)?;
    let returned = share.returned.checked_add(amount).ok_or_else(cannot)?;
    let after = share.parts.reversed(returned).ok_or_else(cannot)?;
    let reversed = after.minus(&before);
    shares::store::set_returned(tx, share.id, returned, share.doctor_returned + reversed.doctor).await?;
    Ok((share, reversed))
}

/// The payment of `source` pays `target` from now on. Nothing passes the gateway; between equal shares of one doctor nothing is written.
pub(crate) async fn post_carry(tx: &mut Tx, target: &Charge, payment: &Payment) -> Result<(), PostError> {
    let old = shares::store::lock_of(tx, payment.id, payment.charge).await?.ok_or(PostError::NoShare(payment.id))?;
    if old.released {
        return Err(PostError::Released(payment.id));
    }
    let at = tx.now();
    let parts = split(tx, target, payment.money, old.parts.fee).await?;
    shares::store::set_carried(tx, old.id, at).await?;
    let new = open_share(tx, target, payment.id, parts).await?;
    let lines = summed(debits(&old, &old.parts).into_iter().chain(credits(&new, &parts)));
    if lines.is_empty() {
        return Ok(());
    }
    write(tx, "carry", payment, &lines, at).await
}

/// A share may be paid out. One of which nothing is left is released in silence.
pub(crate) async fn post_release(tx: &mut Tx, share: &Share, at: Timestamp) -> Result<(), db::Error> {
    let left = share.parts.doctor - share.doctor_returned;
    if left == 0 {
        return Ok(());
    }
    let entry = tx.id::<JournalId>();
    store::insert_of_payment(tx, entry, "release", share.payment, at).await?;
    let lines = [(Account::DoctorPending(share.payee), left), (Account::DoctorPayable(share.payee), -left)];
    store::insert_lines(tx, entry, &lines, share.currency).await
}

/// A second payment of a charge that is paid earns nobody anything.
async fn split(tx: &mut Tx, charge: &Charge, money: Money, fee: i64) -> Result<Parts, db::Error> {
    if charge.status.is_paid() {
        return Ok(Parts::all_excess(money));
    }
    let paid = money.amount.min(charge.price.amount);
    let terms = splits::terms_of(tx, charge).await?;
    let taxes = prices::taxes_in(&prices::lines_of(tx, charge.id).await?);
    let tax = match charge.price.amount {
        0 => 0,
        price => i64::try_from(i128::from(taxes) * i128::from(paid) / i128::from(price)).unwrap_or(0),
    };
    let parts = Parts::of(Money::new(paid, money.currency), tax, fee, &terms);
    Ok(Parts { excess: money.amount - paid, ..parts })
}

async fn open_share(tx: &mut Tx, charge: &Charge, payment: PaymentId, parts: Parts) -> Result<Share, db::Error> {
    let share = Share {
        id: tx.id(),
        payment,
        charge: charge.id,
        payee: charge.practitioner,
        currency: charge.price.currency,
        parts,
        returned: 0,
        doctor_returned: 0,
        released: false,
    };
    shares::store::insert(tx, &share).await?;
    Ok(share)
}

async fn write(
    tx: &mut Tx,
    kind: &'static str,
    payment: &Payment,
    lines: &[(Account, i64)],
    at: Timestamp,
) -> Result<(), PostError> {
    let entry = tx.id::<JournalId>();
    store::insert_of_payment(tx, entry, kind, payment.id, at).await?;
    store::insert_lines(tx, entry, lines, payment.money.currency).await?;
    Ok(())
}

/// What those who share a payment gain. Lines of nothing are left out.
fn credits(share: &Share, parts: &Parts) -> Vec<(Account, i64)> {
    debits(share, parts).into_iter().map(|(account, amount)| (account, -amount)).collect()
}

/// What they lose. The doctor loses from where the share lies.
pub(super) fn debits(share: &Share, parts: &Parts) -> Vec<(Account, i64)> {
    let doctor = doctor_account(share.payee, share.released);
    let all = [
        (doctor, parts.doctor),
        (Account::PlatformRevenue, parts.platform),
        (Account::Tax, parts.commission_tax + parts.tax),
        (Account::GatewayFees, parts.fee),
        (Account::PatientReceivable, parts.excess),
    ];
    all.into_iter().filter(|(_, amount)| *amount != 0).collect()
}

const fn doctor_account(payee: PractitionerId, released: bool) -> Account {
    if released { Account::DoctorPayable(payee) } else { Account::DoctorPending(payee) }
}

/// An amount in proportion to weights, to the last unit. No part is more than its weight while the amount is at most their sum.
pub(super) fn in_proportion(amount: i64, weights: &[i64]) -> Vec<i64> {
    let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    let (mut so_far, mut given) = (0, 0);
    let part = |weight: &i64| {
        so_far += i128::from(*weight);
        let until = if whole == 0 { 0 } else { i64::try_from(i128::from(amount) * so_far / whole).unwrap_or(amount) };
        let part = until - given;
        given = until;
        part
    };
    weights.iter().map(part).collect()
}

/// One line an account, without those of nothing.
pub(super) fn summed(lines: impl Iterator<Item = (Account, i64)>) -> Vec<(Account, i64)> {
    let mut summed: Vec<(Account, i64)> = Vec::new();
    for (account, amount) in lines {
        match summed.iter_mut().find(|(known, _)| *known == account) {
            Some((_, sum)) => *sum += amount,
            None => summed.push((account, amount)),
        }
    }
    summed.retain(|(_, amount)| *amount != 0);
    summed
}

#[cfg(test)]
mod tests {
    use kernel::{Currency, ids::ShareId};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::splits::Terms;

    fn share(payee: u128, amount: i64, basis_points: u32) -> Share {
        let parts = Parts::of(Money::new(amount, Currency::USD), 0, 0, &Terms::of_basis_points(basis_points));
        Share {
            id: ShareId::from_uuid(Uuid::nil()),
            payment: PaymentId::from_uuid(Uuid::nil()),
            charge: ChargeId::from_uuid(Uuid::nil()),
            payee: PractitionerId::from_uuid(Uuid::from_u128(payee)),
            currency: Currency::USD,
            parts,
            returned: 0,
            doctor_returned: 0,
            released: false,
        }
    }

    #[test]
    fn what_is_carried_balances_and_says_nothing_between_equal_shares_of_one_doctor() {
        for (amount, before, after) in [(2400, 1500, 1500), (2401, 1500, 3333), (1, 10_000, 0)] {
            for (from, to) in [(1, 2), (1, 1)] {
                let (old, new) = (share(from, amount, before), share(to, amount, after));
                let lines = summed(debits(&old, &old.parts).into_iter().chain(credits(&new, &new.parts)));
                assert_eq!(lines.iter().map(|(_, amount)| amount).sum::<i64>(), 0);
                assert!(lines.iter().all(|(_, amount)| *amount != 0));
                assert_eq!(lines.is_empty(), from == to && before == after);
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_divided_in_proportion_sums_to_the_whole_and_no_part_is_more_than_its_weight(
            weights in prop::collection::vec(0..5_000_i64, 1..6), percent in 0..=100_i64,
        ) {
            let whole: i64 = weights.iter().sum();
            let amount = whole * percent / 100;
            let parts = in_proportion(amount, &weights);
            prop_assert_eq!(parts.iter().sum::<i64>(), amount);
            prop_assert!(parts.iter().zip(&weights).all(|(part, weight)| (0..=*weight).contains(part)), "{:?}", parts);
        }
    }

    #[test]
    fn a_doctor_loses_from_where_the_share_lies() {
        let pending = share(1, 2400, 1500);
        let released = Share { released: true, ..pending };
        assert_eq!(debits(&pending, &pending.parts)[0], (Account::DoctorPending(pending.payee), 2040));
        assert_eq!(debits(&released, &released.parts)[0], (Account::DoctorPayable(pending.payee), 2040));
    }
}
