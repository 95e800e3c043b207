//! Words by which a sentence is known: everyday English of consultations, written for this program.

/// What patients complain of: single words in any of their usual forms.
const SYMPTOMS: &[&str] = &[
    "ache",
    "aches",
    "aching",
    "anxious",
    "anxiety",
    "bleeding",
    "bleed",
    "blister",
    "blisters",
    "bloated",
    "breathless",
    "breathlessness",
    "bruise",
    "bruises",
    "burning",
    "chills",
    "confused",
    "constipation",
    "constipated",
    "cough",
    "coughing",
    "cramp",
    "cramps",
    "depressed",
    "diarrhea",
    "diarrhoea",
    "discharge",
    "dizzy",
    "dizziness",
    "earache",
    "faint",
    "fainted",
    "fatigue",
    "fever",
    "feverish",
    "headache",
    "headaches",
    "heartburn",
    "hives",
    "hoarse",
    "insomnia",
    "itch",
    "itching",
    "itchy",
    "lump",
    "migraine",
    "nausea",
    "nauseous",
    "numb",
    "numbness",
    "pain",
    "painful",
    "pains",
    "palpitations",
    "phlegm",
    "rash",
    "seizure",
    "shaking",
    "shivering",
    "sick",
    "sleepless",
    "sneezing",
    "sore",
    "sputum",
    "stiff",
    "stiffness",
    "sweating",
    "sweats",
    "swelling",
    "swollen",
    "thirsty",
    "tired",
    "tiredness",
    "tremor",
    "ulcer",
    "vomit",
    "vomited",
    "vomiting",
    "weak",
    "weakness",
    "wheeze",
    "wheezing",
    "wheezy",
];

/// Complaints of several words.
const PHRASES: &[&str] = &[
    "short of breath",
    "shortness of breath",
    "runny nose",
    "blocked nose",
    "stuffy nose",
    "blurred vision",
    "weight loss",
    "lost weight",
    "throwing up",
    "passed out",
    "chest tightness",
    "tight chest",
    "hard to breathe",
    "trouble sleeping",
    "cannot sleep",
    "can't sleep",
];

/// Words that say how long, since when, how it was.
const STORY: &[&str] = &[
    "since",
    "ago",
    "yesterday",
    "week",
    "weeks",
    "day",
    "days",
    "month",
    "months",
    "year",
    "years",
    "night",
    "morning",
    "started",
    "began",
    "worse",
    "better",
    "allergic",
    "allergy",
    "allergies",
    "smoke",
    "smoking",
    "alcohol",
    "pregnant",
    "medication",
    "medicine",
    "tablets",
    "operation",
    "surgery",
    "hospital",
    "mother",
    "father",
    "sister",
    "brother",
    "diabetes",
    "asthma",
    "taking",
];

const FINDINGS: &[&str] = &[
    "blood pressure",
    "temperature is",
    "temperature of",
    "your temperature",
    "your pulse",
    "pulse is",
    "heart rate",
    "saturation",
    "on examination",
    "i can see",
    "i see that",
    "i can hear",
    "your throat is",
    "your throat looks",
    "your skin",
    "your chest is",
    "looks red",
    "looks swollen",
    "is swollen",
    "no rash",
    "lungs are clear",
    "tender",
];

const ASSESSMENT: &[&str] = &[
    "i think",
    "most likely",
    "it is likely",
    "likely to be",
    "this is a",
    "this is an",
    "this sounds like",
    "this looks like",
    "it sounds like",
    "it looks like",
    "sounds to me like",
    "you have a",
    "you have an",
    "consistent with",
    "diagnosis",
    "i suspect",
    "probably",
];

