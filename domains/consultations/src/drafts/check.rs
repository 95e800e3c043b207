//! What is doubtful about a draft, and what it leaves out.

use std::collections::HashSet;

use chart::vitals::{Sign, VitalSigns};

use super::{
    Doubt, Draft, Omission, Recorded, Sentence, What, lexicon,
    medicines::{Named, named},
    numbers::{doses, numbers, vital_signs},
    said::{Spoken, sentences, words},
};
use crate::{transcripts::Segment, visits::Side};

/// Checks every sentence against what was said and what the record says, and lists what was left out. Doubts that the draft came with
/// are replaced.
pub fn check(mut draft: Draft, segments: &[Segment], recorded: &Recorded) -> Draft {
    let spoken = sentences(segments);
    // A sentence without a source is nobody's: it is not shown at all.
    draft.sentences.retain(|sentence| !sentence.sources.is_empty());
    for sentence in &mut draft.sentences {
        let sources: Vec<&Spoken> = spoken.iter().filter(|one| sentence.sources.contains(&one.source)).collect();
        sentence.doubts = doubts(sentence, &sources, recorded);
    }
    draft.omissions = omissions(&draft, &spoken, recorded);
    draft.unspoken = unspoken(&spoken, recorded);
    draft
}

fn doubts(sentence: &Sentence, sources: &[&Spoken], recorded: &Recorded) -> Vec<Doubt> {
    let mut doubts = unsupported(sentence, sources, recorded);
    let said = words(&sentence.text);
    let unsure: Vec<&str> = sources
        .iter()
        .flat_map(|source| &source.unsure)
        .map(String::as_str)
        .filter(|word| said.contains(&word.to_lowercase()) && weighs(word))
        .collect();
    if !unsure.is_empty() {
        doubts.push(Doubt::Unsure { words: unsure.join(", ") });
    }
    let medicines = named(&said, &recorded.medicines);
    for Named { heard, name } in &medicines {
        if !name.starts_with(heard.as_str()) {
            doubts.push(Doubt::SoundsLike { heard: heard.clone(), meant: name.clone() });
        }
    }
    doubts.extend(vitals_that_differ(&vital_signs(&said), &recorded.vitals));
    if sources.iter().any(|source| source.from == Side::Doctor) && to_be_taken(&said) {
        doubts.extend(medicines.iter().filter_map(|medicine| against_prescriptions(medicine, &said, recorded)));
    }
    for substance in lexicon::allergies(&said) {
        if !recorded.allergies.iter().any(|known| same(known, &substance)) {
            doubts.push(Doubt::AllergyNotRecorded { substance });
        }
    }
    doubts
}

/// "at" misheard changes nothing; a number, "not" or a longer word may.
fn weighs(word: &str) -> bool {
    word.len() > 3 || matches!(word, "no" | "not") || word.chars().any(|letter| letter.is_ascii_digit())
}

/// Numbers and medicines that the sources do not have, and a sentence that has hardly a word of them. What is quoted passes by itself.
fn unsupported(sentence: &Sentence, sources: &[&Spoken], recorded: &Recorded) -> Vec<Doubt> {
    let said: Vec<String> = sources.iter().flat_map(|source| source.words()).collect();
    let own = words(&sentence.text);
    let (there, claimed) = (numbers(&said), numbers(&own));
    let mut found: Vec<Doubt> =
        claimed.into_iter().filter(|number| !there.contains(number)).map(|what| Doubt::Unsupported { what }).collect();
    let heard: Vec<String> = named(&said, &recorded.medicines).into_iter().map(|one| one.name).collect();
    let medicines = named(&own, &recorded.medicines).into_iter().filter(|one| !heard.contains(&one.name));
    found.extend(medicines.map(|one| Doubt::Unsupported { what: one.name }));
    let symptoms = lexicon::symptoms(&own).into_iter().filter(|symptom| !said.join(" ").contains(symptom.as_str()));
    found.extend(symptoms.map(|what| Doubt::Unsupported { what }));
    if found.is_empty() && !resembles(&own, &said) {
        found.push(Doubt::Unsupported { what: sentence.text.clone() });
    }
    found
}

/// At least a third of the longer words were said, in this form or one with the same beginning.
fn resembles(own: &[String], said: &[String]) -> bool {
    let long: Vec<&String> = own.iter().filter(|word| word.len() > 3).collect();
    let beginnings: HashSet<String> = said.iter().map(|word| word.chars().take(4).collect()).collect();
    let met = long.iter().filter(|word| beginnings.contains(&word.chars().take(4).collect::<String>())).count();
    long.is_empty() || met * 3 >= long.len()
}

