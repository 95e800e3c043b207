//! What doctors and patients say, and what they mean. Words and codes only, from general usage; the list itself is not changed.

/// Abbreviations and lay names, with the words of the list they stand for.
const MEANINGS: &[(&str, &str)] = &[
    ("af", "atrial fibrillation"),
    ("afib", "atrial fibrillation"),
    ("acs", "unstable angina"),
    ("adhd", "attention-deficit hyperactivity"),
    ("aki", "acute kidney failure"),
    ("bph", "benign prostatic hyperplasia"),
    ("bppv", "benign paroxysmal vertigo"),
    ("cad", "atherosclerotic heart disease native coronary"),
    ("cap", "pneumonia unspecified organism"),
    ("chf", "heart failure"),
    ("ckd", "chronic kidney disease"),
    ("cold", "acute upper respiratory infection"),
    ("common cold", "acute nasopharyngitis"),
    ("copd", "chronic obstructive pulmonary disease"),
    ("covid", "covid-19"),
    ("cva", "cerebral infarction"),
    ("dm", "diabetes mellitus"),
    ("dm2", "type 2 diabetes mellitus"),
    ("dvt", "embolism thrombosis deep veins"),
    ("ed", "erectile dysfunction"),
    ("eczema", "dermatitis"),
    ("fever", "fever unspecified"),
    ("flu", "influenza"),
    ("gad", "generalized anxiety disorder"),
    ("gerd", "gastro-esophageal reflux"),
    ("gord", "gastro-esophageal reflux"),
    ("heartburn", "gastro-esophageal reflux"),
    ("heart attack", "myocardial infarction"),
    ("high blood pressure", "hypertension"),
    ("high cholesterol", "hypercholesterolemia"),
    ("hives", "urticaria"),
    ("htn", "hypertension"),
    ("ibs", "irritable bowel syndrome"),
    ("ihd", "ischemic heart disease"),
    ("iron deficiency", "iron deficiency anemia"),
    ("itching", "pruritus"),
    ("kidney stone", "calculus kidney"),
    ("lbp", "low back pain"),
    ("low back pain", "low back pain"),
    ("mdd", "major depressive disorder"),
    ("mi", "myocardial infarction"),
    ("ms", "multiple sclerosis"),
    ("oa", "osteoarthritis"),
    ("ocd", "obsessive-compulsive"),
    ("pcos", "polycystic ovarian"),
    ("pe", "pulmonary embolism"),
    ("piles", "hemorrhoids"),
    ("ptsd", "post-traumatic stress"),
    ("ra", "rheumatoid arthritis"),
    ("ringworm", "tinea"),
    ("runny nose", "rhinitis"),
    ("shingles", "zoster"),
    ("sore throat", "acute pharyngitis unspecified"),
    ("stroke", "cerebral infarction"),
    ("t1dm", "type 1 diabetes mellitus"),
    ("t2dm", "type 2 diabetes mellitus"),
    ("tb", "tuberculosis"),
    ("tia", "transient cerebral ischemic attack"),
    ("tonsillitis", "tonsillitis"),
    ("underactive thyroid", "hypothyroidism"),
    ("overactive thyroid", "thyrotoxicosis"),
    ("urti", "acute upper respiratory infection"),
    ("uti", "urinary tract infection"),
    ("vertigo", "dizziness giddiness"),
];

/// British spellings, beginning by beginning.
const SPELLINGS: &[(&str, &str)] = &[
    ("anaem", "anem"),
    ("anaes", "anes"),
    ("diarrhoea", "diarrhea"),
    ("faec", "fec"),
    ("gynaec", "gynec"),
    ("haem", "hem"),
    ("ischaem", "ischem"),
    ("leukaem", "leukem"),
    ("oedema", "edema"),
    ("oesoph", "esoph"),
    ("orthopaed", "orthoped"),
    ("paed", "ped"),
    ("tumour", "tumor"),
    ("hypercholesterolaem", "hypercholesterolem"),
    ("hyperlipidaem", "hyperlipidem"),
    ("hypoglycaem", "hypoglycem"),
    ("hyperglycaem", "hyperglycem"),
];

/// Diagnoses of every day's practice: they come before their rarer neighbours.
const FREQUENT: &[&str] = &[
    "A09", "A49.9", "B02.9", "B07.9", "B34.9", "B35.1", "B35.3", "B35.4", "B35.6", "B36.0", "B37.31", "B86", "D50.9",
    "D64.9", "E03.9", "E05.90", "E10.9", "E11.9", "E55.9", "E66.9", "E78.00", "E78.2", "E78.5", "F17.210", "F32.9",
    "F32.A", "F33.9", "F41.1", "F41.9", "F43.10", "F90.9", "F51.01", "G40.909", "G43.909", "G44.209", "G47.00",
    "G47.33", "G56.00", "H10.9", "H66.90", "H61.20", "I10", "I20.0", "I21.9", "I25.10", "I26.99", "I48.91", "I50.9",
    "I63.9", "G45.9", "I83.90", "I82.40", "J00", "J01.90", "J02.0", "J02.9", "J03.90", "J06.9", "J11.1", "J18.9",
    "J20.9", "J30.2", "J30.9", "J32.9", "J44.1", "J44.9", "J45.20", "J45.901", "J45.909", "K02.9", "K21.9", "K29.70",
    "K30", "K35.80", "K52.9", "K58.9", "K59.00", "K64.9", "K80.20", "L01.00", "L02.91", "L20.9", "L21.9", "L23.9",
    "L25.9", "L29.9", "L30.9", "L40.0", "L40.9", "L50.9", "L60.0", "L63.9", "L70.0", "L71.9", "L72.0", "L81.1", "L80",
    "M06.9", "M10.9", "M15.9", "M17.9", "M19.90", "M25.50", "M25.561", "M54.2", "M54.50", "M54.9", "M79.10", "M79.7",
    "M81.0", "N18.9", "N17.9", "N20.0", "N30.00", "N39.0", "N40.0", "N52.9", "N76.0", "N91.2", "N92.0", "N94.6",
    "N95.1", "E28.2", "O80", "R05.9", "R06.02", "R07.9", "R10.9", "R11.2", "R19.7", "R21", "R42", "R50.9", "R51.9",
    "R53.83", "R73.03", "S93.40", "T78.40XA", "U07.1", "Z00.00", "Z30.09", "Z34.90", "Z71.3", "M35.9", "G35", "A15.0",
];

/// The words meant by `q`, in lower case.
pub(super) fn meant(q: &str) -> String {
    let q = q.trim().to_lowercase();
    let q = MEANINGS.iter().find(|(said, _)| *said == q).map_or(q, |(_, means)| (*means).to_owned());
    q.split_whitespace().map(american).collect::<Vec<_>>().join(" ")
}

fn american(word: &str) -> String {
    SPELLINGS
        .iter()
        .find_map(|(british, american)| word.strip_prefix(british).map(|rest| format!("{american}{rest}")))
        .unwrap_or_else(|| word.to_owned())
}

pub(super) fn frequent() -> &'static [&'static str] {
    FREQUENT
}
