//! Chance that falls the same way every time.

use kernel::ids::TypedId;
use kernel::{Random, Timestamp};

/// One seed, one hospital.
#[derive(Debug)]
pub(super) struct Dice(Random);

impl Dice {
    pub(super) fn seeded(seed: u64) -> Self {
        Self(Random::seeded(seed))
    }

    /// From 0 to one below `n`.
    pub(super) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.0.below(u64::try_from(n.max(1)).unwrap_or(1))).unwrap_or(0)
    }

    /// Both ends included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.below(usize::try_from(high - low + 1).unwrap_or(1))).unwrap_or(0)
    }

    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// An id as if made at that time.
    pub(super) fn id<T: TypedId>(&mut self, at: Timestamp) -> T {
        self.0.id(at)
    }

    /// Characters of an alphabet.
    pub(super) fn text(&mut self, alphabet: &str, length: usize) -> String {
        let letters: Vec<char> = alphabet.chars().collect();
        (0..length).map(|_| *self.pick(&letters)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_throws_the_same_every_time() {
        let throw = || {
            let mut dice = Dice::seeded(7);
            (0..50).map(|_| dice.between(-3, 3)).collect::<Vec<_>>()
        };
        assert_eq!(throw(), throw());
        assert!(throw().iter().all(|thrown| (-3..=3).contains(thrown)));
    }
}
