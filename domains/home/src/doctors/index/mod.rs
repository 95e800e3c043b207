//! All published doctors, ready to be searched: lists of who has what, and the orders in which results stand.
//!
//! ```text
//! specialty ∩ language ∩ gender ∩ mode ∩ fee ∩ place ∩ words  →  who fits, counted  →  from a key on, in one of the orders
//! ```
//!
//! A search cuts sets of bits, a bit for each doctor, and then walks the order only as far as its page. Nothing here changes: when a
//! doctor's offer does, another index is made, which takes over the words that have been read. Pure.

mod bits;
mod search;
mod sites;
#[cfg(test)]
mod tests;
mod texts;

use std::{collections::HashMap, sync::Arc};

use kernel::ids::PractitionerId;
use scheduling::slots::Mode;

use self::{bits::Bits, sites::Sites, texts::Texts};
use super::{
    criteria::Criteria,
    model::{Doctor, Profile},
};

pub(super) use search::{Search, Start};

/// Where a doctor stands in an order: a number that grows, and the id, so that no two are equal.
pub(super) type Key = (i64, PractitionerId);

/// So many profiles are looked through one by one before all words are read anew.
const FEW: usize = 64;

#[derive(Debug, Default)]
pub(super) struct Index {
    /// By id; a doctor's place in here stands for the doctor everywhere else.
    profiles: Vec<Arc<Profile>>,
    specialties: HashMap<String, Bits>,
    languages: HashMap<String, Bits>,
    genders: HashMap<String, Bits>,
    anything: Offering,
    modes: [Offering; Mode::ALL.len()],
    /// The best first.
    rated: Vec<(i64, usize)>,
    sites: Sites,
    texts: Arc<Texts>,
    /// Where those of `texts` stand here; `None` for what has changed since.
    read: Vec<Option<usize>>,
    /// Whose words are not in `texts`.
    unread: Vec<usize>,
}

/// Who offers something, the cheapest first.
#[derive(Debug, Default)]
struct Offering {
    who: Bits,
    /// By place; of no meaning for who offers nothing.
    fees: Vec<i64>,
    cheapest: Vec<(i64, usize)>,
}

impl Index {
    /// `before` is the index that this one takes the place of.
    pub(super) fn new(mut profiles: Vec<Arc<Profile>>, before: &Self) -> Self {
        profiles.sort_by_key(|profile| profile.doctor.id);
        let doctors = || profiles.iter().map(|profile| profile.doctor.as_ref());
        let rated = ranked(doctors().map(|doctor| Some(stars(doctor))));
        let sites = Sites::new(profiles.iter().map(|profile| profile.sites.as_slice()));
        let mut index = Self {
            specialties: lists(doctors(), |doctor| doctor.specialties.as_slice()),
            languages: lists(doctors(), |doctor| doctor.languages.as_slice()),
            genders: lists(doctors(), |doctor| std::slice::from_ref(&doctor.gender)),
            anything: Offering::new(doctors(), None),
            modes: Mode::ALL.map(|mode| Offering::new(doctors(), Some(mode))),
            rated,
            sites,
            texts: Arc::clone(&before.texts),
            read: Vec::new(),
            unread: Vec::new(),
            profiles,
        };
        index.read_words();
        index
    }

    pub(super) fn profiles(&self) -> &[Arc<Profile>] {
        &self.profiles
    }

    pub(super) fn find(&self, id: PractitionerId) -> Option<&Arc<Profile>> {
        self.place(id).map(|place| &self.profiles[place])
    }

    /// Everybody who fits all of it but the time.
    pub(super) fn search<'a>(&'a self, wanted: &'a Criteria) -> Search<'a> {
        Search::new(self, wanted)
    }

    pub(super) fn has_specialty(&self, code: &str) -> bool {
        self.specialties.contains_key(code)
    }

    /// Tags, in order.
    pub(super) fn languages(&self) -> Vec<String> {
        let mut tags: Vec<String> = self.languages.keys().cloned().collect();
        tags.sort_unstable();
        tags
    }

