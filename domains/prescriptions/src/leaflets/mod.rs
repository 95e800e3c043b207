//! Leaflets in plain words: what a medicine is for, how to take it, side effects, when to call (data/leaflets.txt, with its README).
//!
//! They are authored in English; the frame around them speaks the reader's language. A leaflet belongs to a medicine by all its
//! ingredients, so that a combination never shows the leaflet of one part.

use std::sync::OnceLock;

use serde::Serialize;

const TEXT: &str = include_str!("../../data/leaflets.txt");

/// A leaflet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Leaflet {
    /// What it is for.
    pub purpose: &'static str,
    /// How to take it.
    pub how: &'static str,
    /// Side effects that are common.
    pub effects: &'static str,
    /// When to call, and whom.
    pub call: &'static str,
    /// When it was reviewed last.
    pub reviewed: &'static str,
}

/// From where the facts were taken.
pub const SOURCES: &str = "NHS Medicines A to Z; MedlinePlus, National Library of Medicine; prescribing information";

/// The leaflet of a medicine with exactly these ingredients.
pub fn find(ingredients: &[impl AsRef<str>]) -> Option<&'static Leaflet> {
    let mut wanted: Vec<&str> = ingredients.iter().map(AsRef::as_ref).collect();
    wanted.sort_unstable();
    // One ingredient in two shapes is one ingredient.
    wanted.dedup();
    all().iter().find(|(names, _)| *names == wanted).map(|(_, leaflet)| leaflet)
}

type Named = (Vec<&'static str>, Leaflet);

fn all() -> &'static [Named] {
    static LEAFLETS: OnceLock<Vec<Named>> = OnceLock::new();
    LEAFLETS.get_or_init(|| TEXT.split("\n[").skip(1).filter_map(read).collect())
}

/// One block; `None` for one that is not whole, which a test would notice.
fn read(block: &'static str) -> Option<Named> {
    let (names, rest) = block.split_once("]\n")?;
    let part = |name: &str| rest.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let mut names: Vec<&'static str> = names.split('|').collect();
    names.sort_unstable();
    let leaflet = Leaflet {
        purpose: part("for:")?,
        how: part("how:")?,
        effects: part("effects:")?,
        call: part("call:")?,
        reviewed: TEXT.strip_prefix("# version ")?.get(..10)?,
    };
    Some((names, leaflet))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formulary;

    #[test]
    fn every_block_is_whole_and_stands_once_and_is_about_a_medicine_of_the_formulary() {
        assert_eq!(all().len(), TEXT.matches("\n[").count());
        assert!(all().len() >= 40, "{}", all().len());
        for (index, (names, _)) in all().iter().enumerate() {
            assert!(all()[..index].iter().all(|(before, _)| before != names), "{names:?} stands once");
            let held = formulary::all().iter().any(|drug| {
                let mut ingredients = drug.ingredients.clone();
                ingredients.sort_unstable();
                ingredients.dedup();
                ingredients == *names
            });
            assert!(held, "{names:?}");
        }
    }

    #[test]
    fn a_combination_has_its_own_leaflet_or_none() {
        assert!(find(&["amoxicillin", "clavulanate"]).is_some_and(|leaflet| leaflet.how.contains("start of a meal")));
        assert_eq!(find(&["acetaminophen", "codeine"]), None);
    }

    #[test]
    fn sentences_are_short_enough_to_be_plain() {
        for (names, leaflet) in all() {
            for text in [leaflet.purpose, leaflet.how, leaflet.effects, leaflet.call] {
                let longest = text.split(['.', ':', ';']).map(|sentence| sentence.split_whitespace().count()).max();
                assert!(longest.is_some_and(|words| words <= 24), "{names:?}: {text}");
            }
        }
    }
}
