//! What a file may use follows from its name (the anatomy of a feature folder).

use crate::finding::Finding;
use crate::rules::is_test;
use crate::source::Source;
use crate::tree::Tree;

/// The role of a file, by its name, and the crates that do not belong into it.
fn banned(path: &str) -> (&'static str, &'static [&'static str]) {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.strip_suffix(".rs").unwrap_or(name);
    let role = ["model", "policy", "store", "pages", "api", "live"]
        .into_iter()
        .find(|role| stem == *role || path.contains(&format!("/{role}/")))
        .or_else(|| is_door(path, stem).then_some("pages"))
        .or_else(|| (stem == "error").then_some("error"));
    match role {
        Some("model") => (
            "a model is pure",
            &[
                "sqlx", "db", "axum", "web", "vault", "audit", "jobs", "notify", "askama", "tokio", "gateways",
                "reqwest",
            ],
        ),
        Some("policy") => (
            "a policy is a pure function",
            &[
                "sqlx", "db", "axum", "web", "vault", "audit", "jobs", "notify", "askama", "tokio", "gateways",
                "reqwest",
            ],
        ),
        Some("store") => {
            ("a store holds SQL and nothing else", &["axum", "web", "jobs", "notify", "askama", "gateways", "reqwest"])
        }
        Some("pages" | "api" | "live") => ("a door calls verbs and store reads", &["sqlx", "reqwest"]),
        // It names what it wraps.
        Some("error") => ("an error knows no HTTP", &["axum", "reqwest"]),
        _ => ("a verb knows neither SQL nor HTTP", &["sqlx", "axum", "reqwest"]),
    }
}

/// Doors that are named by whom they are for, by their kind of page, or by who knocks; and home, which is nothing but doors.
fn is_door(path: &str, stem: &str) -> bool {
    matches!(stem, "admin" | "doctor" | "patient" | "webhook")
        || stem.ends_with("_pages")
        || stem.ends_with("_api")
        || path.starts_with("domains/home/")
}

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let features = tree.rust().filter(|file| file.path.starts_with("domains/") && !is_test(&file.path));
    for file in features.filter(|file| !matches!(file.name(), "lib.rs" | "config.rs")) {
        let (why, banned) = banned(&file.path);
        let source = Source::parse(&file.text);
        for (index, line) in source.product_code().lines().enumerate() {
            for name in banned.iter().filter(|name| uses(line, name)) {
                found.push(Finding::new("imports", &file.path, index + 1, format!("{why}: it does not use `{name}`")));
            }
        }
    }
    found
}

/// Whether the line has a path that begins with this crate.
fn uses(line: &str, name: &str) -> bool {
    let path = format!("{name}::");
    line.match_indices(&path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::a_tree;
    use super::*;

    fn found_in(path: &str, text: &str) -> usize {
        check(&a_tree(&[(path, text)])).len()
    }

    #[test]
    fn a_model_that_reads_the_database_is_found() {
        assert_eq!(found_in("domains/people/src/patients/model.rs", "use sqlx::PgPool;\n"), 1);
        assert_eq!(found_in("domains/people/src/patients/model.rs", "use kernel::Money;\n"), 0);
    }

    #[test]
    fn a_store_may_use_sql_and_a_verb_may_not() {
        assert_eq!(found_in("domains/people/src/patients/store.rs", "sqlx::query!(\"\");\n"), 0);
        assert_eq!(found_in("domains/people/src/patients/store/reads.rs", "sqlx::query!(\"\");\n"), 0);
        assert_eq!(found_in("domains/people/src/patients/create_own.rs", "sqlx::query!(\"\");\n"), 1);
    }

    #[test]
    fn comments_tests_and_longer_names_are_left_alone() {
        let text = "//! like sqlx::query\nmy_sqlx::x();\n#[cfg(test)]\nmod tests { use sqlx::x; }\n";
        assert_eq!(found_in("domains/people/src/patients/model.rs", text), 0);
    }
}
