//! `bedside`.

use std::process::ExitCode;

use clap::Parser as _;
use server::cli::{Cli, Command};
use server::operator::{self, Ended};

fn main() -> ExitCode {
    let cli = Cli::parse();
    // A child that opens one file of a stranger: it limits itself before anything else of the program begins.
    if let Command::InspectFile { kind } = &cli.command {
        return intake::child::run(kind);
    }
    run(cli)
}

#[tokio::main]
async fn run(cli: Cli) -> ExitCode {
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
