//! Nothing of one machine: no path of somebody's home or of this checkout.

use crate::finding::Finding;
use crate::tree::Tree;

const HOMES: &[&str] = &["/root/", "/home/", "/Users/"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let here = tree.root.rsplit_once('/').map(|(parent, _)| format!("{parent}/"));
    let here = here.filter(|parent| parent.len() > 1 && parent != "/tmp/");
    let mut found = Vec::new();
    for file in tree.files.iter().filter(|file| !file.path.ends_with("rules/machine_paths.rs")) {
        for (number, line) in file.lines() {
            let homes = HOMES.iter().copied().chain(here.as_deref());
            if let Some(path) = homes.into_iter().find(|path| names(line, path)) {
                found.push(Finding::new(
                    "machine-paths",
                    &file.path,
                    number,
                    format!("`{path}` exists on one machine only"),
                ));
            }
        }
    }
    found
}

/// Whether an absolute path begins so: `/home/x` does, `domains/home/src` and the route `"/home"` do not.
fn names(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + path.len()..].chars().next();
        let begins = !before.is_some_and(|c| c.is_alphanumeric() || "._-*}/".contains(c));
        // A route such as `/home/patient` ends there; a folder of somebody's goes on.
        let goes_on = path != "/home/"
            || line[at + path.len()..]
                .split(|c: char| !c.is_alphanumeric())
                .next()
                .is_some_and(|name| line[at + path.len() + name.len()..].starts_with('/'));
        begins && goes_on && after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absolute_path_is_told_from_a_relative_one() {
        assert!(names("read(\"/home/ada/x\")", "/home/"));
        assert!(!names("domains/home/src", "/home/"));
        assert!(!names("../home/src", "/home/"));
        assert!(!names("get(\"/home\")", "/home/"));
        assert!(!names("get(\"/home/patient\")", "/home/"));
    }
}
