//! AWS Signature Version 4 (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>).

use std::fmt::Write;

use aws_lc_rs::{digest, hmac};
use kernel::Timestamp;

pub(super) struct Signer<'a> {
    pub(super) access_key_id: &'a str,
    pub(super) secret_access_key: &'a str,
    pub(super) region: &'a str,
    pub(super) service: &'a str,
    pub(super) at: Timestamp,
}

pub(super) struct Request<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) query: &'a str,
    /// Lower-case names, sorted; `host` and `x-amz-date` among them.
    pub(super) headers: &'a [(&'a str, String)],
    pub(super) body: &'a [u8],
}

/// `20150830T123600Z`
pub(super) fn amz_date(at: Timestamp) -> String {
    Timestamp::from_unix_seconds(at.unix_seconds()).to_string().replace(['-', ':'], "")
}

/// The value of the `Authorization` header.
pub(super) fn authorization(signer: &Signer<'_>, request: &Request<'_>) -> String {
    let date_time = amz_date(signer.at);
    let date = date_time.get(..8).unwrap_or_default();
    let scope = format!("{date}/{}/{}/aws4_request", signer.region, signer.service);
    let names: Vec<&str> = request.headers.iter().map(|(name, _)| *name).collect();
    let signed_headers = names.join(";");
    let text = format!(
        "AWS4-HMAC-SHA256\n{date_time}\n{scope}\n{}",
        sha256_hex(canonical(request, &signed_headers).as_bytes())
    );

    let mut key = hmac_sha256(format!("AWS4{}", signer.secret_access_key).as_bytes(), date.as_bytes());
    for part in [signer.region, signer.service, "aws4_request"] {
        key = hmac_sha256(&key, part.as_bytes());
    }
    let signature = hex::encode(hmac_sha256(&key, text.as_bytes()));
    format!(
        "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={signed_headers}, Signature={signature}",
        signer.access_key_id
    )
}

fn canonical(request: &Request<'_>, signed_headers: &str) -> String {
    let mut text = format!("{}\n{}\n{}\n", request.method, request.path, request.query);
    for (name, value) in request.headers {
        let _ = writeln!(text, "{name}:{}", value.trim());
    }
    let _ = write!(text, "\n{signed_headers}\n{}", sha256_hex(request.body));
    text
}

fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(digest::digest(&digest::SHA256, bytes))
}

fn hmac_sha256(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), bytes).as_ref().to_vec()
}
