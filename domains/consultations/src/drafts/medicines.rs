//! Names of medicines, and what was prescribed: from the room that knows them.

use async_trait::async_trait;
use db::Tx;
use kernel::ids::VisitId;
use strsim::jaro_winkler;
use vault::Vault;

/// A line of a prescription of this visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prescribed {
    /// As on the label, with strength.
    pub name: String,
    /// Ingredients and brands, in lower case.
    pub names: Vec<String>,
    /// Name and directions in English, for comparing doses.
    pub text: String,
}

/// The room of prescriptions, as far as a draft needs it. Put into the application by the server as [`Medicines`].
#[async_trait]
pub trait MedicineBook: Send + Sync {
    /// Generic names and brands, in lower case.
    fn names(&self) -> Vec<String>;

    /// What is prescribed or being prescribed at this visit, with the audit row of having read it.
    async fn prescribed(&self, tx: &mut Tx, vault: &Vault, visit: VisitId) -> Result<Vec<Prescribed>, web::Error>;
}

/// The book, as a part of the application.
pub struct Medicines(pub Box<dyn MedicineBook>);

/// Shorter words sound like too many things.
const SHORTEST: usize = 6;
/// "amexicillin" and "amoxicillin" are at 0.95; "prescription" and "prednisolone" at 0.82.
const ALIKE: f64 = 0.91;

/// A medicine in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// As it was heard.
    pub(super) heard: String,
    /// The known name. Differs from `heard` where it only sounds alike.
    pub(super) name: String,
}

/// Medicines in `words` (lower case), by their names and by sound.
pub(super) fn named(words: &[String], book: &[String]) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let known = book.iter().find(|name| {
            let mut parts = name.split(' ');
            parts.next() == Some(word.as_str()) && parts.zip(&words[place + 1..]).all(|(part, next)| part == next)
        });
        // A name of several words must be there to its end.
        let known = known.filter(|name| name.split(' ').count() <= words.len() - place);
        let name = match known {
            Some(name) => name.clone(),
            None => match sounds_like(word, book) {
                Some(name) => name,
                None => continue,
            },
        };
        if !found.iter().any(|other| other.name == name) {
            found.push(Named { heard: word.clone(), name });
        }
    }
    found
}

fn sounds_like(word: &str, book: &[String]) -> Option<String> {
    if word.len() < SHORTEST || super::lexicon::is_everyday(word) {
        return None;
    }
    book.iter()
        .filter(|name| name.len() >= SHORTEST && name.as_bytes().first() == word.as_bytes().first())
        .map(|name| (jaro_winkler(word, name), name))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name.clone())
}

#[cfg(test)]
mod tests {
    use super::{super::said::words, *};

    #[test]
    fn names_are_known_and_what_sounds_alike_is_told_apart() {
        let book: Vec<String> =
            ["amoxicillin", "prednisolone", "paracetamol", "insulin glargine"].map(str::to_owned).into();
        let named =
            |text: &str| named(&words(text), &book).into_iter().map(|one| (one.heard, one.name)).collect::<Vec<_>>();
        assert_eq!(named("I will prescribe amexicillin."), [("amexicillin".to_owned(), "amoxicillin".to_owned())]);
        assert_eq!(named("Paracetamol, paracetamol"), [("paracetamol".to_owned(), "paracetamol".to_owned())]);
        assert_eq!(named("insulin glargine at night").len(), 1);
        assert!(named("this prescription is for the insulin").is_empty());
    }
}
