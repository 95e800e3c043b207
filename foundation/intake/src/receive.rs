//! A stream becomes an unnamed file.

use std::{
    fs::File,
    io::{self, Seek as _},
};

use aws_lc_rs::digest;
use bytes::Bytes;
use futures::{Stream, StreamExt as _};
use tokio::{io::AsyncWriteExt as _, time::timeout};

use crate::{Error, Intake, Kind, Refusal};

/// A file that came in whole and is what it seems to be, by its first bytes. Gone when this is dropped.
#[derive(Debug)]
pub struct Received {
    pub(crate) file: File,
    pub kind: Kind,
    pub bytes: u64,
    /// Of what was sent.
    pub sha256: [u8; 32],
}

impl Intake {
    /// Take what comes in, to its end or to the moment when it is refused; then the rest is not read.
    ///
    /// # Errors
    /// [`Error::Refused`] by its first bytes or for its length, [`Error::BrokeOff`] where the sender goes away or falls silent.
    pub async fn receive<S, E>(&self, mut stream: S) -> Result<Received, Error>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin,
    {
        let _turn = self.stream()?;
        let folder = self.folder.clone();
        let made = tokio::task::spawn_blocking(move || tempfile::tempfile_in(folder.as_path())).await;
        let file = made.map_err(io::Error::other).and_then(|made| made).map_err(Error::Disk)?;
        let mut file = tokio::fs::File::from_std(file);
        let mut hash = digest::Context::new(&digest::SHA256);
        let mut head = Vec::with_capacity(Kind::HEAD);
        let mut kind = None;
        let mut bytes = 0_u64;
        while let Some(chunk) = timeout(self.silence, stream.next()).await.map_err(|_| Error::BrokeOff)? {
            let chunk = chunk.map_err(|_| Error::BrokeOff)?;
            bytes += chunk.len() as u64;
            if kind.is_none() {
                head.extend(chunk.iter().take(Kind::HEAD - head.len()));
                if head.len() == Kind::HEAD {
                    kind = Some(Kind::of(&head)?);
                }
            }
            if bytes > kind.map_or(Kind::MOST, Kind::most) {
                return Err(Refusal::TooLarge.into());
            }
            hash.update(&chunk);
            file.write_all(&chunk).await.map_err(Error::Disk)?;
        }
        let kind = match kind {
            Some(kind) => kind,
            None => Kind::of(&head)?,
        };
        file.flush().await.map_err(Error::Disk)?;
        let mut file = file.into_std().await;
        file.rewind().map_err(Error::Disk)?;
        let mut sha256 = [0; 32];
        sha256.copy_from_slice(hash.finish().as_ref());
        Ok(Received { file, kind, bytes, sha256 })
    }
}

#[cfg(test)]
mod tests {
    use std::{
        convert::Infallible,
        path::PathBuf,
        sync::atomic::{AtomicUsize, Ordering},
        time::Duration,
    };

    use futures::stream;

    use super::*;
    use crate::{Config, Scanner};

    fn intake(folder: &std::path::Path) -> Intake {
        let config =
            Config { folder: folder.join("in"), scanner: Scanner::Missing, inspector: PathBuf::from("/bin/false") };
        Intake::open(&config).unwrap().with_silence(Duration::from_millis(50))
    }

    fn named_files(folder: &std::path::Path) -> usize {
        std::fs::read_dir(folder.join("in")).unwrap().count()
    }

    fn chunk(size: usize, first: &[u8]) -> Bytes {
        let mut bytes = vec![b' '; size];
        bytes[..first.len()].copy_from_slice(first);
        bytes.into()
    }

    #[tokio::test]
    async fn a_stream_that_does_not_end_is_left_at_the_cap() {
        let folder = tempfile::tempdir().unwrap();
        let drawn = AtomicUsize::new(0);
        let two_hundred = stream::iter((0..200).map(|n| {
            drawn.fetch_add(1, Ordering::Relaxed);
            Ok::<_, Infallible>(chunk(1024 * 1024, if n == 0 { b"%PDF-1.7\n" } else { b"" }))
        }));
        let refused = intake(folder.path()).receive(two_hundred).await.unwrap_err();
        assert!(matches!(refused, Error::Refused(Refusal::TooLarge)), "{refused}");
        assert_eq!(drawn.load(Ordering::Relaxed), 26, "the first byte over the cap is the last one read");
        assert_eq!(named_files(folder.path()), 0);
    }

    #[tokio::test]
    async fn the_cap_is_that_of_its_kind_to_the_byte() {
        let folder = tempfile::tempdir().unwrap();
        let most = usize::try_from(Kind::Png.most()).unwrap();
        for (size, fits) in [(most, true), (most + 1, false)] {
            let one = stream::iter([Ok::<_, Infallible>(chunk(size, b"\x89PNG\r\n\x1a\n"))]);
            assert_eq!(intake(folder.path()).receive(one).await.is_ok(), fits, "{size}");
        }
    }

    #[tokio::test]
    async fn whoever_falls_silent_or_goes_away_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let begun = || stream::iter([Ok(Bytes::from_static(b"%PDF-1.7\n"))]);
        let silent = begun().chain(stream::pending::<Result<Bytes, io::Error>>());
        let refused = intake(folder.path()).receive(Box::pin(silent)).await.unwrap_err();
        assert!(matches!(refused, Error::BrokeOff), "{refused}");
        let gone = begun().chain(stream::iter([Err(io::Error::other("reset"))]));
        let refused = intake(folder.path()).receive(gone).await.unwrap_err();
        assert!(matches!(refused, Error::BrokeOff), "{refused}");
        assert_eq!(named_files(folder.path()), 0);
    }

    #[tokio::test]
    async fn nothing_is_empty_and_a_file_that_waits_has_no_name() {
        let folder = tempfile::tempdir().unwrap();
        let none = stream::iter(Vec::<Result<Bytes, Infallible>>::new());
        assert!(matches!(intake(folder.path()).receive(none).await, Err(Error::Refused(Refusal::Empty))));
        let one = stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"%PDF-1.7\n%%EOF"))]);
        let received = intake(folder.path()).receive(one).await.unwrap();
        assert_eq!((received.kind, received.bytes), (Kind::Pdf, 14));
        assert_eq!(named_files(folder.path()), 0);
    }
}
