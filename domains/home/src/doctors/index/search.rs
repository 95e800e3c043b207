//! One search over the index: who fits, how many, and the order from a key on.

use std::sync::Arc;

use super::{Bits, Index, Key, sites::Measured, whole};
use crate::doctors::{
    criteria::{Criteria, Sort},
    likeness::plain,
    model::Doctor,
};

/// "Near a place": within this many metres of it.
const NEAR_METRES: f64 = 60_000.0;

/// Those who fit a search.
#[derive(Debug)]
pub(in crate::doctors) struct Search<'a> {
    index: &'a Index,
    wanted: &'a Criteria,
    measured: Option<Measured>,
    fitting: Bits,
}

/// Where in an order to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::doctors) enum Start {
    Top,
    At(Key),
    After(Key),
}

impl Start {
    fn passes(self, key: Key) -> bool {
        match self {
            Self::Top => false,
            Self::At(first) => key < first,
            Self::After(last) => key <= last,
        }
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(index: &'a Index, wanted: &'a Criteria) -> Self {
        let measured = wanted.near.map(|near| index.sites.measured(near));
        let offering = index.offering(wanted.mode);
        let mut fitting = offering.who.clone();
        if let Some(specialty) = &wanted.specialty {
            fitting.cut(index.specialties.get(specialty));
        }
        if let Some(language) = &wanted.language {
            fitting.cut(index.languages.get(language));
        }
        if let Some(gender) = wanted.gender {
            fitting.cut(index.genders.get(gender.code()));
        }
        if let Some(most) = wanted.max_fee {
            fitting.retain(|place| offering.fees[place] <= most);
        }
        if let (Some(_), Some(measured)) = (&wanted.place, &measured) {
            let near = Bits::from_places(index.profiles.len(), index.sites.within(measured, NEAR_METRES));
            fitting.cut(Some(&near));
        }
        for word in wanted.words.iter().filter(|word| !plain(word).is_empty()) {
            fitting.cut(Some(&index.with_word(word)));
        }
        Self { index, wanted, measured, fitting }
    }

    pub(in crate::doctors) fn count(&self) -> usize {
        self.fitting.count()
    }

    /// Those who fit, in the order of the search. Where the soonest come first, which no index knows: the best rated first.
    pub(in crate::doctors) fn walk(&self, start: Start) -> Box<dyn Iterator<Item = (Key, usize)> + Send + '_> {
        let ranked = match self.wanted.order() {
            Sort::Distance => return self.outwards(start),
            Sort::Fee => &self.index.offering(self.wanted.mode).cheapest,
            Sort::Soonest | Sort::Rating | Sort::Best => &self.index.rated,
        };
        let key = |one: &(i64, usize)| (one.0, self.doctor(one.1).id);
        let first = ranked.partition_point(|one| start.passes(key(one)));
        let rest = ranked[first..].iter().filter(|one| self.fitting.has(one.1));
        Box::new(rest.map(move |one| (key(one), one.1)))
    }

    pub(in crate::doctors) fn doctor(&self, place: usize) -> &'a Arc<Doctor> {
        &self.index.profiles[place].doctor
    }

    /// Metres to the doctor's nearest place, where a point is given.
    pub(in crate::doctors) fn distance(&self, place: usize) -> Option<f64> {
        self.index.sites.nearest(self.measured.as_ref()?, place)
    }

    /// Site by site, the nearest first; who practises at none comes last.
    fn outwards(&self, start: Start) -> Box<dyn Iterator<Item = (Key, usize)> + Send + '_> {
        let sites = self.measured.iter().flat_map(|measured| self.index.sites.outwards(measured));
        let (mut left, mut found) = (self.fitting.clone(), Vec::new());
        for (metres, doctors) in sites {
            let nearest: Vec<usize> = doctors.iter().copied().filter(|place| left.has(*place)).collect();
            for place in &nearest {
                left.unset(*place);
            }
            found.extend(nearest.into_iter().map(|place| (whole(metres), place)));
        }
        found.extend(left.iter().map(|place| (i64::MAX, place)));
        found.sort_unstable();
        let keys = found.into_iter().map(|(metres, place)| ((metres, self.doctor(place).id), place));
        Box::new(keys.skip_while(move |(key, _)| start.passes(*key)))
    }
}
