//! Looking for viruses: clamd, over TCP or a socket of this machine.
//!
//! The protocol is `INSTREAM` of clamd(8): `zINSTREAM\0`, chunks behind their length in four bytes, a length of zero; the answer is
//! `stream: OK` or `stream: NAME FOUND`, ended by a zero byte. Whatever else is answered is no verdict.

use std::{path::PathBuf, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpStream, UnixStream},
    time::timeout,
};

/// Bytes of one chunk.
const CHUNK: usize = 64 * 1024;
/// The most that is read of an answer.
const MOST_ANSWER: u64 = 4096;

/// Who looks.
#[derive(Clone, Debug)]
pub enum Scanner {
    /// `patience` bounds a scan as a whole.
    Clamd { at: Address, patience: Duration },
    /// The operator works without one on purpose.
    Nobody,
    /// Nobody has said anything about a scanner.
    Missing,
}

/// Where clamd listens.
#[derive(Clone, Debug)]
pub enum Address {
    Tcp(String),
    Socket(PathBuf),
}

/// What was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    Clean,
    /// By the name that the scanner gives it.
    Infected(String),
}

/// There is no verdict.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    #[error("no scanner is configured")]
    Nobody,
    #[error("the scanner does not answer: {0}")]
    Unreachable(#[from] std::io::Error),
    #[error("the scanner took too long")]
    TooSlow,
    #[error("the scanner answered what is no verdict")]
    Unclear,
}

impl Scanner {
    /// clamd at `host:port`.
    pub fn clamd(address: &str, patience: Duration) -> Self {
        Self::Clamd { at: Address::Tcp(address.to_owned()), patience }
    }

    /// Whether there is one that could be asked.
    pub const fn is_there(&self) -> bool {
        matches!(self, Self::Clamd { .. })
    }

    /// Look through `bytes`.
    pub async fn scan(&self, bytes: &[u8]) -> Result<Verdict, ScanError> {
        let (at, patience) = self.place()?;
        let asked = async {
            match at {
                Address::Tcp(address) => instream(TcpStream::connect(address).await?, bytes).await,
                Address::Socket(path) => instream(UnixStream::connect(path).await?, bytes).await,
            }
        };
        timeout(patience, asked).await.map_err(|_| ScanError::TooSlow)?
    }

    /// Whether it answers at all.
    pub async fn ping(&self) -> Result<(), ScanError> {
        let (at, patience) = self.place()?;
        let asked = async {
            match at {
                Address::Tcp(address) => ping(TcpStream::connect(address).await?).await,
                Address::Socket(path) => ping(UnixStream::connect(path).await?).await,
            }
        };
        timeout(patience, asked).await.map_err(|_| ScanError::TooSlow)?
    }

    const fn place(&self) -> Result<(&Address, Duration), ScanError> {
        match self {
            Self::Clamd { at, patience } => Ok((at, *patience)),
            Self::Nobody | Self::Missing => Err(ScanError::Nobody),
        }
    }
}

async fn instream(mut to: impl AsyncRead + AsyncWrite + Unpin, bytes: &[u8]) -> Result<Verdict, ScanError> {
    to.write_all(b"zINSTREAM\0").await?;
    for chunk in bytes.chunks(CHUNK) {
        to.write_all(&u32::try_from(chunk.len()).unwrap_or(0).to_be_bytes()).await?;
        to.write_all(chunk).await?;
    }
    to.write_all(&0_u32.to_be_bytes()).await?;
    to.flush().await?;
    verdict(&answer(to).await?)
}

async fn ping(mut to: impl AsyncRead + AsyncWrite + Unpin) -> Result<(), ScanError> {
    to.write_all(b"zPING\0").await?;
    to.flush().await?;
    if answer(to).await? == "PONG" { Ok(()) } else { Err(ScanError::Unclear) }
}

/// Up to the zero byte, or to the end of what is sent.
async fn answer(from: impl AsyncRead + Unpin) -> Result<String, ScanError> {
    let mut from = from.take(MOST_ANSWER);
    let mut said = Vec::new();
    let mut part = [0; 256];
    while !said.contains(&0) {
        let read = from.read(&mut part).await?;
        if read == 0 {
            break;
        }
        said.extend_from_slice(&part[..read]);
    }
    let line = said.split(|byte| *byte == 0).next().unwrap_or_default();
    String::from_utf8(line.to_vec()).map(|text| text.trim().to_owned()).map_err(|_| ScanError::Unclear)
}

fn verdict(answer: &str) -> Result<Verdict, ScanError> {
    match answer.strip_prefix("stream: ") {
        Some("OK") => Ok(Verdict::Clean),
        Some(rest) => rest
            .strip_suffix(" FOUND")
            .map(|name| Verdict::Infected(name.chars().filter(char::is_ascii_graphic).take(80).collect()))
            .ok_or(ScanError::Unclear),
        None => Err(ScanError::Unclear),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_answers_are_verdicts() {
        assert_eq!(verdict("stream: OK").unwrap(), Verdict::Clean);
        assert_eq!(
            verdict("stream: Eicar-Test-Signature FOUND").unwrap(),
            Verdict::Infected("Eicar-Test-Signature".into())
        );
        for unclear in ["", "OK", "stream: ", "stream: OK OK", "INSTREAM size limit exceeded. ERROR", "stream: x ERROR"]
        {
            assert!(matches!(verdict(unclear), Err(ScanError::Unclear)), "{unclear}");
        }
    }

    #[tokio::test]
    async fn without_a_scanner_there_is_no_verdict() {
        for scanner in [Scanner::Nobody, Scanner::Missing] {
            assert!(matches!(scanner.scan(b"x").await, Err(ScanError::Nobody)));
        }
    }
}