const PLAN: &[&str] = &[
    "prescribe",
    "prescription for",
    "take one",
    "take two",
    "take the",
    "take it",
    "take this",
    "times a day",
    "times daily",
    "once a day",
    "twice a day",
    "twice daily",
    "once daily",
    "every day",
    "before meals",
    "after meals",
    "with food",
    "come back",
    "see you again",
    "follow up",
    "follow-up",
    "if it gets worse",
    "if you get",
    "if the",
    "drink plenty",
    "plenty of",
    "rest",
    "avoid",
    "stop taking",
    "start taking",
    "blood test",
    "x-ray",
    "x ray",
    "scan",
    "refer you",
    "i would recommend",
    "i recommend",
    "you should",
    "you need to",
    "please call",
    "call us",
    "let's",
    "we will",
    "we'll",
    "i will",
    "i'll",
    "keep taking",
    "continue",
];

/// Said at any visit, and saying nothing about health.
const SMALL_TALK: &[&str] = &[
    "hello",
    "hi",
    "good morning",
    "good afternoon",
    "good evening",
    "thank you",
    "thanks",
    "bye",
    "goodbye",
    "can you hear me",
    "nice to meet you",
    "okay",
    "ok",
    "all right",
    "alright",
    "you're welcome",
    "see you",
];

/// Long everyday words that sound a little like some medicine.
const EVERYDAY: &[&str] = &[
    "prescribe",
    "prescription",
    "prescribed",
    "medicine",
    "medicines",
    "medication",
    "medications",
    "morning",
    "tomorrow",
    "another",
    "anything",
    "something",
    "penicillin",
    "vitamin",
    "vitamins",
    "insulin",
    "infection",
    "inflammation",
    "antibiotic",
    "antibiotics",
    "allergic",
    "allergy",
    "pressure",
    "temperature",
    "ibuprofen",
    "patient",
    "doctor",
    "problem",
    "problems",
    "breathing",
    "chest",
    "stomach",
    "headache",
    "tablets",
    "capsules",
    "examination",
    "hospital",
    "operation",
    "milligrams",
    "minutes",
    "persistent",
];

pub(super) fn is_everyday(word: &str) -> bool {
    EVERYDAY.contains(&word)
}

/// Symptoms in a sentence, as they were said.
pub(super) fn symptoms(words: &[String]) -> Vec<String> {
    let text = words.join(" ");
    let phrases = PHRASES.iter().filter(|phrase| has(&text, phrase)).map(|phrase| (*phrase).to_owned());
    let single = words.iter().filter(|word| SYMPTOMS.contains(&word.as_str())).cloned();
    let mut found: Vec<String> = Vec::new();
    for symptom in phrases.chain(single) {
        if !found.contains(&symptom) {
            found.push(symptom);
        }
    }
    found
}

pub(super) fn is_story(words: &[String]) -> bool {
    words.iter().any(|word| STORY.contains(&word.as_str()))
}

pub(super) fn is_finding(text: &str) -> bool {
    FINDINGS.iter().any(|cue| has(text, cue))
}

pub(super) fn is_assessment(text: &str) -> bool {
    ASSESSMENT.iter().any(|cue| has(text, cue))
}

pub(super) fn is_plan(text: &str) -> bool {
    PLAN.iter().any(|cue| has(text, cue))
}

/// A greeting, thanks, and the like: short, and begun by it.
pub(super) fn is_small_talk(words: &[String]) -> bool {
    let text = words.join(" ");
    words.len() <= 5 && SMALL_TALK.iter().any(|cue| text == *cue || text.starts_with(&format!("{cue} ")))
}

/// Said while thinking.
pub(super) fn is_filler(words: &[String]) -> bool {
    const FILLERS: [&str; 14] =
        ["um", "uh", "er", "hmm", "mm", "well", "so", "right", "okay", "ok", "sure", "i", "see", "let"];
    words.iter().all(|word| FILLERS.contains(&word.as_str()))
}

/// Whether an answer begins by a yes (`true`) or a no.
pub(super) fn affirms(words: &[String]) -> Option<bool> {
    match words.first()?.as_str() {
        "yes" | "yeah" | "yep" | "yup" | "sometimes" | "often" | "always" => Some(true),
        "no" | "nope" | "nah" | "never" | "none" | "nothing" => Some(false),
        _ => None,
    }
}

