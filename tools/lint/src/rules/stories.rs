//! A crate and a feature open with their story.

use crate::finding::Finding;
use crate::rules::is_test;
use crate::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let fronts =
        tree.rust().filter(|file| matches!(file.name(), "lib.rs" | "mod.rs" | "main.rs") && !is_test(&file.path));
    fronts
        .filter(|file| !file.text.starts_with("//! "))
        .map(|file| Finding::new("stories", &file.path, 1, "say in `//!` lines what this is about"))
        .collect()
}
