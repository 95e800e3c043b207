//! The anchor file and the key that signs, both outside the database.

use std::{
    fs, io,
    io::{Read, Seek, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use aws_lc_rs::signature::Ed25519KeyPair;

use super::AnchorError;

fn failed(path: &Path) -> impl FnOnce(io::Error) -> AnchorError {
    move |source| AnchorError::Io { path: path.to_owned(), source }
}

/// The signing key, made on the first use: a seed of 32 bytes, mode 0400.
pub(super) fn key(path: &Path) -> Result<Ed25519KeyPair, AnchorError> {
    if !path.exists() {
        let mut seed = [0; 32];
        aws_lc_rs::rand::fill(&mut seed).map_err(|_| AnchorError::Key(path.to_owned()))?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed(folder))?;
        }
        let opened = fs::OpenOptions::new().write(true).create_new(true).mode(0o400).open(path);
        match opened {
            Ok(mut file) => file.write_all(&seed).and_then(|()| file.sync_all()).map_err(failed(path))?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(path)(error)),
        }
    }
    if fs::metadata(path).map_err(failed(path))?.permissions().mode() & 0o077 != 0 {
        return Err(AnchorError::TooOpen(path.to_owned()));
    }
    let seed = fs::read(path).map_err(failed(path))?;
    Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| AnchorError::Key(path.to_owned()))
}

/// Hold the anchor file for one writer, across processes too, until the returned file is dropped.
pub(super) fn hold(path: &Path) -> Result<fs::File, AnchorError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed(folder))?;
    }
    let options = fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path);
    let file = options.map_err(failed(path))?;
    file.lock().map_err(failed(path))?;
    Ok(file)
}

/// The whole text from byte `offset` on; empty when there is no file yet.
pub(super) fn text_from(path: &Path, offset: u64) -> Result<String, AnchorError> {
    let mut text = String::new();
    let read = fs::File::open(path).and_then(|mut file| {
        file.seek(io::SeekFrom::Start(offset))?;
        file.read_to_string(&mut text)
    });
    match read {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(path)(error)),
        _ => Ok(text),
    }
}

/// Add a line and wait until the disk has it.
pub(super) fn append(mut file: &fs::File, path: &Path, line: &str) -> Result<(), AnchorError> {
    file.write_all(format!("{line}\n").as_bytes()).and_then(|()| file.sync_all()).map_err(failed(path))
}
