//! How much speaks for one person, in bits.
//!
//! For each field, `m` is how often it agrees in two records of one person, and `u` how often in two of two people. Agreement adds
//! log2(m/u), disagreement log2((1-m)/(1-u)) (I. P. Fellegi and A. B. Sunter, A Theory for Record Linkage, Journal of the American
//! Statistical Association 64, 1969). The fields are taken as independent, which twins, and parents who give their name on, are not;
//! the rules at the end know them. The figures are estimates for a hospital of mixed origins, not measured here.

use std::cmp::Ordering;

use kernel::{LocalDate, Sex};

use super::{
    config::Thresholds,
    model::{Band, Person, Reason},
    names::{self, Likeness},
};

struct Field {
    m: f64,
    u: f64,
}

impl Field {
    fn agrees(&self) -> f64 {
        (self.m / self.u).log2()
    }

    fn disagrees(&self) -> f64 {
        ((1.0 - self.m) / (1.0 - self.u)).log2()
    }
}

const GIVEN: Field = Field { m: 0.95, u: 0.005 };
const FAMILY: Field = Field { m: 0.95, u: 0.004 };
/// Of a name that is spelt otherwise: Winkler's interpolation between agreement and nothing.
const ALIKE: f64 = 0.78;
/// Some 60 years of birthdays.
const BIRTH: Field = Field { m: 0.95, u: 1.0 / 22_000.0 };
/// Stands for "unknown" in many registers.
const FIRST_JANUARY: Field = Field { m: 0.95, u: 1.0 / 300.0 };
/// A slip of the pen; some twenty days are one slip away from any.
const NEAR: Field = Field { m: 0.02, u: 1.0 / 1_000.0 };
const SEX: Field = Field { m: 0.98, u: 0.5 };
/// Families share numbers, and people change theirs.
const PHONE: Field = Field { m: 0.7, u: 0.0005 };
const EMAIL: Field = Field { m: 0.6, u: 0.0001 };
/// Years between a parent and a child of the same name.
const GENERATION: i16 = 12;

/// What was found of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// Tenths of a bit.
    pub score: i32,
    /// None below the lowest threshold.
    pub band: Option<Band>,
    pub reasons: Vec<Reason>,
}

/// Compare two people field by field. Which of them comes first makes no difference.
pub fn weigh(one: &Person, other: &Person, thresholds: Thresholds) -> Weighed {
    let (one_words, other_words) = (names::words(&one.full_name), names::words(&other.full_name));
    let likeness = names::compare(&one_words, &other_words);
    let single = one_words.len() == 1 && other_words.len() == 1;
    let parts = [
        Some(name(likeness, single)),
        Some(birth(one.birth_date, other.birth_date)),
        sex(one.sex, other.sex),
        phone(&one.phones, &other.phones),
        email(one.email.as_deref(), other.email.as_deref()),
    ];
    let mut bits = 0.0;
    let mut reasons = Vec::new();
    for (weight, reason) in parts.into_iter().flatten() {
        bits += weight;
        reasons.push(reason);
    }
    let score = tenths(bits);
    let cap = family(likeness, one.birth_date, other.birth_date, &mut reasons);
    let band = thresholds.band(score).map(|band| cap.map_or(band, |most| band.min(most)));
    Weighed { score, band, reasons }
}

/// Bits are some tens; nothing is lost.
#[expect(clippy::cast_possible_truncation, reason = "the sum of five weights is far below what an i32 holds")]
fn tenths(bits: f64) -> i32 {
    (bits * 10.0).round() as i32
}

fn name(likeness: Likeness, single: bool) -> (f64, Reason) {
    let whole = if single { GIVEN.agrees() } else { GIVEN.agrees() + FAMILY.agrees() };
    match likeness {
        Likeness::Same => (whole, Reason::NameSame),
        Likeness::Alike => (whole * ALIKE, Reason::NameAlike),
        Likeness::Partly { .. } => (FAMILY.agrees() + GIVEN.disagrees(), Reason::NamePartly),
        Likeness::Different => (GIVEN.disagrees() + FAMILY.disagrees(), Reason::NameDiffers),
        Likeness::Incomparable => (0.0, Reason::NameOtherScript),
    }
}

fn birth(one: Option<LocalDate>, other: Option<LocalDate>) -> (f64, Reason) {
    let (Some(one), Some(other)) = (one, other) else { return (0.0, Reason::BirthMissing) };
    let day = one.jiff();
    if one == other && (day.month(), day.day()) == (1, 1) {
        (FIRST_JANUARY.agrees(), Reason::BirthFirstJanuary)
    } else if one == other {
        (BIRTH.agrees(), Reason::BirthSame)
    } else if is_near(one, other) {
        (NEAR.agrees(), Reason::BirthNear)
    } else {
        (BIRTH.disagrees(), Reason::BirthDiffers)
    }
}

/// Day and month exchanged, or one digit wrong.
fn is_near(one: LocalDate, other: LocalDate) -> bool {
    let (a, b) = (one.jiff(), other.jiff());
    let exchanged = a.year() == b.year() && (a.month(), a.day()) == (b.day(), b.month());
    let differing = one.to_string().chars().zip(other.to_string().chars()).filter(|(a, b)| a != b).count();
    exchanged || differing == 1
}

fn sex(one: Sex, other: Sex) -> Option<(f64, Reason)> {
    if one == Sex::Unknown || other == Sex::Unknown {
        return None;
    }
    Some(if one == other { (SEX.agrees(), Reason::SexSame) } else { (SEX.disagrees(), Reason::SexDiffers) })
}

fn phone(one: &[String], other: &[String]) -> Option<(f64, Reason)> {
    if one.is_empty() || other.is_empty() {
        return None;
    }
    let shared = one.iter().any(|number| other.contains(number));
    Some(if shared { (PHONE.agrees(), Reason::PhoneSame) } else { (PHONE.disagrees(), Reason::PhoneDiffers) })
}

/// No two accounts have one address, but one mailbox has many: what follows a plus is the owner's own mark. That two addresses differ
/// says nothing.
fn email(one: Option<&str>, other: Option<&str>) -> Option<(f64, Reason)> {
    let mailbox = |address: &str| {
        let (local, host) = address.split_once('@')?;
        let local = local.split('+').next().unwrap_or(local);
        Some(format!("{}@{}", local.to_lowercase(), host.to_lowercase()))
    };
    (mailbox(one?)? == mailbox(other?)?).then(|| (EMAIL.agrees(), Reason::EmailAlike))
}

/// The most that a pair can be whose likeness a family explains.
fn family(
    likeness: Likeness,
    one: Option<LocalDate>,
    other: Option<LocalDate>,
    reasons: &mut Vec<Reason>,
) -> Option<Band> {
    let (one, other) = (one?, other?);
    let years = (one.jiff().year() - other.jiff().year()).abs();
    match likeness {
        Likeness::Partly { first: false } | Likeness::Different if one == other => {
            reasons.push(Reason::PerhapsTwins);
            Some(Band::Low)
        }
        // The same given name and another family name: married, perhaps. Somebody looks.
        Likeness::Partly { first: true } if one == other => Some(Band::Medium),
        Likeness::Same | Likeness::Alike if years.cmp(&GENERATION) != Ordering::Less && !is_near(one, other) => {
            reasons.push(Reason::PerhapsParentAndChild);
            Some(Band::Low)
        }
        _ => None,
    }
}
