//! Signature Version 4, in a URL's query ("Authenticating requests: using query parameters"). Pure.

use aws_lc_rs::{
    digest::{SHA256, digest},
    hmac::{self, HMAC_SHA256, Key},
};

/// What a URL is signed for. `host` with its port, where that is not the scheme's own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) host: &'a str,
    pub(crate) path: &'a str,
    pub(crate) region: &'a str,
    pub(crate) service: &'a str,
    /// Seconds for which the URL is good.
    pub(crate) expires: u32,
    /// SHA-256 of the body in hex, or what a service has instead.
    pub(crate) payload: &'a str,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Credentials<'a> {
    pub(crate) key: &'a str,
    pub(crate) secret: &'a str,
    pub(crate) token: Option<&'a str>,
}

/// The query of a GET, with its signature. `at` as `YYYYMMDD'T'HHMMSS'Z'`.
pub(crate) fn query(scope: Scope<'_>, credentials: Credentials<'_>, at: &str, own: &[(&str, &str)]) -> String {
    let day = &at[..8];
    let within = format!("{day}/{}/{}/aws4_request", scope.region, scope.service);
    let credential = format!("{}/{within}", credentials.key);
    let expires = scope.expires.to_string();
    let mut pairs: Vec<(String, String)> = [
        ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
        ("X-Amz-Credential", credential.as_str()),
        ("X-Amz-Date", at),
        ("X-Amz-Expires", expires.as_str()),
        ("X-Amz-SignedHeaders", "host"),
    ]
    .iter()
    .chain(own)
    .map(|(name, value)| (encoded(name), encoded(value)))
    .collect();
    if let Some(token) = credentials.token {
        pairs.push(("X-Amz-Security-Token".to_owned(), encoded(token)));
    }
    pairs.sort();
    let query = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
    let canonical = format!("GET\n{}\n{query}\nhost:{}\n\nhost\n{}", scope.path, scope.host, scope.payload);
    let text = format!("AWS4-HMAC-SHA256\n{at}\n{within}\n{}", hex_sha256(canonical.as_bytes()));
    let key = signing_key(credentials.secret, day, scope.region, scope.service);
    let signature = hex::encode(hmac::sign(&Key::new(HMAC_SHA256, &key), text.as_bytes()));
    format!("{query}&X-Amz-Signature={signature}")
}

pub(crate) fn hex_sha256(bytes: &[u8]) -> String {
    hex::encode(digest(&SHA256, bytes))
}

fn signing_key(secret: &str, day: &str, region: &str, service: &str) -> Vec<u8> {
    [day, region, service, "aws4_request"].iter().fold(format!("AWS4{secret}").into_bytes(), |key, part| {
        hmac::sign(&Key::new(HMAC_SHA256, &key), part.as_bytes()).as_ref().to_vec()
    })
}

/// Everything but letters, digits and `-._~` as `%XX` (RFC 3986).
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)", Amazon S3 API Reference: its example.
    #[test]
    fn a_url_is_signed_as_in_amazons_own_example() {
        let scope = Scope {
            host: "examplebucket.s3.amazonaws.com",
            path: "/test.txt",
            region: "us-east-1",
            service: "s3",
            expires: 86_400,
            payload: "UNSIGNED-PAYLOAD",
        };
        let credentials = Credentials {
            key: "AKIAIOSFODNN7EXAMPLE",
            secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            token: None,
        };
        let expected = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
            &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
            &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
        assert_eq!(query(scope, credentials, "20130524T000000Z", &[]), expected);
    }

    /// "Deriving the signing key", AWS General Reference: its example.
    #[test]
    fn the_signing_key_is_derived_as_in_amazons_own_example() {
        let key = signing_key("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20150830", "us-east-1", "iam");
        assert_eq!(hex::encode(key), "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
    }

    #[test]
    fn parameters_are_sorted_and_a_token_is_signed_with_the_rest() {
        let scope = Scope { host: "h:8443", path: "/p", region: "r", service: "s", expires: 300, payload: "" };
        let with =
            |token| query(scope, Credentials { key: "k", secret: "s", token }, "20260101T000000Z", &[("a b", "c/d")]);
        assert!(
            with(Some("t="))
                .contains("X-Amz-Security-Token=t%3D&X-Amz-SignedHeaders=host&a%20b=c%2Fd&X-Amz-Signature=")
        );
        assert_ne!(with(Some("t"))[with(Some("t")).len() - 64..], with(None)[with(None).len() - 64..]);
    }
}
