use super::*;

fn gravest(a: &'static Drug, b: &'static Drug) -> Option<Alert> {
    over(&[a, b], &[]).into_iter().find(|alert| alert.row.starts_with("interaction."))
}

/// The fifteen pairs of Phansalkar et al. 2012 (PMC3422823), each on every member of its classes that the formulary holds.
#[test]
fn each_of_the_fifteen_high_priority_pairs_is_caught_and_interrupts() {
    let maoi = ["phenelzine", "tranylcypromine", "selegiline", "linezolid"];
    let strong = ["itraconazole", "clarithromycin", "ritonavir", "cobicistat"];
    let protease = ["atazanavir", "darunavir", "fosamprenavir", "indinavir", "lopinavir", "nelfinavir", "saquinavir"];
    let pairs: [(&str, &[&str], &[&str]); 15] = [
        ("amphetamines + MAOI", &["dextroamphetamine", "lisdexamfetamine", "methylphenidate"], &maoi),
        ("atazanavir + PPI", &["atazanavir"], &["omeprazole", "esomeprazole", "pantoprazole", "lansoprazole"]),
        ("febuxostat + azathioprine, mercaptopurine", &["febuxostat"], &["azathioprine", "mercaptopurine"]),
        (
            "SSRI, SNRI + MAOI",
            &["sertraline", "escitalopram", "fluoxetine", "citalopram", "paroxetine", "venlafaxine", "duloxetine"],
            &maoi,
        ),
        ("irinotecan + strong CYP3A4 inhibitors", &["irinotecan"], &strong),
        (
            "narcotic analgesics + MAOI",
            &["meperidine", "tramadol", "methadone", "fentanyl", "dextromethorphan", "morphine"],
            &maoi,
        ),
        ("tricyclics + MAOI", &["amitriptyline", "nortriptyline"], &maoi),
        (
            "QT + QT",
            &["amiodarone", "haloperidol", "methadone"],
            &["citalopram", "clarithromycin", "ondansetron", "levofloxacin", "domperidone"],
        ),
        ("ramelteon + CYP1A2 inhibitors", &["ramelteon"], &["fluvoxamine", "ciprofloxacin"]),
        ("strong CYP3A4 inducers + protease inhibitors", &["rifampin", "carbamazepine", "phenytoin"], &protease),
        ("statins + CYP3A4 and protease inhibitors", &["simvastatin", "lovastatin", "atorvastatin"], &strong),
        ("ergots + CYP3A4 and protease inhibitors", &["ergotamine", "methylergonovine"], &strong),
        ("tizanidine + CYP1A2 inhibitors", &["tizanidine"], &["fluvoxamine", "ciprofloxacin"]),
        ("tranylcypromine + procarbazine", &["tranylcypromine"], &["procarbazine"]),
        ("triptans + MAOI", &["sumatriptan", "rizatriptan"], &["phenelzine", "tranylcypromine", "linezolid"]),
    ];
    let mut checked = 0;
    for (name, left, right) in pairs {
        for (a, b) in left.iter().flat_map(|a| right.iter().map(move |b| (a, b))) {
            for (first, second) in [(a, b), (b, a)] {
                let alert =
                    gravest(holding(first), holding(second)).unwrap_or_else(|| panic!("{name}: {first} + {second}"));
                assert!(alert.severity.is_hard(), "{name}: {first} + {second} is {:?}", alert.severity);
                assert!(!alert.mechanism.is_empty() && !alert.advice.is_empty() && !alert.source.is_empty());
                checked += 1;
            }
        }
    }
    assert!(checked > 250, "{checked}");
}

/// Pairs of Phansalkar et al. 2013 (PMC3628052) and their like: worth saying, never worth interrupting for.
#[test]
fn pairs_that_must_not_interrupt_do_not() {
    let pairs = [
        ("lisinopril", "spironolactone"),
        ("losartan", "spironolactone"),
        ("lisinopril", "hydrochlorothiazide"),
        ("lisinopril", "potassium chloride"),
        ("lisinopril", "allopurinol"),
        ("lisinopril", "insulin glargine"),
        ("propranolol", "insulin glargine"),
        ("ibuprofen", "hydrochlorothiazide"),
        ("ibuprofen", "atenolol"),
        ("ibuprofen", "lisinopril"),
        ("ibuprofen", "furosemide"),
        ("ibuprofen", "sertraline"),
        ("levothyroxine", "ferrous sulfate"),
        ("levothyroxine", "omeprazole"),
        ("doxycycline", "ferrous sulfate"),
        ("ciprofloxacin", "calcium carbonate"),
        ("sumatriptan", "sertraline"),
        ("warfarin", "acetaminophen"),
        ("aspirin", "clopidogrel"),
        ("atorvastatin", "amlodipine"),
        ("metformin", "lisinopril"),
        ("amoxicillin", "ethinylestradiol"),
        ("omeprazole", "amoxicillin"),
        ("furosemide", "prednisone"),
        ("digoxin", "furosemide"),
    ];
    for (a, b) in pairs {
        let hard: Vec<Alert> =
            over(&[holding_any(a), holding_any(b)], &[]).into_iter().filter(|alert| alert.severity.is_hard()).collect();
        assert!(hard.is_empty(), "{a} + {b}: {hard:?}");
    }
}

