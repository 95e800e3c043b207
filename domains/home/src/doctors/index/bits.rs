//! Sets of small numbers, for counting and cutting thousands at once.

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn none(of: usize) -> Self {
        Self(vec![0; of.div_ceil(64)])
    }

    pub(super) fn from_places(of: usize, places: impl IntoIterator<Item = usize>) -> Self {
        let mut bits = Self::none(of);
        places.into_iter().for_each(|place| bits.set(place));
        bits
    }

    pub(super) fn set(&mut self, place: usize) {
        if let Some(word) = self.0.get_mut(place / 64) {
            *word |= 1 << (place % 64);
        }
    }

    pub(super) fn unset(&mut self, place: usize) {
        if let Some(word) = self.0.get_mut(place / 64) {
            *word &= !(1 << (place % 64));
        }
    }

    pub(super) fn has(&self, place: usize) -> bool {
        self.0.get(place / 64).is_some_and(|word| word & (1 << (place % 64)) != 0)
    }

    /// Keeps what the other has, too; nothing, where there is no other.
    pub(super) fn cut(&mut self, other: Option<&Self>) {
        match other {
            Some(other) => self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other),
            None => self.0.fill(0),
        }
    }

    pub(super) fn retain(&mut self, keep: impl Fn(usize) -> bool) {
        let left: Vec<usize> = self.iter().filter(|place| !keep(*place)).collect();
        for place in left {
            self.unset(place);
        }
    }

    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(number, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(number * 64 + bit)
            })
        })
    }
}
