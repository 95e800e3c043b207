//! RFC 4571: each datagram on a TCP stream is preceded by its length in two octets.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// No datagram of ours is longer; a longer length is not RFC 4571.
pub(crate) const MAX_FRAME: usize = 2000;

pub(crate) fn encode(datagram: &[u8]) -> Option<Vec<u8>> {
    let length = u16::try_from(datagram.len()).ok()?;
    let mut frame = Vec::with_capacity(datagram.len() + 2);
    frame.extend_from_slice(&length.to_be_bytes());
    frame.extend_from_slice(datagram);
    Some(frame)
}

/// The next datagram. An error ends the stream.
pub(crate) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Vec<u8>> {
    let length = usize::from(stream.read_u16().await?);
    if length == 0 || length > MAX_FRAME {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut datagram = vec![0; length];
    stream.read_exact(&mut datagram).await?;
    Ok(datagram)
}
