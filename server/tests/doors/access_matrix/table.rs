//! `docs/generated/access-matrix.txt`: every route and for whom it is, written from the code and committed.

use std::{fmt::Write as _, path::Path};

use web::Who;

use super::routes;

fn table() -> String {
    let mut lines: Vec<(&str, &str, String)> = routes()
        .iter()
        .map(|route| {
            let who = match &route.who {
                Who::Public(reason) => format!("public: {reason}"),
                Who::Audience(audience) => (*audience).to_owned(),
            };
            (route.path, route.method, who)
        })
        .collect();
    lines.sort();
    let width = lines.iter().map(|(path, ..)| path.len()).max().unwrap_or(0);
    let mut text = String::from(
        "Every route, and for whom it is. Written from the code: `BEDSIDE_UPDATE=1 cargo nextest run -p server access_matrix`.\n\n",
    );
    for (path, method, who) in lines {
        let _ = writeln!(text, "{method:<6} {path:<width$}  {who}");
    }
    text
}

#[test]
fn the_access_matrix_is_the_one_in_the_docs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/generated/access-matrix.txt");
    if updates() {
        std::fs::write(&path, table()).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == table(),
        "routes have changed: run with BEDSIDE_UPDATE=1, look at the difference and commit it\n{}",
        difference(&committed, &table())
    );
}

fn difference(old: &str, new: &str) -> String {
    let only = |these: &str, those: &str, sign: &str| -> Vec<String> {
        let lines = these.lines().filter(|line| !those.lines().any(|other| other == *line));
        lines.map(|line| format!("{sign} {line}")).collect()
    };
    [only(old, new, "-"), only(new, old, "+")].concat().join("\n")
}

#[expect(clippy::disallowed_methods, reason = "a switch for whoever runs the tests")]
fn updates() -> bool {
    std::env::var("BEDSIDE_UPDATE").is_ok_and(|value| value == "1")
}
