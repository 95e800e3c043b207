//! Which ingredients belong together, as far as the rules need it. Facts of general pharmacology, reviewed 2026-11-21.

/// A group of ingredients that react alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Penicillin,
    /// Penicillins with an amino side chain: ampicillin, amoxicillin.
    Aminopenicillin,
    Cephalosporin,
    /// Cephalosporins whose first side chain is that of ampicillin or amoxicillin, or close to it.
    AminoCephalosporin,
    Carbapenem,
    Monobactam,
    SulfonamideAntibiotic,
    Nsaid,
    /// NSAIDs that spare COX-1.
    Coxib,
    /// Opioids with the structure of morphine.
    MorphineLike,
    Opioid,
    AceInhibitor,
    Neprilysin,
    Arb,
    Macrolide,
    Quinolone,
    Tetracycline,
    Statin,
}

const MEMBERS: &[(Class, &[&str])] = &[
    (
        Class::Penicillin,
        &["amoxicillin", "ampicillin", "penicillin g", "penicillin v", "flucloxacillin", "piperacillin", "cloxacillin"],
    ),
    (Class::Aminopenicillin, &["amoxicillin", "ampicillin"]),
    (
        Class::Cephalosporin,
        &[
            "cephalexin",
            "cefadroxil",
            "cefaclor",
            "cefprozil",
            "cefazolin",
            "cefuroxime",
            "cefixime",
            "cefdinir",
            "cefpodoxime",
            "cefotaxime",
            "ceftriaxone",
            "ceftazidime",
            "cefepime",
            "cefoxitin",
        ],
    ),
    (Class::AminoCephalosporin, &["cephalexin", "cefadroxil", "cefaclor", "cefprozil"]),
    (Class::Carbapenem, &["meropenem", "imipenem", "ertapenem"]),
    (Class::Monobactam, &["aztreonam"]),
    (Class::SulfonamideAntibiotic, &["sulfamethoxazole", "sulfadiazine", "sulfasalazine"]),
    (
        Class::Nsaid,
        &["aspirin", "ibuprofen", "naproxen", "diclofenac", "ketorolac", "indomethacin", "meloxicam", "piroxicam"],
    ),
    (Class::Coxib, &["celecoxib", "etoricoxib"]),
    (Class::MorphineLike, &["morphine", "codeine", "hydrocodone", "oxycodone", "hydromorphone", "buprenorphine"]),
    (
        Class::Opioid,
        &[
            "morphine",
            "codeine",
            "hydrocodone",
            "oxycodone",
            "hydromorphone",
            "buprenorphine",
            "fentanyl",
            "alfentanil",
            "sufentanil",
            "remifentanil",
            "meperidine",
            "methadone",
            "tramadol",
        ],
    ),
    (
        Class::AceInhibitor,
        &["lisinopril", "enalapril", "ramipril", "benazepril", "captopril", "quinapril", "perindopril"],
    ),
    (Class::Neprilysin, &["sacubitril"]),
    (Class::Arb, &["losartan", "valsartan", "irbesartan", "telmisartan", "candesartan"]),
    (Class::Macrolide, &["azithromycin", "clarithromycin", "erythromycin"]),
    (Class::Quinolone, &["ciprofloxacin", "levofloxacin", "moxifloxacin", "ofloxacin"]),
    (Class::Tetracycline, &["doxycycline", "tetracycline", "minocycline"]),
    (Class::Statin, &["atorvastatin", "simvastatin", "rosuvastatin", "pravastatin", "lovastatin", "pitavastatin"]),
];

/// Words by which people name a whole class; matched as whole words.
const SAID: &[(&str, Class)] = &[
    ("penicillin", Class::Penicillin),
    ("penicillins", Class::Penicillin),
    ("penicilline", Class::Penicillin),
    ("penicilin", Class::Penicillin),
    ("penecillin", Class::Penicillin),
    ("beta-lactam", Class::Penicillin),
    ("بنسلين", Class::Penicillin),
    ("البنسلين", Class::Penicillin),
    ("পেনিসিলিন", Class::Penicillin),
    ("पेनिसिलिन", Class::Penicillin),
    ("cephalosporin", Class::Cephalosporin),
    ("cephalosporins", Class::Cephalosporin),
    ("cefalosporin", Class::Cephalosporin),
    ("carbapenem", Class::Carbapenem),
    ("sulfa", Class::SulfonamideAntibiotic),
    ("sulpha", Class::SulfonamideAntibiotic),
    ("sulfonamide", Class::SulfonamideAntibiotic),
    ("sulfonamides", Class::SulfonamideAntibiotic),
    ("sulfur drugs", Class::SulfonamideAntibiotic),
    ("سلفا", Class::SulfonamideAntibiotic),
    ("السلفا", Class::SulfonamideAntibiotic),
    ("nsaid", Class::Nsaid),
    ("nsaids", Class::Nsaid),
    ("opioid", Class::Opioid),
    ("opioids", Class::Opioid),
    ("opiates", Class::MorphineLike),
    ("ace inhibitor", Class::AceInhibitor),
    ("ace inhibitors", Class::AceInhibitor),
    ("macrolide", Class::Macrolide),
    ("macrolides", Class::Macrolide),
    ("quinolone", Class::Quinolone),
    ("quinolones", Class::Quinolone),
    ("fluoroquinolones", Class::Quinolone),
    ("tetracyclines", Class::Tetracycline),
    ("statin", Class::Statin),
    ("statins", Class::Statin),
];

/// Classes of an ingredient.
pub(super) fn classes_of(ingredient: &str) -> Vec<Class> {
    MEMBERS.iter().filter(|(_, members)| members.contains(&ingredient)).map(|(class, _)| *class).collect()
}

/// Ingredients of the rules' tables that a text names though the formulary does not hold them (cefadroxil, captopril).
pub(super) fn members_meant(text: &str) -> Vec<&'static str> {
    let mut meant = Vec::new();
    for member in MEMBERS.iter().flat_map(|(_, members)| members.iter().copied()) {
        if !meant.contains(&member) && text.contains(&format!(" {member} ")) {
            meant.push(member);
        }
    }
    meant
}

/// Classes that a text names.
pub(super) fn classes_meant(text: &str) -> Vec<Class> {
    let mut meant = Vec::new();
    for (said, class) in SAID {
        if !meant.contains(class) && text.contains(&format!(" {said} ")) {
            meant.push(*class);
        }
    }
    // "Penicillin V" and "penicillin G" name the ingredient and the class.
    meant
}
