use std::path::{Path, PathBuf};

use kernel::Secret;

use crate::AwsKmsConfig;

/// Where the master key comes from and where files go.
#[derive(Clone, Debug)]
pub struct Config {
    pub master: MasterFrom,
    pub files: FilesAt,
}

/// The keeper of the master key. Never the database.
#[derive(Clone, Debug)]
pub enum MasterFrom {
    /// `master-NNNN.key` files of 32 bytes, mode 0400, in this folder; the first is made on the first start.
    Folder(PathBuf),
    /// `master-NNNN.kms` files in this folder, each a master key that only the KMS can open.
    AwsKms { folder: PathBuf, kms: AwsKmsConfig },
}

#[derive(Clone, Debug)]
pub enum FilesAt {
    Folder(PathBuf),
    S3 {
        bucket: String,
        region: String,
        /// For S3-compatible stores; AWS itself when absent.
        endpoint: Option<String>,
        access_key_id: String,
        secret_access_key: Secret<String>,
    },
}

/// A setting is missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct ConfigError {
    pub setting: &'static str,
    pub problem: &'static str,
}

impl Config {
    /// Settings: `BEDSIDE_KEYS` (folder, default `<data>/keys`), `BEDSIDE_KMS_KEY` (an AWS KMS key id or ARN; turns the KMS on) with
    /// `BEDSIDE_KMS_ENDPOINT`, `BEDSIDE_FILES` (folder, default `<data>/files`) or `BEDSIDE_S3_BUCKET` with `BEDSIDE_S3_ENDPOINT`; both
    /// AWS services use `AWS_REGION`, `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.
    pub fn from_env(data: &Path) -> Result<Self, Vec<ConfigError>> {
        Self::read(data, &|name| read_env(name))
    }

    /// As `from_env`, from any source of settings.
    pub fn read(data: &Path, setting: &dyn Fn(&str) -> Option<String>) -> Result<Self, Vec<ConfigError>> {
        let mut wrong = Vec::new();
        let mut need = |name: &'static str| {
            setting(name).unwrap_or_else(|| {
                wrong.push(ConfigError { setting: name, problem: "is needed for the AWS service you turned on" });
                String::new()
            })
        };
        let folder = setting("BEDSIDE_KEYS").map_or_else(|| data.join("keys"), PathBuf::from);
        let master = match setting("BEDSIDE_KMS_KEY") {
            None => MasterFrom::Folder(folder),
            Some(key) => {
                let region = need("AWS_REGION");
                let endpoint =
                    setting("BEDSIDE_KMS_ENDPOINT").unwrap_or_else(|| format!("https://kms.{region}.amazonaws.com"));
                MasterFrom::AwsKms {
                    folder,
                    kms: AwsKmsConfig {
                        key,
                        endpoint,
                        region,
                        access_key_id: need("AWS_ACCESS_KEY_ID"),
                        secret_access_key: Secret::new(need("AWS_SECRET_ACCESS_KEY")),
                        session_token: setting("AWS_SESSION_TOKEN").map(Secret::new),
                    },
                }
            }
        };
        let files = match setting("BEDSIDE_S3_BUCKET") {
            None => FilesAt::Folder(setting("BEDSIDE_FILES").map_or_else(|| data.join("files"), PathBuf::from)),
            Some(bucket) => FilesAt::S3 {
                bucket,
                region: need("AWS_REGION"),
                endpoint: setting("BEDSIDE_S3_ENDPOINT"),
                access_key_id: need("AWS_ACCESS_KEY_ID"),
                secret_access_key: Secret::new(need("AWS_SECRET_ACCESS_KEY")),
            },
        };
        if wrong.is_empty() { Ok(Self { master, files }) } else { Err(wrong) }
    }

    /// Keys and files in folders of `data`.
    pub fn for_tests(data: &Path) -> Self {
        Self { master: MasterFrom::Folder(data.join("keys")), files: FilesAt::Folder(data.join("files")) }
    }
}

#[expect(clippy::disallowed_methods, reason = "config.rs is where the environment is read")]
fn read_env(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
