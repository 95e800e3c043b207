//! The model's vocabulary, and words with how sure it was of each.

use std::{fs, io, path::Path};

/// A word as it was heard.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    pub text: String,
    /// From 0 to 1: the geometric mean of the probabilities of its pieces.
    pub confidence: f32,
}

/// Pieces by number. The file is a row of them, each led by its length: one byte, or two from 128 on.
pub(crate) struct Vocabulary(Vec<Vec<u8>>);

/// Stands for the space before a word (SentencePiece).
const SPACE: &str = "\u{2581}";

impl Vocabulary {
    pub(crate) fn read(path: &Path) -> io::Result<Self> {
        Self::parse(&fs::read(path)?).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "no vocabulary"))
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (mut at, mut pieces) = (0, Vec::new());
        while let Some(first) = bytes.get(at) {
            let mut length = usize::from(*first);
            at += 1;
            if length >= 128 {
                length = usize::from(*bytes.get(at)?) * 128 + length - 128;
                at += 1;
            }
            pieces.push(bytes.get(at..at + length)?.to_vec());
            at += length;
        }
        Some(Self(pieces))
    }

    /// Words of a row of pieces, each with its probability.
    pub(crate) fn words(&self, heard: &[(usize, f32)]) -> Vec<Word> {
        let mut words: Vec<(Vec<u8>, Vec<f32>)> = Vec::new();
        for (piece, probability) in heard {
            let Some(bytes) = self.0.get(*piece) else {
                continue;
            };
            let begins = bytes.starts_with(SPACE.as_bytes());
            let rest = if begins { &bytes[SPACE.len()..] } else { bytes.as_slice() };
            match words.last_mut() {
                Some((word, pieces)) if !begins => {
                    word.extend_from_slice(rest);
                    pieces.push(*probability);
                }
                _ => words.push((rest.to_vec(), vec![*probability])),
            }
        }
        words
            .into_iter()
            .map(|(bytes, pieces)| Word {
                text: String::from_utf8_lossy(&bytes).replace(SPACE, " ").trim().to_owned(),
                confidence: mean(&pieces),
            })
            .filter(|word| !word.text.is_empty())
            .collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "a word has a handful of pieces")]
fn mean(probabilities: &[f32]) -> f32 {
    let logs: f32 = probabilities.iter().map(|probability| probability.max(1e-6).ln()).sum();
    (logs / probabilities.len().max(1) as f32).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_become_words() {
        let file: Vec<u8> = ["\u{2581}fe", "ver", "\u{2581}two", "!"]
            .iter()
            .flat_map(|piece| [vec![u8::try_from(piece.len()).unwrap_or(0)], piece.as_bytes().to_vec()].concat())
            .collect();
        let words = Vocabulary::parse(&file).expect("four pieces").words(&[(2, 1.0), (0, 0.25), (1, 1.0), (3, 1.0)]);
        let texts: Vec<_> = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["two", "fever!"]);
        assert!(words[1].confidence < 0.7 && words[0].confidence > 0.99);
    }

    #[test]
    fn a_cut_file_is_no_vocabulary() {
        assert!(Vocabulary::parse(&[5, b'a']).is_none());
        assert!(Vocabulary::parse(&[200]).is_none());
    }
}
