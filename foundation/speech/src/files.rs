//! The model and its runtime on disk.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use aws_lc_rs::digest::{Context, SHA256};

/// Name and SHA-256 of what the engine consists of.
const PARTS: [(&str, &str); 4] = [
    (ENCODER, "94e90a4654fc45cdfedb77c4c08e1739f48862998e58fada384b25118134f221"),
    (DECODER, "cf524c4862d36e9e5ab032eddc73637efd822d70e868ac575cf1a46e1e4708a0"),
    (TOKENIZER, "6884b35fd6377d4c4d32336a0bc152f36b64d1e45b6503683cdc238250a8472d"),
    (RUNTIME, "a787437d3c71ced24e8ece9199ae8f60f9d720cc2785b27dd95920fca2f3459e"),
];
const ENCODER: &str = "encoder_model.ort";
const DECODER: &str = "decoder_model_merged.ort";
const TOKENIZER: &str = "tokenizer.bin";
const RUNTIME: &str = "libonnxruntime.so.1";

/// Why there is no engine.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    #[error("{0} is missing: run `make speech`")]
    Missing(PathBuf),
    /// Damaged, or not what this program was built for. It is not loaded.
    #[error("{0} is not the file this program expects (its SHA-256 differs): remove it and run `make speech`")]
    Foreign(PathBuf),
    #[error("{0} cannot be read")]
    Unreadable(PathBuf, #[source] io::Error),
}

/// Files that were found whole.
#[derive(Debug, Clone)]
pub struct EngineFiles {
    folder: PathBuf,
}

impl EngineFiles {
    /// The engine in this folder, each file checked against its SHA-256 (half a second for 66 MB).
    pub fn find(folder: &Path) -> Result<Self, FilesError> {
        for (name, expected) in PARTS {
            let path = folder.join(name);
            let file = match File::open(&path) {
                Ok(file) => file,
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(FilesError::Missing(path)),
                Err(error) => return Err(FilesError::Unreadable(path, error)),
            };
            match digest(file) {
                Ok(found) if found == expected => {}
                Ok(_) => return Err(FilesError::Foreign(path)),
                Err(error) => return Err(FilesError::Unreadable(path, error)),
            }
        }
        Ok(Self { folder: folder.to_owned() })
    }

    /// Whether there is something to be found: a quick look, for the start of a program. [`EngineFiles::find`] looks properly.
    pub fn are_there(folder: &Path) -> bool {
        PARTS.iter().all(|(name, _)| folder.join(name).is_file())
    }

    pub(crate) fn encoder(&self) -> PathBuf {
        self.folder.join(ENCODER)
    }

    pub(crate) fn decoder(&self) -> PathBuf {
        self.folder.join(DECODER)
    }

    pub(crate) fn tokenizer(&self) -> PathBuf {
        self.folder.join(TOKENIZER)
    }

    pub(crate) fn runtime(&self) -> PathBuf {
        self.folder.join(RUNTIME)
    }
}

fn digest(mut file: File) -> io::Result<String> {
    let mut context = Context::new(&SHA256);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let length = file.read(&mut buffer)?;
        if length == 0 {
            return Ok(hex::encode(context.finish()));
        }
        context.update(&buffer[..length]);
    }
}
