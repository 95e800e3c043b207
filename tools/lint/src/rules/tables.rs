//! A crate writes its own tables only, and reads those of crates it depends on.

use std::collections::BTreeMap;

use super::migrations;
use crate::finding::Finding;
use crate::rules::is_test;
use crate::source::{Literal, Source};
use crate::tree::Tree;

#[derive(Debug, PartialEq, Eq)]
enum Use {
    Reads(String),
    Writes(String),
}

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let owners: BTreeMap<String, String> = migrations::files(tree)
        .filter_map(|file| Some((migrations::owner(file)?, file)))
        .flat_map(|(owner, file)| migrations::tables(file).into_iter().map(move |(_, table)| (table, owner.to_owned())))
        .collect();
    let mut found = Vec::new();
    for file in tree.rust().filter(|file| !is_test(&file.path)) {
        let Some(package) = tree.package_of(&file.path) else { continue };
        for literal in Source::parse(&file.text).literals.iter().filter(|literal| is_sql(&literal.text)) {
            for (line, used) in uses(literal) {
                let (Use::Reads(table) | Use::Writes(table)) = &used;
                let Some(owner) = owners.get(table) else { continue };
                let message = match used {
                    _ if *owner == package.name => continue,
                    Use::Writes(_) => format!("`{table}` belongs to {owner}: call its verb instead of writing it"),
                    Use::Reads(_) if tree.depends(package, owner) => continue,
                    Use::Reads(_) => format!("`{table}` belongs to {owner}, on which {} does not depend", package.name),
                };
                found.push(Finding::new("tables", &file.path, line, message));
            }
        }
    }
    found
}

fn is_sql(text: &str) -> bool {
    let start = text.trim_start().to_lowercase();
    ["select ", "with ", "insert into", "update ", "delete from", "select\n"].iter().any(|verb| start.starts_with(verb))
}

/// The tables that a statement names after the words that introduce one.
fn uses(literal: &Literal) -> Vec<(usize, Use)> {
    let mut found = Vec::new();
    let mut before = [String::new(), String::new()];
    for (index, line) in literal.text.lines().enumerate() {
        for word in line.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';')) {
            let word = word.trim_matches(|c: char| !(c.is_alphanumeric() || c == '_')).to_lowercase();
            if word.is_empty() {
                continue;
            }
            let name = word.trim_start_matches("public.").to_owned();
            let used = match before.each_ref().map(String::as_str) {
                ["insert" | "merge", "into"] | ["delete", "from"] => Some(Use::Writes(name)),
                // `for update`, `do update` and `on update` introduce no table.
                [first, "update"] if !matches!(first, "for" | "do" | "on" | "key") => Some(Use::Writes(name)),
                [_, "from" | "join"] => Some(Use::Reads(name)),
                _ => None,
            };
            found.extend(used.map(|used| (literal.line + index, used)));
            before = [std::mem::take(&mut before[1]), word];
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::{a_crate, a_tree};
    use super::*;

    fn uses_of(text: &str) -> Vec<Use> {
        uses(&Literal { line: 1, text: text.into() }).into_iter().map(|(_, used)| used).collect()
    }

    #[test]
    fn reads_and_writes_are_told_apart() {
        let sql = "with gone as (delete from holds returning id) update slots set x = 1 from gone join rooms r on true for update";
        assert_eq!(
            uses_of(sql),
            [
                Use::Writes("holds".into()),
                Use::Writes("slots".into()),
                Use::Reads("gone".into()),
                Use::Reads("rooms".into())
            ]
        );
        assert_eq!(
            uses_of("insert into t (a) values (1) on conflict (a) do update set a = 2"),
            [Use::Writes("t".into())]
        );
    }

    #[test]
    fn foreign_writes_and_reads_of_strangers_are_found() {
        let tree = a_tree(&[
            ("domains/people/Cargo.toml", &a_crate("people", &[])),
            ("domains/billing/Cargo.toml", &a_crate("billing", &["people"])),
            ("domains/labs/Cargo.toml", &a_crate("labs", &[])),
            ("migrations/1.sql", "-- owner: people\ncreate table patients (id uuid);\n"),
            ("domains/billing/src/store.rs", "f(\"select id from patients\");\nf(\"update patients set id = 1\");"),
            ("domains/labs/src/store.rs", "f(\"select id from patients\");"),
        ]);
        let found: Vec<(String, usize)> = check(&tree).into_iter().map(|f| (f.path, f.line)).collect();
        assert_eq!(found, [("domains/billing/src/store.rs".into(), 2), ("domains/labs/src/store.rs".into(), 1)]);
    }
}
