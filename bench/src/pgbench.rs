//! `pgbench` with the SQL of a request: what the database alone costs.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::{Failed, failed, load, process};

/// Completed transactions per CPU-second of PostgreSQL.
pub(crate) fn run(script: &str, socket: &str, postgres: u32) -> Result<f64, Failed> {
    let file = tempfile::NamedTempFile::new()?;
    fs::write(file.path(), script)?;
    let before = process::cpu(&[postgres]);
    let output = Command::new(program())
        .args(["-n", "-M", "prepared", "-U", "postgres", "-h", socket, "-c", &load::CLIENTS.to_string(), "-j", "1"])
        .args(["-T", &load::SECONDS.to_string(), "-f"])
        .arg(file.path())
        .arg("bedside")
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let done = said.lines().find_map(|line| line.strip_prefix("number of transactions actually processed: "));
    let done = done.and_then(|text| text.split('/').next()?.trim().parse::<f64>().ok());
    let done =
        done.ok_or_else(|| failed(format!("pgbench failed: {said}{}", String::from_utf8_lossy(&output.stderr))))?;
    // The backends have ended with their clients: PostgreSQL has waited for them, so their time is in the sum.
    let cpu = process::cpu(&[postgres]).saturating_sub(before);
    Ok(done / cpu.as_secs_f64().max(0.001))
}

fn program() -> PathBuf {
    let newest = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin/pgbench"));
    newest.filter(|path| path.is_file()).max().unwrap_or_else(|| PathBuf::from("pgbench"))
}
