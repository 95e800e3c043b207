//! Where doctors practise. Many share a place, so distances are measured to places.

use std::collections::HashMap;

use kernel::ids::FacilityId;

use crate::doctors::{criteria::Point, model::Site};

/// The sphere of PostgreSQL's `earthdistance`, in metres.
const EARTH: f64 = 6_378_168.0;

#[derive(Debug, Default)]
pub(super) struct Sites {
    points: Vec<[f64; 3]>,
    /// Who practises at each.
    doctors: Vec<Vec<usize>>,
    /// Where each practises.
    of: Vec<Vec<usize>>,
}

/// Metres to every site.
#[derive(Debug)]
pub(super) struct Measured(Vec<f64>);

impl Sites {
    pub(super) fn new<'a>(doctors: impl Iterator<Item = &'a [Site]>) -> Self {
        let mut sites = Self::default();
        let mut numbers: HashMap<(FacilityId, [u64; 2]), usize> = HashMap::new();
        for (doctor, places) in doctors.enumerate() {
            sites.of.push(Vec::with_capacity(places.len()));
            for place in places {
                let at = [place.latitude.to_bits(), place.longitude.to_bits()];
                let number = *numbers.entry((place.id, at)).or_insert_with(|| {
                    sites.points.push(on_sphere(Point { latitude: place.latitude, longitude: place.longitude }));
                    sites.doctors.push(Vec::new());
                    sites.points.len() - 1
                });
                if sites.doctors[number].last() != Some(&doctor) {
                    sites.doctors[number].push(doctor);
                    sites.of[doctor].push(number);
                }
            }
        }
        sites
    }

    pub(super) fn measured(&self, from: Point) -> Measured {
        let from = on_sphere(from);
        Measured(self.points.iter().map(|point| apart(from, *point)).collect())
    }

    /// To the nearest place of a doctor's.
    pub(super) fn nearest(&self, measured: &Measured, doctor: usize) -> Option<f64> {
        let places = self.of.get(doctor)?.iter().map(|site| measured.0[*site]);
        places.min_by(f64::total_cmp)
    }

    /// Doctors with a place within so many metres; some stand here more than once.
    pub(super) fn within<'a>(&'a self, measured: &'a Measured, metres: f64) -> impl Iterator<Item = usize> + 'a {
        let near = self.doctors.iter().zip(&measured.0).filter(move |(_, far)| **far <= metres);
        near.flat_map(|(doctors, _)| doctors.iter().copied())
    }

    /// Sites, nearest first, with their doctors.
    pub(super) fn outwards<'a>(&'a self, measured: &'a Measured) -> Vec<(f64, &'a [usize])> {
        let mut sites: Vec<(f64, &[usize])> =
            measured.0.iter().copied().zip(self.doctors.iter().map(Vec::as_slice)).collect();
        sites.sort_by(|one, other| one.0.total_cmp(&other.0));
        sites
    }
}

fn on_sphere(Point { latitude, longitude }: Point) -> [f64; 3] {
    let (latitude, longitude) = (latitude.to_radians(), longitude.to_radians());
    [EARTH * latitude.cos() * longitude.cos(), EARTH * latitude.cos() * longitude.sin(), EARTH * latitude.sin()]
}

/// Along the great circle, as `earth_distance` has it: from the chord.
fn apart(one: [f64; 3], other: [f64; 3]) -> f64 {
    let chord = one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt();
    2.0 * EARTH * (chord / (2.0 * EARTH)).min(1.0).asin()
}
