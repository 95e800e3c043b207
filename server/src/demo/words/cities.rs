//! The cities where doctors of the demonstration live.

use super::names::{self, Names};

/// A city with its country's customs.
#[derive(Debug)]
pub(in crate::demo) struct City {
    pub(in crate::demo) name: &'static str,
    pub(in crate::demo) country: &'static str,
    pub(in crate::demo) zone: &'static str,
    /// Spoken by every doctor there, the first one first.
    pub(in crate::demo) languages: &'static [&'static str],
    /// Spoken by some.
    pub(in crate::demo) more_languages: &'static [&'static str],
    pub(in crate::demo) names: &'static Names,
    pub(in crate::demo) registration_body: &'static str,
    pub(in crate::demo) registration_prefix: &'static str,
    /// What a video visit of twenty minutes costs there, in whole US dollars, from and to.
    pub(in crate::demo) fee: (i64, i64),
    /// Weekdays without practice, Monday is 1.
    pub(in crate::demo) days_off: &'static [i8],
    /// The start of a telephone number there; digits follow.
    pub(in crate::demo) phone: &'static str,
}

const SATURDAY_SUNDAY: &[i8] = &[6, 7];
const FRIDAY: &[i8] = &[5];
const SUNDAY: &[i8] = &[7];

macro_rules! city {
    ($name:literal, $country:literal, $zone:literal, [$($language:literal),+], [$($more:literal),*], $names:ident,
     $body:literal, $prefix:literal, $fee:expr, $off:ident, $phone:literal) => {
        City { name: $name, country: $country, zone: $zone, languages: &[$($language),+], more_languages: &[$($more),*],
               names: &names::$names, registration_body: $body, registration_prefix: $prefix, fee: $fee, days_off: $off, phone: $phone }
    };
}

