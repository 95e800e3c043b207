//! The commands of the program.

use clap::{Args, Parser, Subcommand};

use crate::settings;

/// Bedside, a whole virtual hospital.
#[derive(Debug, Parser)]
#[command(name = "bedside", version, about, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the pages and the API, and do the work behind them
    Serve(Serve),
    /// Do the work behind the pages, on a machine of its own
    Work,
    /// Carry calls, and nothing else, on a machine of its own; needs no database
    Media,
    /// Bring the database's schema up to date
    Migrate,
    /// Administrators
    #[command(subcommand)]
    Admin(Admin),
    /// The trail of who saw and did what
    #[command(subcommand)]
    Audit(Audit),
    /// The books
    #[command(subcommand)]
    Ledger(Ledger),
    /// The master key
    #[command(subcommand)]
    Keys(Keys),
    /// Work that was given up
    #[command(subcommand)]
    Jobs(JobsCommand),
    /// Open one file from standard input in this process, within limits
    #[command(hide = true)]
    InspectFile {
        /// pdf, jpeg or png
        kind: String,
    },
    /// Check configuration, database, storage, mail, time and media ports, and say what to do about each
    Doctor,
    /// Show the settings in force, without secrets
    #[command(after_help = settings::help())]
    Config,
}

#[derive(Debug, Args)]
pub struct Serve {
    /// Demonstration mode: invented people, a payment page that takes no money, a mailbox instead of mail
    #[arg(long)]
    pub demo: bool,
    /// Leave the work behind the pages to `bedside work`
    #[arg(long)]
    pub web_only: bool,
}

#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Make an administrator and print the link by which they choose a password
    Create {
        /// The address they sign in with
        email: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Look for rows that were altered, removed, cut off or moved
    Verify,
}

#[derive(Debug, Subcommand)]
pub enum Ledger {
    /// Compare the journal with itself, with payments, refunds and invoices
    Verify,
}

#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Make a new master key and wrap every data key anew; no content is touched
    Rotate,
}

#[derive(Debug, Subcommand)]
pub enum JobsCommand {
    /// List jobs that used up their attempts, the latest first; another status than 0 when there are any
    Dead,
    /// Put a dead job back, with all its attempts, once its cause is gone
    Revive {
        /// Its id, as `jobs dead` prints it
        id: kernel::ids::JobId,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_commands_are_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_help_of_config_lists_every_setting() {
        let mut command = Cli::command();
        let help = command.find_subcommand_mut("config").unwrap().render_help().to_string();
        for setting in settings::ALL {
            assert!(help.contains(setting.name), "{}", setting.name);
        }
    }
}
