//! Every template and every mail has a reader: a struct that renders it, or a template that takes it in.

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::source::Source;
use crate::tree::{File, Tree};

fn is_template(file: &File) -> bool {
    let place =
        file.path.starts_with("ui/templates/") || (file.path.starts_with("domains/") && file.path.contains("/src/"));
    place && (file.has_extension("html") || file.has_extension("txt")) && file.name() != "example.html"
}

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut read = BTreeSet::new();
    for file in tree.rust() {
        read.extend(Source::parse(&file.text).literals.into_iter().map(|literal| literal.text));
    }
    for file in tree.files.iter().filter(|file| file.has_extension("html") || file.has_extension("txt")) {
        read.extend(file.text.split('"').skip(1).step_by(2).map(str::to_owned));
    }
    tree.files
        .iter()
        .filter(|file| is_template(file) && !read.contains(name_in_readers(&file.path)) && !read.contains(file.name()))
        .map(|file| Finding::new("templates", &file.path, 1, "nobody renders it: remove it"))
        .collect()
}

/// As a reader writes it: from `src` or from `ui/templates`.
fn name_in_readers(path: &str) -> &str {
    path.strip_prefix("ui/templates/").or_else(|| path.split_once("/src/").map(|(_, name)| name)).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::super::testing::a_tree;
    use super::*;

    #[test]
    fn a_template_without_reader_is_found() {
        let tree = a_tree(&[
            ("ui/templates/layout.html", "<html>"),
            ("domains/people/src/pages.rs", "#[template(path = \"patients/show.html\")]"),
            ("domains/people/src/patients/show.html", "{% extends \"layout.html\" %}"),
            ("domains/people/src/patients/old.html", "{% extends \"layout.html\" %}"),
        ]);
        let found = check(&tree);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].path, "domains/people/src/patients/old.html");
    }
}
