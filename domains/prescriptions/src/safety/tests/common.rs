use super::*;

/// Sixty prescriptions of everyday practice, as written for a healthy adult.
const COMMON: &[(&str, f64, Frequency)] = &[
    ("acetaminophen 500 tablet", 2.0, Frequency::Qid),
    ("ibuprofen 400", 1.0, Frequency::Tid),
    ("naproxen 500", 1.0, Frequency::Bid),
    ("diclofenac", 1.0, Frequency::Bid),
    ("celecoxib 200", 1.0, Frequency::Qd),
    ("amoxicillin 500 capsule", 1.0, Frequency::Tid),
    ("amoxicillin clavulanate 875", 1.0, Frequency::Bid),
    ("azithromycin 250", 2.0, Frequency::Qd),
    ("cephalexin 500", 1.0, Frequency::Qid),
    ("cefuroxime", 1.0, Frequency::Bid),
    ("clarithromycin 500", 1.0, Frequency::Bid),
    ("doxycycline 100", 1.0, Frequency::Bid),
    ("ciprofloxacin 500", 1.0, Frequency::Bid),
    ("levofloxacin 500", 1.0, Frequency::Qd),
    ("nitrofurantoin", 1.0, Frequency::Bid),
    ("sulfamethoxazole trimethoprim 800", 1.0, Frequency::Bid),
    ("metronidazole 500", 1.0, Frequency::Tid),
    ("fosfomycin", 1.0, Frequency::Stat),
    ("penicillin v", 1.0, Frequency::Qid),
    ("flucloxacillin", 1.0, Frequency::Qid),
    ("clindamycin", 1.0, Frequency::Tid),
    ("fluconazole 150", 1.0, Frequency::Stat),
    ("terbinafine 250", 1.0, Frequency::Qd),
    ("valacyclovir 500", 1.0, Frequency::Bid),
    ("acyclovir 400", 1.0, Frequency::Tid),
    ("oseltamivir 75", 1.0, Frequency::Bid),
    ("albendazole", 1.0, Frequency::Stat),
    ("prednisone 20", 2.0, Frequency::Qd),
    ("cetirizine 10", 1.0, Frequency::Qd),
    ("loratadine 10", 1.0, Frequency::Qd),
    ("fexofenadine", 1.0, Frequency::Qd),
    ("montelukast 10", 1.0, Frequency::Qhs),
    ("albuterol inhaler 200", 2.0, Frequency::Qid),
    ("fluticasone spray", 2.0, Frequency::Qd),
    ("omeprazole 20", 1.0, Frequency::Qd),
    ("pantoprazole 40", 1.0, Frequency::Qd),
    ("famotidine 20", 1.0, Frequency::Bid),
    ("ondansetron 4", 1.0, Frequency::Tid),
    ("metoclopramide 10", 1.0, Frequency::Tid),
    ("loperamide 2", 1.0, Frequency::Qid),
    ("lactulose", 15.0, Frequency::Bid),
    ("amlodipine 5", 1.0, Frequency::Qd),
    ("lisinopril 10", 1.0, Frequency::Qd),
    ("losartan 50", 1.0, Frequency::Qd),
    ("hydrochlorothiazide 25", 1.0, Frequency::Qd),
    ("bisoprolol", 1.0, Frequency::Qd),
    ("atorvastatin 20", 1.0, Frequency::Qhs),
    ("rosuvastatin 10", 1.0, Frequency::Qd),
    ("aspirin 81", 1.0, Frequency::Qd),
    ("clopidogrel 75", 1.0, Frequency::Qd),
    ("metformin 500", 2.0, Frequency::Bid),
    ("sitagliptin 100", 1.0, Frequency::Qd),
    ("levothyroxine", 1.0, Frequency::Qam),
    ("sertraline 50", 1.0, Frequency::Qd),
    ("escitalopram 10", 1.0, Frequency::Qd),
    ("fluoxetine 20", 1.0, Frequency::Qd),
    ("amitriptyline 25", 1.0, Frequency::Qhs),
    ("sumatriptan 50", 1.0, Frequency::Stat),
    ("gabapentin 300", 1.0, Frequency::Tid),
    ("pregabalin 75", 1.0, Frequency::Bid),
    ("tramadol 50", 1.0, Frequency::Qid),
    ("allopurinol 100", 1.0, Frequency::Qd),
    ("ferrous sulfate", 1.0, Frequency::Qd),
    ("folic acid", 1.0, Frequency::Qd),
    ("cholecalciferol", 1.0, Frequency::Qd),
    ("ethinylestradiol", 1.0, Frequency::Qd),
    ("clotrimazole cream", 1.0, Frequency::Bid),
    ("hydrocortisone cream", 1.0, Frequency::Bid),
    ("mupirocin", 1.0, Frequency::Tid),
    ("latanoprost", 1.0, Frequency::Qhs),
    ("tamsulosin", 1.0, Frequency::Qd),
    ("sildenafil 50", 1.0, Frequency::Qd),
];

#[test]
fn no_common_single_prescription_interrupts_for_a_healthy_adult() {
    assert!(COMMON.len() >= 60);
    for (q, dose, frequency) in COMMON {
        for age in [20, 35, 50, 64] {
            for female in [true, false] {
                let who = Person { age_months: Some(age * 12), female, ..ADULT };
                let hard: Vec<Alert> = for_person(q, *dose, *frequency, &who)
                    .into_iter()
                    .filter(|alert| alert.severity.is_hard())
                    .collect();
                assert!(hard.is_empty(), "{q} at {age}: {hard:?}");
            }
        }
    }
}

#[test]
fn nothing_known_of_the_person_interrupts_for_none_of_them_either() {
    for (q, dose, frequency) in COMMON {
        let alerts = for_person(q, *dose, *frequency, &Person::default());
        assert!(alerts.iter().all(|alert| !alert.severity.is_hard()), "{q}: {alerts:?}");
    }
}
