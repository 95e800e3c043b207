//! What the hospital costs, as ratios to floors of the same machine and run.
//!
//! The unit is completed requests per CPU-second of the server and its PostgreSQL together, read from `/proc`; a wall-clock
//! figure means something only beside another of the same run. Floors: a bare axum route that reads one row, and `pgbench` with
//! the SQL of the request. Durability, access control, sealing and the audit trail are on in every figure of ours.
//!
//! `crash`, `crowd` and `growth` are proofs: they end with another status than 0 when what must hold does not.

mod books;
mod clinic;
mod cluster;
mod crash;
mod crowd;
mod floor;
mod growth;
mod load;
mod options;
mod patients;
mod pgbench;
mod process;
mod rows;
mod subject;

use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "usage:
  bench --bedside PATH                       costs, as ratios to floors of the same machine
  bench media                                the media unit alone
  bench crash --bedside PATH                 kills server and PostgreSQL under load, and reads the books afterwards
        [--server-kills 100] [--postgres-kills 20] [--clients 8] [--last-patience 100]
  bench crowd --bedside PATH                 many clients for one time, and many days filled at once
        [--clients 2000] [--doctors 200]
  bench growth --bedside PATH                the cost of a request as the hospital grows
        [--sizes 1000,100000,1000000] [--per-patient 2] [--only search]";

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
    #[error(transparent)]
    Postgres(#[from] db::EmbeddedError),
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
        Some("media") => Ok(()),
        Some("crash") => runtime.block_on(crash::run(&words[1..])),
        Some("crowd") => runtime.block_on(crowd::run(&words[1..])),
        Some("growth") => runtime.block_on(growth::run(&words[1..])),
        _ => Err(failed(USAGE)),
    };
    if words.first().is_some_and(|first| first == "--bedside")
        && let Err(error) = runtime.block_on(clinic::speech(std::path::Path::new(".cache/speech")))
    {
        eprintln!("bench: {error}");
    }
    drop(runtime);
    if words.first().is_some_and(|first| first == "--bedside" || first == "media") {
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
