//! The folders and locks of a cluster.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::user::ServerUser;
use super::{Durability, EmbeddedError, PORT};

/// Where root keeps a cluster whose own folder the server's user cannot reach.
const ELSEWHERE: &str = "/var/lib/bedside";
/// A socket's path may have 107 bytes.
const LONGEST_SOCKET: usize = 104;
const PATIENCE: Duration = Duration::from_mins(1);
const BEAT: Duration = Duration::from_millis(25);

/// Everything that belongs to one cluster.
#[derive(Debug)]
pub(super) struct Places {
    /// What PostgreSQL calls its data directory.
    pub(super) cluster: PathBuf,
    pub(super) log: PathBuf,
    pub(super) start_lock: PathBuf,
    pub(super) users_lock: PathBuf,
}

impl Places {
    pub(super) fn prepare(dir: &Path, user: &ServerUser, durability: Durability) -> Result<Self, EmbeddedError> {
        fs::create_dir_all(dir).map_err(EmbeddedError::file("make the folder", dir))?;
        let dir = fs::canonicalize(dir).map_err(EmbeddedError::file("find", dir))?;
        // Root's cluster belongs to another user, who has to walk through this folder; nobody can list it.
        let mode = if matches!(user, ServerUser::Ourselves) { 0o700 } else { 0o711 };
        fs::set_permissions(&dir, Permissions::from_mode(mode))
            .map_err(EmbeddedError::file("set the permissions of", &dir))?;
        let home = match user.barred_from(&dir) {
            None => dir.clone(),
            Some(barred) => elsewhere(&dir, &barred, user, durability)?,
        };
        Ok(Self {
            cluster: home.join("cluster"),
            log: dir.join("postgres.log"),
            start_lock: dir.join("start.lock"),
            users_lock: dir.join("users.lock"),
        })
    }

    /// The version that made the cluster; `None` when there is none yet.
    pub(super) fn major(&self) -> Option<u32> {
        fs::read_to_string(self.cluster.join("PG_VERSION")).ok()?.trim().parse().ok()
    }

    /// A folder for the socket that only `user` can enter: the cluster itself, or, where its path is too long for a socket, a
    /// fresh one with an unguessable name under the system's temporary folder.
    pub(super) fn socket_dir(&self, user: &ServerUser) -> Result<PathBuf, EmbeddedError> {
        let longest = self.cluster.as_os_str().len() + format!("/.s.PGSQL.{PORT}.lock").len();
        if longest <= LONGEST_SOCKET {
            return Ok(self.cluster.clone());
        }
        let parent = std::env::temp_dir();
        let dir = tempfile::Builder::new()
            .prefix("bedside-")
            .tempdir_in(&parent)
            .map_err(EmbeddedError::file("make a folder for the socket in", &parent))?
            .keep();
        user.own(&dir).map_err(EmbeddedError::file("give away", &dir))?;
        Ok(dir)
    }

    /// Deletes the cluster of a test.
    pub(super) fn delete(&self) {
        for path in [&self.cluster, &self.log, &self.start_lock, &self.users_lock] {
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
        if let Some(home) = self.cluster.parent().filter(|home| home.starts_with(ELSEWHERE)) {
            let _ = fs::remove_dir(home);
        }
    }
}

/// The server's user cannot walk to `dir` (it lies under somebody's home, say): its cluster goes to a folder of root's, and a
/// file in `dir` says which. Deleting `dir` therefore still means to begin anew.
fn elsewhere(dir: &Path, barred: &Path, user: &ServerUser, durability: Durability) -> Result<PathBuf, EmbeddedError> {
    let pointer = dir.join("moved-to");
    if let Ok(written) = fs::read_to_string(&pointer) {
        let home = PathBuf::from(written.trim());
        if home.starts_with(ELSEWHERE) && home.is_dir() {
            return Ok(home);
        }
    }
    let parent = Path::new(ELSEWHERE);
    DirBuilder::new()
        .recursive(true)
        .mode(0o711)
        .create(parent)
        .map_err(EmbeddedError::file("make the folder", parent))?;
    fs::set_permissions(parent, Permissions::from_mode(0o711))
        .map_err(EmbeddedError::file("set the permissions of", parent))?;
    let home = tempfile::Builder::new()
        .prefix("postgres-")
        .permissions(Permissions::from_mode(0o711))
        .tempdir_in(parent)
        .map_err(EmbeddedError::file("make a folder in", parent))?
        .keep();
    let mut file = File::create(&pointer).map_err(EmbeddedError::file("write", &pointer))?;
    writeln!(file, "{}", home.display()).map_err(EmbeddedError::file("write", &pointer))?;
    if durability == Durability::Durable {
        tracing::info!(barred = %barred.display(), user = user.name(), cluster = %home.display(), "embedded_postgres.kept_elsewhere");
    }
    Ok(home)
}

/// A lock that ends with this value, or with the process.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for its turn, a minute at most.
    pub(super) fn exclusive(path: &Path) -> Result<Self, EmbeddedError> {
        let file = open(path)?;
        let mut waited = Duration::ZERO;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::Error(source)) => return Err(EmbeddedError::file("lock", path)(source)),
                Err(TryLockError::WouldBlock) if waited >= PATIENCE => {
                    return Err(EmbeddedError::Busy { dir: path.parent().unwrap_or(path).to_owned() });
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(BEAT),
            }
            waited += BEAT;
        }
    }

    /// Held by everyone who uses the cluster.
    pub(super) fn shared(path: &Path) -> Result<Self, EmbeddedError> {
        let file = open(path)?;
        file.lock_shared().map_err(EmbeddedError::file("lock", path))?;
        Ok(Self { _file: file })
    }

    /// Whether nobody holds it. Asked only while `start.lock` is held, so that nobody takes it meanwhile.
    pub(super) fn is_free(path: &Path) -> Result<bool, EmbeddedError> {
        match open(path)?.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(source)) => Err(EmbeddedError::file("lock", path)(source)),
        }
    }
}

fn open(path: &Path) -> Result<File, EmbeddedError> {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(path)
        .map_err(EmbeddedError::file("open", path))
}
