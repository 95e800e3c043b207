//! The house's own lint: the boundaries that neither Cargo nor clippy can see (ARCHITECTURE.md says why each exists).
//!
//! Prints `file:line: rule: what to do` and ends with 1 when something was found. `exceptions.toml` beside this crate names what
//! is excused, and why; an excuse that nothing needs any more is itself a finding.

mod exceptions;
mod finding;
mod rules;
mod source;
mod tree;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::exceptions::Exceptions;
use crate::finding::Finding;
use crate::tree::Tree;

fn main() -> ExitCode {
    let root = std::env::args().nth(1).map_or_else(workspace, PathBuf::from);
    match lint(&root) {
        Ok((found, summary)) => {
            for finding in &found {
                println!("{finding}");
            }
            println!("{summary}");
            if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("lint: {error}");
            ExitCode::from(2)
        }
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn lint(root: &Path) -> Result<(Vec<Finding>, String), std::io::Error> {
    let tree = Tree::read(root)?;
    let exceptions = Exceptions::read(&tree).map_err(std::io::Error::other)?;
    let mut found = exceptions.without_excused(rules::all(&tree));
    found.sort();
    let summary = format!("{} findings. {}", found.len(), rules::sizes::summary(&tree));
    Ok((found, summary))
}
