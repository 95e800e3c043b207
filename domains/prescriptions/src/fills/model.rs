//! How far an item was dispensed.

use kernel::{Timestamp, ids::PrescriptionItemId};

use crate::prescribing::{Item, early_after_seconds};

/// A part of a fill that was dispensed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Filled {
    pub(crate) item: PrescriptionItemId,
    /// 1 for the first fill.
    pub(crate) fill: i32,
    pub(crate) quantity: i32,
    pub(crate) at: Timestamp,
}

/// What may be dispensed of an item next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// So much of this fill, from now on.
    Now { fill: i32, quantity: i32 },
    /// The next fill, from then on.
    From { at: Timestamp },
    /// All of it was dispensed.
    Nothing,
}

/// What may be dispensed of this item, given what was.
pub(crate) fn next(item: &Item, filled: &[Filled], now: Timestamp) -> Next {
    let ours = || filled.iter().filter(|part| part.item == item.id);
    let last = ours().map(|part| part.fill).max().unwrap_or(1);
    let of_last: i32 = ours().filter(|part| part.fill == last).map(|part| part.quantity).sum();
    if of_last < item.quantity {
        return Next::Now { fill: last, quantity: item.quantity - of_last };
    }
    if last > i32::from(item.content.refills) {
        return Next::Nothing;
    }
    let whole_at = ours().filter(|part| part.fill == last).map(|part| part.at).max().unwrap_or(now);
    let from = whole_at.plus_seconds(early_after_seconds(item.content.directions.days));
    if now < from { Next::From { at: from } } else { Next::Now { fill: last + 1, quantity: item.quantity } }
}

/// All that may still be dispensed of an item, over all its fills.
pub(crate) fn remaining(item: &Item, filled: &[Filled]) -> i32 {
    let all = item.quantity.saturating_mul(i32::from(item.content.refills) + 1);
    let gone: i32 = filled.iter().filter(|part| part.item == item.id).map(|part| part.quantity).sum();
    (all - gone).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prescribing::testing::item;

    fn filled(item: &Item, fill: i32, quantity: i32, day: i64) -> Filled {
        Filled { item: item.id, fill, quantity, at: Timestamp::from_unix_seconds(0).plus_days(day) }
    }

    #[test]
    fn the_first_fill_is_no_refill_and_the_next_waits_for_its_days() {
        // 28 tablets for 28 days, two refills.
        let item = item(28, 28, 2);
        let day = |day| Timestamp::from_unix_seconds(0).plus_days(day);
        assert_eq!(next(&item, &[], day(0)), Next::Now { fill: 1, quantity: 28 });
        let one = [filled(&item, 1, 10, 0)];
        assert_eq!(next(&item, &one, day(0)), Next::Now { fill: 1, quantity: 18 });
        let whole = [filled(&item, 1, 10, 0), filled(&item, 1, 18, 1)];
        assert_eq!(next(&item, &whole, day(2)), Next::From { at: day(22) });
        assert_eq!(next(&item, &whole, day(22)), Next::Now { fill: 2, quantity: 28 });
        assert_eq!(remaining(&item, &whole), 56);
        let all = [filled(&item, 1, 28, 0), filled(&item, 2, 28, 22), filled(&item, 3, 28, 44)];
        assert_eq!(next(&item, &all, day(90)), Next::Nothing);
        assert_eq!(remaining(&item, &all), 0);
    }
}