/// Denied: a no within the few words before it, in the same clause.
pub(super) fn is_denied(words: &[String], place: usize) -> bool {
    const DENIALS: [&str; 9] = ["no", "not", "never", "without", "denies", "denied", "neither", "nor", "none"];
    const JOINTS: [&str; 7] = ["but", "and", "because", "then", "so", "although", "except"];
    let before = words[..place].iter().rev().take_while(|word| !JOINTS.contains(&word.as_str())).take(5);
    before.into_iter().any(|word| DENIALS.contains(&word.as_str()) || word.ends_with("n't"))
}

/// What somebody is allergic to: what follows each "allergic to" or "allergy to", up to the next joint of the sentence, unless it is denied
/// right before; and what stands before "allergy".
pub(super) fn allergies(words: &[String]) -> Vec<String> {
    const JOINTS: [&str; 13] =
        ["because", "but", "so", "since", "when", "which", "i", "it", "that", "as", "no", "yes", "am"];
    const NOTHING: [&str; 9] =
        ["anything", "nothing", "something", "any", "medicines", "medicine", "it", "that", "them"];
    let mut found: Vec<String> = Vec::new();
    for (place, word) in words.iter().enumerate().filter(|(_, word)| word.starts_with("allerg")) {
        let from = place.saturating_sub(3);
        let near = &words[from..place];
        let denied = near.iter().any(|word| matches!(word.as_str(), "not" | "never") || word.ends_with("n't"))
            || near.last().is_some_and(|word| word == "no" || word == "any");
        if denied {
            continue;
        }
        if words.get(place + 1).is_some_and(|next| next == "to") {
            let rest: Vec<&str> = words[place + 2..]
                .iter()
                .map(String::as_str)
                .take_while(|word| !JOINTS.contains(word))
                .take(6)
                .collect();
            found.extend(rest.split(|word| *word == "and" || *word == "or").map(|name| name.join(" ")));
        } else if word == "allergy" && place > 0 {
            found.push(words[place - 1].clone());
        }
    }
    found.retain(|name| {
        !name.is_empty() && !NOTHING.contains(&name.as_str()) && !matches!(name.as_str(), "an" | "the" | "my")
    });
    found.dedup();
    found
}

/// Whether the cue stands in the text as whole words.
fn has(text: &str, cue: &str) -> bool {
    text.match_indices(cue).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_none_or(|letter| !letter.is_alphanumeric());
        let after = text[at + cue.len()..].chars().next().is_none_or(|letter| !letter.is_alphanumeric());
        before && after
    })
}

#[cfg(test)]
mod tests {
    use super::{super::said::words, *};

    #[test]
    fn symptoms_and_allergies_are_found_where_they_are() {
        assert_eq!(symptoms(&words("I feel short of breath, and a dry cough.")), ["short of breath", "cough"]);
        assert_eq!(allergies(&words("I am allergic to penicillin and latex, I think.")), ["penicillin", "latex"]);
        assert!(allergies(&words("I'm not allergic to anything.")).is_empty());
        assert_eq!(allergies(&words("No, I am allergic to penicillin.")), ["penicillin"]);
        assert_eq!(allergies(&words("I'm not allergic to latex but I am allergic to penicillin.")), ["penicillin"]);
        assert_eq!(allergies(&words("I have a penicillin allergy.")), ["penicillin"]);
        assert!(symptoms(&words("The weather is nice")).is_empty());
    }

    #[test]
    fn denials_reach_as_far_as_their_clause() {
        let denied = |text: &str, word: &str| {
            let words = words(text);
            is_denied(&words, words.iter().position(|one| one == word).expect("it is there"))
        };
        assert!(denied("I have no fever at all", "fever") && denied("I don't have chest pain", "pain"));
        assert!(!denied("no fever but a cough", "cough") && !denied("a cough, no fever", "cough"));
    }

    #[test]
    fn cues_are_whole_words() {
        assert!(is_plan("you should rest"));
        assert!(!is_plan("the restaurant was closed"));
        assert!(
            is_small_talk(&words("Hello, doctor.")) && !is_small_talk(&words("Hello, I have had a cough for days."))
        );
    }
}
