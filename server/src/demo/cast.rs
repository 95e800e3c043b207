//! Who there is: the accounts of the demonstration, doctors, patients.

use kernel::ids::{AccountId, FacilityId, PatientId, PractitionerId};
use kernel::{LocalDate, Timestamp, Zone};

use super::dice::Dice;
use super::words::centres::CENTRES;
use super::words::cities::{CITIES, City, city};
use super::words::names::plain;
use super::words::specialties::{SPECIALTIES, Specialty};

/// Every address ends so; mail for it goes to the development mailbox.
const DOMAIN: &str = "demo.example";
const DOCTORS: usize = 120;
const PATIENTS: usize = 40;
/// Letters and digits without those that are mistaken for one another (Crockford).
const RECORD_ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

#[derive(Debug)]
pub(super) struct Account {
    pub(super) id: AccountId,
    pub(super) email: String,
    pub(super) name: String,
    pub(super) role: &'static str,
    pub(super) zone: &'static str,
    /// The accounts named in the README sign in without a second factor.
    pub(super) exempt: bool,
}

#[derive(Debug)]
pub(super) struct Centre {
    pub(super) id: FacilityId,
    pub(super) words: &'static super::words::centres::Centre,
    pub(super) city: &'static City,
    pub(super) phone: String,
}

#[derive(Debug)]
pub(super) struct Doctor {
    pub(super) id: PractitionerId,
    pub(super) account: AccountId,
    pub(super) name: String,
    pub(super) woman: bool,
    pub(super) slug: String,
    pub(super) city: &'static City,
    pub(super) specialty: &'static Specialty,
    pub(super) languages: Vec<String>,
    pub(super) since: i32,
    pub(super) biography: String,
    pub(super) registration_no: String,
    /// The centre where patients may also come in person.
    pub(super) centre: Option<FacilityId>,
    pub(super) fee: i64,
}

impl Doctor {
    pub(super) fn zone(&self) -> Zone {
        self.city.zone.parse().unwrap_or_else(|_| Zone::utc())
    }
}

#[derive(Debug)]
pub(super) struct Patient {
    pub(super) id: PatientId,
    pub(super) account: AccountId,
    pub(super) name: String,
    pub(super) woman: bool,
    pub(super) birth: LocalDate,
    pub(super) city: &'static City,
    pub(super) record_no: String,
    pub(super) phone: String,
}

/// Everyone, and the places.
#[derive(Debug)]
pub(super) struct Cast {
    pub(super) accounts: Vec<Account>,
    pub(super) centres: Vec<Centre>,
    /// The first is the doctor of `doctor@demo.example`.
    pub(super) doctors: Vec<Doctor>,
    /// The first is the patient of `patient@demo.example`.
    pub(super) patients: Vec<Patient>,
    pub(super) administrator: AccountId,
}

pub(super) fn cast(dice: &mut Dice, now: Timestamp) -> Cast {
    // Everyone has been here for a while.
    let joined = now.plus_days(-90);
    let mut accounts = Vec::new();
    let centres = centres(dice, joined);
    let doctors = doctors(dice, joined, now, &centres, &mut accounts);
    let patients = patients(dice, joined, &mut accounts);
    let mut administrator = None;
    for (address, name, role) in [
        ("pharmacist", "Sadia Akter", "pharmacist"),
        ("lab", "Peter Wekesa", "lab_technician"),
        ("nurse", "Grace Mutua", "nurse"),
        ("admin", "Helen Ashworth", "administrator"),
        ("support", "Luis Romero", "support_agent"),
    ] {
        let id = dice.id(joined);
        if role == "administrator" {
            administrator = Some(id);
        }
        let email = format!("{address}@{DOMAIN}");
        accounts.push(Account { id, email, name: name.into(), role, zone: "Europe/London", exempt: true });
    }
    let administrator = administrator.unwrap_or_else(|| dice.id(joined));
    Cast { accounts, centres, doctors, patients, administrator }
}

