use kernel::{FieldError, Money, Timestamp, ids::PolicyId};

/// All of a price.
pub const WHOLE_POINTS: u32 = 10_000;
/// A policy has at most so many steps.
const MOST_TIERS: usize = 6;
const LONGEST_HOURS: i32 = 720;

/// From so many hours before the start, and earlier, so many ten-thousandths of the price come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    pub hours: i32,
    /// 0 to 10000.
    pub basis_points: u32,
}

/// What a policy says, without its place in history.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The farthest step first; each is nearer and gives at most as much. Nearer than the last: nothing.
    pub tiers: Vec<Tier>,
    /// A patient may move a visit so often, and until so many hours before it.
    pub free_moves: i32,
    pub move_until_hours: i32,
    /// What comes back to a patient who did not come, in ten-thousandths.
    pub no_show_basis_points: u32,
}

impl Terms {
    /// What must be corrected.
    pub fn faults(&self) -> Vec<FieldError> {
        let mut faults = Vec::new();
        let mut check = |ok: bool, field: &str, key: &'static str| {
            if !ok {
                faults.push(FieldError::new(field.to_owned(), key));
            }
        };
        check((1..=MOST_TIERS).contains(&self.tiers.len()), "hours-0", "scheduling-error-no-step");
        for (n, tier) in self.tiers.iter().enumerate() {
            check((0..=LONGEST_HOURS).contains(&tier.hours), &format!("hours-{n}"), "scheduling-error-step-hours");
            check(tier.basis_points <= WHOLE_POINTS, &format!("percent-{n}"), "scheduling-error-percent");
            if let Some(before) = n.checked_sub(1).and_then(|n| self.tiers.get(n)) {
                let nearer = tier.hours < before.hours && tier.basis_points <= before.basis_points;
                check(nearer, &format!("hours-{n}"), "scheduling-error-step-order");
            }
        }
        check((0..=20).contains(&self.free_moves), "free_moves", "scheduling-error-moves");
        check((0..=LONGEST_HOURS).contains(&self.move_until_hours), "move_until_hours", "scheduling-error-step-hours");
        check(self.no_show_basis_points <= WHOLE_POINTS, "no_show", "scheduling-error-percent");
        faults
    }
}

/// What goes back and what is kept; together the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Settlement {
    pub refund: Money,
    pub kept: Money,
}

impl Settlement {
    /// A share of a price. A unit that cannot be halved goes to the patient.
    pub fn of(price: Money, basis_points: u32) -> Self {
        let basis_points = basis_points.min(WHOLE_POINTS);
        match price.split(&[basis_points, WHOLE_POINTS - basis_points]).as_slice() {
            [refund, kept] => Self { refund: *refund, kept: *kept },
            _ => Self { refund: price, kept: Money::zero(price.currency) },
        }
    }

    pub fn whole(price: Money) -> Self {
        Self::of(price, WHOLE_POINTS)
    }
}

/// One version of a rule, as appointments keep it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    pub id: PolicyId,
    pub version: i32,
    pub terms: Terms,
}

impl Policy {
    /// What comes back, in ten-thousandths, when the patient cancels now.
    pub fn basis_points(&self, starts_at: Timestamp, now: Timestamp) -> u32 {
        let step = self.terms.tiers.iter().find(|tier| now <= Self::until(**tier, starts_at));
        step.map_or(0, |tier| tier.basis_points)
    }

    /// The last instant of a step.
    pub fn until(tier: Tier, starts_at: Timestamp) -> Timestamp {
        starts_at.plus_minutes(-i64::from(tier.hours) * 60)
    }

    /// Until when the patient may move the visit.
    pub fn movable_until(&self, starts_at: Timestamp) -> Timestamp {
        starts_at.plus_minutes(-i64::from(self.terms.move_until_hours) * 60)
    }
}

#[cfg(test)]
mod tests {
    use kernel::Currency;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn policy(tiers: &[(i32, u32)]) -> Policy {
        let tiers =
            tiers.iter().map(|(hours, basis_points)| Tier { hours: *hours, basis_points: *basis_points }).collect();
        let terms = Terms { tiers, free_moves: 3, move_until_hours: 4, no_show_basis_points: 0 };
        Policy { id: PolicyId::from_uuid(uuid::Uuid::nil()), version: 1, terms }
    }

    #[test]
    fn each_step_holds_to_its_last_instant() {
        let starts = at("2026-11-23T10:00:00Z");
        let house = policy(&[(24, 10_000), (4, 5_000)]);
        let points = |now: &str| house.basis_points(starts, at(now));
        assert_eq!(points("2026-11-22T10:00:00Z"), 10_000);
        assert_eq!(points("2026-11-22T10:00:01Z"), 5_000);
        assert_eq!(points("2026-11-23T06:00:00Z"), 5_000);
        assert_eq!(points("2026-11-23T06:00:01Z"), 0);
    }

    #[test]
    fn what_goes_back_and_what_is_kept_sum_to_the_whole_in_every_currency() {
        for currency in ["USD", "JPY", "KWD"] {
            let currency: Currency = currency.parse().expect("a currency");
            for amount in (1..=199).chain([2_401, 99_999, 1_000_001, 100_000_000_000]) {
                for points in [0, 1, 3_333, 5_000, 6_667, 9_999, 10_000] {
                    let price = Money::new(amount, currency);
                    let Settlement { refund, kept } = Settlement::of(price, points);
                    assert_eq!(refund.amount + kept.amount, amount, "{amount} at {points}");
                    assert!(refund.amount >= 0 && kept.amount >= 0);
                }
            }
        }
        let yen = Settlement::of(Money::new(1_501, "JPY".parse().expect("a currency")), 5_000);
        assert_eq!((yen.refund.amount, yen.kept.amount), (751, 750), "the odd yen goes to the patient");
    }

    #[test]
    fn steps_come_nearer_and_give_less() {
        assert_eq!(policy(&[(24, 10_000), (4, 5_000)]).terms.faults(), []);
        for wrong in [
            &[][..],
            &[(4, 5_000), (24, 10_000)],
            &[(24, 5_000), (4, 10_000)],
            &[(24, 10_001)],
            &[(-1, 0)],
            &[(721, 0)],
        ] {
            assert!(!policy(wrong).terms.faults().is_empty(), "{wrong:?}");
        }
    }
}
