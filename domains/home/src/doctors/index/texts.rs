//! The words of all profiles: which doctors have a word, without reading each one's text.
//!
//! Every different word stands here once, with a mask of its letters: most words are told apart from the wished one by that alone. What is
//! found is what [`Text::has`] would find in each profile.

use std::{collections::HashMap, sync::Arc};

use super::{Profile, bits::Bits};
use crate::doctors::likeness::{consonants, forgiven, is_mistyped, plain};

#[derive(Debug, Default)]
pub(super) struct Texts {
    /// The profiles that were read, by id; places in here are not those of the index.
    pub(super) of: Vec<Arc<Profile>>,
    words: Vec<Word>,
    /// Names by their consonants.
    sounds: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Word {
    plain: String,
    letters: u64,
    anywhere: Vec<usize>,
    as_name: Vec<usize>,
}

impl Texts {
    pub(super) fn new(of: Vec<Arc<Profile>>) -> Self {
        let mut texts = Self { of, ..Self::default() };
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for (place, profile) in texts.of.iter().enumerate() {
            let names = profile.text.names().map(|word| (word, true));
            for (word, is_name) in names.chain(profile.text.words().map(|word| (word, false))) {
                let number = numbers.get(word).copied().unwrap_or_else(|| {
                    let (plain, letters) = (word.to_owned(), letters(word));
                    texts.words.push(Word { plain, letters, anywhere: Vec::new(), as_name: Vec::new() });
                    numbers.insert(word.to_owned(), texts.words.len() - 1);
                    texts.words.len() - 1
                });
                let word = &mut texts.words[number];
                let list = if is_name { &mut word.as_name } else { &mut word.anywhere };
                if list.last() != Some(&place) {
                    list.push(place);
                }
            }
        }
        for (number, word) in texts.words.iter().enumerate().filter(|(_, word)| !word.as_name.is_empty()) {
            texts.sounds.entry(consonants(&word.plain)).or_default().push(number);
        }
        texts
    }

    /// Who has this word.
    pub(super) fn find(&self, wanted: &str) -> Bits {
        let wanted = plain(wanted);
        let parts: Vec<&str> = wanted.split(' ').collect();
        let mut found = self.with_part(parts[0]);
        if let [_, others @ ..] = parts.as_slice()
            && !others.is_empty()
        {
            for part in others {
                found.cut(Some(&self.with_part(part)));
            }
            found.retain(|place| self.of[place].text.contains(&wanted));
        }
        for word in self.alike(&wanted) {
            word.as_name.iter().for_each(|place| found.set(*place));
        }
        found
    }

    fn with_part(&self, part: &str) -> Bits {
        let mask = letters(part);
        let words = self.words.iter().filter(|word| word.letters & mask == mask && word.plain.contains(part));
        Bits::from_places(self.of.len(), words.flat_map(|word| word.anywhere.iter().copied()))
    }

    /// Names that are a typing error away, or sound the same.
    fn alike<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = &'a Word> + 'a {
        let (mask, errors, sounds) = (letters(wanted), forgiven(wanted), consonants(wanted));
        // An error changes at most two letters of the set.
        let is_near = move |word: &&Word| {
            !word.as_name.is_empty()
                && word.plain.len().abs_diff(wanted.len()) <= errors
                && (word.letters ^ mask).count_ones() as usize <= 2 * errors
                && is_mistyped(&word.plain, wanted)
        };
        let heard = if sounds.len() >= 3 { self.sounds.get(&sounds) } else { None };
        let heard = heard.into_iter().flatten().map(|number| &self.words[*number]);
        self.words.iter().filter(is_near).chain(heard)
    }
}

/// A bit for each letter and digit that a plain word has.
fn letters(plain: &str) -> u64 {
    plain.bytes().fold(0, |mask, byte| match byte {
        b'a'..=b'z' => mask | 1 << (byte - b'a'),
        b'0'..=b'9' => mask | 1 << (26 + byte - b'0'),
        _ => mask,
    })
}
