//! Vaccines by CVX code.
//!
//! Codes and short names from the CVX code set of the United States' Centers for Disease Control and Prevention (public domain), those
//! in common use, written down 2026-11-27.

/// A vaccine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vaccine {
    /// CVX code.
    pub code: &'static str,
    pub name: &'static str,
    /// What it protects against, in everyday words.
    pub against: &'static str,
}

const fn vaccine(code: &'static str, name: &'static str, against: &'static str) -> Vaccine {
    Vaccine { code, name, against }
}

/// In the order of the list that people choose from.
pub(crate) const ALL: &[Vaccine] = &[
    vaccine("19", "BCG", "tuberculosis"),
    vaccine("213", "COVID-19, unspecified", "COVID-19"),
    vaccine("309", "COVID-19, mRNA, 30 mcg", "COVID-19"),
    vaccine("312", "COVID-19, mRNA, 50 mcg", "COVID-19"),
    vaccine("26", "Cholera, unspecified", "cholera"),
    vaccine("56", "Dengue fever, tetravalent", "dengue"),
    vaccine("20", "DTaP", "diphtheria, tetanus, whooping cough"),
    vaccine("01", "DTP", "diphtheria, tetanus, whooping cough"),
    vaccine("110", "DTaP-HepB-IPV", "diphtheria, tetanus, whooping cough, hepatitis B, polio"),
    vaccine("146", "DTaP-IPV-Hib-HepB", "diphtheria, tetanus, whooping cough, polio, Hib, hepatitis B"),
    vaccine("198", "DTP-HepB-Hib (pentavalent)", "diphtheria, tetanus, whooping cough, hepatitis B, Hib"),
    vaccine("45", "Hepatitis B, unspecified", "hepatitis B"),
    vaccine("08", "Hepatitis B, child", "hepatitis B"),
    vaccine("43", "Hepatitis B, adult", "hepatitis B"),
    vaccine("85", "Hepatitis A, unspecified", "hepatitis A"),
    vaccine("104", "Hepatitis A and B", "hepatitis A and B"),
    vaccine("17", "Hib, unspecified", "Haemophilus influenzae type b"),
    vaccine("137", "HPV, unspecified", "human papillomavirus"),
    vaccine("165", "HPV9", "human papillomavirus"),
    vaccine("88", "Influenza, unspecified", "influenza"),
    vaccine("158", "Influenza, injectable, quadrivalent", "influenza"),
    vaccine("111", "Influenza, nasal spray", "influenza"),
    vaccine("129", "Japanese encephalitis, unspecified", "Japanese encephalitis"),
    vaccine("05", "Measles", "measles"),
    vaccine("04", "Measles and rubella", "measles, rubella"),
    vaccine("03", "MMR", "measles, mumps, rubella"),
    vaccine("94", "MMRV", "measles, mumps, rubella, chickenpox"),
    vaccine("108", "Meningococcal ACWY, unspecified", "meningococcal disease"),
    vaccine("164", "Meningococcal B, unspecified", "meningococcal disease"),
    vaccine("206", "Mpox and smallpox, non-replicating", "mpox, smallpox"),
    vaccine("133", "Pneumococcal conjugate, PCV13", "pneumococcal disease"),
    vaccine("216", "Pneumococcal conjugate, PCV20", "pneumococcal disease"),
    vaccine("33", "Pneumococcal polysaccharide, PPSV23", "pneumococcal disease"),
    vaccine("10", "Polio, injected (IPV)", "polio"),
    vaccine("02", "Polio, by mouth (OPV)", "polio"),
    vaccine("90", "Rabies, unspecified", "rabies"),
    vaccine("122", "Rotavirus, unspecified", "rotavirus"),
    vaccine("304", "RSV, unspecified", "respiratory syncytial virus"),
    vaccine("07", "Mumps", "mumps"),
    vaccine("06", "Rubella", "rubella"),
    vaccine("187", "Shingles, recombinant", "shingles"),
    vaccine("139", "Td, unspecified", "tetanus, diphtheria"),
    vaccine("115", "Tdap", "tetanus, diphtheria, whooping cough"),
    vaccine("112", "Tetanus toxoid, unspecified", "tetanus"),
    vaccine("77", "Tick-borne encephalitis", "tick-borne encephalitis"),
    vaccine("91", "Typhoid, unspecified", "typhoid fever"),
    vaccine("21", "Varicella", "chickenpox"),
    vaccine("184", "Yellow fever, unspecified", "yellow fever"),
    vaccine("999", "Unknown vaccine", "something not known"),
];

pub(crate) fn find(code: &str) -> Option<&'static Vaccine> {
    ALL.iter().find(|vaccine| vaccine.code == code.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_stands_once() {
        let mut codes: Vec<_> = ALL.iter().map(|vaccine| vaccine.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
        assert!(find(" 03 ").is_some_and(|vaccine| vaccine.name == "MMR") && find("3").is_none());
    }
}
