//! What is doubtful about a draft, and what it leaves out.

use std::collections::HashSet;

use chart::vitals::{Sign, VitalSigns};

use super::{
    Doubt, Draft, Omission, Prescribed, Recorded, Sentence, What,
    compose::ANSWERED,
    lexicon,
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
    let all = words(&sentence.text);
    let unsure: Vec<&str> = sources
        .iter()
        .flat_map(|source| &source.unsure)
        .map(String::as_str)
        .filter(|word| all.contains(&word.to_lowercase()) && weighs(&word.to_lowercase()))
        .collect();
    if !unsure.is_empty() {
        doubts.push(Doubt::Unsure { words: unsure.join(", ") });
    }
    // What is claimed: of a question only what its answer affirms.
    let said = claimed(&sentence.text);
    for Named { heard, name } in named(&said, &recorded.medicines) {
        if !name.starts_with(heard.as_str()) {
            doubts.push(Doubt::SoundsLike { heard, meant: name });
        }
    }
    if sources.iter().any(|source| source.from == Side::Doctor) {
        doubts.extend(vitals_that_differ(&vital_signs(&said), &recorded.vitals));
        doubts.extend(against_prescriptions(&said, recorded));
    }
    for substance in lexicon::allergies(&said) {
        if !recorded.allergies.iter().any(|known| same(known, &substance)) {
            doubts.push(Doubt::AllergyNotRecorded { substance });
        }
    }
    doubts
}

/// The words of a sentence that say something is so. A pair of question and answer claims what was asked only after a yes.
fn claimed(text: &str) -> Vec<String> {
    let Some((question, answer)) = text.split_once(ANSWERED).filter(|(question, _)| question.starts_with('“')) else {
        return words(text);
    };
    let answer = words(answer);
    match lexicon::affirms(&answer) {
        Some(true) => words(question).into_iter().chain(answer).collect(),
        Some(false) => answer.into_iter().skip(1).collect(),
        None => answer,
    }
}

/// "at" misheard changes nothing; a number, a side, a yes, a no or a longer word may. In lower case.
fn weighs(word: &str) -> bool {
    let number = !numbers(&[word.to_owned()]).is_empty();
    word.len() > 3 || number || matches!(word, "yes" | "no" | "not" | "nor" | "mg" | "ml")
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
    found.extend(turned_round(&own, sources).into_iter().map(|what| Doubt::Unsupported { what }));
    if found.is_empty() && !resembles(&own, &said) {
        found.push(Doubt::Unsupported { what: sentence.text.clone() });
    }
    found
}

/// Words by which a sentence says the opposite of its sources: a complaint denied here and not there, a side, a stop and a start.
fn turned_round(own: &[String], sources: &[&Spoken]) -> Vec<String> {
    const TURNS: [&str; 9] = ["left", "right", "both", "stop", "stopped", "start", "started", "increase", "reduce"];
    let said: Vec<Vec<String>> = sources.iter().map(|source| source.words()).collect();
    let stem = |word: &str| word.chars().take(4).collect::<String>();
    let mut found: Vec<String> = own
        .iter()
        .filter(|word| TURNS.contains(&word.as_str()))
        .filter(|word| !said.iter().flatten().any(|other| stem(other) == stem(word)))
        .cloned()
        .collect();
    for symptom in lexicon::symptoms(own) {
        let Some(last) = symptom.split(' ').next_back() else { continue };
        let denied = |words: &[String]| {
            let places = words.iter().enumerate().filter(|(_, word)| *word == last).map(|(place, _)| place);
            places.map(|place| lexicon::is_denied(words, place)).collect::<Vec<_>>()
        };
        // A short no answers the question that is a source beside it.
        let refused = said.iter().any(|words| lexicon::affirms(words) == Some(false));
        let there: Vec<bool> = said.iter().flat_map(|words| denied(words)).collect();
        let fits = |here: &bool| there.is_empty() || there.contains(here) || (*here && refused);
        if !denied(own).iter().all(fits)
            || (refused && there.iter().all(|denied| !denied) && denied(own).contains(&false) && !is_pair(own))
        {
            found.push(symptom);
        }
    }
    found
}

