//! Key files of mode 0400, written once and never overwritten.

use std::{
    fs, io,
    io::Write,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use super::MasterError;

fn failed(path: &Path) -> impl FnOnce(io::Error) -> MasterError {
    move |source| MasterError::Io { path: path.to_owned(), source }
}

/// The numbered files `master-NNNN.<extension>`, lowest number first.
pub(super) fn list(folder: &Path, extension: &str) -> Result<Vec<(u32, PathBuf)>, MasterError> {
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        let number = path
            .file_name()
            .and_then(|name| name.to_str())
            .and_then(|name| name.strip_prefix("master-")?.strip_suffix(extension)?.strip_suffix('.')?.parse().ok());
        if let Some(number) = number {
            found.push((number, path));
        }
    }
    found.sort();
    Ok(found)
}

pub(super) fn path_of(folder: &Path, number: u32, extension: &str) -> PathBuf {
    folder.join(format!("master-{number:04}.{extension}"))
}

/// The content of a key file that only its owner can read.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, MasterError> {
    let mode = fs::metadata(path).map_err(failed(path))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(MasterError::TooOpen(path.to_owned()));
    }
    fs::read(path).map_err(failed(path))
}

/// Write a key file at once and for good. `Ok` also when another process was first: read what stands there.
pub(super) fn write_new(path: &Path, content: &[u8]) -> Result<(), MasterError> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let draft = path.with_extension(format!("draft-{}", std::process::id()));
    let mut options = fs::OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o400).open(&draft).map_err(failed(&draft))?;
    let written = file.write_all(content).and_then(|()| file.sync_all()).and_then(|()| fs::hard_link(&draft, path));
    let removed = fs::remove_file(&draft);
    match written {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        other => other.map_err(failed(path))?,
    }
    removed.map_err(failed(&draft))?;
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed(folder))
}
