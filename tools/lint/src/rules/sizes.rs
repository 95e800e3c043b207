//! A file of 600 lines is two files.

use crate::finding::Finding;
use crate::rules::is_test;
use crate::tree::{File, Tree};

const MOST: usize = 600;
const WANTS_A_REASON: usize = 400;
const WRITTEN: &[&str] = &["rs", "html", "ts", "mjs", "css", "sql", "sh", "typ"];

fn written(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.files.iter().filter(|file| WRITTEN.iter().any(|extension| file.has_extension(extension)))
}

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let long = written(tree).filter(|file| file.text.lines().count() > MOST);
    long.map(|file| {
        let count = file.text.lines().count();
        Finding::new("sizes", &file.path, MOST, format!("{count} lines: divide it into a folder of the same name"))
    })
    .collect()
}

/// How the sizes are spread.
pub(crate) fn summary(tree: &Tree) -> String {
    let mut sizes: Vec<usize> =
        tree.rust().filter(|file| !is_test(&file.path)).map(|file| file.text.lines().count()).collect();
    sizes.sort_unstable();
    let median = sizes.get(sizes.len() / 2).copied().unwrap_or(0);
    let long = sizes.iter().filter(|size| **size > WANTS_A_REASON).count();
    let total: usize = sizes.iter().sum();
    format!("{} Rust files without tests, {total} lines, median {median}, {long} above {WANTS_A_REASON}.", sizes.len())
}

#[cfg(test)]
mod tests {
    use super::super::testing::a_tree;
    use super::*;

    #[test]
    fn a_file_of_more_than_six_hundred_lines_is_found() {
        let tree =
            a_tree(&[("a.rs", &"\n".repeat(601)), ("b.rs", &"\n".repeat(600)), ("words.ftl", &"\n".repeat(900))]);
        assert_eq!(check(&tree).len(), 1);
    }
}
