//! The stories of visits: what a patient came with, what the doctor found, what was agreed. All invented.
//!
//! ICD-10-CM codes are those of the list that chart carries; a test looks them up.

/// One story.
#[derive(Debug)]
pub(in crate::demo) struct Case {
    pub(in crate::demo) specialty: &'static str,
    /// As the patient typed it when booking.
    pub(in crate::demo) reason: &'static str,
    pub(in crate::demo) history: &'static str,
    pub(in crate::demo) findings: &'static str,
    pub(in crate::demo) assessment: &'static str,
    pub(in crate::demo) code: &'static str,
    pub(in crate::demo) plan: &'static str,
    /// Names of `medicines`.
    pub(in crate::demo) medicines: &'static [&'static str],
    pub(in crate::demo) follow_up_days: Option<i64>,
}

macro_rules! case {
    ($specialty:literal, $reason:literal, $history:literal, $findings:literal, $assessment:literal, $code:literal, $plan:literal,
     [$($medicine:literal),*], $follow_up:expr) => {
        Case { specialty: $specialty, reason: $reason, history: $history, findings: $findings, assessment: $assessment, code: $code,
               plan: $plan, medicines: &[$($medicine),*], follow_up_days: $follow_up }
    };
}

pub(in crate::demo) const CASES: &[Case] = &[
    case!(
        "general-practice",
        "Sore throat and a cold for five days",
        "Runny nose, sore throat, mild cough for five days. No trouble breathing, drinks well. Nobody else ill at home.",
        "Speaks in full sentences. Throat red without coating on camera. No swelling of the neck that the patient can feel.",
        "Viral infection of the upper airways without signs of a bacterial one.",
        "J06.9",
        "Rest, warm drinks, paracetamol when it hurts. Come back if fever passes three days or swallowing water becomes difficult.",
        ["paracetamol"],
        None
    ),
    case!(
        "general-practice",
        "My blood pressure is high at home",
        "Home readings between 145/92 and 158/96 over two weeks. No headache, no chest pain. Salty food most days, little movement.",
        "Well, comfortable at rest. Readings shown on the patient's own device.",
        "Raised blood pressure, confirmed by two weeks of home readings.",
        "I10",
        "Begin amlodipine in the morning, less salt, thirty minutes of walking on most days. Readings twice a week.",
        ["amlodipine"],
        Some(28)
    ),
    case!(
        "dermatology",
        "Itchy rash on both arms since last week",
        "Itching in the bends of both elbows for eight days, worse at night. Dry skin since childhood. New washing powder two weeks ago.",
        "Red, dry, slightly thickened patches in both elbow folds, scratch marks, no weeping, no crusts.",
        "Flare of atopic dermatitis, probably triggered by the new washing powder.",
        "L20.9",
        "Hydrocortisone cream thinly twice a day for seven days, moisturiser many times a day, old washing powder. A tablet against the itch at night.",
        ["hydrocortisone", "cetirizine"],
        Some(14)
    ),
    case!(
        "dermatology",
        "Spots on my face that leave marks",
        "Inflamed spots on cheeks and chin for two years, worse before periods. Tried several creams from the pharmacy for a few days each.",
        "Papules and a few pustules on cheeks and chin, brown marks after healing, no nodules.",
        "Moderate acne with marks after inflammation.",
        "L70.0",
        "Benzoyl peroxide gel in the evening, every second day at first. Sun protection. Patience: eight weeks until it shows.",
        ["benzoyl peroxide"],
        Some(56)
    ),
    case!(
        "paediatrics",
        "My daughter has had a fever since yesterday",
        "Three years old, 38.6 °C since yesterday evening, drinks, plays when the fever is down. Vaccinations complete.",
        "Awake and curious on camera, breathes quietly, no rash under the glass test shown by the mother.",
        "Fever of one day, probably viral, in a child who is otherwise well.",
        "R50.9",
        "Fluids in small amounts, paracetamol by weight when she suffers. Signs that need a doctor at once were discussed and sent in writing.",
        ["paracetamol"],
        Some(2)
    ),
    case!(
        "paediatrics",
        "My son coughs at night and wheezes when he runs",
        "Seven years old, cough at night three times a week, wheezes in sports. Father has hay fever.",
        "Comfortable, no drawing in between the ribs. Speaks in sentences.",
        "Asthma, mild, not yet controlled.",
        "J45.909",
        "Salbutamol by spacer when he wheezes and before sports. Diary of symptoms for four weeks, then decide on a daily inhaler.",
        ["salbutamol"],
        Some(28)
    ),
    case!(
        "gynaecology",
        "Very painful periods",
        "Cramps on the first two days of each period, misses work once a month. Cycle of 28 days, no bleeding between.",
        "Comfortable today. No examination in a video visit.",
        "Painful periods without a warning sign.",
        "N94.6",
        "Ibuprofen from the first sign of pain for two days, warmth. If two cycles bring no relief, a visit in person with ultrasound.",
        ["ibuprofen"],
        Some(60)
    ),
    case!(
        "gynaecology",
        "Burning when I pass water",
        "Burning and frequent urge since yesterday, no fever, no pain in the flanks, not pregnant.",
        "Well. No fever on own thermometer.",
        "Simple infection of the bladder.",
        "N39.0",
        "Nitrofurantoin for five days, drink plenty. Fever or pain in the back means a doctor on the same day.",
        ["nitrofurantoin"],
        None
    ),
    case!(
        "cardiology",
        "My heart sometimes stumbles",
        "Single extra beats in the evening for a month, never fast for long, no fainting. Four coffees a day, little sleep.",
        "Pulse regular on the patient's watch, 72 per minute. The strip sent shows single early beats.",
        "Palpitations from single extra beats, harmless in a healthy heart.",
        "R00.2",
        "Fewer coffees, more sleep, an ECG nearby within two weeks and the strip of the next episode.",
        [],
        Some(21)
    ),
    case!(
        "cardiology",
        "Check-up after my heart attack last year",
        "No chest pain, climbs three floors. Takes all tablets. LDL still above target.",
        "Weight stable, blood pressure 128/78 at home.",
        "Old myocardial infarction, stable. Cholesterol not yet at target.",
        "I25.2",
        "Raise atorvastatin, go on with aspirin. Cholesterol again in eight weeks.",
        ["atorvastatin", "aspirin"],
        Some(56)
    ),
    case!(
        "psychiatry",
        "I cannot stop worrying",
        "Worries most of the day for half a year, tense, wakes at four. Works, but with effort. No thoughts of dying.",
        "Friendly, tense, thinking ordered, mood flat, no danger to self or others.",
        "Generalised anxiety disorder.",
        "F41.1",
        "Sertraline in the morning, half a tablet in the first week; a course of breathing exercises; contact of the crisis line on the summary.",
        ["sertraline"],
        Some(14)
    ),
    case!(
        "psychiatry",
        "I sleep three hours a night",
        "Falls asleep at two, awake at five, for two months since changing jobs. Screens in bed, coffee at six in the evening.",
        "Tired, clear, mood appropriate.",
        "Insomnia kept going by habits.",
        "G47.00",
        "A fixed time to get up, no screens in bed, no coffee after noon, a sleep diary. No tablets for now.",
        [],
        Some(21)
    ),
    case!(
        "neurology",
        "Headaches with flickering in front of my eyes",
        "One-sided throbbing twice a month with flickering before it, sick to the stomach, lies in the dark. Mother has the same.",
        "No weakness, no trouble with words, face even on camera.",
        "Migraine with aura.",
        "G43.109",
        "Sumatriptan at the beginning of the pain, not during the flickering; naproxen with it if needed. A headache calendar.",
        ["sumatriptan", "naproxen"],
        Some(42)
    ),
    case!(
        "neurology",
        "My fingers fall asleep at night",
        "Thumb to middle finger of the right hand tingle at night, shaking the hand helps. Works at a keyboard.",
        "Pressing the wrist for a minute brings the tingling. Thumb strong.",
        "Carpal tunnel syndrome on the right.",
        "G56.01",
        "A splint at night for six weeks. If it stays, nerve conduction nearby.",
        [],
        Some(42)
    ),
    case!(
        "orthopaedics",
        "My knee hurts on stairs",
        "Pain behind the kneecap going down stairs for two months after starting to run. No locking, no swelling.",
        "Squats with pain at the end. Walks evenly.",
        "Pain of the kneecap from overload.",
        "M22.2X1",
        "Less running, exercises for hip and thigh three times a week, ibuprofen gel if needed.",
        ["ibuprofen"],
        Some(42)
    ),
    case!(
        "orthopaedics",
        "Low back pain after lifting boxes",
        "Sudden pain low in the back two days ago, none in the legs, no numbness, bladder normal.",
        "Moves slowly, bends to the knees, walks on toes and heels.",
        "Acute low back pain without warning signs.",
        "M54.50",
        "Stay in motion, warmth, naproxen with food for five days. Numbness or weakness means a doctor at once.",
        ["naproxen"],
        Some(14)
    ),
    case!(
        "ear-nose-throat",
        "Blocked nose for weeks",
        "Nose blocked on both sides since spring, sneezes, itchy eyes outdoors.",
        "Breathes through the mouth, voice nasal.",
        "Hay fever.",
        "J30.1",
        "Fluticasone spray every morning, loratadine on bad days; how to spray was practised on camera.",
        ["fluticasone", "loratadine"],
        Some(28)
    ),
    case!(
        "ear-nose-throat",
        "The room spins when I turn in bed",
        "Short spinning when turning to the right in bed for four days, sick to the stomach, hearing normal.",
        "Speech and face normal. The positioning turn brings the spinning for ten seconds.",
        "Benign positional vertigo, right side.",
        "H81.11",
        "The manoeuvre was done together on camera, to be repeated three evenings.",
        [],
        Some(7)
    ),
    case!(
        "ophthalmology",
        "My eyes burn after work",
        "Burning and tired eyes after eight hours at the screen, better at weekends.",
        "Blinks seldom. No redness on close-up.",
        "Dry eyes.",
        "H04.123",
        "Artificial tears four times a day, a pause for the eyes every twenty minutes, the screen lower.",
        [],
        Some(28)
    ),
    case!(
        "ophthalmology",
        "Red eye with yellow discharge",
        "Right eye red and sticky since this morning, no pain, sees clearly. No contact lenses.",
        "Redness of the white, yellow discharge, pupil round on close-up.",
        "Bacterial conjunctivitis on the right.",
        "H10.31",
        "Chloramphenicol drops for five days, own towel. Pain or blurred sight means an eye clinic today.",
        ["chloramphenicol"],
        Some(3)
    ),
    case!(
        "endocrinology",
        "My sugar is too high in the mornings",
        "Type 2 diabetes for three years, fasting sugar about 9 mmol/l, takes metformin once a day, late dinners.",
        "Weight up two kilograms. Feet look well on camera.",
        "Type 2 diabetes, not yet at target.",
        "E11.65",
        "Metformin twice a day with meals, dinner before eight, HbA1c in ten weeks.",
        ["metformin"],
        Some(70)
    ),
    case!(
        "endocrinology",
        "Tired and always cold",
        "Tired for months, hair thin, gained four kilograms. TSH 11 in the laboratory report that was sent.",
        "Slow in speech, face slightly swollen.",
        "Underactive thyroid.",
        "E03.9",
        "Levothyroxine in the morning before breakfast, TSH in eight weeks.",
        ["levothyroxine"],
        Some(56)
    ),
    case!(
        "gastroenterology",
        "Burning behind the breastbone after meals",
        "Heartburn four evenings a week, worse lying down. No trouble swallowing, weight stable.",
        "Well. Points to behind the breastbone.",
        "Reflux without warning signs.",
        "K21.9",
        "Omeprazole before breakfast for four weeks, last meal three hours before bed, head of the bed higher.",
        ["omeprazole"],
        Some(28)
    ),
    case!(
        "gastroenterology",
        "Bloating and loose stools under stress",
        "Cramps and loose stools for years, better after going, worse in busy weeks. No blood, no weight loss.",
        "Abdomen soft when the patient presses.",
        "Irritable bowel with loose stools.",
        "K58.0",
        "A diary of food and stress, oats and fewer sweeteners, loperamide before important days.",
        ["loperamide"],
        Some(42)
    ),
    case!(
        "pulmonology",
        "I need my blue inhaler every day",
        "Asthma since childhood, uses the reliever daily, wakes twice a week.",
        "Speaks in sentences. Inhaler used without holding the breath.",
        "Asthma, not controlled; technique corrected.",
        "J45.40",
        "Budesonide with formoterol morning and evening, breath held for ten seconds, reliever only when needed.",
        ["budesonide"],
        Some(28)
    ),
    case!(
        "pulmonology",
        "A cough that stays after a cold",
        "Dry cough for five weeks after a cold, no fever, does not smoke.",
        "No cough during the call for five minutes, breathes quietly.",
        "Cough after an infection.",
        "R05.3",
        "Time, honey, water. A chest X-ray if it passes eight weeks.",
        [],
        Some(21)
    ),
    case!(
        "nephrology",
        "My kidney values in the last blood test",
        "Creatinine slightly raised twice in six months, diabetes for ten years, blood pressure 140/85.",
        "No swelling of the legs on camera.",
        "Chronic kidney disease, stage 3a.",
        "N18.31",
        "Losartan in the evening, no ibuprofen, albumin in urine and creatinine in six weeks.",
        ["losartan"],
        Some(42)
    ),
    case!(
        "nephrology",
        "I had a kidney stone last month",
        "First stone, passed by itself. Drinks one litre a day, eats much meat.",
        "Well, no pain.",
        "After a calcium stone.",
        "N20.0",
        "Two and a half litres of water a day, less salt, stone analysis requested.",
        [],
        Some(90)
    ),
    case!(
        "urology",
        "I get up four times a night",
        "Weak stream, up four times a night for a year. No blood, no pain.",
        "Score of symptoms 16 of 35.",
        "Enlarged prostate with symptoms of moderate degree.",
        "N40.1",
        "Tamsulosin in the evening, little to drink after seven, PSA after talking about what it can and cannot tell.",
        ["tamsulosin"],
        Some(42)
    ),
    case!(
        "urology",
        "Third bladder infection this year",
        "Three infections since spring, the last one four weeks ago. Well today.",
        "No fever. No pain.",
        "Infections of the bladder that come back.",
        "N30.20",
        "Drink more, habits discussed, ultrasound nearby, urine culture at the next one before any tablet.",
        [],
        Some(30)
    ),
    case!(
        "oncology",
        "Second opinion after breast surgery",
        "Small tumour of the left breast removed in summer, hormone-sensitive, nodes clear. Radiation was advised.",
        "Scar healed on close-up, arm moves freely.",
        "Breast cancer, early, operated; the advice of radiation is sound.",
        "C50.912",
        "Radiation as planned, then hormone tablets. Questions for the next visit written down together.",
        [],
        Some(60)
    ),
    case!(
        "oncology",
        "Hot flushes from my tablets",
        "Hot flushes ten times a day since hormone tablets began in spring.",
        "Tired, otherwise well.",
        "Flushes as an effect of treatment.",
        "N95.1",
        "Cooler bedroom, exercise, venlafaxine in low dose as a trial.",
        ["venlafaxine"],
        Some(28)
    ),
    case!(
        "rheumatology",
        "My hands are stiff for an hour every morning",
        "Stiff swollen finger joints for three months, an hour each morning. Mother has rheumatism.",
        "Swelling over the knuckles of both hands, fist not complete.",
        "Rheumatoid arthritis, early; blood tests to confirm.",
        "M06.9",
        "Naproxen with food for now, blood tests and X-ray of hands this week, visit in person when they are there.",
        ["naproxen"],
        Some(10)
    ),
    case!(
        "rheumatology",
        "My big toe is red and hurts",
        "Woke with a red hot big toe, touch unbearable, had one three years ago. Feast at the weekend.",
        "Joint red and swollen on close-up.",
        "Attack of gout.",
        "M10.9",
        "Colchicine today and tomorrow, rest, ice. Uric acid in three weeks.",
        ["colchicine"],
        Some(21)
    ),
    case!(
        "dentistry",
        "Toothache since last night",
        "Throbbing pain lower right, worse with cold, no fever, mouth opens.",
        "Dark spot on the lower first molar, gum not swollen on close-up.",
        "Inflamed nerve of a molar.",
        "K04.01",
        "Ibuprofen for the night, a chair near you tomorrow: the tooth needs treatment, not antibiotics.",
        ["ibuprofen"],
        Some(1)
    ),
    case!(
        "dentistry",
        "My gums bleed when I brush",
        "Bleeding for a month, no pain. Smokes ten a day.",
        "Gums red along the front teeth.",
        "Inflammation of the gums.",
        "K05.10",
        "Soft brush, small brushes between the teeth, chlorhexidine rinse for a week, cleaning nearby.",
        [],
        Some(30)
    ),
    case!(
        "physiotherapy",
        "My neck is stiff from sitting",
        "Stiff neck after long days, no pain in the arms.",
        "Turns the head two thirds to each side. Shoulders high.",
        "Tension of the neck.",
        "M54.2",
        "Three exercises shown and practised, a timer for every forty minutes, the screen at eye level.",
        [],
        Some(14)
    ),
    case!(
        "physiotherapy",
        "Exercises after my ankle sprain",
        "Sprain three weeks ago, walks without pain, unsure on uneven ground.",
        "Stands on one leg for eight seconds.",
        "Ankle sprain, healing.",
        "S93.401D",
        "Balance exercises daily, running again when thirty seconds on one leg are steady.",
        [],
        Some(21)
    ),
    case!(
        "nutrition",
        "What to eat with diabetes",
        "Type 2 diabetes found in autumn, sweet tea four times a day, rice at night.",
        "BMI 28.",
        "Type 2 diabetes, advice on food.",
        "E11.9",
        "Tea without sugar in steps, half the plate vegetables, rice at noon. A diary with photographs.",
        [],
        Some(21)
    ),
    case!(
        "nutrition",
        "I cannot lose weight",
        "Tried many diets, gains again each time. Eats little by day and much at night.",
        "BMI 31.",
        "Obesity; the pattern of a day that is back to front.",
        "E66.9",
        "Breakfast and lunch every day for two weeks, nothing counted. Then the next step.",
        [],
        Some(14)
    ),
];

/// The stories of a specialty.
pub(in crate::demo) fn of(specialty: &str) -> Vec<&'static Case> {
    CASES.iter().filter(|case| case.specialty == specialty).collect()
}

#[cfg(test)]
mod tests {
    use super::super::specialties::SPECIALTIES;
    use super::*;

    #[test]
    fn every_specialty_has_stories() {
        for specialty in SPECIALTIES {
            assert!(of(specialty.code).len() >= 2, "{}", specialty.code);
        }
        assert_eq!(CASES.len(), SPECIALTIES.len() * 2);
    }

    #[test]
    fn every_diagnosis_is_in_the_list() {
        for case in CASES {
            assert!(chart::icd10::find(case.code).is_some(), "{}", case.code);
        }
    }
}
