//! SQL lives in `store.rs` (or a file in `store/`), and is checked against the schema.

use crate::finding::Finding;
use crate::rules::is_test;
use crate::source::Source;
use crate::tree::Tree;

const CALLS: &[&str] = &["query!", "query_as!", "query_scalar!", "query_unchecked!", "query_as_unchecked!", "raw_sql("];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let ours = tree
        .rust()
        .filter(|file| ["domains/", "foundation/", "server/"].iter().any(|part| file.path.starts_with(part)));
    for file in ours.filter(|file| !is_test(&file.path)) {
        let in_store = file.name() == "store.rs" || file.path.contains("/store/");
        let source = Source::parse(&file.text);
        for (index, line) in source.product_code().lines().enumerate() {
            if !in_store && CALLS.iter().any(|call| line.contains(call)) {
                found.push(Finding::new("sql-place", &file.path, index + 1, "SQL belongs into the feature's store.rs"));
            }
            if line.contains("_unchecked!") {
                found.push(Finding::new("sql-place", &file.path, index + 1, "use the checked macros of sqlx"));
            }
        }
        for literal in &source.literals {
            if in_store && literal.text.to_lowercase().contains("select *") {
                found.push(Finding::new("sql-place", &file.path, literal.line, "list the columns instead of `*`"));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::a_tree;
    use super::*;

    #[test]
    fn sql_in_a_page_and_a_star_in_a_store_are_found() {
        let tree = a_tree(&[
            ("domains/people/src/pages.rs", "fn f() { sqlx::query!(\"select 1\"); }"),
            ("domains/people/src/store.rs", "fn f() { sqlx::query!(\"select * from t\"); }"),
            ("domains/people/src/tests.rs", "fn f() { sqlx::query!(\"select 1\"); }"),
        ]);
        let paths: Vec<String> = check(&tree).into_iter().map(|finding| finding.path).collect();
        assert_eq!(paths, ["domains/people/src/pages.rs", "domains/people/src/store.rs"]);
    }
}
