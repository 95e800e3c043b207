use std::path::{Path, PathBuf};

/// Where anchors are kept.
#[derive(Clone, Debug)]
pub struct AnchorConfig {
    /// The file that anchors are appended to. Put it on another disk or host than the database's, or a write-once mount.
    pub file: PathBuf,
    /// The key that signs them, mode 0400.
    pub key: PathBuf,
}

impl AnchorConfig {
    /// Settings: `BEDSIDE_ANCHORS` (file, default `<data>/anchors/audit.jsonl`), `BEDSIDE_ANCHOR_KEY` (default
    /// `<data>/keys/anchor.key`).
    pub fn from_env(data: &Path) -> Self {
        let default = Self::for_tests(data);
        Self {
            file: read_env("BEDSIDE_ANCHORS").unwrap_or(default.file),
            key: read_env("BEDSIDE_ANCHOR_KEY").unwrap_or(default.key),
        }
    }

    pub fn for_tests(data: &Path) -> Self {
        Self { file: data.join("anchors/audit.jsonl"), key: data.join("keys/anchor.key") }
    }
}

#[expect(clippy::disallowed_methods, reason = "config.rs is where the environment is read")]
fn read_env(name: &str) -> Option<PathBuf> {
    std::env::var(name).ok().filter(|value| !value.is_empty()).map(PathBuf::from)
}
