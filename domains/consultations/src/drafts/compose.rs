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
/// Between a question and its answer.
pub(super) const ANSWERED: &str = " – ";

/// The draft of a conversation, not yet checked.
pub fn compose(segments: &[Segment]) -> Draft {
    let spoken = sentences(segments);
    let mut draft = Draft::default();
    // Questions of the doctor's that no answer with content came to yet.
    let mut asked: Vec<&Spoken> = Vec::new();
    for one in &spoken {
        let words = one.words();
        if is_nothing(&words) {
            continue;
        }
        if one.is_question() && one.from == Side::Doctor {
            asked.push(one);
            continue;
        }
        let questions = if one.from == Side::Patient { std::mem::take(&mut asked) } else { Vec::new() };
        let matter = questions.iter().any(|question| matters(&question.words()) || takes(&question.words()));
        let sentence = match one.from {
            Side::Patient if matter && answers(&words) => Some(answer(&questions, one)),
            Side::Patient => complaint(one, &words, &draft),
            Side::Doctor => remark(one, &words),
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

/// Greetings and fillers, as far as they say nothing of health.
fn is_nothing(words: &[String]) -> bool {
    (lexicon::is_small_talk(words) || lexicon::is_filler(words))
        && !matters(words)
        && !takes(words)
        && !lexicon::is_plan(&words.join(" "))
}

/// Short, or begun by a yes or a no: it means something only with its question.
fn answers(words: &[String]) -> bool {
    words.len() <= SHORT_ANSWER || lexicon::affirms(words).is_some()
}

/// Medicines are spoken of, whichever they are.
fn takes(words: &[String]) -> bool {
    words.iter().any(|word| matches!(word.as_str(), "take" | "taking" | "took" | "stop" | "stopped" | "using"))
}

/// Something about health is in it.
fn matters(words: &[String]) -> bool {
    !lexicon::symptoms(words).is_empty() || lexicon::is_story(words) || !doses(words).is_empty()
}

fn answer(questions: &[&Spoken], answer: &Spoken) -> Sentence {
    let mut sources: Vec<i32> = questions.iter().map(|question| question.source).chain([answer.source]).collect();
    sources.dedup();
    let asked = questions.iter().map(|question| question.text.as_str()).collect::<Vec<_>>().join(" ");
    let text = format!("“{asked}”{ANSWERED}“{}”", answer.text);
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
    fn a_yes_is_never_lost() {
        let kept = |lines: &[(Side, &str)]| {
            let draft = compose(&talk(lines));
            draft.sentences.iter().map(|one| one.text.clone()).collect::<Vec<_>>()
        };
        let long = [(D, "Do you have chest pain?"), (P, "Yes, I get it when I walk upstairs quickly.")];
        assert_eq!(kept(&long), ["“Do you have chest pain?” – “Yes, I get it when I walk upstairs quickly.”"]);
        let filler = [(D, "Any allergies? Take your time."), (P, "Um, well."), (P, "Yes.")];
        assert_eq!(kept(&filler).last().map(String::as_str), Some("“Any allergies?” – “Yes.”"));
        let two = [(D, "Any fever? Any chest pain?"), (P, "Yes.")];
        assert_eq!(kept(&two), ["“Any fever? Any chest pain?” – “Yes.”"], "nobody guesses which was meant");
        assert_eq!(kept(&[(P, "Hi, I have chest pain.")]), ["Hi, I have chest pain."]);
        assert_eq!(kept(&[(P, "I have chest pain, you know?")]), ["I have chest pain, you know?"]);
        assert_eq!(kept(&[(D, "Okay, stop taking the metformin.")]), ["Okay, stop taking the metformin."]);
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
