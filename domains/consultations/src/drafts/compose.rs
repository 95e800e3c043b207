//! The extractive draft: sentences as they were said, put where they belong. Nothing is reworded, so nothing is made up.

use super::{
    Draft, Section, Sentence, lexicon,
    numbers::{doses, vital_signs},
    said::{Spoken, sentences},
};
use crate::{transcripts::Segment, visits::Side};
use chart::vitals::VitalSigns;

/// An answer of at most so many words means something only with its question.
const SHORT_ANSWER: usize = 6;

/// The draft of a conversation, not yet checked.
pub fn compose(segments: &[Segment]) -> Draft {
    let spoken = sentences(segments);
    let mut draft = Draft::default();
    let mut asked: Option<&Spoken> = None;
    for one in &spoken {
        let words = one.words();
        if lexicon::is_small_talk(&words) {
            continue;
        }
        if one.is_question() {
            if one.from == Side::Doctor {
                asked = Some(one);
            }
            continue;
        }
        let question = asked.take().filter(|_| one.from == Side::Patient);
        let sentence = match (one.from, question) {
            (Side::Patient, Some(question)) if words.len() <= SHORT_ANSWER && matters(&question.words()) => {
                Some(answer(question, one))
            }
            (Side::Patient, _) => complaint(one, &words, &draft),
            (Side::Doctor, _) => remark(one, &words),
        };
        let Some(sentence) = sentence else { continue };
        // What is said twice stands once, with both its sources.
        match draft.sentences.iter_mut().find(|other| other.text.eq_ignore_ascii_case(&sentence.text)) {
            Some(other) => other.sources.extend(sentence.sources),
            None => draft.sentences.push(sentence),
        }
    }
    draft.sentences.sort_by_key(|sentence| sentence.section);
    draft
}

/// Something about health is in it.
fn matters(words: &[String]) -> bool {
    !lexicon::symptoms(words).is_empty() || lexicon::is_story(words) || !doses(words).is_empty()
}

fn answer(question: &Spoken, answer: &Spoken) -> Sentence {
    let mut sources = vec![question.source, answer.source];
    sources.dedup();
    let text = format!("“{}” – “{}”", question.text, answer.text);
    Sentence { section: Section::History, text, sources, doubts: Vec::new() }
}

fn complaint(one: &Spoken, words: &[String], draft: &Draft) -> Option<Sentence> {
    let first = !draft.sentences.iter().any(|sentence| sentence.section == Section::Reason);
    if first && !lexicon::symptoms(words).is_empty() {
        return Some(of(one, Section::Reason));
    }
    (matters(words) || words.len() > SHORT_ANSWER).then(|| of(one, Section::History))
}

fn remark(one: &Spoken, words: &[String]) -> Option<Sentence> {
    let text = words.join(" ");
    let measured = vital_signs(words) != VitalSigns::default();
    if measured || lexicon::is_finding(&text) {
        return Some(of(one, Section::Findings));
    }
    if lexicon::is_plan(&text) || !doses(words).is_empty() {
        return Some(of(one, Section::Plan));
    }
    lexicon::is_assessment(&text).then(|| of(one, Section::Assessment))
}

fn of(one: &Spoken, section: Section) -> Sentence {
    Sentence { section, text: one.text.clone(), sources: vec![one.source], doubts: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::{super::said::tests::talk, *};

    const D: Side = Side::Doctor;
    const P: Side = Side::Patient;

    fn sections(draft: &Draft) -> Vec<(Section, &str)> {
        draft.sentences.iter().map(|sentence| (sentence.section, sentence.text.as_str())).collect()
    }

    #[test]
    fn each_sentence_goes_where_it_belongs_and_keeps_its_source() {
        let said = talk(&[
            (D, "Good morning. What brings you here today?"),
            (P, "I have had a bad cough for five days."),
            (P, "It started after my daughter was ill at school."),
            (D, "Do you have any fever?"),
            (P, "Yes, since Monday."),
            (D, "Your temperature is 38.5 degrees."),
            (D, "I think this is an infection of the airways."),
            (D, "I will prescribe amoxicillin 500 mg three times daily."),
            (D, "Please come back in one week."),
            (P, "Thank you, doctor."),
        ]);
        let draft = compose(&said);
        assert_eq!(
            sections(&draft),
            [
                (Section::Reason, "I have had a bad cough for five days."),
                (Section::History, "It started after my daughter was ill at school."),
                (Section::History, "“Do you have any fever?” – “Yes, since Monday.”"),
                (Section::Findings, "Your temperature is 38.5 degrees."),
                (Section::Assessment, "I think this is an infection of the airways."),
                (Section::Plan, "I will prescribe amoxicillin 500 mg three times daily."),
                (Section::Plan, "Please come back in one week."),
            ]
        );
        assert!(draft.sentences.iter().all(|sentence| !sentence.sources.is_empty()));
        assert_eq!(draft.sentences[2].sources, [4, 5]);
    }

    #[test]
    fn an_answer_is_not_kept_without_its_question() {
        let said = talk(&[(D, "Can you hear me?"), (P, "Yes."), (D, "Any pain in the chest?"), (P, "No.")]);
        assert_eq!(sections(&compose(&said)), [(Section::History, "“Any pain in the chest?” – “No.”")]);
    }

    #[test]
    fn what_is_said_twice_stands_once_with_both_sources() {
        let draft = compose(&talk(&[(P, "My head aches."), (D, "I see."), (P, "my head aches.")]));
        assert_eq!(draft.sentences.iter().map(|one| one.sources.clone()).collect::<Vec<_>>(), [[1, 3]]);
    }

    #[test]
    fn nothing_said_is_an_empty_draft() {
        assert_eq!(compose(&[]), Draft::default());
    }
}
