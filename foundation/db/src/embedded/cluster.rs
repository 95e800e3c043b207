//! Making, starting, joining and stopping the server's processes.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::binaries::Binaries;
use super::places::Places;
use super::user::ServerUser;
use super::{Durability, EmbeddedError, PORT, SUPERUSER};

/// Recovery after a crash replays the log first, which may take a while.
const PATIENCE: Duration = Duration::from_secs(90);
const BEAT: Duration = Duration::from_millis(10);
/// Linux numbers processes below 2^22.
const NO_PROCESS: u32 = 4_194_999;

/// Neither statements nor the rows they failed on may reach the server's log: they hold health data.
const SETTINGS: &[&str] = &[
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "cluster_name=bedside",
    "timezone=UTC",
    "log_timezone=UTC",
    "jit=off",
    "max_connections=200",
    "shared_buffers=128MB",
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
    "log_parameter_max_length_on_error=0",
    "log_statement=none",
];
const THROWAWAY_SETTINGS: &[&str] = &[
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "shared_buffers=64MB",
];

/// The server that we started or joined.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) socket_dir: PathBuf,
}

/// Called with `start.lock` held.
pub(super) fn join_or_start(
    places: &Places,
    binaries: &Binaries,
    user: &ServerUser,
    durability: Durability,
) -> Result<Running, EmbeddedError> {
    let began = Instant::now();
    while let Some(status) = Status::read(&places.cluster) {
        if !status.is_alive(&places.cluster) {
            status.sweep(&places.cluster, user)?;
            break;
        }
        if status.ready && status.answers() {
            return Ok(Running { socket_dir: status.socket_dir });
        }
        if began.elapsed() > PATIENCE {
            return Err(not_ready(places));
        }
        std::thread::sleep(BEAT);
    }
    if places.major().is_none() {
        make(places, binaries, user, durability)?;
    }
    loop {
        match start(places, binaries, user, durability) {
            // A server that was killed leaves processes that take a moment to notice, and until then hold its memory.
            Err(EmbeddedError::NotReady { tail, .. })
                if tail.contains("shared memory block") && began.elapsed() < PATIENCE =>
            {
                std::thread::sleep(BEAT * 10);
            }
            outcome => return outcome,
        }
    }
}

/// Makes the cluster beside its place and moves it there whole, so that an interruption leaves nothing half made.
fn make(places: &Places, binaries: &Binaries, user: &ServerUser, durability: Durability) -> Result<(), EmbeddedError> {
    let fresh = places.cluster.with_extension("new");
    if fresh.exists() {
        fs::remove_dir_all(&fresh).map_err(EmbeddedError::file("remove", &fresh))?;
    }
    DirBuilder::new().mode(0o700).create(&fresh).map_err(EmbeddedError::file("make the folder", &fresh))?;
    user.own(&fresh).map_err(EmbeddedError::file("give away", &fresh))?;
    let mut command = user.command(&binaries.program("initdb"));
    command.arg("-D").arg(&fresh).args(["-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]);
    match durability {
        Durability::Durable => command.arg("--data-checksums"),
        Durability::Throwaway => command.arg("--no-sync"),
    };
    run("initdb", command)?;
    if places.cluster.exists() {
        // Something that is no cluster stands there: only an empty folder is ours to replace.
        fs::remove_dir(&places.cluster).map_err(EmbeddedError::file("replace", &places.cluster))?;
    }
    fs::rename(&fresh, &places.cluster).map_err(EmbeddedError::file("move a new cluster to", &places.cluster))
}

fn start(
    places: &Places,
    binaries: &Binaries,
    user: &ServerUser,
    durability: Durability,
) -> Result<Running, EmbeddedError> {
    let socket_dir = places.socket_dir(user)?;
    let log = OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(&places.log)
        .map_err(EmbeddedError::file("open", &places.log))?;
    let log_too = log.try_clone().map_err(EmbeddedError::file("open", &places.log))?;
    let mut command = user.command(&binaries.program("postgres"));
    command.arg("-D").arg(&places.cluster).arg("-k").arg(&socket_dir).args(["-p", &PORT.to_string()]);
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    if durability == Durability::Throwaway {
        for setting in THROWAWAY_SETTINGS {
            command.args(["-c", setting]);
        }
    }
    // A group of its own: Ctrl-C at our terminal reaches us, who first let requests end, and not the server.
    command.process_group(0).stdin(Stdio::null()).stdout(log).stderr(log_too);
    let mut child = command.spawn().map_err(EmbeddedError::file("run", &binaries.program("postgres")))?;
    let began = Instant::now();
    loop {
        if Status::read(&places.cluster).is_some_and(|status| status.pid == child.id() && status.ready) {
            reap(child);
            return Ok(Running { socket_dir });
        }
        let ended = child.try_wait().ok().flatten().is_some();
        if ended || began.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            return Err(not_ready(places));
        }
        std::thread::sleep(BEAT);
    }
}

/// Takes note of the server's end whenever it comes: unnoticed, it would stay in the table of processes, and the next server
/// would take it for one that runs.
fn reap(mut child: Child) {
    std::thread::spawn(move || child.wait());
}

/// Fast shutdown: connections are cut, transactions undone, everything written. Called with `start.lock` held.
pub(super) fn stop(
    running: &Running,
    places: &Places,
    binaries: &Binaries,
    user: &ServerUser,
    durability: Durability,
) -> Result<(), EmbeddedError> {
    let manner = if durability == Durability::Durable { "fast" } else { "immediate" };
    let alive = Status::read(&places.cluster).filter(|status| status.is_alive(&places.cluster));
    let stopped = alive.map_or(Ok(()), |status| {
        let mut command = user.command(&binaries.program("pg_ctl"));
        command.arg("stop").arg("-D").arg(&places.cluster).args(["-m", manner, "-w", "-t", "60", "-s"]);
        let stopped = run("pg_ctl stop", command);
        status.wait_until_gone();
        stopped
    });
    if running.socket_dir != places.cluster {
        let _ = fs::remove_dir_all(&running.socket_dir);
    }
    stopped
}

pub(super) fn process_id(places: &Places) -> Option<u32> {
    Status::read(&places.cluster).map(|status| status.pid)
}

fn run(program: &'static str, mut command: Command) -> Result<(), EmbeddedError> {
    let path = PathBuf::from(command.get_program());
    let answer = command.stdin(Stdio::null()).output().map_err(EmbeddedError::file("run", &path))?;
    if answer.status.success() {
        return Ok(());
    }
    let output = format!("{}{}", String::from_utf8_lossy(&answer.stdout), String::from_utf8_lossy(&answer.stderr));
    Err(EmbeddedError::Program { program, output: output.trim().to_owned() })
}

fn not_ready(places: &Places) -> EmbeddedError {
    EmbeddedError::NotReady {
        seconds: PATIENCE.as_secs(),
        log: places.log.clone(),
        tail: tail(&places.log).unwrap_or_default(),
    }
}

/// The last lines of the log.
fn tail(log: &Path) -> std::io::Result<String> {
    const LAST: u64 = 1200;
    let mut file = File::open(log)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LAST)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    Ok(lines[lines.len().saturating_sub(6)..].join(" | "))
}

