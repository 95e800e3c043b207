use super::*;
use crate::safety::Answered;

type AtFiltration<'a> = (&'a str, f64, Frequency, u32, Option<Severity>, &'a str);
type Bearing<'a> = (&'a str, &'a Person, Option<(&'a str, Severity)>, &'a str);

fn worst(q: &str, dose: f64, frequency: Frequency, who: &Person) -> Option<(String, Severity)> {
    for_person(q, dose, frequency, who).into_iter().next().map(|alert| (alert.rule, alert.severity))
}

#[test]
fn kidney_function_lowers_and_forbids_as_the_cited_sources_say() {
    use Severity::{Contraindicated, Moderate, Serious};
    let with = |egfr| Person { egfr: Some(egfr), ..ADULT };
    let table: &[AtFiltration<'_>] = &[
        ("metformin 500", 1.0, Frequency::Bid, 29, Some(Contraindicated), "FDA 2016: not below 30"),
        ("metformin 500", 1.0, Frequency::Bid, 40, None, "FDA 2016: up to 1 g at 30 to 45"),
        ("metformin 500", 2.0, Frequency::Bid, 40, Some(Serious), "FDA 2016"),
        ("metformin 500", 2.0, Frequency::Bid, 45, None, "FDA 2016"),
        ("nitrofurantoin", 1.0, Frequency::Bid, 40, Some(Serious), "BNF: avoid below 45"),
        ("nitrofurantoin", 1.0, Frequency::Bid, 25, Some(Contraindicated), "BNF"),
        ("ibuprofen 400", 1.0, Frequency::Tid, 25, Some(Serious), "KDIGO 2024"),
        ("ibuprofen 400", 1.0, Frequency::Tid, 50, Some(Moderate), "KDIGO 2024"),
        ("gabapentin 300", 1.0, Frequency::Tid, 25, Some(Serious), "label: 200 to 700 mg a day"),
        ("gabapentin 300", 1.0, Frequency::Bid, 25, None, "label"),
        ("pregabalin 75", 1.0, Frequency::Tid, 25, Some(Serious), "label: 150 mg a day"),
        ("dabigatran", 1.0, Frequency::Bid, 25, Some(Contraindicated), "label"),
        ("rosuvastatin 20", 1.0, Frequency::Qd, 25, Some(Serious), "label: 10 mg"),
        ("levofloxacin 750", 1.0, Frequency::Qd, 45, Some(Moderate), "label"),
        ("methotrexate 2.5", 4.0, Frequency::Qw, 25, Some(Contraindicated), "BNF"),
    ];
    for (q, dose, frequency, egfr, expected, source) in table {
        let found = worst(q, *dose, *frequency, &with(*egfr)).map(|(_, severity)| severity);
        assert_eq!(found, *expected, "{q} at eGFR {egfr} ({source})");
    }
}

#[test]
fn ages_are_held_to_what_the_cited_sources_say() {
    use Severity::{Contraindicated, Moderate, Serious};
    let aged = |months| Person { age_months: Some(months), weight_grams: Some(60_000), ..ADULT };
    let table: &[(&str, u32, Option<Severity>, &str)] = &[
        ("codeine", 11 * 12, Some(Contraindicated), "FDA 2017: not below 12"),
        ("codeine", 15 * 12, Some(Moderate), "FDA 2017: warning below 18"),
        ("tramadol 50", 11 * 12, Some(Contraindicated), "FDA 2017"),
        ("aspirin 81", 12 * 12, Some(Contraindicated), "MHRA 2002: Reye's syndrome below 16"),
        ("aspirin 81", 16 * 12, None, "MHRA 2002"),
        ("doxycycline 100", 7 * 12, Some(Serious), "label: below 8"),
        ("doxycycline 100", 8 * 12, None, "label"),
        ("metoclopramide 10", 14 * 12, Some(Serious), "BNFc: second line below 18"),
        ("diphenhydramine 25 tablet", 70 * 12, Some(Moderate), "Beers 2023"),
        ("amitriptyline 25", 65 * 12, Some(Moderate), "Beers 2023"),
        ("amitriptyline 25", 64 * 12, None, "Beers 2023"),
    ];
    for (q, months, expected, source) in table {
        let alerts = for_person(q, 1.0, Frequency::Qd, &aged(*months));
        let found = alerts.iter().find(|alert| alert.rule == "age").map(|alert| alert.severity);
        assert_eq!(found, *expected, "{q} at {} years ({source})", months / 12);
    }
}

#[test]
fn pregnancy_and_breast_feeding_forbid_as_the_cited_sources_say() {
    use Severity::{Contraindicated, Moderate, Serious};
    let pregnant = Person { pregnant: Answered::Yes, ..ADULT };
    let feeding = Person { breastfeeding: Answered::Yes, ..ADULT };
    let unasked = Person { pregnant: Answered::NotAsked, ..ADULT };
    let table: &[Bearing<'_>] = &[
        ("isotretinoin", &pregnant, Some(("pregnancy", Contraindicated)), "label"),
        ("lisinopril 10", &pregnant, Some(("pregnancy", Contraindicated)), "label, boxed warning"),
        ("losartan 50", &pregnant, Some(("pregnancy", Contraindicated)), "label, boxed warning"),
        ("warfarin", &pregnant, Some(("pregnancy", Contraindicated)), "label"),
        ("valproic", &pregnant, Some(("pregnancy", Contraindicated)), "label, boxed warning"),
        ("ibuprofen 400", &pregnant, Some(("pregnancy", Serious)), "FDA 2020: from week 20"),
        ("atorvastatin 20", &pregnant, Some(("pregnancy", Serious)), "FDA 2021: stop in most"),
        ("doxycycline 100", &pregnant, Some(("pregnancy", Serious)), "label"),
        ("amoxicillin 500 capsule", &pregnant, None, "BNF: not known to be harmful"),
        ("acetaminophen 500 tablet", &pregnant, None, "BNF"),
        ("isotretinoin", &unasked, Some(("pregnancy-possible", Moderate)), "label: pregnancy test"),
        ("amoxicillin 500 capsule", &unasked, None, "nothing to ask for"),
        ("codeine", &feeding, Some(("breastfeeding", Serious)), "FDA 2017"),
        ("lithium", &feeding, Some(("breastfeeding", Serious)), "LactMed"),
        ("methotrexate 2.5", &feeding, Some(("breastfeeding", Contraindicated)), "label"),
        ("ibuprofen 400", &feeding, None, "LactMed: compatible"),
    ];
    for (q, who, expected, source) in table {
        let alerts = for_person(q, 1.0, Frequency::Stat, who);
        let found = alerts.first().map(|alert| (alert.rule.as_str(), alert.severity));
        assert_eq!(found, *expected, "{q} ({source})");
    }
}

#[test]
fn unknown_kidneys_are_said_in_old_age_and_folded_away() {
    let who = Person { age_months: Some(70 * 12), egfr: None, ..ADULT };
    assert_eq!(worst("metformin 500", 1.0, Frequency::Bid, &who), Some(("kidney-unknown".to_owned(), Severity::Minor)));
}