fn vitals_that_differ(said: &VitalSigns, recorded: &VitalSigns) -> Vec<Doubt> {
    let differs = |sign: &Sign| {
        let said = sign.of(said)?;
        let known = sign.of(recorded);
        if known.is_some_and(|known| (known - said).abs() < 0.05) {
            return None;
        }
        let recorded = known.map(|known| known.to_string()).unwrap_or_default();
        Some(Doubt::Differs { what: sign.as_str().to_owned(), said: said.to_string(), recorded })
    };
    Sign::ALL.iter().filter_map(differs).collect()
}

fn to_be_taken(words: &[String]) -> bool {
    const CUES: [&str; 8] = ["prescribe", "take", "taking", "start", "use", "increase", "reduce", "continue"];
    words.iter().any(|word| CUES.contains(&word.as_str()))
        && !words.iter().any(|word| word == "stop" || word == "avoid")
}

fn against_prescriptions(medicine: &Named, said: &[String], recorded: &Recorded) -> Option<Doubt> {
    let name = medicine.name.clone();
    let Some(line) = recorded.prescribed.iter().find(|line| line.names.contains(&name)) else {
        return Some(Doubt::NotPrescribed { medicine: name });
    };
    let written = numbers(&words(&line.text));
    let missing = doses(said)
        .into_iter()
        .filter(|dose| dose.ends_with("mg") || dose.ends_with("mcg") || dose.ends_with(" g") || dose.ends_with("ml"))
        .find(|dose| dose.split(' ').next().is_some_and(|number| !written.iter().any(|other| other == number)));
    missing.map(|said| Doubt::Differs { what: name, said, recorded: line.text.clone() })
}

fn omissions(draft: &Draft, spoken: &[Spoken], recorded: &Recorded) -> Vec<Omission> {
    let kept: Vec<String> = draft.sentences.iter().flat_map(|sentence| words(&sentence.text)).collect();
    let known = format!(" {} {} ", kept.join(" "), words(&recorded.note).join(" "));
    let doses_known: Vec<String> = doses(&kept).into_iter().chain(doses(&words(&recorded.note))).collect();
    let mut found: Vec<Omission> = Vec::new();
    // A question names things that may not be so; its answer, where it matters, stands in the draft with it.
    for one in spoken.iter().filter(|one| !one.is_question()) {
        let said = one.words();
        let medicines = named(&said, &recorded.medicines).into_iter();
        let all = lexicon::allergies(&said)
            .into_iter()
            .map(|said| (What::Allergy, said))
            .chain(medicines.map(|one| (What::Medicine, one.heard)))
            .chain(doses(&said).into_iter().map(|said| (What::Dose, said)))
            .chain(lexicon::symptoms(&said).into_iter().map(|said| (What::Symptom, said)));
        for (what, said) in all {
            let there = match what {
                What::Dose => doses_known.contains(&said),
                _ => known.contains(&format!(" {said} ")),
            };
            if !there && !found.iter().any(|other| other.what == what && other.said == said) {
                found.push(Omission { what, said, quote: one.text.clone(), source: one.source });
            }
        }
    }
    found.sort_by_key(|omission| omission.what);
    found
}

fn unspoken(spoken: &[Spoken], recorded: &Recorded) -> Vec<String> {
    let said: Vec<String> = spoken.iter().flat_map(Spoken::words).collect();
    let heard: Vec<String> = named(&said, &recorded.medicines).into_iter().map(|one| one.name).collect();
    let silent = recorded.prescribed.iter().filter(|line| !line.names.iter().any(|name| heard.contains(name)));
    silent.map(|line| line.name.clone()).collect()
}

