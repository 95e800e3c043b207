//! Fifteen health centres. The coordinates are those of the streets named; the centres are invented.

/// A health centre.
#[derive(Debug)]
pub(in crate::demo) struct Centre {
    pub(in crate::demo) name: &'static str,
    pub(in crate::demo) kind: &'static str,
    pub(in crate::demo) street: &'static str,
    pub(in crate::demo) city: &'static str,
    pub(in crate::demo) latitude: f64,
    pub(in crate::demo) longitude: f64,
}

macro_rules! centre {
    ($name:literal, $kind:literal, $street:literal, $city:literal, $latitude:literal, $longitude:literal) => {
        Centre { name: $name, kind: $kind, street: $street, city: $city, latitude: $latitude, longitude: $longitude }
    };
}

pub(in crate::demo) const CENTRES: &[Centre] = &[
    centre!(
        "Dhanmondi Lakeside Health Centre",
        "health_centre",
        "House 42, Road 8A, Dhanmondi",
        "Dhaka",
        23.7461,
        90.3742
    ),
    centre!("Agrabad Clinic", "clinic", "118 Sheikh Mujib Road, Agrabad", "Chattogram", 22.3253, 91.8110),
    centre!("Indiranagar Family Clinic", "clinic", "204, 100 Feet Road, Indiranagar", "Bengaluru", 12.9719, 77.6412),
    centre!("Bandra Seaview Hospital", "hospital", "31 Hill Road, Bandra West", "Mumbai", 19.0544, 72.8288),
    centre!("Gulberg Health Centre", "health_centre", "72 Main Boulevard, Gulberg III", "Lahore", 31.5102, 74.3441),
    centre!("Camden Canal Practice", "clinic", "15 Jamestown Road, Camden", "London", 51.5392, -0.1466),
    centre!("Kreuzberg Ärztehaus", "health_centre", "Bergmannstraße 88", "Berlin", 52.4893, 13.3920),
    centre!("Centre de Santé Oberkampf", "health_centre", "61 Rue Oberkampf", "Paris", 48.8648, 2.3737),
    centre!("Clínica Chamberí", "clinic", "Calle de Fuencarral 129", "Madrid", 40.4322, -3.7027),
    centre!("Zamalek Nile Clinic", "clinic", "26 Hassan Sabry Street, Zamalek", "Cairo", 30.0619, 31.2203),
    centre!("Westlands Community Hospital", "hospital", "9 Waiyaki Way, Westlands", "Nairobi", -1.2676, 36.8070),
    centre!("Ikeja Health Centre", "health_centre", "27 Allen Avenue, Ikeja", "Lagos", 6.6018, 3.3515),
    centre!("Park Slope Medical", "clinic", "340 Seventh Avenue, Brooklyn", "New York", 40.6668, -73.9816),
    centre!("Clínica Pinheiros", "clinic", "Rua dos Pinheiros 740", "São Paulo", -23.5666, -46.6870),
    centre!("Setagaya Family Hospital", "hospital", "2-14 Sangenjaya, Setagaya", "Tokyo", 35.6436, 139.6699),
];

#[cfg(test)]
mod tests {
    use super::super::cities::CITIES;
    use super::*;

    #[test]
    fn fifteen_centres_stand_in_cities_that_are_known() {
        assert_eq!(CENTRES.len(), 15);
        for centre in CENTRES {
            assert!(CITIES.iter().any(|city| city.name == centre.city), "{}", centre.city);
        }
    }
}
