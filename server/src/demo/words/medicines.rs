//! How each medicine of the stories is prescribed.

/// A drug of the formulary with directions.
#[derive(Debug)]
pub(in crate::demo) struct Medicine {
    pub(in crate::demo) name: &'static str,
    /// Code of the formulary.
    pub(in crate::demo) drug: &'static str,
    pub(in crate::demo) dose: f64,
    /// With ` PRN for …` behind it where it is taken when needed.
    frequency: &'static str,
    pub(in crate::demo) days: u16,
    pub(in crate::demo) instructions: &'static str,
}

impl Medicine {
    pub(in crate::demo) fn frequency(&self) -> &'static str {
        self.frequency.split(" for ").next().unwrap_or(self.frequency)
    }

    pub(in crate::demo) fn needed_for(&self) -> Option<&'static str> {
        self.frequency.split_once(" PRN for ").map(|(_, reason)| reason)
    }
}

macro_rules! medicine {
    ($name:literal, $drug:literal, $dose:literal, $frequency:literal, $days:literal, $instructions:literal) => {
        Medicine {
            name: $name,
            drug: $drug,
            dose: $dose,
            frequency: $frequency,
            days: $days,
            instructions: $instructions,
        }
    };
}

pub(in crate::demo) const MEDICINES: &[Medicine] = &[
    medicine!("paracetamol", "198440", 1.0, "Q6H PRN for pain or fever", 5, "No more than four in 24 hours"),
    medicine!("amlodipine", "308136", 2.0, "QAM", 28, ""),
    medicine!("hydrocortisone", "local-hydrocortisone-1-pct-cream", 1.0, "BID", 7, "Thinly, on the red patches only"),
    medicine!("cetirizine", "1014678", 1.0, "QHS", 10, "May make you sleepy"),
    medicine!(
        "benzoyl peroxide",
        "local-benzoyl-peroxide-5-pct-gel",
        1.0,
        "QHS",
        56,
        "Every second evening in the first week; it bleaches towels"
    ),
    medicine!("salbutamol", "801095", 2.0, "Q4H PRN for wheezing", 28, "By spacer"),
    medicine!("ibuprofen", "310965", 2.0, "TID", 3, "With food"),
    medicine!("nitrofurantoin", "1648755", 1.0, "BID", 5, "With food"),
    medicine!("atorvastatin", "617311", 1.0, "QHS", 56, ""),
    medicine!("aspirin", "243670", 1.0, "QAM", 56, ""),
    medicine!("sertraline", "312938", 0.5, "QAM", 28, "Half a tablet; the first effect takes two weeks"),
    medicine!("sumatriptan", "313161", 1.0, "STAT", 1, "At the beginning of the pain, not during the flickering"),
    medicine!("naproxen", "198014", 1.0, "BID", 5, "With food"),
    medicine!(
        "fluticasone",
        "local-fluticasone-50-micrograms-spray-nasal-spray",
        2.0,
        "QAM",
        28,
        "In each nostril, away from the middle"
    ),
    medicine!("loratadine", "311372", 1.0, "QD", 14, ""),
    medicine!("chloramphenicol", "local-chloramphenicol-0-5-pct-eye-drops", 1.0, "QID", 5, "Into the right eye"),
    medicine!("metformin", "860975", 1.0, "BID", 70, "With meals"),
    medicine!(
        "levothyroxine",
        "local-levothyroxine-50-micrograms-tablet",
        1.0,
        "QAM",
        56,
        "Half an hour before breakfast, with water"
    ),
    medicine!("omeprazole", "198051", 1.0, "QAM", 28, "Before breakfast"),
    medicine!("loperamide", "local-loperamide-2-mg-capsule", 1.0, "BID PRN for loose stools", 14, ""),
    medicine!("budesonide", "966524", 1.0, "BID", 28, "Rinse the mouth afterwards"),
    medicine!("losartan", "979492", 1.0, "QHS", 42, ""),
    medicine!(
        "tamsulosin",
        "local-tamsulosin-0-4-mg-extended-release-capsule",
        1.0,
        "QHS",
        42,
        "Stand up slowly in the first days"
    ),
    medicine!("venlafaxine", "local-venlafaxine-75-mg-extended-release-capsule", 1.0, "QAM", 28, ""),
    medicine!("colchicine", "197541", 1.0, "BID", 2, ""),
];

pub(in crate::demo) fn named(name: &str) -> Option<&'static Medicine> {
    MEDICINES.iter().find(|medicine| medicine.name == name)
}

#[cfg(test)]
mod tests {
    use super::super::cases::CASES;
    use super::*;

    #[test]
    fn every_medicine_of_a_story_is_in_the_formulary() {
        for name in CASES.iter().flat_map(|case| case.medicines) {
            let medicine = named(name).unwrap_or_else(|| panic!("{name} has no directions"));
            assert!(prescriptions::formulary::find(medicine.drug).is_some(), "{}", medicine.drug);
        }
    }
}
