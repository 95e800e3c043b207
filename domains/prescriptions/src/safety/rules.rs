//! What an allergy to one thing says about another.
//!
//! | allergic to | given | tier | source |
//! |---|---|---|---|
//! | a penicillin | any penicillin | contraindicated | AAAAI/ACAAI Drug Allergy Practice Parameter 2022 (Khan et al., J Allergy Clin Immunol 2022;150:1333) |
//! | a penicillin | cephalosporin with the side chain of ampicillin or amoxicillin (cefalexin, cefaclor, cefadroxil, cefprozil) | serious | the same, §V; Picard et al., J Allergy Clin Immunol Pract 2019;7:2722 |
//! | a penicillin | other cephalosporins | moderate (below 2 %) | the same |
//! | a penicillin | carbapenem | minor (below 1 %) | the same |
//! | a cephalosporin | one with the same side chain | serious; other cephalosporins moderate | the same |
//! | a cephalosporin with an amino side chain | ampicillin, amoxicillin | serious | the same |
//! | a cephalosporin | other penicillins | moderate | the same |
//! | a sulfonamide antibiotic | another one | contraindicated; thiazides, furosemide and celecoxib are not cross-reactive and give no alert | the same, §VI; Strom et al., N Engl J Med 2003;349:1628 |
//! | an NSAID | another NSAID that blocks COX-1 | serious; coxibs moderate (usually tolerated) | Kowalski et al., EAACI/ENDA, Allergy 2013;68:1219 |
//! | a morphine-like opioid | another one | serious; opioids of other structure moderate | prescribing information of morphine; Powell et al., J Allergy Clin Immunol Pract 2021;9:3548 |
//! | an ACE inhibitor | another one, sacubitril | contraindicated; ARBs moderate | prescribing information of lisinopril and of sacubitril/valsartan |
//! | a macrolide, quinolone, tetracycline, statin | another of the class | serious, serious, serious, moderate | prescribing information of the class |
//!
//! Reviewed 2026-11-21. The table is data for a clinical administrator to review and replace.

use super::{
    Severity,
    classes::{Class, classes_of},
};

const PRACTICE_PARAMETER: &str = "AAAAI/ACAAI Drug Allergy Practice Parameter 2022 (doi:10.1016/j.jaci.2022.08.028)";
const SIDE_CHAINS: &str = "Picard et al. 2019 (doi:10.1016/j.jaip.2019.05.038)";
const NSAIDS: &str = "EAACI/ENDA classification of NSAID hypersensitivity 2013 (doi:10.1111/all.12260)";
const LABEL: &str = "Prescribing information of the class, contraindications";

/// What is known to cause the reaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    Ingredient(&'static str),
    Class(Class),
}

/// A verdict: the rule's key, how grave, and where it comes from.
pub(super) type Verdict = (&'static str, Severity, &'static str);

/// What an allergy to `cause` says about `given`; the gravest verdict when several rules speak.
pub(super) fn verdict(cause: Cause, given: &str) -> Option<Verdict> {
    if let Cause::Ingredient(ingredient) = cause
        && ingredient == given
    {
        return Some(("allergy-same", Severity::Contraindicated, PRACTICE_PARAMETER));
    }
    let causes = match cause {
        Cause::Ingredient(ingredient) => classes_of(ingredient),
        Cause::Class(class) => vec![class],
    };
    let given = classes_of(given);
    causes
        .iter()
        .flat_map(|cause| given.iter().filter_map(|given| between(*cause, *given)))
        .max_by_key(|(_, severity, _)| *severity)
}

