//! Amazon's event stream encoding (`application/vnd.amazon.eventstream`): lengths and their CRC, headers, payload, CRC of it all. Pure.

use std::collections::HashMap;

/// One message, with those of its headers that are text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) headers: HashMap<String, String>,
    pub(crate) payload: Vec<u8>,
}

/// Lengths and their CRC.
const PRELUDE: usize = 12;
const CRC: usize = 4;
/// Amazon's own bound.
const LONGEST: usize = 16 << 20;
/// The type of a header that is text.
const TEXT: u8 = 7;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FrameError {
    #[error("a message is not as long as it says")]
    Length,
    #[error("a checksum is wrong")]
    Checksum,
    #[error("a header is not to be read")]
    Header,
}

/// A chunk of sound: 16 bits a sample, the lower byte first. An empty one ends the stream.
pub(crate) fn audio(samples: &[i16]) -> Vec<u8> {
    let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    let headers =
        [(":content-type", "application/octet-stream"), (":event-type", "AudioEvent"), (":message-type", "event")];
    encode(&headers, &bytes)
}

/// Names and values are short, and ours.
pub(crate) fn encode(headers: &[(&str, &str)], payload: &[u8]) -> Vec<u8> {
    let mut head = Vec::new();
    for (name, value) in headers {
        head.push(u8::try_from(name.len()).unwrap_or(u8::MAX));
        head.extend_from_slice(name.as_bytes());
        head.push(TEXT);
        head.extend_from_slice(&u16::try_from(value.len()).unwrap_or(u16::MAX).to_be_bytes());
        head.extend_from_slice(value.as_bytes());
    }
    let word = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes();
    let mut out = Vec::with_capacity(PRELUDE + head.len() + payload.len() + CRC);
    out.extend_from_slice(&word(PRELUDE + head.len() + payload.len() + CRC));
    out.extend_from_slice(&word(head.len()));
    out.extend_from_slice(&crc32fast::hash(&out).to_be_bytes());
    out.extend_from_slice(&head);
    out.extend_from_slice(payload);
    out.extend_from_slice(&crc32fast::hash(&out).to_be_bytes());
    out
}

/// One message that fills `bytes`.
pub(crate) fn decode(bytes: &[u8]) -> Result<Message, FrameError> {
    if bytes.len() < PRELUDE + CRC || bytes.len() > LONGEST {
        return Err(FrameError::Length);
    }
    let word = |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    let (length, head) = (word(0) as usize, word(4) as usize);
    if crc32fast::hash(&bytes[..8]) != word(8) {
        return Err(FrameError::Checksum);
    }
    let end = bytes.len() - CRC;
    if length != bytes.len() || head > end - PRELUDE {
        return Err(FrameError::Length);
    }
    if crc32fast::hash(&bytes[..end]) != word(end) {
        return Err(FrameError::Checksum);
    }
    let headers = headers(&bytes[PRELUDE..PRELUDE + head]).ok_or(FrameError::Header)?;
    Ok(Message { headers, payload: bytes[PRELUDE + head..end].to_vec() })
}

fn headers(mut rest: &[u8]) -> Option<HashMap<String, String>> {
    let mut found = HashMap::new();
    while let Some((length, after)) = rest.split_first() {
        let (name, after) = after.split_at_checked(usize::from(*length))?;
        let (kind, after) = after.split_first()?;
        let (size, after) = match *kind {
            0 | 1 => (0, after),
            2 => (1, after),
            3 => (2, after),
            4 => (4, after),
            5 | 8 => (8, after),
            9 => (16, after),
            6 | TEXT => {
                let (size, after) = after.split_at_checked(2)?;
                (usize::from(u16::from_be_bytes([size[0], size[1]])), after)
            }
            _ => return None,
        };
        let (value, after) = after.split_at_checked(size)?;
        if *kind == TEXT {
            found.insert(String::from_utf8(name.to_vec()).ok()?, String::from_utf8(value.to_vec()).ok()?);
        }
        rest = after;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "payload_one_str_header" of the vectors that AWS publishes with its SDKs.
    const PUBLISHED: &str = "0000003d0000002007fd83960c636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e7b27666f6f273a\
        27626172277d8d9c08b1";

    fn published() -> Vec<u8> {
        hex::decode(PUBLISHED).expect("hex")
    }

    #[test]
    fn a_message_is_written_and_read_as_in_amazons_own_example() {
        assert_eq!(encode(&[("content-type", "application/json")], b"{'foo':'bar'}"), published());
        let message = decode(&published()).expect("whole");
        assert_eq!(message.headers["content-type"], "application/json");
        assert_eq!(message.payload, b"{'foo':'bar'}");
    }

    #[test]
    fn no_broken_message_is_read_and_none_breaks_the_reader() {
        let whole = published();
        for cut in 0..whole.len() {
            assert!(decode(&whole[..cut]).is_err(), "cut at {cut}");
        }
        for place in 0..whole.len() {
            for bit in 0..8 {
                let mut broken = whole.clone();
                broken[place] ^= 1 << bit;
                assert!(decode(&broken).is_err(), "bit {bit} of byte {place}");
            }
        }
    }

    #[test]
    fn headers_that_are_no_text_are_stepped_over() {
        let mut head = Vec::new();
        for (kind, size) in [(0, 0), (2, 1), (3, 2), (4, 4), (5, 8), (8, 8), (9, 16)] {
            head.extend_from_slice(&[1, b'n', kind]);
            head.extend(std::iter::repeat_n(7, size));
        }
        head.extend_from_slice(&[1, b'b', 6, 0, 2, 7, 7, 1, b't', 7, 0, 1, b'v']);
        assert_eq!(headers(&head), Some(HashMap::from([("t".to_owned(), "v".to_owned())])));
        assert_eq!(headers(&[1, b'n', 10]), None);
        assert_eq!(headers(&[9, b'n']), None);
    }
}
