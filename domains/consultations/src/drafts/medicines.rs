//! Names of medicines, and what was prescribed: from the room that knows them.

use async_trait::async_trait;
use db::Tx;
use kernel::ids::{PatientId, VisitId};
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

    /// What the patient takes by prescriptions that stand, with the audit row of having read them.
    async fn taken(
        &self,
        tx: &mut Tx,
        vault: &Vault,
        patient: PatientId,
        purpose: &str,
    ) -> Result<Vec<String>, web::Error>;

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
        // An engine hears "a moxicillin" at times.
        let with_next = words.get(place + 1).map(|next| format!("{word}{next}"));
        let one = whole_name(&words[place..], book)
            .or_else(|| with_next.filter(|both| book.contains(both)))
            .map(|name| Named { heard: word.clone(), name })
            .or_else(|| sounds_like(word, book).map(|name| Named { heard: word.clone(), name }));
        if let Some(one) = one.filter(|one| !found.iter().any(|other| other.name == one.name)) {
            found.push(one);
        }
    }
    found
}

/// A name of the book with which `words` begin.
fn whole_name(words: &[String], book: &[String]) -> Option<String> {
    let begins = |name: &&String| {
        let mut parts = 0;
        let fits = name.split(' ').all(|part| {
            parts += 1;
            words.get(parts - 1).is_some_and(|word| word == part)
        });
        fits && parts > 0
    };
    // The longest: "insulin glargine", not "insulin".
    book.iter().filter(begins).max_by_key(|name| name.len()).cloned()
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
        assert_eq!(named("take a moxicillin")[0].1, "amoxicillin");
        assert!(named("this prescription is for the insulin").is_empty());
    }
}
