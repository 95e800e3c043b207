//! Every crate has its place on the map: ARCHITECTURE.md names it.

use crate::finding::Finding;
use crate::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let Some(map) = tree.file("ARCHITECTURE.md") else {
        return vec![Finding::new("architecture", "ARCHITECTURE.md", 1, "the map of the house is missing")];
    };
    let missing = tree.packages.values().filter(|package| !map.text.contains(&format!("`{}`", package.name)));
    missing
        .map(|package| {
            let manifest = format!("{}/Cargo.toml", package.folder);
            Finding::new("architecture", &manifest, 1, format!("name `{}` in ARCHITECTURE.md", package.name))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{a_crate, a_tree};
    use super::*;

    #[test]
    fn a_crate_that_the_map_does_not_name_is_found() {
        let tree = a_tree(&[
            ("ARCHITECTURE.md", "`people` keeps people"),
            ("domains/people/Cargo.toml", &a_crate("people", &[])),
            ("domains/wards/Cargo.toml", &a_crate("wards", &[])),
        ]);
        let found = check(&tree);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].path, "domains/wards/Cargo.toml");
    }
}
