use db::Tx;
use kernel::{
    Money, Timestamp,
    ids::{JournalId, PractitionerId, RefundId},
};

use super::{Account, store};
use crate::{charges::Charge, payments::Payment};

#[derive(Debug, thiserror::Error)]
pub enum PostError {
    #[error("an amount of {0} cannot be split")]
    CannotSplit(i64),
    #[error(transparent)]
    Db(#[from] db::Error),
}

const WHOLE_BASIS_POINTS: u32 = 10_000;

/// Money has come in: the gateway holds it, the doctor and the platform have earned it.
pub(crate) async fn post_capture(
    tx: &mut Tx,
    charge: &Charge,
    payment: &Payment,
    at: Timestamp,
) -> Result<(), PostError> {
    let lines = lines(charge.practitioner, Shares::of(payment.money, charge.platform_basis_points)?);
    let entry = tx.id::<JournalId>();
    store::insert_entry(tx, entry, payment.id, None, at).await?;
    store::insert_lines(tx, entry, &lines, payment.money.currency).await?;
    Ok(())
}

/// Money has gone back. `before` and `after` are what was given back of the payment without and with this refund: the
/// entry is the difference of the two splits, so that many small refunds reverse exactly what one large one would.
pub(crate) async fn post_refund(
    tx: &mut Tx,
    charge: &Charge,
    payment: &Payment,
    refund: RefundId,
    before: i64,
    after: i64,
) -> Result<(), PostError> {
    let currency = payment.money.currency;
    let whole = Shares::of(payment.money, charge.platform_basis_points)?;
    let reversed = whole.reversed(payment.money.amount, after)?.minus(whole.reversed(payment.money.amount, before)?);
    let lines = lines(charge.practitioner, reversed.negated());
    let entry = tx.id::<JournalId>();
    let at = tx.now();
    store::insert_entry(tx, entry, payment.id, Some(refund), at).await?;
    store::insert_lines(tx, entry, &lines, currency).await?;
    Ok(())
}

/// The payment of `source` pays `target` from now on. Nothing passes the gateway; between equal shares of one doctor nothing is written.
pub(crate) async fn post_carry(
    tx: &mut Tx,
    source: &Charge,
    target: &Charge,
    payment: &Payment,
) -> Result<(), PostError> {
    let (taken, given) = (
        Shares::of(payment.money, source.platform_basis_points)?,
        Shares::of(payment.money, target.platform_basis_points)?,
    );
    let lines = carried((source.practitioner, taken), (target.practitioner, given));
    if lines.is_empty() {
        return Ok(());
    }
    let (entry, at) = (tx.id::<JournalId>(), tx.now());
    store::insert_carry(tx, entry, payment.id, at).await?;
    store::insert_lines(tx, entry, &lines, payment.money.currency).await?;
    Ok(())
}

fn carried(from: (PractitionerId, Shares), to: (PractitionerId, Shares)) -> Vec<(Account, i64)> {
    let doctors = if from.0 == to.0 {
        vec![(Account::DoctorPayable(to.0), from.1.doctor - to.1.doctor)]
    } else {
        vec![(Account::DoctorPayable(from.0), from.1.doctor), (Account::DoctorPayable(to.0), -to.1.doctor)]
    };
    let platform = (Account::PlatformRevenue, from.1.platform - to.1.platform);
    doctors.into_iter().chain([platform]).filter(|(_, amount)| *amount != 0).collect()
}

/// Who earns how much of an amount; the two always sum to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shares {
    doctor: i64,
    platform: i64,
}

impl Shares {
    fn of(money: Money, platform_basis_points: u32) -> Result<Self, PostError> {
        let doctor =
            WHOLE_BASIS_POINTS.checked_sub(platform_basis_points).ok_or(PostError::CannotSplit(money.amount))?;
        match money.split(&[doctor, platform_basis_points]).as_slice() {
            [doctor, platform] => Ok(Self { doctor: doctor.amount, platform: platform.amount }),
            _ => Err(PostError::CannotSplit(money.amount)),
        }
    }

