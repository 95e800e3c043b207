//! The index against the plain way: every profile weighed by itself, and all of them sorted.

use std::sync::Arc;

use kernel::{
    Money, Zone,
    ids::{FacilityId, PractitionerId, ServiceId},
};
use scheduling::slots::Mode;
use uuid::Uuid;

use super::{Index, Key, Start, whole};
use crate::doctors::{
    criteria::{Criteria, Gender, Point, Sort},
    likeness::Text,
    model::{Doctor, Offer, Priced, Profile, Site},
};

const NAMES: [&str; 12] = [
    "Nusrat Rahman",
    "নুসরাত রহমান",
    "Karim Haddad",
    "Zoë Étienne",
    "Yusuf Al-Amin",
    "Sita Gurung",
    "Kamal Hossain",
    "Anne Karim",
    "Layla Nasser",
    "نصرت رحمن",
    "Jo Li",
    "Catherine Rehman",
];
const PROSE: [&str; 5] = [
    "Looks after eczema and long-standing acne.",
    "Heart and vessels; karate on Sundays.",
    "Children, asthma, allergies. Dr. No is not a colleague.",
    "",
    "Rahman's method of calm dermatology, since 2003.",
];
const CITIES: [(&str, f64, f64); 4] =
    [("Dhaka", 23.78, 90.41), ("Amman", 31.95, 35.93), ("Kathmandu", 27.71, 85.32), ("Gazipur", 24.0, 90.43)];
const WORDS: [&str; 22] = [
    "nusrat",
    "nusart",
    "রহমান",
    "rahman",
    "rehmann",
    "karim",
    "kar",
    "a",
    "acne",
    "acme",
    "dr no",
    "dr-no",
    "étienne",
    "نصرت",
    "dhaka",
    "dhakka",
    "amin",
    "centre",
    "2003",
    "...",
    "xyz",
    "hossian",
];

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn maybe<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        (self.below(3) == 0).then(|| self.one(of))
    }

    fn profile(&mut self, number: usize) -> Arc<Profile> {
        let id = Uuid::from_u128(u128::try_from(self.below(1 << 20)).unwrap() << 64 | u128::try_from(number).unwrap());
        let (name, prose, city) = (self.one(&NAMES), self.one(&PROSE), self.one(&CITIES));
        let mut offers: Vec<Offer> = (0..self.below(4)).map(|_| self.offer()).collect();
        offers.sort_by_key(|offer| offer.price.amount);
        let sites: Vec<Site> = (0..self.below(3)).map(|_| self.site()).collect();
        let doctor = Doctor {
            id: PractitionerId::from(id),
            slug: format!("doctor-{number}"),
            name: name.to_owned(),
            gender: self.one(&["female", "male", "undisclosed"]).to_owned(),
            qualification: String::new(),
            registration_no: String::new(),
            practising_since: None,
            biography: prose.to_owned(),
            languages: self
                .one(&[&["en"] as &[&str], &["en", "bn"], &["ar"]])
                .iter()
                .map(ToString::to_string)
                .collect(),
            specialties: vec![self.one(&["dermatology", "cardiology"]).to_owned()],
            city: city.0.to_owned(),
            country: "BD".to_owned(),
            zone: Zone::utc(),
            licence_checked_on: None,
            reviews: i64::try_from(self.below(9)).unwrap(),
            score: self.maybe(&[3.2, 4.0, 4.75]),
            offers,
            distance_m: None,
        };
        let places: Vec<String> = sites.iter().map(|site| format!("{} {}", site.name, site.city)).collect();
        let text = Text::new([name, city.0].into_iter().chain(places.iter().map(String::as_str)), prose);
        Arc::new(Profile { doctor: Arc::new(doctor), text, sites, priced: Priced::default() })
    }

    fn offer(&mut self) -> Offer {
        let amount = 1_000 + 500 * i64::try_from(self.below(6)).unwrap();
        Offer {
            service: ServiceId::from(Uuid::nil()),
            mode: self.one(&Mode::ALL),
            minutes: 30,
            price: Money::new(amount, "USD".parse().unwrap()),
            approval: false,
            place: None,
            street: None,
            place_city: None,
        }
    }

    fn site(&mut self) -> Site {
        let number = self.below(CITIES.len() * 3);
        let (city, latitude, longitude) = CITIES[number % CITIES.len()];
        Site {
            id: FacilityId::from(Uuid::from_u128(u128::try_from(number).unwrap())),
            name: format!("Centre {number}"),
            city: city.to_owned(),
            latitude: latitude + 0.01 * f64::from(u32::try_from(number).unwrap()),
            longitude,
        }
    }

    fn criteria(&mut self) -> Criteria {
        let near = self.maybe(&CITIES).map(|(_, latitude, longitude)| Point { latitude, longitude });
        Criteria {
            words: self.maybe(&WORDS).into_iter().chain(self.maybe(&WORDS)).map(str::to_owned).collect(),
            specialty: self.maybe(&["dermatology", "cardiology", "astrology"]).map(str::to_owned),
            language: self.maybe(&["en", "bn", "ar", "fr"]).map(str::to_owned),
            gender: self.maybe(&[Gender::Female, Gender::Male]),
            mode: self.maybe(&Mode::ALL),
            max_fee: self.maybe(&[900, 1_500, 2_000]),
            place: near.and_then(|_| self.maybe(&["Dhaka"])).map(str::to_owned),
            near,
            sort: self.one(&[Sort::Best, Sort::Fee, Sort::Rating, Sort::Distance]),
            ..Criteria::default()
        }
    }
}

