//! A file that somebody sent in, on its way to somebody: no browser runs, guesses or keeps it.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

/// How a browser is to treat it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shown {
    /// Saved, never shown in a page of ours.
    Attachment,
    /// Shown where an `<img>` asks for it. For pictures that the house has made itself.
    Inline,
}

/// Its name as it is offered, its type as the house knows it, its bytes.
#[derive(Clone, Debug)]
pub struct Download<'a> {
    pub filename: &'a str,
    pub mime: &'static str,
    pub bytes: Vec<u8>,
    pub shown: Shown,
}

impl Download<'_> {
    /// Names by RFC 6266 with RFC 8187's encoding, in which neither a quote nor a line's end can stand.
    pub fn into_response(self) -> Response {
        let how = match self.shown {
            Shown::Attachment => "attachment",
            Shown::Inline => "inline",
        };
        let ascii: String = self
            .filename
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ') { c } else { '_' })
            .collect();
        let disposition = format!("{how}; filename=\"{ascii}\"; filename*=UTF-8''{}", percent(self.filename));
        let mut response = Response::new(Body::from(self.bytes));
        let fixed: [(HeaderName, HeaderValue); 6] = [
            (header::CONTENT_TYPE, HeaderValue::from_static(self.mime)),
            (
                header::CONTENT_DISPOSITION,
                HeaderValue::try_from(disposition).unwrap_or(HeaderValue::from_static("attachment")),
            ),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'")),
            (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
            (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        ];
        response.headers_mut().extend(fixed);
        response
    }
}

/// Every byte that is not a plain letter, digit or mark.
fn percent(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.extend(['%', char::from(HEX[usize::from(byte >> 4)]), char::from(HEX[usize::from(byte & 15)])]);
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_parts_no_header() {
        let named = |filename| {
            let file = Download { filename, mime: "application/pdf", bytes: b"x".to_vec(), shown: Shown::Attachment };
            file.into_response().headers()["content-disposition"].to_str().unwrap().to_owned()
        };
        assert_eq!(
            named("blood test.pdf"),
            "attachment; filename=\"blood test.pdf\"; filename*=UTF-8''blood%20test.pdf"
        );
        assert_eq!(
            named("a\"; filename=b\r\nSet-Cookie: c.pdf"),
            "attachment; filename=\"a__ filename_b__Set-Cookie_ c.pdf\"; filename*=UTF-8''a%22%3B%20filename%3Db%0D%0ASet-Cookie%3A%20c.pdf"
        );
        assert!(named("نتيجة.pdf").ends_with("filename*=UTF-8''%D9%86%D8%AA%D9%8A%D8%AC%D8%A9.pdf"));
    }
}
