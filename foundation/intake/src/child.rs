//! The child process: limits first, then one file from standard input, then a verdict on standard output.

use std::{
    io::{self, Read as _},
    process::ExitCode,
};

use rustix::process::{Resource, Rlimit, setrlimit};

use crate::{Kind, inspect};

/// How a Rust program ends that panicked.
pub(crate) const PANICKED: i32 = 101;
/// Seconds of the processor.
const SECONDS: u64 = 20;
const MEGABYTE: u64 = 1024 * 1024;

/// Addresses that the child may use, its own program and libraries included.
const fn memory(kind: Kind) -> u64 {
    match kind {
        Kind::Pdf => 768 * MEGABYTE,
        Kind::Jpeg | Kind::Png => 1024 * MEGABYTE,
    }
}

/// What `bedside inspect-file KIND` does. Nothing else of the program has begun: no settings, no threads, no connections.
pub fn run(kind: &str) -> ExitCode {
    let Some(kind) = Kind::from_word(kind) else { return ExitCode::from(2) };
    if limit(kind).is_err() {
        return ExitCode::from(3);
    }
    let mut bytes = Vec::new();
    if io::stdin().lock().take(Kind::MOST).read_to_end(&mut bytes).is_err() {
        return ExitCode::from(4);
    }
    let found = inspect::open(kind, &bytes);
    match inspect::tell(&mut io::stdout().lock(), found) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(5),
    }
}

/// No way back: a limit that was lowered cannot be raised again.
fn limit(kind: Kind) -> io::Result<()> {
    let limits = [
        (Resource::As, memory(kind)),
        (Resource::Cpu, SECONDS),
        // Writes no file, opens no more than it has, leaves no picture of its memory.
        (Resource::Fsize, 0),
        (Resource::Nofile, 8),
        (Resource::Core, 0),
    ];
    for (resource, most) in limits {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}
