//! A file's name, made harmless.

use crate::Kind;

/// Characters of a name without its ending.
const LONGEST: usize = 100;

/// Only a name: no path, no control or direction characters, the ending of its real kind. `fallback` where nothing is left.
pub fn safe_name(typed: &str, kind: Kind, fallback: &str) -> String {
    let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let clean: String = stem.chars().filter(|c| is_plain(*c)).take(LONGEST).collect();
    let clean = clean.trim().trim_matches('.').trim();
    format!("{}.{}", if clean.is_empty() { fallback } else { clean }, kind.extension())
}

/// Neither controls (CR, LF), nor what turns the direction of reading (U+202E and its like), nor what is invisible, nor what parts
/// headers and paths.
fn is_plain(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '"' | ';' | '<' | '>' | '|' | ':' | '*' | '?' | '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_only_a_name() {
        for (typed, kind, name) in [
            ("../../etc/passwd.pdf", Kind::Pdf, "passwd.pdf"),
            ("C:\\scans\\result.exe", Kind::Jpeg, "result.jpg"),
            ("result\u{202e}fdp.exe", Kind::Pdf, "resultfdp.pdf"),
            ("a\r\nX-Header: y.png", Kind::Png, "aX-Header y.png"),
            ("\u{2066}blood\u{2069}\u{200f}.pdf", Kind::Pdf, "blood.pdf"),
            ("", Kind::Png, "document.png"),
            ("....pdf", Kind::Pdf, "document.pdf"),
            ("نتيجة.pdf", Kind::Pdf, "نتيجة.pdf"),
            ("scan.tar.gz", Kind::Pdf, "scan.tar.pdf"),
        ] {
            assert_eq!(safe_name(typed, kind, "document"), name);
        }
        assert_eq!(safe_name(&"x".repeat(400), Kind::Pdf, "d").chars().count(), LONGEST + 4);
    }
}
