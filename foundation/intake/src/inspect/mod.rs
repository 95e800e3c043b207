//! A received file is opened by a child process, and comes back clean or not at all.

pub(crate) mod pdf;
pub(crate) mod picture;

use std::{
    io::{self, Read, Write},
    process::{ExitStatus, Stdio},
    time::Duration,
};

use aws_lc_rs::digest;
use serde::{Deserialize, Serialize};
use tokio::{
    io::AsyncReadExt as _,
    process::{Child, Command},
    time::timeout,
};

use crate::{Error, Intake, Kind, Received, Refusal};

/// The subcommand of the program that opens files.
pub(crate) const COMMAND: &str = "inspect-file";
/// On the clock of the wall; the child's own limit counts seconds of the processor.
const LONGEST: Duration = Duration::from_secs(30);
/// The most that a child may give back: what is kept and its preview.
const MOST: u64 = Kind::MOST + 4 * 1024 * 1024;

/// A file that may be kept.
#[derive(Debug)]
pub struct Clean {
    pub kind: Kind,
    pub bytes: Vec<u8>,
    /// Of what is kept.
    pub sha256: [u8; 32],
    /// Of a PDF.
    pub pages: Option<u32>,
    /// Of a picture.
    pub preview: Option<Preview>,
}

/// A picture of at most 800 pixels.
#[derive(Debug)]
pub struct Preview {
    pub kind: Kind,
    pub bytes: Vec<u8>,
}

impl Clean {
    /// A file of the house's own making.
    pub fn made_here(kind: Kind, bytes: Vec<u8>, pages: Option<u32>, preview: Option<Preview>) -> Self {
        Self { kind, sha256: sha256(&bytes), bytes, pages, preview }
    }
}

/// The first line of what a child answers. Behind it come `content` and `preview` bytes.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Head {
    pub(crate) refused: Option<String>,
    pub(crate) content: usize,
    pub(crate) preview: usize,
    pub(crate) pages: Option<u32>,
}

impl Intake {
    /// Open the file in a child process: pictures are decoded and made anew, PDFs are searched.
    ///
    /// # Errors
    /// [`Error::Refused`] with what is wrong; [`Error::Inspector`] where the child cannot be run.
    pub async fn clean(&self, received: Received) -> Result<Clean, Error> {
        let _turn = self.turn().await?;
        let kind = received.kind;
        let child = Command::new(self.inspector.as_path())
            .args([COMMAND, kind.word()])
            .env_clear()
            .stdin(Stdio::from(received.file.try_clone().map_err(Error::Disk)?))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(Error::Inspector)?;
        let Ok(answered) = timeout(LONGEST, answer(child)).await else {
            tracing::warn!(kind = kind.word(), "intake.too_slow");
            return Err(Refusal::Exhausting.into());
        };
        let (status, answer) = answered.map_err(Error::Inspector)?;
        let (head, bodies) = split(&answer).ok_or_else(|| died(kind, status))?;
        if let Some(code) = &head.refused {
            return Err(Refusal::from_code(code).unwrap_or(Refusal::Damaged).into());
        }
        let (content, preview) = bodies.split_at_checked(head.content).ok_or_else(|| died(kind, status))?;
        if !status.success() || preview.len() != head.preview {
            return Err(died(kind, status));
        }
        let bytes = if kind == Kind::Pdf { as_sent(received).await? } else { content.to_vec() };
        let preview = (!preview.is_empty()).then(|| Preview { kind, bytes: preview.to_vec() });
        Ok(Clean::made_here(kind, bytes, head.pages, preview))
    }
}

/// All that the child says, and how it ended.
async fn answer(mut child: Child) -> io::Result<(ExitStatus, Vec<u8>)> {
    let mut said = Vec::new();
    if let Some(out) = child.stdout.take() {
        out.take(MOST).read_to_end(&mut said).await?;
    }
    Ok((child.wait().await?, said))
}

fn split(answer: &[u8]) -> Option<(Head, &[u8])> {
    let end = answer.iter().position(|byte| *byte == b'\n')?;
    Some((serde_json::from_slice(&answer[..end]).ok()?, &answer[end + 1..]))
}

/// Without a verdict: killed by a limit (a signal), or by its own fall over bytes that no parser expected.
fn died(kind: Kind, status: ExitStatus) -> Error {
    tracing::warn!(kind = kind.word(), %status, "intake.inspector_died");
    if status.code() == Some(crate::child::PANICKED) { Refusal::Damaged.into() } else { Refusal::Exhausting.into() }
}

async fn as_sent(mut received: Received) -> Result<Vec<u8>, Error> {
    let read = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::with_capacity(usize::try_from(received.bytes).unwrap_or(0));
        io::Seek::rewind(&mut received.file)?;
        received.file.take(Kind::MOST).read_to_end(&mut bytes).map(|_| bytes)
    });
    read.await.map_err(io::Error::other).and_then(|read| read).map_err(Error::Disk)
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut sum = [0; 32];
    sum.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    sum
}

/// What the child found.
pub(crate) enum Found {
    Pages(u32),
    Picture { content: Vec<u8>, preview: Vec<u8> },
}

/// In the child.
pub(crate) fn open(kind: Kind, bytes: &[u8]) -> Result<Found, Refusal> {
    match kind {
        Kind::Pdf => pdf::inspect(bytes).map(Found::Pages),
        Kind::Jpeg | Kind::Png => picture::renew(kind, bytes),
    }
}

/// In the child.
pub(crate) fn tell(out: &mut impl Write, found: Result<Found, Refusal>) -> io::Result<()> {
    let none = Vec::new();
    let (head, content, preview) = match &found {
        Err(refusal) => (Head { refused: Some(refusal.code().to_owned()), ..Head::default() }, &none, &none),
        Ok(Found::Pages(pages)) => (Head { pages: Some(*pages), ..Head::default() }, &none, &none),
        Ok(Found::Picture { content, preview }) => {
            (Head { content: content.len(), preview: preview.len(), ..Head::default() }, content, preview)
        }
    };
    serde_json::to_writer(&mut *out, &head)?;
    out.write_all(b"\n")?;
    out.write_all(content)?;
    out.write_all(preview)?;
    out.flush()
}