fn centres(dice: &mut Dice, joined: Timestamp) -> Vec<Centre> {
    CENTRES
        .iter()
        .map(|words| {
            let city = city(words.city);
            Centre { id: dice.id(joined), words, city, phone: phone(dice, city) }
        })
        .collect()
}

fn doctors(
    dice: &mut Dice,
    joined: Timestamp,
    now: Timestamp,
    centres: &[Centre],
    accounts: &mut Vec<Account>,
) -> Vec<Doctor> {
    let mut doctors: Vec<Doctor> = Vec::with_capacity(DOCTORS);
    for index in 0..DOCTORS {
        // Round after round of specialties, each round beginning in another city, so that both are spread.
        let specialty = &SPECIALTIES[(index + 1) % SPECIALTIES.len()];
        let city = &CITIES[(index + index / SPECIALTIES.len() * 3) % CITIES.len()];
        let first = index == 0;
        let woman = first || dice.chance(50);
        let (name, slug) = if first {
            ("Nusrat Rahman".to_owned(), "nusrat-rahman".to_owned())
        } else {
            new_name(dice, city, woman, |slug| doctors.iter().any(|doctor| doctor.slug == slug))
        };
        let mut languages: Vec<String> = city.languages.iter().map(ToString::to_string).collect();
        for more in city.more_languages {
            if dice.chance(45) {
                languages.push((*more).to_owned());
            }
        }
        let since = i32::try_from(dice.between(1994, 2019)).unwrap_or(2010);
        let centre = centres.iter().find(|centre| centre.city.name == city.name).filter(|_| first || dice.chance(60));
        let account = dice.id(joined);
        let email = if first { format!("doctor@{DOMAIN}") } else { format!("{}@{DOMAIN}", slug.replace('-', ".")) };
        let full_name = format!("Dr {name}");
        accounts.push(Account {
            id: account,
            email,
            name: full_name.clone(),
            role: "doctor",
            zone: city.zone,
            exempt: first,
        });
        let biography = biography(dice, &full_name, woman, city, specialty, since);
        doctors.push(Doctor {
            id: dice.id(joined),
            account,
            name: full_name,
            woman,
            slug,
            city,
            specialty,
            languages,
            since,
            biography,
            registration_no: format!("{}{}", city.registration_prefix, dice.between(10_000, 99_999)),
            centre: centre.map(|centre| centre.id),
            fee: fee(dice, city, since, now),
        });
    }
    doctors
}

/// More years, more money, in whole dollars.
fn fee(dice: &mut Dice, city: &City, since: i32, now: Timestamp) -> i64 {
    let years = i64::from(i32::from(now.date_in(&Zone::utc()).jiff().year()) - since).clamp(0, 30);
    let (low, high) = city.fee;
    let dollars = low + (high - low) * years / 30 + dice.between(-2, 2);
    dollars.max(low) * 100
}

fn biography(dice: &mut Dice, name: &str, woman: bool, city: &City, specialty: &Specialty, since: i32) -> String {
    let she = if woman { "She" } else { "He" };
    let her = if woman { "her" } else { "his" };
    let article = if specialty.noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    let noun = specialty.noun;
    let interest = dice.pick(specialty.interests);
    let manner = dice.pick(specialty.manner);
    let place = city.name;
    let training = dice.pick(&[
        "trained at a university hospital before opening a practice of",
        "worked in the wards of a public hospital for eight years and now runs a practice of",
        "spent years in a rural district before coming back to the city and to a practice of",
    ]);
    format!(
        "{name} is {article} {noun} in {place}, with a special interest in {interest}. {she} has practised since {since}, \
         {training} {her} own. {manner}"
    )
}