    /// The part of these shares that is reversed once `refunded` of `amount` has gone back: all of it when all has.
    fn reversed(self, amount: i64, refunded: i64) -> Result<Self, PostError> {
        let wrong = || PostError::CannotSplit(refunded);
        if amount <= 0 || refunded < 0 || refunded > amount {
            return Err(wrong());
        }
        let platform = i128::from(self.platform) * i128::from(refunded) / i128::from(amount);
        let platform = i64::try_from(platform).map_err(|_| wrong())?;
        Ok(Self { doctor: refunded - platform, platform })
    }

    const fn minus(self, other: Self) -> Self {
        Self { doctor: self.doctor - other.doctor, platform: self.platform - other.platform }
    }

    const fn negated(self) -> Self {
        Self { doctor: -self.doctor, platform: -self.platform }
    }
}

/// Debit what the gateway holds, credit those who earned it. Lines of nothing are left out.
fn lines(doctor: PractitionerId, shares: Shares) -> Vec<(Account, i64)> {
    let all = [
        (Account::GatewayClearing, shares.doctor + shares.platform),
        (Account::DoctorPayable(doctor), -shares.doctor),
        (Account::PlatformRevenue, -shares.platform),
    ];
    all.into_iter().filter(|(_, amount)| *amount != 0).collect()
}

#[cfg(test)]
mod tests {
    use kernel::Currency;

    use super::*;

    fn shares(amount: i64, basis_points: u32) -> Shares {
        Shares::of(Money::new(amount, Currency::USD), basis_points).expect("it splits")
    }

    #[test]
    fn the_shares_sum_to_the_whole() {
        for amount in [1, 2, 3, 99, 100, 101, 2400, 99_999, 100_000_000_000] {
            for basis_points in [0, 1, 33, 1500, 3333, 9999, 10_000] {
                let shares = shares(amount, basis_points);
                assert_eq!(shares.doctor + shares.platform, amount, "{amount} at {basis_points}");
                assert!(shares.doctor >= 0 && shares.platform >= 0);
            }
        }
    }

    #[test]
    fn many_small_refunds_reverse_exactly_what_was_earned() {
        for (amount, basis_points) in [(7, 1500), (100, 3333), (2401, 1500), (3, 5000)] {
            let whole = shares(amount, basis_points);
            let mut left = whole;
            for refunded in 1..=amount {
                let before = whole.reversed(amount, refunded - 1).expect("in range");
                let after = whole.reversed(amount, refunded).expect("in range");
                let step = after.minus(before);
                assert_eq!(step.doctor + step.platform, 1, "one unit goes back");
                left = left.minus(step);
            }
            assert_eq!(left, Shares { doctor: 0, platform: 0 });
        }
    }

    #[test]
    fn no_more_is_reversed_than_was_captured() {
        assert!(shares(100, 1500).reversed(100, 101).is_err());
        assert!(shares(100, 1500).reversed(100, -1).is_err());
    }

    #[test]
    fn what_is_carried_balances_and_says_nothing_between_equal_shares_of_one_doctor() {
        let doctor = |n: u128| PractitionerId::from_uuid(uuid::Uuid::from_u128(n));
        for (amount, before, after) in [(2400, 1500, 1500), (2401, 1500, 3333), (1, 10_000, 0)] {
            for (from, to) in [(doctor(1), doctor(2)), (doctor(1), doctor(1))] {
                let lines = carried((from, shares(amount, before)), (to, shares(amount, after)));
                assert_eq!(lines.iter().map(|(_, amount)| amount).sum::<i64>(), 0);
                assert!(lines.iter().all(|(_, amount)| *amount != 0));
                assert_eq!(lines.is_empty(), from == to && before == after);
            }
        }
    }

    #[test]
    fn an_entry_balances_and_has_no_empty_lines() {
        let doctor = PractitionerId::from_uuid(uuid::Uuid::nil());
        for basis_points in [0, 1500, 10_000] {
            let lines = lines(doctor, shares(2400, basis_points));
            assert_eq!(lines.iter().map(|(_, amount)| amount).sum::<i64>(), 0);
            assert!(lines.iter().all(|(_, amount)| *amount != 0));
        }
    }
}