    /// Cities of the health centres, in order.
    pub(super) fn cities(&self) -> Vec<String> {
        let sites = self.profiles.iter().flat_map(|profile| &profile.sites);
        let cities: std::collections::BTreeSet<&str> = sites.map(|site| site.city.as_str()).collect();
        cities.into_iter().map(str::to_owned).collect()
    }

    fn place(&self, id: PractitionerId) -> Option<usize> {
        self.profiles.binary_search_by_key(&id, |profile| profile.doctor.id).ok()
    }

    fn offering(&self, mode: Option<Mode>) -> &Offering {
        let of_mode = |mode: Mode| Mode::ALL.iter().position(|one| *one == mode).and_then(|at| self.modes.get(at));
        mode.and_then(of_mode).unwrap_or(&self.anything)
    }

    fn read_words(&mut self) {
        self.match_texts();
        if self.unread.len() > FEW || self.read.iter().filter(|place| place.is_none()).count() > FEW {
            self.texts = Arc::new(Texts::new(self.profiles.clone()));
            self.match_texts();
        }
    }

    fn match_texts(&mut self) {
        let place_of = |profile: &Arc<Profile>| {
            self.place(profile.doctor.id).filter(|place| Arc::ptr_eq(profile, &self.profiles[*place]))
        };
        let read: Vec<Option<usize>> = self.texts.of.iter().map(place_of).collect();
        let known = Bits::from_places(self.profiles.len(), read.iter().flatten().copied());
        self.unread = (0..self.profiles.len()).filter(|place| !known.has(*place)).collect();
        self.read = read;
    }

    /// Who has a word in names, places or biography.
    fn with_word(&self, word: &str) -> Bits {
        let read = self.texts.find(word);
        let unread = self.unread.iter().copied().filter(|place| self.profiles[*place].text.has(word));
        Bits::from_places(self.profiles.len(), read.iter().filter_map(|place| self.read[place]).chain(unread))
    }
}

impl Offering {
    fn new<'a>(doctors: impl Iterator<Item = &'a Doctor>, mode: Option<Mode>) -> Self {
        let fees: Vec<Option<i64>> =
            doctors.map(|doctor| doctor.cheapest(mode).map(|offer| offer.price.amount)).collect();
        let offer = fees.iter().enumerate().filter(|(_, fee)| fee.is_some()).map(|(place, _)| place);
        Self {
            who: Bits::from_places(fees.len(), offer),
            cheapest: ranked(fees.iter().copied()),
            fees: fees.into_iter().map(|fee| fee.unwrap_or(i64::MAX)).collect(),
        }
    }
}

/// Who has each of the things that doctors have.
fn lists<'a>(
    doctors: impl ExactSizeIterator<Item = &'a Doctor>,
    have: impl Fn(&'a Doctor) -> &'a [String],
) -> HashMap<String, Bits> {
    let (of, mut lists) = (doctors.len(), HashMap::new());
    for (place, doctor) in doctors.enumerate() {
        for what in have(doctor) {
            match lists.get_mut(what) {
                None => {
                    lists.insert(what.clone(), Bits::from_places(of, [place]));
                }
                Some(who) => Bits::set(who, place),
            }
        }
    }
    lists
}

/// Places with a number, the smallest first; those of equal number in the order of ids.
fn ranked(numbers: impl Iterator<Item = Option<i64>>) -> Vec<(i64, usize)> {
    let mut ranked: Vec<(i64, usize)> =
        numbers.enumerate().filter_map(|(place, number)| Some((number?, place))).collect();
    ranked.sort_unstable();
    ranked
}

/// Thousandths of a star, so that more stars are less; who is not rated yet stands among those with four.
fn stars(doctor: &Doctor) -> i64 {
    -whole(doctor.shown_score().unwrap_or(4.0) * 1000.0)
}

/// Metres or thousandths of a star: small numbers, so rounding loses nothing that matters.
#[expect(clippy::cast_possible_truncation, reason = "bounded by the circumference of the earth")]
fn whole(number: f64) -> i64 {
    number.round() as i64
}
