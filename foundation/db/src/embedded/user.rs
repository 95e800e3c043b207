//! Whom PostgreSQL runs as: ourselves, unless we are root.

use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use super::EmbeddedError;

/// The identity of the server's processes and the owner of its files.
#[derive(Debug, Clone)]
pub(super) enum ServerUser {
    /// The user we are.
    Ourselves,
    /// We are root and step down to this one.
    Other { name: String, uid: u32, gid: u32 },
}

impl ServerUser {
    pub(super) fn choose() -> Result<Self, EmbeddedError> {
        let process = Path::new("/proc/self");
        let us = fs::metadata(process).map_err(EmbeddedError::file("read", process))?.uid();
        if us != 0 {
            return Ok(Self::Ourselves);
        }
        let file = Path::new("/etc/passwd");
        let accounts = fs::read_to_string(file).map_err(EmbeddedError::file("read", file))?;
        ["postgres", "nobody"].into_iter().find_map(|name| account(&accounts, name)).ok_or(EmbeddedError::NoUser)
    }

    /// A command that runs as this user, with nothing of our environment.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8").env("TZ", "UTC").current_dir("/");
        if let Self::Other { uid, gid, .. } = self {
            command.uid(*uid).gid(*gid);
        }
        command
    }

    /// Gives a file or folder that we made to this user.
    pub(super) fn own(&self, path: &Path) -> io::Result<()> {
        match self {
            Self::Ourselves => Ok(()),
            Self::Other { uid, gid, .. } => chown(path, Some(*uid), Some(*gid)),
        }
    }

    /// The first folder on the way to `path` (itself included) that this user may not enter.
    pub(super) fn barred_from(&self, path: &Path) -> Option<PathBuf> {
        let Self::Other { uid, gid, .. } = self else {
            return None;
        };
        let mut way: Vec<&Path> = path.ancestors().filter(|step| !step.as_os_str().is_empty()).collect();
        way.reverse();
        way.into_iter()
            .find(|step| fs::metadata(step).is_ok_and(|found| !may_enter(&found, *uid, *gid)))
            .map(Path::to_owned)
    }

    pub(super) fn name(&self) -> &str {
        match self {
            Self::Ourselves => "you",
            Self::Other { name, .. } => name,
        }
    }

    /// Whether a folder belongs to this user.
    pub(super) fn owns(&self, found: &fs::Metadata) -> bool {
        match self {
            Self::Ourselves => fs::metadata("/proc/self").is_ok_and(|us| us.uid() == found.uid()),
            Self::Other { uid, .. } => found.uid() == *uid,
        }
    }
}

fn may_enter(found: &fs::Metadata, uid: u32, gid: u32) -> bool {
    let enter = if found.uid() == uid {
        0o100
    } else if found.gid() == gid {
        0o010
    } else {
        0o001
    };
    found.mode() & enter != 0
}

fn account(accounts: &str, name: &str) -> Option<ServerUser> {
    accounts.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next()? == name).then_some(())?;
        let _password = fields.next()?;
        Some(ServerUser::Other {
            name: name.to_owned(),
            uid: fields.next()?.parse().ok()?,
            gid: fields.next()?.parse().ok()?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_found_by_its_whole_name() {
        let accounts =
            "root:x:0:0::/root:/bin/sh\npostgresql:x:7:7::/:/bin/false\npostgres:x:105:113::/var/lib:/bin/bash\n";
        let Some(ServerUser::Other { name, uid, gid }) = account(accounts, "postgres") else { panic!("not found") };
        assert_eq!((name.as_str(), uid, gid), ("postgres", 105, 113));
        assert!(account(accounts, "nobody").is_none());
    }
}
