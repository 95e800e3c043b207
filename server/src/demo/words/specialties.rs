//! The twenty specialties: what their doctors are called and care about.

/// A specialty as it appears on a profile.
#[derive(Debug)]
pub(in crate::demo) struct Specialty {
    pub(in crate::demo) code: &'static str,
    /// "… is a dermatologist".
    pub(in crate::demo) noun: &'static str,
    pub(in crate::demo) qualification: &'static str,
    /// "… with a special interest in …".
    pub(in crate::demo) interests: &'static [&'static str],
    /// A sentence about the way of working.
    pub(in crate::demo) manner: &'static [&'static str],
}

macro_rules! specialty {
    ($code:literal, $noun:literal, $qualification:literal, [$($interest:literal),+], [$($manner:literal),+]) => {
        Specialty { code: $code, noun: $noun, qualification: $qualification, interests: &[$($interest),+], manner: &[$($manner),+] }
    };
}

pub(in crate::demo) const SPECIALTIES: &[Specialty] = &[
    specialty!(
        "general-practice",
        "family doctor",
        "MBBS, diploma in family medicine",
        [
            "long-term conditions and how to live with them",
            "the health of travellers",
            "families with several generations under one roof"
        ],
        ["Most problems are solved in one visit, and the rest are sent to the right place."]
    ),
    specialty!(
        "dermatology",
        "dermatologist",
        "MBBS, MD (dermatology)",
        ["eczema and psoriasis", "acne in adults", "skin of colour"],
        ["A clear photograph before the visit makes the visit better, so please send one."]
    ),
    specialty!(
        "paediatrics",
        "paediatrician",
        "MBBS, MD (paediatrics)",
        ["asthma and allergies of childhood", "sleep and feeding in the first year", "fever without an obvious cause"],
        ["Children are spoken with, not about."]
    ),
    specialty!(
        "gynaecology",
        "gynaecologist",
        "MBBS, MS (obstetrics and gynaecology)",
        ["irregular and painful periods", "contraception that suits a life", "the years around the menopause"],
        ["Nothing you can ask will be a surprise."]
    ),
    specialty!(
        "cardiology",
        "cardiologist",
        "MBBS, MD (internal medicine), DM (cardiology)",
        ["blood pressure that will not come down", "palpitations", "life after a heart attack"],
        ["Bring your readings of the last two weeks: they say more than one number in a clinic."]
    ),
    specialty!(
        "psychiatry",
        "psychiatrist",
        "MBBS, MD (psychiatry)",
        ["anxiety and panic", "low mood after a loss", "sleep that does not come"],
        ["The first visit is for listening."]
    ),
    specialty!(
        "neurology",
        "neurologist",
        "MBBS, MD (medicine), DM (neurology)",
        ["migraine", "numbness and tingling", "first seizures"],
        ["A diary of your attacks is the best test there is."]
    ),
    specialty!(
        "orthopaedics",
        "orthopaedic surgeon",
        "MBBS, MS (orthopaedics)",
        ["knees that hurt on stairs", "shoulders that will not lift", "injuries of weekend athletes"],
        ["Surgery is the last suggestion, not the first."]
    ),
    specialty!(
        "ear-nose-throat",
        "ear, nose and throat doctor",
        "MBBS, MS (otorhinolaryngology)",
        ["blocked noses and sinuses", "dizziness", "hearing that fades"],
        ["Simple treatments done properly come first."]
    ),
    specialty!(
        "ophthalmology",
        "eye doctor",
        "MBBS, MS (ophthalmology)",
        ["dry and tired eyes", "eye care in diabetes", "red eyes"],
        ["What needs a lamp and a lens is sent to a clinic near you at once."]
    ),
    specialty!(
        "endocrinology",
        "endocrinologist",
        "MBBS, MD (medicine), DM (endocrinology)",
        ["type 2 diabetes", "the thyroid", "weight that will not move"],
        ["Targets are set together, and small."]
    ),
    specialty!(
        "gastroenterology",
        "gastroenterologist",
        "MBBS, MD (medicine), DM (gastroenterology)",
        ["heartburn", "irritable bowels", "fatty liver"],
        ["What you eat, and when, is half of the history."]
    ),
    specialty!(
        "pulmonology",
        "lung specialist",
        "MBBS, MD (respiratory medicine)",
        ["asthma", "a cough that stays", "giving up smoking"],
        ["Please have your inhaler at hand: how it is used matters most."]
    ),
    specialty!(
        "nephrology",
        "kidney specialist",
        "MBBS, MD (medicine), DM (nephrology)",
        ["early kidney disease", "kidney stones", "blood pressure and the kidney"],
        ["Numbers are explained until they mean something."]
    ),
    specialty!(
        "urology",
        "urologist",
        "MBBS, MS (surgery), MCh (urology)",
        ["the prostate", "infections that come back", "stones"],
        ["Embarrassing questions are the daily ones here."]
    ),
    specialty!(
        "oncology",
        "cancer specialist",
        "MBBS, MD (radiotherapy and oncology)",
        ["second opinions", "side effects of treatment", "follow-up after breast cancer"],
        ["You may bring anyone you like to the call."]
    ),
    specialty!(
        "rheumatology",
        "rheumatologist",
        "MBBS, MD (medicine), fellowship in rheumatology",
        ["rheumatoid arthritis", "gout", "stiffness in the morning"],
        ["Treatment is adjusted until you can open a jar."]
    ),
    specialty!(
        "dentistry",
        "dentist",
        "BDS, MDS (conservative dentistry)",
        ["toothache at the wrong hour", "gums that bleed", "children's teeth"],
        ["The call decides what can wait and what cannot."]
    ),
    specialty!(
        "physiotherapy",
        "physiotherapist",
        "BPT, MPT (musculoskeletal)",
        ["backs that sit all day", "recovery after surgery", "runners"],
        ["Three exercises that you do are better than ten that you do not."]
    ),
    specialty!(
        "nutrition",
        "dietitian",
        "MSc (clinical nutrition and dietetics)",
        ["eating with diabetes", "food in pregnancy", "allergies and what is left to eat"],
        ["No food is forbidden without a reason."]
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_twenty() {
        assert_eq!(SPECIALTIES.len(), 20);
    }
}
