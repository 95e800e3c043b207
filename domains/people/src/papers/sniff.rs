use intake::Kind;

/// The type of a whole file; none for anything else, and for files that only begin like one.
pub(super) fn sniff(bytes: &[u8]) -> Option<Kind> {
    if bytes.starts_with(b"%PDF-1.") || bytes.starts_with(b"%PDF-2.") {
        let tail = &bytes[bytes.len().saturating_sub(1024)..];
        return contains(tail, b"%%EOF").then_some(Kind::Pdf);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        let header = bytes.get(12..16)? == b"IHDR";
        let ends = bytes.len() >= 12 && &bytes[bytes.len() - 8..bytes.len() - 4] == b"IEND";
        return (header && ends && pixels_of_png(bytes)? <= MAX_PIXELS).then_some(Kind::Png);
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return bytes.ends_with(b"\xff\xd9").then_some(Kind::Jpeg);
    }
    None
}

/// 40 megapixels: more is a picture made to exhaust whoever opens it.
const MAX_PIXELS: u64 = 40_000_000;

fn pixels_of_png(bytes: &[u8]) -> Option<u64> {
    let number = |at: usize| Some(u64::from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)));
    Some(number(16)? * number(20)?)
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend(b"\x08\x06\0\0\0crc!\0\0\0\0IEND\xaeB`\x82");
        bytes
    }

    #[test]
    fn the_bytes_tell_not_the_name() {
        assert_eq!(sniff(b"%PDF-1.7\n1 0 obj\n%%EOF\n"), Some(Kind::Pdf));
        assert_eq!(sniff(b"\xff\xd8\xff\xe0 JFIF \xff\xd9"), Some(Kind::Jpeg));
        assert_eq!(sniff(&png(1200, 800)), Some(Kind::Png));
    }

    #[test]
    fn what_only_begins_well_is_refused() {
        assert_eq!(sniff(b"%PDF-1.7\nno end"), None);
        assert_eq!(sniff(b"\xff\xd8\xff cut off"), None);
        assert_eq!(sniff(b"<svg onload=alert(1)>"), None);
        assert_eq!(sniff(b"MZ\x90\0"), None);
        assert_eq!(sniff(b"PK\x03\x04"), None);
        assert_eq!(sniff(&png(100_000, 100_000)), None);
        assert_eq!(sniff(b""), None);
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n"), None);
    }
}
