//! What the hospital costs, as ratios to floors of the same machine and run.
//!
//! The unit is completed requests per CPU-second of the server and its PostgreSQL together, read from `/proc`; a wall-clock
//! figure means something only beside another of the same run. Floors: a bare axum route that reads one row, and `pgbench` with
//! the SQL of the request. Durability, access control, sealing and the audit trail are on in every figure of ours.

mod floor;
mod load;
mod pgbench;
mod process;
mod rows;
mod subject;

use std::path::PathBuf;
use std::process::ExitCode;

/// A bench that could not be taken, and why.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failed {
    #[error("{0}")]
    Said(String),
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
}

pub(crate) fn failed(what: impl Into<String>) -> Failed {
    Failed::Said(what.into())
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("the runtime starts");
    let outcome = match words.first().map(String::as_str) {
        // The floor is a process of its own, so that its CPU time can be told from that of the load.
        Some("floor") => runtime.block_on(floor::serve(words.get(1).cloned().unwrap_or_default())),
        Some("--bedside") => runtime.block_on(rows::all(PathBuf::from(words.get(1).cloned().unwrap_or_default()))),
        _ => Err(failed("usage: bench --bedside PATH")),
    };
    drop(runtime);
    if words.first().is_some_and(|first| first == "--bedside") {
        rows::media();
    }
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}