fn patients(dice: &mut Dice, joined: Timestamp, accounts: &mut Vec<Account>) -> Vec<Patient> {
    let mut patients: Vec<Patient> = Vec::with_capacity(PATIENTS);
    let mut taken = Vec::new();
    for index in 0..PATIENTS {
        let first = index == 0;
        let city = if first { city("Dhaka") } else { &CITIES[(index * 5) % CITIES.len()] };
        let woman = first || dice.chance(52);
        let (name, slug) = if first {
            ("Maria Gomes".to_owned(), "maria-gomes".to_owned())
        } else {
            new_name(dice, city, woman, |slug| taken.contains(&slug.to_owned()))
        };
        taken.push(slug.clone());
        let email =
            if first { format!("patient@{DOMAIN}") } else { format!("{}@patients.{DOMAIN}", slug.replace('-', ".")) };
        let account = dice.id(joined);
        accounts.push(Account {
            id: account,
            email,
            name: name.clone(),
            role: "patient",
            zone: city.zone,
            exempt: first,
        });
        let (year, month, day) = (dice.between(1948, 2006), dice.between(1, 12), dice.between(1, 28));
        let birth = if first { (1989, 3, 14) } else { (year, month, day) };
        let record = dice.text(RECORD_ALPHABET, 8);
        patients.push(Patient {
            id: dice.id(joined),
            account,
            name,
            woman,
            birth: date(birth),
            city,
            record_no: format!("{}-{}", &record[..4], &record[4..]),
            phone: phone(dice, city),
        });
    }
    patients
}

fn date((year, month, day): (i64, i64, i64)) -> LocalDate {
    let date = i16::try_from(year).ok().zip(i8::try_from(month).ok()).zip(i8::try_from(day).ok());
    date.and_then(|((year, month), day)| LocalDate::from_ymd(year, month, day))
        .unwrap_or_else(|| LocalDate::from_jiff(jiff::civil::date(1980, 1, 1)))
}

/// A name of the place whose web path nobody has yet.
fn new_name(dice: &mut Dice, city: &City, woman: bool, taken: impl Fn(&str) -> bool) -> (String, String) {
    let given = if woman { city.names.women } else { city.names.men };
    loop {
        let name = format!("{} {}", dice.pick(given), dice.pick(city.names.families));
        let slug = plain(&name);
        let halves = slug.split_once('-').is_some_and(|(given, family)| given == family);
        if !halves && !taken(&slug) {
            return (name, slug);
        }
    }
}

fn phone(dice: &mut Dice, city: &City) -> String {
    let length = if city.country == "US" { 12 } else { 13 };
    format!("{}{}", city.phone, dice.text("0123456789", length - city.phone.len()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn a_cast() -> Cast {
        cast(&mut Dice::seeded(1), Timestamp::from_unix_seconds(1_795_000_000))
    }

    #[test]
    fn the_same_seed_casts_the_same_people() {
        let names = |cast: &Cast| cast.doctors.iter().map(|doctor| doctor.biography.clone()).collect::<Vec<_>>();
        assert_eq!(names(&a_cast()), names(&a_cast()));
    }

    #[test]
    fn a_hundred_and_twenty_doctors_of_twenty_specialties_in_many_zones() {
        let cast = a_cast();
        let distinct = |of: fn(&Doctor) -> String| cast.doctors.iter().map(of).collect::<BTreeSet<_>>().len();
        assert_eq!(cast.doctors.len(), 120);
        assert_eq!(distinct(|doctor| doctor.slug.clone()), 120);
        assert_eq!(distinct(|doctor| doctor.specialty.code.to_owned()), 20);
        assert!(distinct(|doctor| doctor.city.zone.to_owned()) >= 15);
        assert_eq!(
            cast.accounts.iter().map(|account| &account.email).collect::<BTreeSet<_>>().len(),
            cast.accounts.len()
        );
    }

    #[test]
    fn the_doctor_of_the_first_journey_is_there() {
        let doctor = &a_cast().doctors[0];
        assert_eq!(
            (doctor.name.as_str(), doctor.specialty.code, doctor.city.name),
            ("Dr Nusrat Rahman", "dermatology", "Dhaka")
        );
        assert!(doctor.languages.contains(&"bn".to_owned()));
    }
}
