//! From utterances to sentences.

use crate::{transcripts::Segment, visits::Side};

/// One sentence as it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spoken {
    pub(super) from: Side,
    pub(super) text: String,
    pub(super) source: i32,
    /// Words of which the engine was unsure.
    pub(super) unsure: Vec<String>,
}

impl Spoken {
    pub(super) fn is_question(&self) -> bool {
        self.text.ends_with('?')
    }

    pub(super) fn words(&self) -> Vec<String> {
        words(&self.text)
    }
}

/// Lower-case words, without punctuation; numbers keep their decimal point and lose the commas between thousands.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| letter.is_whitespace() || matches!(letter, '/' | '-' | '–' | '—'))
        .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase().replace('’', "'"))
        .map(|word| if word.starts_with(|letter: char| letter.is_ascii_digit()) { word.replace(',', "") } else { word })
        .filter(|word| !word.is_empty())
        .collect()
}

/// Every sentence in order. A point inside a number or an abbreviation ends none.
pub(super) fn sentences(segments: &[Segment]) -> Vec<Spoken> {
    let mut all = Vec::new();
    // In the order of being said: a long utterance is written down after a short one that began later.
    let mut segments: Vec<&Segment> = segments.iter().collect();
    segments.sort_by_key(|segment| (segment.starts_ms, segment.number));
    for segment in segments {
        let sure = segment.said.sure.iter().copied().chain(std::iter::repeat(100));
        let (mut text, mut unsure): (Vec<&str>, Vec<String>) = (Vec::new(), Vec::new());
        for (word, sure) in segment.said.text.split_whitespace().zip(sure) {
            text.push(word);
            if sure < crate::transcripts::UNSURE {
                unsure.push(word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned());
            }
            if ends(word) {
                all.push(spoken(segment, &mut text, &mut unsure));
            }
        }
        if !text.is_empty() {
            all.push(spoken(segment, &mut text, &mut unsure));
        }
    }
    all
}

fn spoken(segment: &Segment, text: &mut Vec<&str>, unsure: &mut Vec<String>) -> Spoken {
    let spoken =
        Spoken { from: segment.from, text: text.join(" "), source: segment.number, unsure: std::mem::take(unsure) };
    text.clear();
    spoken
}

fn ends(word: &str) -> bool {
    let title = matches!(word, "Dr." | "Mr." | "Mrs." | "Ms." | "St." | "mg." | "ml." | "vs.");
    !title && word.ends_with(['.', '?', '!'])
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::transcripts::Said;

    /// A conversation: who, and what; the engine was sure of every word.
    pub(in crate::drafts) fn talk(lines: &[(Side, &str)]) -> Vec<Segment> {
        (1..)
            .zip(lines)
            .map(|(number, (from, text))| Segment {
                number,
                from: *from,
                starts_ms: number * 1000,
                ends_ms: number * 1000 + 900,
                said: Said { text: (*text).to_owned(), sure: vec![95; text.split_whitespace().count()] },
            })
            .collect()
    }

    #[test]
    fn sentences_end_where_they_end() {
        let said = talk(&[(Side::Doctor, "Your temperature is 38.5 today. Dr. Rahman agrees. Any pain?")]);
        let texts: Vec<_> = sentences(&said).into_iter().map(|one| one.text).collect();
        assert_eq!(texts, ["Your temperature is 38.5 today.", "Dr. Rahman agrees.", "Any pain?"]);
    }
}
