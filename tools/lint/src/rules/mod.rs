//! One file for each rule.

mod architecture;
mod imports;
mod locales;
mod machine_paths;
mod migrations;
pub(crate) mod sizes;
mod sql_place;
mod stories;
mod tables;
mod templates;

use crate::finding::Finding;
use crate::tree::Tree;

pub(crate) fn all(tree: &Tree) -> Vec<Finding> {
    let rules: &[fn(&Tree) -> Vec<Finding>] = &[
        architecture::check,
        imports::check,
        locales::check,
        machine_paths::check,
        migrations::check,
        sizes::check,
        sql_place::check,
        stories::check,
        tables::check,
        templates::check,
    ];
    rules.iter().flat_map(|rule| rule(tree)).collect()
}

/// A file that exists for tests: they may look at anything.
pub(crate) fn is_test(path: &str) -> bool {
    path.contains("/tests/")
        || path.ends_with("/tests.rs")
        || path.ends_with("/testing.rs")
        || path.contains("/testing/")
}

#[cfg(test)]
pub(crate) mod testing {
    use std::fs;

    use crate::tree::Tree;

    /// A tree of these files.
    pub(crate) fn a_tree(files: &[(&str, &str)]) -> Tree {
        let home = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = home.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Tree::read(home.path()).unwrap()
    }

    pub(crate) fn a_crate(name: &str, dependencies: &[&str]) -> String {
        let lines: Vec<String> = dependencies.iter().map(|d| format!("{d}.workspace = true")).collect();
        format!("[package]\nname = \"{name}\"\n[dependencies]\n{}\n", lines.join("\n"))
    }
}