/// Quoted with its answer, so that nothing is turned round.
fn is_pair(own: &[String]) -> bool {
    own.iter().any(|word| matches!(word.as_str(), "no" | "nope" | "never" | "none" | "nothing"))
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

/// Medicines that somebody is to take, or to stop, against what this visit's prescriptions say. Each is judged by the words since the
/// medicine before it.
fn against_prescriptions(said: &[String], recorded: &Recorded) -> Vec<Doubt> {
    const TAKE: [&str; 9] =
        ["prescribe", "take", "taking", "start", "use", "increase", "reduce", "continue", "prescribing"];
    const STOP: [&str; 8] = ["stop", "stopped", "avoid", "don't", "never", "not", "without", "instead"];
    let mut doubts = Vec::new();
    let mut from = 0;
    for one in named(said, &recorded.medicines) {
        let place = said.iter().skip(from).position(|word| *word == one.heard).map_or(from, |at| at + from);
        let before = &said[from..place.max(from)];
        let has = |cues: &[&str]| before.iter().any(|word| cues.contains(&word.as_str()));
        let line = recorded.prescribed.iter().find(|line| line.names.contains(&one.name));
        let next = said.len();
        match line {
            Some(line) if has(&STOP) => {
                doubts.push(Doubt::Differs { what: one.name, said: before.join(" "), recorded: line.text.clone() });
            }
            None if has(&TAKE) && !has(&STOP) => doubts.push(Doubt::NotPrescribed { medicine: one.name }),
            Some(line) => doubts.extend(other_dose(&one.name, &said[place..next], line)),
            None => {}
        }
        from = place + 1;
    }
    doubts
}

/// A strength that the line does not have, nor so many of its units as it says.
fn other_dose(name: &str, said: &[String], line: &Prescribed) -> Option<Doubt> {
    let written = words(&line.text);
    let strengths: Vec<f64> = doses(&written).iter().filter_map(|dose| milligrams(dose)).collect();
    let counts: Vec<f64> = numbers(&written).iter().filter_map(|number| number.parse().ok()).collect();
    let fits = |dose: f64| {
        let near = |other: f64| (other - dose).abs() < 1e-6;
        strengths
            .iter()
            .any(|strength| near(*strength) || counts.iter().any(|count| *count < 10.0 && near(strength * count)))
    };
    let said = doses(said).into_iter().find(|dose| milligrams(dose).is_some_and(|dose| !fits(dose)))?;
    Some(Doubt::Differs { what: name.to_owned(), said, recorded: line.text.clone() })
}

/// Of a dose with a unit of mass.
fn milligrams(dose: &str) -> Option<f64> {
    let (number, unit) = dose.split_once(' ')?;
    let number: f64 = number.parse().ok()?;
    match unit {
        "mg" => Some(number),
        "mcg" => Some(number / 1000.0),
        "g" => Some(number * 1000.0),
        _ => None,
    }
}

fn omissions(draft: &Draft, spoken: &[Spoken], recorded: &Recorded) -> Vec<Omission> {
    let kept: Vec<String> = draft.sentences.iter().flat_map(|sentence| words(&sentence.text)).collect();
    let known = format!(" {} {} ", kept.join(" "), words(&recorded.note).join(" "));
    let doses_known: Vec<String> = doses(&kept).into_iter().chain(doses(&words(&recorded.note))).collect();
    let mut found: Vec<Omission> = Vec::new();
    // A doctor's question names things that may not be so; its answer, where it matters, stands in the draft with it.
    for one in spoken.iter().filter(|one| !one.is_question() || one.from == Side::Patient) {
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
    fn the_opposite_of_what_was_said_is_unsupported() {
        let said = talk(&[
            (P, "I have no fever and no cough."),
            (D, "Please stop the ibuprofen."),
            (P, "My left knee hurts."),
            (D, "Any headache?"),
            (P, "No."),
        ]);
        let of = |text: &str, sources: &[i32]| {
            let sentence =
                Sentence { section: Section::History, text: text.into(), sources: sources.into(), doubts: Vec::new() };
            let draft = check(Draft { sentences: vec![sentence], ..Draft::default() }, &said, &recorded());
            draft.sentences[0].doubts.iter().any(|doubt| matches!(doubt, Doubt::Unsupported { .. }))
        };
        assert!(of("Fever and cough.", &[1]) && !of("No fever, no cough.", &[1]));
        assert!(of("Start the ibuprofen.", &[2]) && !of("Stop the ibuprofen.", &[2]));
        assert!(of("The right knee hurts.", &[3]) && !of("The left knee hurts.", &[3]));
        assert!(of("Headache.", &[4, 5]) && !of("No headache.", &[4, 5]));
    }

    #[test]
    fn a_no_claims_nothing_and_a_yes_what_was_asked() {
        let doubts = |lines: &[(Side, &str)]| {
            let draft = checked(lines, &recorded());
            draft.sentences.into_iter().flat_map(|one| one.doubts).collect::<Vec<_>>()
        };
        assert!(doubts(&[(D, "Are you allergic to anything?"), (P, "No.")]).is_empty());
        assert!(doubts(&[(D, "Are you taking ibuprofen?"), (P, "No.")]).is_empty());
        let yes = doubts(&[(D, "Are you allergic to penicillin?"), (P, "Yes.")]);
        assert!(yes.contains(&Doubt::AllergyNotRecorded { substance: "penicillin".into() }), "{yes:?}");
    }

    #[test]
    fn units_decimals_and_stops_are_compared() {
        let line =
            |text: &str| Prescribed { name: "metformin".into(), names: vec!["metformin".into()], text: text.into() };
        let differs = |said: &str, written: &str| {
            let known = Recorded { prescribed: vec![line(written)], ..recorded() };
            let draft = checked(&[(D, said)], &known);
            draft.sentences.iter().flat_map(|one| &one.doubts).any(|doubt| matches!(doubt, Doubt::Differs { .. }))
        };
        assert!(differs("Take metformin 50 mg daily.", "metformin 50 mcg tablet: 1 tablet once a day"));
        assert!(differs("Take metformin 3 mg daily.", "metformin 5 mg tablet: 1 tablet 3 times a day"));
        assert!(differs("Take metformin zero point five milligrams.", "metformin 5 mg tablet: 1 tablet"));
        assert!(differs("Please stop taking metformin.", "metformin 500 mg tablet: 1 tablet"));
        assert!(!differs(
            "Take metformin 1000 mg and don't stop early.",
            "metformin 500 mg tablet: 2 tablets once a day"
        ));
    }

    #[test]
    fn what_a_draft_leaves_out_is_listed_once() {
        let said = talk(&[
            (P, "I have a headache and take ibuprofen 400 mg."),
            (P, "Does the headache make me dizzy?"),
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
