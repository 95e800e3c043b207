//! `bedside`.

use std::process::ExitCode;

use clap::Parser as _;
use server::cli::Cli;
use server::operator::{self, Ended};

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    server::logging::start();
    match operator::run(cli).await {
        Ok(Ended::Well) => ExitCode::SUCCESS,
        Ok(Ended::Unsound) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("bedside: {error}");
            ExitCode::FAILURE
        }
    }
}