/// What `postmaster.pid` says: process, folder, start, port, socket folder, address, key, state; a line each.
#[derive(Debug, PartialEq, Eq)]
struct Status {
    pid: u32,
    socket_dir: PathBuf,
    ready: bool,
}

impl Status {
    fn read(cluster: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(cluster.join("postmaster.pid")).ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.lines().collect();
        Some(Self {
            pid: lines.first()?.trim().parse().ok()?,
            socket_dir: PathBuf::from(lines.get(4).copied().unwrap_or_default()),
            ready: lines.get(7).is_some_and(|state| state.trim() == "ready"),
        })
    }

    /// Whether that process still is the server of this cluster: numbers are used again after a crash or a reboot.
    fn is_alive(&self, cluster: &Path) -> bool {
        fs::read_link(format!("/proc/{}/cwd", self.pid)).is_ok_and(|cwd| cwd == cluster)
    }

    /// The pid file goes a moment before the process.
    fn wait_until_gone(&self) {
        let began = Instant::now();
        let process = PathBuf::from(format!("/proc/{}", self.pid));
        while process.exists() && began.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(BEAT);
        }
    }

    fn answers(&self) -> bool {
        UnixStream::connect(self.socket_dir.join(format!(".s.PGSQL.{PORT}"))).is_ok()
    }

    /// Clears up after a server that was killed. Its pid file stays, because PostgreSQL learns from it whether processes of
    /// that server still hold its memory; but where its number belongs to another process by now, PostgreSQL would take that
    /// one for the server and refuse, so it gets a number that no process can have.
    fn sweep(&self, cluster: &Path, user: &ServerUser) -> Result<(), EmbeddedError> {
        let file = cluster.join("postmaster.pid");
        if Path::new(&format!("/proc/{}", self.pid)).exists()
            && let Ok(text) = fs::read_to_string(&file)
        {
            let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
            fs::write(&file, format!("{NO_PROCESS}\n{rest}")).map_err(EmbeddedError::file("write", &file))?;
        }
        let ours = self.socket_dir.parent() == Some(std::env::temp_dir().as_path())
            && self.socket_dir.file_name().is_some_and(|name| name.to_string_lossy().starts_with("bedside-"))
            && fs::symlink_metadata(&self.socket_dir).is_ok_and(|found| found.is_dir() && user.owns(&found));
        if ours {
            let _ = fs::remove_dir_all(&self.socket_dir);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pid_file_tells_process_socket_and_readiness() {
        let ready = "4711\n/data/cluster\n1795230000\n5432\n/data/cluster\n\n  5432001  32\nready   \n";
        let expected = Status { pid: 4711, socket_dir: PathBuf::from("/data/cluster"), ready: true };
        assert_eq!(Status::parse(ready), Some(expected));
        assert!(!Status::parse("4711\n/data/cluster\n").unwrap().ready, "still starting");
        assert_eq!(Status::parse(""), None);
    }

    #[test]
    fn a_process_with_the_same_number_is_not_the_server() {
        let us = Status { pid: std::process::id(), socket_dir: PathBuf::new(), ready: true };
        assert!(!us.is_alive(Path::new("/nowhere")));
    }
}