pub(in crate::demo) const CITIES: &[City] = &[
    city!(
        "Dhaka",
        "BD",
        "Asia/Dhaka",
        ["bn", "en"],
        ["hi"],
        BENGALI,
        "Bangladesh Medical and Dental Council",
        "A-",
        (12, 24),
        FRIDAY,
        "+88017"
    ),
    city!(
        "Chattogram",
        "BD",
        "Asia/Dhaka",
        ["bn", "en"],
        ["ar"],
        BENGALI,
        "Bangladesh Medical and Dental Council",
        "A-",
        (10, 20),
        FRIDAY,
        "+88018"
    ),
    city!(
        "Bengaluru",
        "IN",
        "Asia/Kolkata",
        ["en", "hi"],
        ["bn"],
        INDIAN,
        "Karnataka Medical Council",
        "KMC-",
        (12, 26),
        SUNDAY,
        "+9198"
    ),
    city!(
        "Mumbai",
        "IN",
        "Asia/Kolkata",
        ["hi", "en"],
        ["bn", "ur"],
        INDIAN,
        "Maharashtra Medical Council",
        "MMC-",
        (14, 30),
        SUNDAY,
        "+9197"
    ),
    city!(
        "Lahore",
        "PK",
        "Asia/Karachi",
        ["ur", "en"],
        [],
        PAKISTANI,
        "Pakistan Medical and Dental Council",
        "PMDC-",
        (10, 22),
        SUNDAY,
        "+92300"
    ),
    city!(
        "London",
        "GB",
        "Europe/London",
        ["en"],
        ["bn", "fr", "ar", "hi"],
        BRITISH,
        "General Medical Council",
        "GMC-",
        (45, 95),
        SATURDAY_SUNDAY,
        "+447700"
    ),
    city!(
        "Manchester",
        "GB",
        "Europe/London",
        ["en"],
        ["ur", "es"],
        BRITISH,
        "General Medical Council",
        "GMC-",
        (40, 85),
        SATURDAY_SUNDAY,
        "+447700"
    ),
    city!(
        "Berlin",
        "DE",
        "Europe/Berlin",
        ["de", "en"],
        ["tr", "ar"],
        GERMAN,
        "Ärztekammer Berlin",
        "AEKB-",
        (45, 90),
        SATURDAY_SUNDAY,
        "+49151"
    ),
    city!(
        "Paris",
        "FR",
        "Europe/Paris",
        ["fr", "en"],
        ["ar", "es"],
        FRENCH,
        "Ordre National des Médecins",
        "RPPS-",
        (40, 85),
        SATURDAY_SUNDAY,
        "+33612"
    ),
    city!(
        "Madrid",
        "ES",
        "Europe/Madrid",
        ["es", "en"],
        ["fr"],
        SPANISH,
        "Colegio de Médicos de Madrid",
        "28-",
        (35, 75),
        SATURDAY_SUNDAY,
        "+34612"
    ),
    city!(
        "Cairo",
        "EG",
        "Africa/Cairo",
        ["ar", "en"],
        ["fr"],
        EGYPTIAN,
        "Egyptian Medical Syndicate",
        "EMS-",
        (14, 32),
        FRIDAY,
        "+2010"
    ),
    city!(
        "Dubai",
        "AE",
        "Asia/Dubai",
        ["ar", "en"],
        ["hi", "ur"],
        EGYPTIAN,
        "Dubai Health Authority",
        "DHA-",
        (50, 110),
        SATURDAY_SUNDAY,
        "+97150"
    ),
    city!(
        "Nairobi",
        "KE",
        "Africa/Nairobi",
        ["en", "sw"],
        [],
        KENYAN,
        "Kenya Medical Practitioners and Dentists Council",
        "KMPDC-",
        (14, 34),
        SUNDAY,
        "+25471"
    ),
    city!(
        "Lagos",
        "NG",
        "Africa/Lagos",
        ["en"],
        [],
        NIGERIAN,
        "Medical and Dental Council of Nigeria",
        "MDCN-",
        (14, 34),
        SUNDAY,
        "+23480"
    ),
    city!(
        "New York",
        "US",
        "America/New_York",
        ["en"],
        ["es", "bn"],
        AMERICAN,
        "New York State Board for Medicine",
        "NY-",
        (70, 160),
        SATURDAY_SUNDAY,
        "+1212555"
    ),
    city!(
        "Chicago",
        "US",
        "America/Chicago",
        ["en"],
        ["es"],
        AMERICAN,
        "Illinois Department of Professional Regulation",
        "IL-",
        (65, 140),
        SATURDAY_SUNDAY,
        "+1312555"
    ),
    city!(
        "Los Angeles",
        "US",
        "America/Los_Angeles",
        ["en", "es"],
        [],
        AMERICAN,
        "Medical Board of California",
        "CA-",
        (70, 150),
        SATURDAY_SUNDAY,
        "+1213555"
    ),
    city!(
        "São Paulo",
        "BR",
        "America/Sao_Paulo",
        ["pt", "en"],
        ["es"],
        BRAZILIAN,
        "Conselho Regional de Medicina de São Paulo",
        "CRM-SP-",
        (25, 60),
        SATURDAY_SUNDAY,
        "+55119"
    ),
    city!(
        "Tokyo",
        "JP",
        "Asia/Tokyo",
        ["ja", "en"],
        [],
        JAPANESE,
        "Ministry of Health, Labour and Welfare",
        "MHLW-",
        (45, 90),
        SATURDAY_SUNDAY,
        "+8190"
    ),
    city!(
        "Sydney",
        "AU",
        "Australia/Sydney",
        ["en"],
        ["ar"],
        BRITISH,
        "Medical Board of Australia",
        "MED-",
        (50, 100),
        SATURDAY_SUNDAY,
        "+6149157"
    ),
    city!(
        "Istanbul",
        "TR",
        "Europe/Istanbul",
        ["tr", "en"],
        ["ar", "de"],
        TURKISH,
        "İstanbul Tabip Odası",
        "ITO-",
        (20, 45),
        SATURDAY_SUNDAY,
        "+90532"
    ),
];

/// The city of that name.
pub(in crate::demo) fn city(name: &str) -> &'static City {
    CITIES.iter().find(|city| city.name == name).unwrap_or(&CITIES[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_exists() {
        for city in CITIES {
            assert!(city.zone.parse::<kernel::Zone>().is_ok(), "{}", city.zone);
            assert!(city.fee.0 < city.fee.1);
        }
    }
}
