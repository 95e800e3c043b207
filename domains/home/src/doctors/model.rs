//! A doctor as the public sees one.

use std::sync::Arc;

use kernel::{
    LocalDate, Money, Timestamp, Zone,
    ids::{FacilityId, PractitionerId, ServiceId},
};
use scheduling::slots::{Mode, Slot};
use serde::Deserialize;

use super::likeness::Text;

#[derive(Clone, Debug)]
pub(crate) struct Doctor {
    pub(crate) id: PractitionerId,
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) gender: String,
    pub(crate) qualification: String,
    pub(crate) registration_no: String,
    pub(crate) practising_since: Option<i32>,
    pub(crate) biography: String,
    pub(crate) languages: Vec<String>,
    pub(crate) specialties: Vec<String>,
    pub(crate) city: String,
    pub(crate) country: String,
    pub(crate) zone: Zone,
    pub(crate) licence_checked_on: Option<LocalDate>,
    pub(crate) reviews: i64,
    /// From 1 to 5; `None` until enough patients have rated.
    pub(crate) score: Option<f64>,
    /// Cheapest first.
    pub(crate) offers: Vec<Offer>,
    pub(crate) distance_m: Option<f64>,
}

/// One way to see this doctor, with its price.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Offer {
    pub(crate) service: ServiceId,
    pub(crate) mode: Mode,
    pub(crate) minutes: i64,
    pub(crate) price: Money,
    pub(crate) approval: bool,
    pub(crate) place: Option<String>,
    pub(crate) street: Option<String>,
    pub(crate) place_city: Option<String>,
}

/// A doctor as kept between requests, with what is searched.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) doctor: Arc<Doctor>,
    /// Names, places and biography.
    pub(super) text: Text,
    pub(crate) sites: Vec<Site>,
    pub(crate) priced: Priced,
}

/// A health centre where a doctor practises.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Site {
    pub(crate) id: FacilityId,
    pub(crate) name: String,
    pub(crate) city: String,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
}

/// The moments for which prices hold: from the first to before the second. `None`: without an end on that side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Priced {
    pub(crate) since: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
}

impl Priced {
    pub(crate) fn answers(self, now: Timestamp) -> bool {
        self.since.is_none_or(|since| since <= now) && self.until.is_none_or(|until| now < until)
    }

    /// The moments for which both hold.
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        let until = [self.until, other.until].into_iter().flatten().min();
        Self { since: self.since.max(other.since), until }
    }
}

/// A doctor with the next free times.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) doctor: Doctor,
    pub(crate) next: Vec<Slot>,
}

/// A number under which no score is shown: one friend is not a rating.
pub(crate) const ENOUGH_REVIEWS: i64 = 5;

impl Doctor {
    /// The cheapest offer in this mode, or at all.
    pub(crate) fn cheapest(&self, mode: Option<Mode>) -> Option<&Offer> {
        self.offers.iter().find(|offer| mode.is_none_or(|mode| offer.mode == mode))
    }

    /// Modes on offer, in the order of [`Mode::ALL`].
    pub(crate) fn modes(&self) -> Vec<Mode> {
        Mode::ALL.into_iter().filter(|mode| self.offers.iter().any(|offer| offer.mode == *mode)).collect()
    }

    pub(crate) fn shown_score(&self) -> Option<f64> {
        self.score.filter(|_| self.reviews >= ENOUGH_REVIEWS)
    }
}

/// At most two letters that stand for a name; titles are left out.
pub(crate) fn initials(name: &str) -> String {
    let parts: Vec<&str> = name.split_whitespace().filter(|part| !is_title(part)).collect();
    let letters = [parts.first(), parts.get(1..).and_then(<[&str]>::last)];
    letters.into_iter().flatten().filter_map(|part| part.chars().next()).flat_map(char::to_uppercase).collect()
}

fn is_title(part: &str) -> bool {
    matches!(part.trim_end_matches('.').to_lowercase().as_str(), "dr" | "prof" | "mr" | "mrs" | "ms" | "د" | "أ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_leave_titles_out_and_take_first_and_last() {
        assert_eq!(initials("Dr Nusrat Jahan Rahman"), "NR");
        assert_eq!(initials("Suharto"), "S");
        assert_eq!(initials("د. نصرت رحمن"), "نر");
        assert_eq!(initials(""), "");
    }
}