fn between(cause: Class, given: Class) -> Option<Verdict> {
    use Class::{
        AceInhibitor, AminoCephalosporin, Aminopenicillin, Arb, Carbapenem, Cephalosporin, Coxib, Macrolide,
        MorphineLike, Neprilysin, Nsaid, Opioid, Penicillin, Quinolone, Statin, SulfonamideAntibiotic, Tetracycline,
    };
    use Severity::{Contraindicated, Minor, Moderate, Serious};
    let verdict = match (cause, given) {
        (Penicillin, Penicillin) => ("allergy-penicillins", Contraindicated, PRACTICE_PARAMETER),
        (Penicillin, AminoCephalosporin) | (AminoCephalosporin, Aminopenicillin) => {
            ("allergy-side-chain", Serious, SIDE_CHAINS)
        }
        (AminoCephalosporin, AminoCephalosporin) => ("allergy-cephalosporins", Serious, SIDE_CHAINS),
        (Penicillin, Cephalosporin) | (Cephalosporin, Penicillin) => {
            ("allergy-beta-lactams-low", Moderate, PRACTICE_PARAMETER)
        }
        (Cephalosporin, Cephalosporin) => ("allergy-cephalosporins-low", Moderate, PRACTICE_PARAMETER),
        (Penicillin | Cephalosporin, Carbapenem) | (Carbapenem, Penicillin | Cephalosporin) => {
            ("allergy-beta-lactams-rare", Minor, PRACTICE_PARAMETER)
        }
        (SulfonamideAntibiotic, SulfonamideAntibiotic) => ("allergy-sulfonamides", Contraindicated, PRACTICE_PARAMETER),
        (Nsaid, Nsaid) => ("allergy-nsaids", Serious, NSAIDS),
        (Nsaid, Coxib) => ("allergy-coxibs", Moderate, NSAIDS),
        (MorphineLike, MorphineLike) => ("allergy-opioids", Serious, LABEL),
        (Opioid, Opioid) => ("allergy-opioids-other", Moderate, LABEL),
        (AceInhibitor, AceInhibitor | Neprilysin) => ("allergy-ace-inhibitors", Contraindicated, LABEL),
        (AceInhibitor, Arb) => ("allergy-arbs", Moderate, LABEL),
        (Macrolide, Macrolide) | (Quinolone, Quinolone) | (Tetracycline, Tetracycline) => {
            ("allergy-same-class", Serious, LABEL)
        }
        (Statin, Statin) => ("allergy-same-class-low", Moderate, LABEL),
        _ => return None,
    };
    Some(verdict)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(cause: &'static str, given: &str) -> Option<Severity> {
        verdict(Cause::Ingredient(cause), given).map(|(_, severity, _)| severity)
    }

    #[test]
    fn penicillins_and_cephalosporins_are_told_apart_by_side_chain() {
        assert_eq!(says("penicillin v", "amoxicillin"), Some(Severity::Contraindicated));
        assert_eq!(says("amoxicillin", "cephalexin"), Some(Severity::Serious));
        assert_eq!(says("amoxicillin", "ceftriaxone"), Some(Severity::Moderate));
        assert_eq!(says("cephalexin", "amoxicillin"), Some(Severity::Serious));
        assert_eq!(says("ceftriaxone", "amoxicillin"), Some(Severity::Moderate));
        assert_eq!(says("amoxicillin", "aztreonam"), None);
    }

    #[test]
    fn sulfonamide_antibiotics_do_not_forbid_diuretics_or_celecoxib() {
        assert_eq!(says("sulfamethoxazole", "hydrochlorothiazide"), None);
        assert_eq!(says("sulfamethoxazole", "furosemide"), None);
        assert_eq!(says("sulfamethoxazole", "celecoxib"), None);
        assert_eq!(
            verdict(Cause::Class(Class::SulfonamideAntibiotic), "sulfamethoxazole").map(|(_, s, _)| s),
            Some(Severity::Contraindicated)
        );
    }

    #[test]
    fn other_classes() {
        assert_eq!(says("aspirin", "ibuprofen"), Some(Severity::Serious));
        assert_eq!(says("ibuprofen", "celecoxib"), Some(Severity::Moderate));
        assert_eq!(says("ibuprofen", "acetaminophen"), None);
        assert_eq!(says("codeine", "morphine"), Some(Severity::Serious));
        assert_eq!(says("codeine", "fentanyl"), Some(Severity::Moderate));
        assert_eq!(says("lisinopril", "sacubitril"), Some(Severity::Contraindicated));
        assert_eq!(says("lisinopril", "losartan"), Some(Severity::Moderate));
    }
}