/// Metres by the haversine of the angle.
fn haversine(one: Point, other: Point) -> f64 {
    let (from, to) = (one.latitude.to_radians(), other.latitude.to_radians());
    let across = (other.longitude - one.longitude).to_radians() / 2.0;
    let root = ((to - from) / 2.0).sin().powi(2) + from.cos() * to.cos() * across.sin().powi(2);
    2.0 * 6_378_168.0 * root.sqrt().asin()
}

fn metres(profile: &Profile, wanted: &Criteria) -> Option<f64> {
    let near = wanted.near?;
    let sites = profile.sites.iter();
    sites
        .map(|site| haversine(near, Point { latitude: site.latitude, longitude: site.longitude }))
        .min_by(f64::total_cmp)
}

fn fits(profile: &Profile, wanted: &Criteria) -> bool {
    let doctor = &profile.doctor;
    let fee = doctor.cheapest(wanted.mode).map(|offer| offer.price.amount);
    fee.is_some_and(|fee| wanted.max_fee.is_none_or(|most| fee <= most))
        && wanted.specialty.as_ref().is_none_or(|code| doctor.specialties.contains(code))
        && wanted.language.as_ref().is_none_or(|tag| doctor.languages.contains(tag))
        && wanted.gender.is_none_or(|gender| doctor.gender == gender.code())
        && (wanted.place.is_none() || metres(profile, wanted).is_some_and(|far| far <= 60_000.0))
        && wanted.words.iter().all(|word| profile.text.has(word))
}

fn key(profile: &Profile, wanted: &Criteria) -> Key {
    let doctor = &profile.doctor;
    let number = match wanted.order() {
        Sort::Fee => doctor.cheapest(wanted.mode).unwrap().price.amount,
        Sort::Distance => metres(profile, wanted).map_or(i64::MAX, whole),
        Sort::Best | Sort::Rating | Sort::Soonest => -whole(doctor.shown_score().unwrap_or(4.0) * 1000.0),
    };
    (number, doctor.id)
}

fn plainly(profiles: &[Arc<Profile>], wanted: &Criteria) -> Vec<Key> {
    let mut keys: Vec<Key> =
        profiles.iter().filter(|profile| fits(profile, wanted)).map(|profile| key(profile, wanted)).collect();
    keys.sort_unstable();
    keys
}

