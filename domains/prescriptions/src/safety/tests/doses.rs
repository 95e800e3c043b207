use super::*;

type Limit<'a> = (&'a str, f64, Frequency, &'a Person, &'a [&'a str], &'a str);
type LimitByWeight<'a> = (&'a str, f64, Frequency, Person, &'a [&'a str], &'a str);

fn rule(q: &str, dose: f64, frequency: Frequency, who: &Person) -> Vec<String> {
    for_person(q, dose, frequency, who)
        .into_iter()
        .filter(|alert| alert.severity.is_hard())
        .map(|alert| format!("{} {}", alert.rule, alert.because))
        .collect()
}

const fn child(months: u32, grams: u32) -> Person {
    Person { age_months: Some(months), weight_grams: Some(grams), ..ADULT }
}

/// Limits of data/safety/doses.tsv, at the limit and above it.
#[test]
fn doses_are_held_to_what_the_cited_sources_allow() {
    let old = Person { age_months: Some(70 * 12), ..ADULT };
    let light = Person { weight_grams: Some(45_000), ..ADULT };
    let table: &[Limit<'_>] = &[
        ("acetaminophen 500 tablet", 2.0, Frequency::Qid, &ADULT, &[], "BNF: 4 g a day"),
        ("acetaminophen 500 tablet", 2.0, Frequency::Q4h, &ADULT, &["daily-limit 6000 mg > 4000 mg"], "BNF"),
        ("acetaminophen 500 tablet", 3.0, Frequency::Bid, &ADULT, &["single-limit 1500 mg > 1000 mg"], "BNF: 1 g"),
        (
            "acetaminophen 500 tablet",
            2.0,
            Frequency::Qid,
            &light,
            &["daily-limit 4000 mg > 3000 mg"],
            "BNF: below 50 kg",
        ),
        ("ibuprofen 400", 2.0, Frequency::Tid, &ADULT, &[], "BNF: 2.4 g a day"),
        ("ibuprofen 400", 2.0, Frequency::Qid, &ADULT, &["daily-limit 3200 mg > 2400 mg"], "BNF"),
        ("tramadol 50", 2.0, Frequency::Qid, &ADULT, &[], "label: 400 mg a day"),
        ("tramadol 50", 2.0, Frequency::Qid, &old, &["daily-limit 400 mg > 300 mg"], "label: 300 mg in old age"),
        (
            "simvastatin 40",
            2.0,
            Frequency::Qd,
            &ADULT,
            &["daily-limit 80 mg > 40 mg", "single-limit 80 mg > 40 mg"],
            "label: 80 mg restricted since 2011",
        ),
        ("metformin 500", 2.0, Frequency::Tid, &ADULT, &["daily-limit 3000 mg > 2550 mg"], "label: 2,550 mg"),
        ("citalopram 20", 2.0, Frequency::Qd, &old, &["daily-limit 40 mg > 20 mg"], "label: 20 mg from 60 years"),
        (
            "amlodipine 5",
            3.0,
            Frequency::Qd,
            &ADULT,
            &["daily-limit 15 mg > 10 mg", "single-limit 15 mg > 10 mg"],
            "label",
        ),
        ("metoclopramide 10", 1.0, Frequency::Qid, &ADULT, &["daily-limit 40 mg > 30 mg"], "EMA 2013, BNF"),
        ("domperidone", 1.0, Frequency::Qid, &ADULT, &["daily-limit 40 mg > 30 mg"], "EMA 2014, BNF"),
        ("methotrexate 2.5", 4.0, Frequency::Qw, &ADULT, &[], "ISMP: weekly"),
        ("methotrexate 2.5", 1.0, Frequency::Qd, &ADULT, &["too-often 7"], "ISMP best practice 2: never by the day"),
    ];
    for (q, dose, frequency, who, expected, source) in table {
        assert_eq!(rule(q, *dose, *frequency, who), *expected, "{q} {dose} {frequency:?} ({source})");
    }
}

#[test]
fn doses_of_children_go_by_weight_and_never_beyond_the_adults() {
    let table: &[LimitByWeight<'_>] = &[
        (
            "acetaminophen 24 suspension",
            6.0,
            Frequency::Qid,
            child(24, 12_000),
            &[],
            "BNFc: 15 mg/kg, 180 mg for 12 kg",
        ),
        (
            "acetaminophen 24 suspension",
            10.0,
            Frequency::Qid,
            child(24, 12_000),
            &["daily-limit-child 960 mg > 900 mg", "single-limit-child 240 mg > 180 mg"],
            "BNFc",
        ),
        ("amoxicillin 50 suspension", 10.0, Frequency::Bid, child(24, 12_000), &[], "AAP 2013: 80 to 90 mg/kg a day"),
        (
            "amoxicillin 50 suspension",
            15.0,
            Frequency::Bid,
            child(24, 12_000),
            &["daily-limit-child 1500 mg > 1200 mg"],
            "AAP 2013",
        ),
        (
            "acetaminophen 500 tablet",
            3.0,
            Frequency::Bid,
            child(17 * 12, 90_000),
            &["single-limit-child 1500 mg > 1000 mg"],
            "BNF: the adult's 1 g bounds 15 mg/kg",
        ),
        (
            "ibuprofen 400",
            1.0,
            Frequency::Tid,
            child(72, 20_000),
            &["daily-limit-child 1200 mg > 800 mg", "single-limit-child 400 mg > 200 mg"],
            "label: 10 mg/kg",
        ),
    ];
    for (q, dose, frequency, who, expected, source) in table {
        assert_eq!(rule(q, *dose, *frequency, who), *expected, "{q} {dose} {frequency:?} ({source})");
    }
}

#[test]
fn a_child_without_a_recorded_weight_is_asked_for_it() {
    let unweighed = Person { age_months: Some(60), weight_grams: None, ..ADULT };
    let alerts = for_person("amoxicillin 50 suspension", 5.0, Frequency::Bid, &unweighed);
    assert_eq!(rules_of(&alerts), [("weight-missing", Severity::Moderate)]);
}

#[test]
fn what_several_items_hold_is_added_up() {
    let drugs = [drug("acetaminophen 1000 tablet"), drug("acetaminophen 500 tablet")];
    let how: Vec<Directions> = drugs.iter().map(|drug| directions(drug, 1.0, Frequency::Tid)).collect();
    let items: Vec<Checked<'_>> = (1..)
        .zip(drugs.iter().zip(&how))
        .map(|(position, (drug, directions))| Checked { position, drug, directions })
        .collect();
    let alerts = check(&items, &none_known(), &[], &ADULT);
    assert_eq!(rules_of(&alerts), [("daily-limit", Severity::Serious), ("duplicate", Severity::Serious)]);
    assert_eq!(alerts[0].because, "4500 mg > 4000 mg");
}