/// The single drug, where there is one.
fn holding_any(ingredient: &str) -> &'static Drug {
    let single = |drug: &&Drug| drug.ingredients == [ingredient] && drug.route.is_systemic();
    formulary::all().iter().find(single).unwrap_or_else(|| {
        formulary::all()
            .iter()
            .find(|drug| drug.ingredients.contains(&ingredient))
            .unwrap_or_else(|| panic!("{ingredient} is not in the formulary"))
    })
}

fn taken(ingredient: &str, days_since: u32) -> Taken {
    Taken { name: ingredient.to_owned(), ingredients: vec![ingredient.to_owned()], systemic: true, days_since }
}

#[test]
fn what_was_stopped_lately_counts_as_long_as_it_works() {
    let rules = |days, ingredient| -> Vec<String> {
        over(&[holding("sertraline")], &[taken(ingredient, days)]).into_iter().map(|alert| alert.rule).collect()
    };
    assert_eq!(rules(13, "phenelzine"), ["interaction-lately"]);
    assert_eq!(rules(15, "phenelzine"), [""; 0]);
    // Fluoxetine before an MAO inhibitor: five weeks (prescribing information of phenelzine).
    let started = |days| over(&[holding("phenelzine")], &[taken("fluoxetine", days)]).len();
    assert_eq!((started(34), started(36)), (1, 0));
}

#[test]
fn a_medicine_does_not_interact_with_itself_and_a_cream_with_nothing_taken() {
    let combined = formulary::all()
        .iter()
        .find(|drug| drug.ingredients.contains(&"lopinavir") && drug.ingredients.contains(&"ritonavir"))
        .expect("lopinavir with ritonavir is in the formulary");
    assert!(over(&[combined], &[]).is_empty());
    let cream = drug("clotrimazole cream");
    assert!(over(&[cream, holding("warfarin")], &[]).is_empty());
}

#[test]
fn an_inhaled_steroid_with_ritonavir_is_caught_though_it_is_inhaled() {
    let inhaled = formulary::all()
        .iter()
        .find(|drug| drug.ingredients.contains(&"fluticasone"))
        .expect("fluticasone is in the formulary");
    let alert = gravest(inhaled, holding("ritonavir")).expect("it is caught");
    assert!(alert.severity.is_hard());
}

#[test]
fn one_pair_of_medicines_raises_one_interaction_however_many_ingredients_meet() {
    let alerts = over(&[holding("simvastatin"), holding("lopinavir")], &[]);
    assert_eq!(alerts.iter().filter(|alert| alert.row.starts_with("interaction.")).count(), 1);
}

#[test]
fn the_same_twice_and_two_of_a_class_are_told_apart() {
    let none = |alerts: Vec<Alert>| -> Vec<String> { alerts.into_iter().map(|alert| alert.rule).collect() };
    assert_eq!(none(over(&[holding_any("lisinopril"), holding("ramipril")], &[])), ["duplicate-class"]);
    assert_eq!(none(over(&[holding("ramipril")], &[taken("ramipril", 0)])), ["taken-already"]);
    assert_eq!(none(over(&[holding("ramipril")], &[taken("lisinopril", 0)])), ["duplicate-class"]);
    assert_eq!(none(over(&[holding("ramipril")], &[taken("lisinopril", 3)])), [""; 0]);
    let cream = drug("hydrocortisone cream");
    let tablet =
        formulary::all().iter().find(|drug| drug.ingredients == ["hydrocortisone"] && drug.route.is_systemic());
    if let Some(tablet) = tablet {
        assert!(over(&[cream, tablet], &[]).iter().all(|alert| !alert.severity.is_hard()));
    }
}
