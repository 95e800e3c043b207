//! A migration names the crate that owns it, and every table it makes is used by somebody.

use crate::finding::Finding;
use crate::tree::{File, Tree};

pub(super) fn files(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.files.iter().filter(|file| file.path.starts_with("migrations/") && file.has_extension("sql"))
}

pub(super) fn owner(file: &File) -> Option<&str> {
    file.text.lines().next()?.strip_prefix("-- owner: ").map(str::trim)
}

/// The tables that a migration makes, without their schema unless it is not `public`, with their line.
pub(super) fn tables(file: &File) -> Vec<(usize, String)> {
    let made = file.lines().filter_map(|(number, line)| {
        let rest = line.trim_start().to_lowercase();
        let rest = rest.strip_prefix("create table ")?;
        let rest = rest.strip_prefix("if not exists ").unwrap_or(rest);
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.')).collect();
        Some((number, name.trim_start_matches("public.").to_owned()))
    });
    made.collect()
}

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let source: String = tree.rust().map(|file| file.text.as_str()).collect();
    for file in files(tree) {
        match owner(file) {
            Some(name) if tree.packages.contains_key(name) => {}
            _ => found.push(Finding::new(
                "migrations",
                &file.path,
                1,
                "begin with `-- owner: CRATE`, a crate of the house",
            )),
        }
        for (number, table) in tables(file) {
            let read_in_sql = files(tree).map(|other| other.text.matches(&table).count()).sum::<usize>() > 3;
            if !source.contains(&table) && !read_in_sql {
                found.push(Finding::new("migrations", &file.path, number, format!("nobody reads or writes `{table}`")));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::{a_crate, a_tree};
    use super::*;

    #[test]
    fn a_migration_without_owner_and_a_table_without_reader_are_found() {
        let tree = a_tree(&[
            ("domains/people/Cargo.toml", &a_crate("people", &[])),
            ("domains/people/src/store.rs", "query!(\"select id from patients\")"),
            (
                "migrations/0110_people.sql",
                "-- owner: people\ncreate table patients (id uuid);\ncreate table ghosts (id uuid);\n",
            ),
            ("migrations/0120_x.sql", "create table patients2 (id uuid);\n"),
        ]);
        let found = check(&tree);
        assert_eq!(found.iter().map(|f| f.line).collect::<Vec<_>>(), [3, 1, 1]);
    }
}
