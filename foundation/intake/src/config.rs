//! Where files wait, who looks for viruses, and which program opens them.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use crate::{Scanner, scan::Address};

/// As the operator wants it.
#[derive(Clone, Debug)]
pub struct Config {
    /// Folder of the unnamed temporary files; made when it is not there.
    pub folder: PathBuf,
    pub scanner: Scanner,
    /// The program whose `inspect-file` opens files.
    pub inspector: PathBuf,
}

/// A setting is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct ConfigError {
    pub setting: &'static str,
    pub problem: &'static str,
}

const CLAMD: &str = "BEDSIDE_CLAMD";
/// This very program, also after another was put in its place.
const OURSELVES: &str = "/proc/self/exe";
/// How long a scan may take in all.
const PATIENCE: Duration = Duration::from_mins(1);

impl Config {
    /// `BEDSIDE_CLAMD`: `host:port`, the path of a socket, or `none` for working without a scanner on purpose. Files wait in
    /// `incoming` of the data folder.
    pub fn read(data: &Path, setting: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let scanner = match setting(CLAMD) {
            None => Scanner::Missing,
            Some(text) => scanner(&text).ok_or(ConfigError {
                setting: CLAMD,
                problem: "is neither host:port, nor the path of a socket, nor `none`",
            })?,
        };
        Ok(Self { folder: data.join("incoming"), scanner, inspector: PathBuf::from(OURSELVES) })
    }
}

fn scanner(text: &str) -> Option<Scanner> {
    if text == "none" {
        return Some(Scanner::Nobody);
    }
    let path = text.strip_prefix("unix:").unwrap_or(text);
    if path.starts_with('/') {
        return Some(Scanner::Clamd { at: Address::Socket(PathBuf::from(path)), patience: PATIENCE });
    }
    let (host, port) = text.rsplit_once(':')?;
    let is_address = !host.is_empty() && port.parse::<u16>().is_ok_and(|port| port > 0);
    is_address.then(|| Scanner::Clamd { at: Address::Tcp(text.to_owned()), patience: PATIENCE })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: Option<&str>) -> Result<Scanner, ConfigError> {
        Config::read(Path::new("/data"), &|_| text.map(str::to_owned)).map(|config| config.scanner)
    }

    #[test]
    fn a_scanner_is_an_address_a_socket_or_none_on_purpose() {
        assert!(matches!(read(None), Ok(Scanner::Missing)));
        assert!(matches!(read(Some("none")), Ok(Scanner::Nobody)));
        for (text, is_tcp) in
            [("clam.example:3310", true), ("[::1]:3310", true), ("/run/clamd.sock", false), ("unix:/run/c", false)]
        {
            match read(Some(text)) {
                Ok(Scanner::Clamd { at, .. }) => assert_eq!(matches!(at, Address::Tcp(_)), is_tcp, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
        for wrong in ["", "clamd", "clamd:", ":3310", "clamd:0", "clamd:many", "off"] {
            assert!(read(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
