//! A PDF is kept as it was sent, so it must hold nothing but pages.
//!
//! Looked at: both ends of the file, every object that its table names (ISO 32000-2: actions 12.6, embedded files 7.11.4, encryption
//! 7.6), and how far its streams unpack. Refused: locks, scripts, programs to start, files inside, forms that send, XFA.

use std::io::{self, Read};

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Document, LoadOptions, Object, Stream};

use crate::{Refusal, kind::holds};

const MOST_PAGES: usize = 500;
const MOST_OBJECTS: usize = 200_000;
/// Bytes that one stream may unpack to, and all of them together.
const MOST_STREAM: u64 = 128 * 1024 * 1024;
const MOST_STREAMS: u64 = 320 * 1024 * 1024;
/// More is a trick.
const MOST_FILTERS: usize = 4;
/// The end of an archive stands no further from the end of a file.
const ARCHIVE_TAIL: usize = 65_557;

/// The number of its pages.
pub(crate) fn inspect(bytes: &[u8]) -> Result<u32, Refusal> {
    ends(bytes)?;
    if ["/JavaScript", "/EmbeddedFile", "/RichMedia", "/Launch"].iter().any(|word| holds(bytes, word.as_bytes())) {
        return Err(Refusal::Active);
    }
    let max_decompressed_size = usize::try_from(MOST_STREAM).ok();
    let options = LoadOptions { max_decompressed_size, ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| refusal(&error))?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(Refusal::Encrypted);
    }
    if document.objects.len() > MOST_OBJECTS {
        return Err(Refusal::Exhausting);
    }
    let mut unpacked = 0;
    for object in document.objects.values() {
        walk(object)?;
        if let Object::Stream(stream) = object {
            unpacked += size(stream)?;
            if unpacked > MOST_STREAMS {
                return Err(Refusal::Exhausting);
            }
        }
    }
    walk(&Object::Dictionary(document.trailer.clone()))?;
    match document.page_iter().take(MOST_PAGES + 1).count() {
        0 => Err(Refusal::Damaged),
        pages if pages > MOST_PAGES => Err(Refusal::TooManyPages),
        pages => Ok(u32::try_from(pages).unwrap_or(u32::MAX)),
    }
}

/// It ends as a PDF and as nothing else.
fn ends(bytes: &[u8]) -> Result<(), Refusal> {
    let tail = &bytes[bytes.len().saturating_sub(ARCHIVE_TAIL)..];
    if holds(tail, b"PK\x05\x06") {
        return Err(Refusal::Mixed);
    }
    let mark = b"%%EOF";
    let Some(at) = tail.windows(mark.len()).rposition(|window| window == mark) else { return Err(Refusal::Damaged) };
    let rest = &tail[at + mark.len()..];
    if rest.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) { Ok(()) } else { Err(Refusal::Mixed) }
}

fn refusal(error: &lopdf::Error) -> Refusal {
    match error {
        lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword | lopdf::Error::AlreadyEncrypted => {
            Refusal::Encrypted
        }
        lopdf::Error::Decompress(_) => Refusal::Exhausting,
        _ => Refusal::Damaged,
    }
}

/// As deep as the parser lets it be.
fn walk(object: &Object) -> Result<(), Refusal> {
    match object {
        Object::Array(items) => items.iter().try_for_each(walk),
        Object::Dictionary(entries) => dictionary(entries),
        Object::Stream(stream) => dictionary(&stream.dict),
        _ => Ok(()),
    }
}

fn dictionary(entries: &Dictionary) -> Result<(), Refusal> {
    const KEYS: [&[u8]; 8] =
        [b"JS", b"JavaScript", b"EmbeddedFile", b"EmbeddedFiles", b"EF", b"XFA", b"RichMediaContent", b"Encrypt"];
    const ACTIONS: [&[u8]; 11] = [
        b"JavaScript",
        b"Launch",
        b"SubmitForm",
        b"ImportData",
        b"GoToE",
        b"GoToR",
        b"Rendition",
        b"Movie",
        b"Sound",
        b"GoTo3DView",
        b"RichMediaExecute",
    ];
    const KINDS: [&[u8]; 7] = [b"EmbeddedFile", b"FileAttachment", b"RichMedia", b"Movie", b"Sound", b"Screen", b"3D"];
    for (key, value) in entries {
        let is = |names: &[&[u8]]| matches!(value, Object::Name(name) if names.contains(&name.as_slice()));
        let acts = KEYS.contains(&key.as_slice())
            || (key == b"S" && is(&ACTIONS))
            || ((key == b"Type" || key == b"Subtype") && is(&KINDS));
        if acts {
            return Err(Refusal::Active);
        }
        walk(value)?;
    }
    Ok(())
}

/// Bytes that a stream unpacks to, as far as they are counted.
fn size(stream: &Stream) -> Result<u64, Refusal> {
    let filters = stream.filters().unwrap_or_default();
    if filters.len() > MOST_FILTERS {
        return Err(Refusal::Exhausting);
    }
    let mut reader: Box<dyn Read> = Box::new(stream.content.as_slice());
    // What follows another kind of filter is of a picture's own, which bounds itself by its pixels.
    for filter in filters {
        match filter {
            b"FlateDecode" | b"Fl" => reader = Box::new(ZlibDecoder::new(reader)),
            _ => break,
        }
    }
    // A stream that breaks off is shown as far as it goes; what it had unpacked by then is counted.
    let mut counted = Counted(0);
    let _ = io::copy(&mut reader.take(MOST_STREAM + 1), &mut counted);
    if counted.0 > MOST_STREAM { Err(Refusal::Exhausting) } else { Ok(counted.0) }
}

struct Counted(u64);

impl io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
#[path = "pdf_tests.rs"]
mod tests;
