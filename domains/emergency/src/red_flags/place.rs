//! Where somebody probably is, from the time zone their browser names: country and middle of the zone's city. From the IANA time zone
//! database (`zone.tab`, in the public domain).

use std::{collections::HashMap, sync::LazyLock};

use facilities::Point;
use kernel::Zone;

static ZONES: LazyLock<HashMap<&'static str, (&'static str, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("zones.tsv").lines();
    let fields = lines.filter_map(|line| {
        let (zone, rest) = line.split_once('\t')?;
        let (country, point) = rest.split_once('\t')?;
        Some((zone, (country, point)))
    });
    fields.collect()
});

/// A country, and a point where one is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// ISO 3166-1 alpha-2; `None` where nothing is known.
    pub country: Option<String>,
    pub point: Option<Point>,
    /// "Dhaka"; empty where only the country was chosen.
    pub city: String,
}

impl Place {
    /// The country that was chosen, else that of the zone. The point is the zone's, while it lies in that country.
    pub fn of(chosen: &str, zone: &Zone) -> Self {
        let here = ZONES.get(zone.name());
        let chosen = people::countries::is_known(chosen).then(|| chosen.to_owned());
        match (chosen, here) {
            (Some(chosen), Some((country, _))) if chosen != *country => {
                Self { country: Some(chosen), point: None, city: String::new() }
            }
            (_, Some((country, point))) => Self {
                country: Some((*country).to_owned()),
                point: point.replace('\t', ",").parse().ok(),
                city: zone.city(),
            },
            (chosen, None) => Self { country: chosen, point: None, city: String::new() },
        }
    }

    /// For counting: `ZZ` is nowhere (ISO 3166-1, for users to assign).
    pub fn country_code(&self) -> &str {
        self.country.as_deref().unwrap_or("ZZ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        name.parse().expect("a zone")
    }

    #[test]
    fn a_zone_says_where_somebody_is_and_a_choice_says_it_better() {
        let dhaka = Place::of("", &zone("Asia/Dhaka"));
        assert_eq!((dhaka.country.as_deref(), dhaka.city.as_str()), (Some("BD"), "Dhaka"));
        assert!(dhaka.point.is_some_and(|point| (point.latitude() - 23.72).abs() < 0.1));
        let chosen = Place::of("DE", &zone("Asia/Dhaka"));
        assert_eq!((chosen.country.as_deref(), chosen.point), (Some("DE"), None), "not where the zone is");
        assert_eq!(Place::of("BD", &zone("Asia/Dhaka")), dhaka);
        let nowhere = Place::of("XX", &Zone::utc());
        assert_eq!((nowhere.country.as_deref(), nowhere.country_code()), (None, "ZZ"));
    }

    #[test]
    fn every_zone_of_the_list_has_a_country_that_forms_offer_and_a_point() {
        for name in ZONES.keys() {
            let Ok(zone) = name.parse::<Zone>() else { continue };
            let place = Place::of("", &zone);
            let known =
                place.country.as_deref().is_some_and(|code| people::countries::is_known(code) || code.len() == 2);
            assert!(known && place.point.is_some(), "{name}");
        }
    }
}
