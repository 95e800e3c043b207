use chart::allergies::{Allergies, Answer, Category};

use super::*;
use crate::safety::allergy::{class_says, says};

fn alerts(queries: &[&str], allergies: &Allergies) -> Vec<(String, Severity)> {
    let how: Vec<(&Drug, Directions)> =
        queries.iter().map(|q| (drug(q), directions(drug(q), 1.0, Frequency::Tid))).collect();
    let items: Vec<Checked<'_>> =
        (1..).zip(&how).map(|(position, (drug, directions))| Checked { position, drug, directions }).collect();
    check(&items, allergies, &[], &ADULT).into_iter().map(|alert| (alert.rule, alert.severity)).collect()
}

#[test]
fn a_penicillin_allergy_stops_amoxicillin_and_warns_of_cefalexin() {
    let found = alerts(&["amoxicillin 500 capsule", "cephalexin"], &allergic_to("Penicillin", Category::Medicine));
    assert_eq!(
        found,
        [
            ("allergy-penicillins".to_owned(), Severity::Contraindicated),
            ("allergy-side-chain".to_owned(), Severity::Serious)
        ]
    );
}

#[test]
fn an_allergy_to_peanuts_stops_no_medicine() {
    assert!(alerts(&["amoxicillin 500 capsule"], &allergic_to("peanuts", Category::Food)).is_empty());
}

#[test]
fn a_medicine_we_cannot_read_is_left_to_the_doctors_eye() {
    let found = alerts(&["ibuprofen 400"], &allergic_to("the pink pill", Category::Medicine));
    assert_eq!(found, [("allergy-unclear".to_owned(), Severity::Moderate)]);
}

#[test]
fn nobody_having_asked_about_allergies_is_said_and_stops_nothing() {
    let unasked = Allergies { answer: Answer::NotAsked, items: vec![] };
    assert_eq!(alerts(&["ibuprofen 400"], &unasked), [("allergies-not-asked".to_owned(), Severity::Moderate)]);
}

/// The table of data/safety/allergies.tsv on drugs: what an allergy to the first says about the second.
#[test]
fn cross_reactivity_is_as_the_cited_sources_say() {
    use Severity::{Contraindicated, Minor, Moderate, Serious};
    let table: &[(&str, &str, Option<Severity>, &str)] = &[
        ("penicillin v", "amoxicillin", Some(Contraindicated), "Drug Allergy Practice Parameter 2022, penicillins"),
        ("amoxicillin", "piperacillin", Some(Contraindicated), "the same"),
        ("amoxicillin", "cephalexin", Some(Serious), "Picard 2019: same R1 side chain"),
        ("ampicillin", "cefaclor", Some(Serious), "Picard 2019"),
        ("ampicillin", "cefadroxil", Some(Serious), "Picard 2019"),
        ("cephalexin", "amoxicillin", Some(Serious), "Picard 2019, the other way"),
        ("amoxicillin", "ceftriaxone", Some(Moderate), "Practice Parameter 2022: other side chain below 2 %"),
        ("amoxicillin", "cefazolin", Some(Moderate), "Practice Parameter 2022"),
        ("ceftriaxone", "amoxicillin", Some(Moderate), "Practice Parameter 2022"),
        ("cefotaxime", "ceftriaxone", Some(Serious), "Picard 2019: methoxyimino side chain"),
        ("cefazolin", "ceftriaxone", Some(Moderate), "Picard 2019: no shared side chain"),
        ("amoxicillin", "meropenem", Some(Minor), "Practice Parameter 2022: carbapenems below 1 %"),
        ("amoxicillin", "aztreonam", None, "Practice Parameter 2022: no cross-reaction"),
        ("ceftazidime", "aztreonam", Some(Serious), "Practice Parameter 2022: identical side chain"),
        ("ceftriaxone", "aztreonam", None, "Practice Parameter 2022: only ceftazidime"),
        ("sulfamethoxazole", "sulfasalazine", Some(Contraindicated), "Practice Parameter 2022, sulfonamides"),
        ("sulfamethoxazole", "hydrochlorothiazide", None, "Strom, N Engl J Med 2003;349:1628"),
        ("sulfamethoxazole", "furosemide", None, "Strom 2003"),
        ("sulfamethoxazole", "celecoxib", None, "Strom 2003"),
        ("aspirin", "ibuprofen", Some(Serious), "EAACI/ENDA 2013: cross-reactive by COX-1"),
        ("ibuprofen", "aspirin", Some(Serious), "EAACI/ENDA 2013"),
        ("ibuprofen", "celecoxib", Some(Moderate), "EAACI/ENDA 2013: coxibs usually tolerated"),
        ("ibuprofen", "acetaminophen", None, "EAACI/ENDA 2013: weak inhibitor"),
        ("codeine", "morphine", Some(Serious), "prescribing information of morphine: phenanthrenes"),
        ("codeine", "fentanyl", Some(Moderate), "Powell 2021: other structure"),
        ("meperidine", "fentanyl", Some(Serious), "Powell 2021: phenylpiperidines"),
        ("methadone", "morphine", Some(Moderate), "Powell 2021"),
        ("lisinopril", "enalapril", Some(Contraindicated), "prescribing information: angioedema"),
        ("lisinopril", "sacubitril", Some(Contraindicated), "prescribing information of sacubitril/valsartan"),
        ("lisinopril", "losartan", Some(Moderate), "prescribing information of losartan"),
        ("carbamazepine", "phenytoin", Some(Serious), "Hirsch, Neurology 2008;71:1527"),
        ("carbamazepine", "lamotrigine", Some(Serious), "Hirsch 2008"),
        ("carbamazepine", "gabapentin", None, "Hirsch 2008: not aromatic"),
        ("iohexol", "iodixanol", Some(Serious), "ACR Manual on Contrast Media 2024"),
        ("articaine", "lidocaine", Some(Serious), "Eggleston and Lush 1996: amides"),
        ("procaine", "lidocaine", None, "Eggleston and Lush 1996: esters do not cross with amides"),
        ("heparin", "enoxaparin", Some(Contraindicated), "prescribing information of enoxaparin"),
        ("ciprofloxacin", "levofloxacin", Some(Serious), "prescribing information of the class"),
        ("azithromycin", "erythromycin", Some(Serious), "prescribing information of the class"),
        ("simvastatin", "atorvastatin", Some(Moderate), "prescribing information of the class"),
    ];
    for (cause, given, expected, source) in table {
        assert_eq!(says(cause, given), *expected, "allergic to {cause}, given {given} ({source})");
    }
}

#[test]
fn whole_classes_are_meant_by_the_words_that_people_use() {
    assert_eq!(class_says("sulfonamide-antibiotic", "sulfamethoxazole"), Some(Severity::Contraindicated));
    let dye = alerts(&["iohexol"], &allergic_to("contrast dye", Category::Medicine));
    assert_eq!(dye, [("allergy-contrast".to_owned(), Severity::Serious)]);
    let sulfa = alerts(&["sulfamethoxazole"], &allergic_to("Sulfa drugs", Category::Medicine));
    assert_eq!(sulfa.first().map(|(rule, _)| rule.as_str()), Some("allergy-sulfonamides"));
}

#[test]
fn shellfish_and_iodine_do_not_forbid_contrast() {
    // ACR Manual on Contrast Media 2024: neither predicts a reaction.
    assert!(alerts(&["iohexol"], &allergic_to("shellfish", Category::Food)).is_empty());
}