fn same(known: &str, said: &str) -> bool {
    let known = known.to_lowercase();
    known.contains(said) || said.contains(&known) || strsim::jaro_winkler(&known, said) > 0.92
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Prescribed, Section, compose, said::tests::talk},
        *,
    };

    const D: Side = Side::Doctor;
    const P: Side = Side::Patient;

    fn recorded() -> Recorded {
        Recorded {
            medicines: ["amoxicillin", "ibuprofen", "metformin"].map(str::to_owned).into(),
            ..Recorded::default()
        }
    }

    fn checked(lines: &[(Side, &str)], recorded: &Recorded) -> Draft {
        let said = talk(lines);
        check(compose(&said), &said, recorded)
    }

    #[test]
    fn what_was_said_and_is_not_recorded_is_marked() {
        let lines = [
            (P, "I have a cough and I am allergic to penicillin."),
            (D, "Your blood pressure is 130 over 85."),
            (D, "I will prescribe amexicillin five hundred milligrams three times daily."),
        ];
        let draft = checked(&lines, &recorded());
        let doubts: Vec<_> = draft.sentences.iter().flat_map(|sentence| &sentence.doubts).cloned().collect();
        assert!(doubts.contains(&Doubt::AllergyNotRecorded { substance: "penicillin".into() }), "{doubts:?}");
        assert!(doubts.contains(&Doubt::Differs {
            what: "systolic".into(),
            said: "130".into(),
            recorded: String::new()
        }));
        assert!(doubts.contains(&Doubt::SoundsLike { heard: "amexicillin".into(), meant: "amoxicillin".into() }));
        assert!(doubts.contains(&Doubt::NotPrescribed { medicine: "amoxicillin".into() }));
    }

    #[test]
    fn what_agrees_with_the_record_raises_nothing_and_another_dose_does() {
        let prescribed = |text: &str| Prescribed {
            name: "amoxicillin 500 mg capsule".into(),
            names: vec!["amoxicillin".into()],
            text: text.into(),
        };
        let lines = [
            (P, "I have a cough and I am allergic to penicillin."),
            (D, "Your temperature is 38.5."),
            (D, "Please take amoxicillin 500 mg three times a day."),
        ];
        let mut known = Recorded {
            allergies: vec!["Penicillin".into()],
            vitals: VitalSigns { temperature: Some(38.5), ..VitalSigns::default() },
            prescribed: vec![prescribed("amoxicillin 500 mg capsule: 1 capsule 3 times a day")],
            ..recorded()
        };
        let draft = checked(&lines, &known);
        assert!(draft.sentences.iter().all(|sentence| sentence.doubts.is_empty()), "{:?}", draft.sentences);
        assert!(draft.omissions.is_empty() && draft.unspoken.is_empty(), "{draft:?}");
        known.prescribed = vec![prescribed("amoxicillin 250 mg capsule: 1 capsule 3 times a day")];
        let plan = checked(&lines, &known);
        assert!(matches!(&plan.sentences[2].doubts[..], [Doubt::Differs { said, .. }] if said == "500 mg"), "{plan:?}");
    }

    #[test]
    fn what_a_model_makes_up_is_unsupported() {
        let said = talk(&[(P, "I have had a cough for five days."), (D, "We will take an x-ray of your lungs.")]);
        let sentence = |text: &str, sources: &[i32]| Sentence {
            section: Section::History,
            text: text.into(),
            sources: sources.into(),
            doubts: Vec::new(),
        };
        let draft = Draft {
            sentences: vec![
                sentence("Cough for 5 days.", &[1]),
                sentence("Cough for 15 days with fever, treated with ibuprofen.", &[1]),
                sentence("The patient enjoys gardening abroad.", &[2]),
                sentence("Nobody said this.", &[]),
                sentence("Cough for five days.", &[7]),
            ],
            ..Draft::default()
        };
        let checked = check(draft, &said, &recorded());
        let unsupported = |place: usize| {
            let doubts = checked.sentences[place].doubts.iter();
            doubts
                .filter_map(|doubt| match doubt {
                    Doubt::Unsupported { what } => Some(what.as_str()),
                    _ => None,
                })
                .collect::<Vec<_>>()
        };
        assert!(unsupported(0).is_empty(), "{:?}", checked.sentences[0]);
        assert_eq!(unsupported(1), ["15", "ibuprofen", "fever"]);
        assert_eq!(unsupported(2).len(), 1);
        assert_eq!(checked.sentences.len(), 4, "a sentence without a source is not shown");
        assert!(!unsupported(3).is_empty(), "a source that does not exist supports nothing");
    }

    #[test]
    fn what_a_draft_leaves_out_is_listed_once() {
        let said = talk(&[
            (P, "I have a headache and take ibuprofen 400 mg."),
            (P, "The headache makes me dizzy."),
            (D, "Do you have a rash?"),
        ]);
        let draft = Draft {
            sentences: vec![Sentence {
                section: Section::Reason,
                text: "Headache.".into(),
                sources: vec![1],
                doubts: Vec::new(),
            }],
            ..Draft::default()
        };
        let found = check(draft.clone(), &said, &recorded()).omissions;
        let listed: Vec<_> = found.iter().map(|one| (one.what, one.said.as_str(), one.source)).collect();
        assert_eq!(listed, [(What::Medicine, "ibuprofen", 1), (What::Dose, "400 mg", 1), (What::Symptom, "dizzy", 2)]);
        let noted = Recorded { note: "Dizzy. Ibuprofen 400 mg at home.".into(), ..recorded() };
        assert!(check(draft, &said, &noted).omissions.is_empty());
    }

    #[test]
    fn what_is_prescribed_and_never_named_is_told() {
        let line =
            Prescribed { name: "metformin 500 mg tablet".into(), names: vec!["metformin".into()], text: String::new() };
        let known = Recorded { prescribed: vec![line], ..recorded() };
        assert_eq!(checked(&[(P, "I feel tired.")], &known).unspoken, ["metformin 500 mg tablet"]);
    }
}