fn compare(index: &Index, profiles: &[Arc<Profile>], dice: &mut Dice) -> usize {
    let wanted = dice.criteria();
    let (search, expected) = (index.search(&wanted), plainly(profiles, &wanted));
    let keys = |start: Start| -> Vec<Key> { search.walk(start).map(|(key, _)| key).collect() };
    assert_eq!(keys(Start::Top), expected, "{wanted:?}");
    assert_eq!(search.count(), expected.len());
    for (key, place) in search.walk(Start::Top) {
        assert_eq!(search.doctor(place).id, key.1);
    }
    if !expected.is_empty() {
        let at = dice.below(expected.len());
        assert_eq!(keys(Start::At(expected[at])), expected[at..]);
        assert_eq!(keys(Start::After(expected[at])), expected[at + 1..]);
        let gone = (expected[at].0, PractitionerId::from(Uuid::nil()));
        let rest: Vec<Key> = expected.iter().copied().filter(|key| *key > gone).collect();
        assert_eq!(keys(Start::After(gone)), rest, "a key that is no longer there still has its place");
    }
    expected.len()
}

#[test]
fn a_search_finds_whom_weighing_everyone_finds_in_the_same_order() {
    let mut dice = Dice(0x5eed);
    let profiles: Vec<Arc<Profile>> = (0..1_500).map(|number| dice.profile(number)).collect();
    let index = Index::new(profiles.clone(), &Index::default());
    let found: usize = (0..600).map(|_| compare(&index, &profiles, &mut dice)).sum();
    assert!(found > 20_000, "the searches find something: {found}");
}

#[test]
fn an_index_that_follows_another_finds_the_same_as_one_made_anew() {
    let mut dice = Dice(0xfeed);
    let mut profiles: Vec<Arc<Profile>> = (0..400).map(|number| dice.profile(number)).collect();
    let mut index = Index::new(profiles.clone(), &Index::default());
    for round in 0..40 {
        for _ in 0..dice.below(9) {
            let place = dice.below(profiles.len());
            profiles.swap_remove(place);
        }
        for number in 0..dice.below(9) {
            profiles.push(dice.profile(1_000 + round * 10 + number));
        }
        index = Index::new(profiles.clone(), &index);
        assert!(index.unread.len() <= super::FEW);
        (0..15).for_each(|_| {
            compare(&index, &profiles, &mut dice);
        });
    }
}

#[test]
fn every_word_finds_what_the_text_itself_has() {
    let mut dice = Dice(0xabc);
    let profiles: Vec<Arc<Profile>> = (0..300).map(|number| dice.profile(number)).collect();
    let index = Index::new(profiles, &Index::default());
    for word in WORDS {
        let found: Vec<usize> = index.with_word(word).iter().collect();
        let expected: Vec<usize> =
            (0..index.profiles.len()).filter(|place| index.profiles[*place].text.has(word)).collect();
        assert_eq!(found, expected, "{word}");
    }
}

#[test]
fn who_has_no_place_stands_behind_all_who_have_one() {
    let mut dice = Dice(0x17);
    let profiles: Vec<Arc<Profile>> = (0..200).map(|number| dice.profile(number)).collect();
    let index = Index::new(profiles, &Index::default());
    let near = Some(Point { latitude: 23.78, longitude: 90.41 });
    let wanted = Criteria { near, sort: Sort::Distance, ..Criteria::default() };
    let search = index.search(&wanted);
    let far: Vec<Option<f64>> = search.walk(Start::Top).map(|(_, place)| search.distance(place)).collect();
    let nowhere = far.iter().position(Option::is_none).unwrap();
    assert!(nowhere > 0 && far[nowhere..].iter().all(Option::is_none));
    assert!(far[..nowhere].windows(2).all(|two| two[0].unwrap().round() <= two[1].unwrap().round()));
}
