//! Log lines: structured, with ids only; health content has types that do not print.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

use crate::config::{self, LogFormat};

/// Once, at the start of the process.
pub fn start() {
    let (filter, format) = config::log_from_env(std::io::stderr().is_terminal());
    let filter = EnvFilter::try_new(&filter).unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(true).with_span_list(false).init(),
        LogFormat::Text => lines.with_target(false).init(),
    }
}
