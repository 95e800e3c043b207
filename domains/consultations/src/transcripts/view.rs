//! An utterance on a page.

use super::{Segment, model::UNSURE};
use crate::visits::Side;

/// A line of the transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) number: i32,
    pub(crate) from: Side,
    pub(crate) starts_ms: i32,
    /// Minutes and seconds since the beginning.
    pub(crate) at: String,
    /// Each word, and whether the engine was unsure of it.
    pub(crate) words: Vec<(String, bool)>,
}

impl From<&Segment> for Line {
    fn from(segment: &Segment) -> Self {
        let seconds = segment.starts_ms / 1000;
        let sure = segment.said.sure.iter().copied().chain(std::iter::repeat(100));
        let words = segment.said.text.split_whitespace().zip(sure);
        Self {
            number: segment.number,
            from: segment.from,
            starts_ms: segment.starts_ms,
            at: format!("{}:{:02}", seconds / 60, seconds % 60),
            words: words.map(|(word, sure)| (word.to_owned(), sure < UNSURE)).collect(),
        }
    }
}

impl Line {
    pub(crate) fn is_gap(&self) -> bool {
        self.words.is_empty()
    }

    pub(crate) fn is_patient(&self) -> bool {
        self.from == Side::Patient
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcripts::Said;

    #[test]
    fn unsure_words_are_marked_and_times_are_read() {
        let said = Said { text: "take amexicillin daily".into(), sure: vec![98, 31, 90] };
        let segment = Segment { number: 4, from: Side::Doctor, starts_ms: 83_400, ends_ms: 85_000, said };
        let line = Line::from(&segment);
        assert_eq!(line.at, "1:23");
        let unsure: Vec<_> = line.words.iter().filter(|(_, unsure)| *unsure).map(|(word, _)| word.as_str()).collect();
        assert_eq!(unsure, ["amexicillin"]);
    }
}
