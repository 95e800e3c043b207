//! What a file is, as its first bytes say.

use crate::Refusal;

/// What is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Pdf,
    Jpeg,
    Png,
}

const MEGABYTE: u64 = 1024 * 1024;

impl Kind {
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];
    /// Bytes that tell what a file is.
    pub const HEAD: usize = 1024;
    /// The most that any kind may weigh, in bytes.
    pub const MOST: u64 = 25 * MEGABYTE;

    pub const fn word(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpeg",
            Self::Png => "png",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    pub const fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// The most that one may weigh, in bytes.
    pub const fn most(self) -> u64 {
        match self {
            Self::Pdf => Self::MOST,
            Self::Jpeg | Self::Png => 10 * MEGABYTE,
        }
    }

    /// By the first bytes; `head` is the whole file where that is shorter than [`Kind::HEAD`].
    pub(crate) fn of(head: &[u8]) -> Result<Self, Refusal> {
        let begins = |mark: &[u8]| head.starts_with(mark);
        if head.is_empty() {
            return Err(Refusal::Empty);
        }
        if begins(b"%PDF-1.") || begins(b"%PDF-2.") {
            return Ok(Self::Pdf);
        }
        if begins(b"\x89PNG\r\n\x1a\n") {
            return Ok(Self::Png);
        }
        if begins(b"\xff\xd8\xff") {
            return Ok(Self::Jpeg);
        }
        Err(stranger(head))
    }
}

/// What else it seems to be, so that the words can say what to do.
fn stranger(head: &[u8]) -> Refusal {
    const ARCHIVES: [&[u8]; 8] = [
        b"Rar!\x1a\x07",
        b"7z\xbc\xaf\x27\x1c",
        b"\x1f\x8b",
        b"BZh",
        b"\xfd7zXZ\x00",
        b"\x28\xb5\x2f\xfd",
        b"MSCF",
        b"\x04\x22\x4d\x18",
    ];
    const PROGRAMS: [&[u8]; 7] =
        [b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"#!", b"\0asm"];
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        let office = [b"[Content_Types].xml".as_slice(), b"word/", b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis"];
        return if office.iter().any(|part| holds(head, part)) { Refusal::Office } else { Refusal::Archive };
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") || head.starts_with(b"{\\rtf") {
        return Refusal::Office;
    }
    if ARCHIVES.iter().any(|mark| head.starts_with(mark)) || head.get(257..262) == Some(b"ustar") {
        return Refusal::Archive;
    }
    if PROGRAMS.iter().any(|mark| head.starts_with(mark)) {
        return Refusal::Program;
    }
    // A PDF behind something else is two files in one.
    if holds(head, b"%PDF-") {
        return Refusal::Mixed;
    }
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let markup = ["<!doctype", "<html", "<svg", "<script", "<?xml", "<body", "<iframe"];
    if markup.iter().any(|mark| text.contains(mark)) { Refusal::Markup } else { Refusal::Unknown }
}

pub(crate) fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_tell_not_the_name() {
        assert_eq!(Kind::of(b"%PDF-1.7\n"), Ok(Kind::Pdf));
        assert_eq!(Kind::of(b"\xff\xd8\xff\xe0 JFIF"), Ok(Kind::Jpeg));
        assert_eq!(Kind::of(b"\x89PNG\r\n\x1a\n"), Ok(Kind::Png));
    }

    #[test]
    fn what_is_something_else_is_called_by_its_name() {
        let cases: [(&[u8], Refusal); 14] = [
            (b"", Refusal::Empty),
            (b"PK\x03\x04\x14\0\0\0 holiday.jpg", Refusal::Archive),
            (b"PK\x03\x04\x14\0\0\0 [Content_Types].xml", Refusal::Office),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Refusal::Office),
            (b"{\\rtf1", Refusal::Office),
            (b"\x1f\x8b\x08", Refusal::Archive),
            (b"MZ\x90\0", Refusal::Program),
            (b"\x7fELF", Refusal::Program),
            (b"#!/bin/sh\n", Refusal::Program),
            (b"<!DOCTYPE html><p>", Refusal::Markup),
            (b"  <svg onload=alert(1)>", Refusal::Markup),
            (b"GIF89a;%PDF-1.7", Refusal::Mixed),
            (b"GIF89a", Refusal::Unknown),
            (b"%PDF-9.9", Refusal::Mixed),
        ];
        for (head, refusal) in cases {
            assert_eq!(Kind::of(head), Err(refusal), "{}", String::from_utf8_lossy(head));
        }
    }
}
