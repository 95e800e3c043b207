//! Webhook signatures: `t=UNIX_SECONDS,v1=HEX` where the hex is HMAC-SHA256 over `t.body` (the scheme of Stripe, and of
//! the sandbox). Several secrets may be valid at once, so that one can be rotated without losing an event.

use aws_lc_rs::{constant_time::verify_slices_are_equal, hmac};
use kernel::{Secret, Timestamp};

use super::WebhookError;

/// How old (or how far ahead) a signature may be.
pub const TOLERANCE_SECONDS: i64 = 300;

/// Signatures of one header: more are not a gateway's, and each costs a comparison.
const MOST_TAGS: usize = 8;
const TAG_BYTES: usize = 32;

/// The header for `body`, signed at `at`.
pub fn sign(secret: &Secret<String>, body: &[u8], at: Timestamp) -> String {
    let seconds = at.unix_seconds();
    let tag = hmac::sign(&key(secret), &signed_bytes(&seconds.to_string(), body));
    format!("t={seconds},v1={}", hex::encode(tag.as_ref()))
}

/// Check a signature header over the raw body: one HMAC for every secret, compared in constant time with every signature.
/// What is plainly none, or too old, costs no HMAC at all.
pub fn verify(header: &str, body: &[u8], secrets: &[Secret<String>], now: Timestamp) -> Result<(), WebhookError> {
    let parts = Parts::read(header).ok_or(WebhookError::Unsigned)?;
    let signed_at: i64 = parts.signed_at.parse().map_err(|_| WebhookError::Unsigned)?;
    if now.unix_seconds().saturating_sub(signed_at).saturating_abs() > TOLERANCE_SECONDS {
        return Err(WebhookError::Stale);
    }
    let message = signed_bytes(parts.signed_at, body);
    let mut genuine = false;
    for secret in secrets {
        let right = hmac::sign(&key(secret), &message);
        for tag in &parts.tags {
            genuine |= verify_slices_are_equal(right.as_ref(), tag).is_ok();
        }
    }
    if genuine { Ok(()) } else { Err(WebhookError::Forged) }
}

struct Parts<'a> {
    signed_at: &'a str,
    tags: Vec<Vec<u8>>,
}

impl<'a> Parts<'a> {
    fn read(header: &'a str) -> Option<Self> {
        let mut signed_at = None;
        let mut tags = Vec::new();
        for part in header.split(',') {
            match part.trim().split_once('=')? {
                ("t", value) => signed_at = Some(value),
                ("v1", value) => tags.push(hex::decode(value).ok()?),
                _ => {}
            }
        }
        let plausible = (1..=MOST_TAGS).contains(&tags.len()) && tags.iter().all(|tag| tag.len() == TAG_BYTES);
        plausible.then_some(Self { signed_at: signed_at?, tags })
    }
}

fn signed_bytes(signed_at: &str, body: &[u8]) -> Vec<u8> {
    [signed_at.as_bytes(), b".", body].concat()
}

fn key(secret: &Secret<String>) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"id":"evt_1"}"#;

    fn secret(text: &str) -> Secret<String> {
        Secret::new(text.to_owned())
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_seconds(seconds)
    }

    #[test]
    fn the_scheme_is_hmac_sha256_over_time_dot_body() {
        // Computed with another implementation: HMAC-SHA256(key "whsec_test", "1492774577.{}").
        let tag = "0d0602f6611bd2252dd4b74b58a4528355a7380639a15e6cc21e3059d56d5b8b";
        let header = format!("t=1492774577,v1={tag},v0=ignored");
        assert_eq!(verify(&header, b"{}", &[secret("whsec_test")], at(1_492_774_577)), Ok(()));
        assert_eq!(sign(&secret("whsec_test"), b"{}", at(1_492_774_577)), format!("t=1492774577,v1={tag}"));
    }

    #[test]
    fn an_altered_body_or_another_secret_is_forged() {
        let header = sign(&secret("a"), BODY, at(1000));
        assert_eq!(verify(&header, br#"{"id":"evt_2"}"#, &[secret("a")], at(1000)), Err(WebhookError::Forged));
        assert_eq!(verify(&header, BODY, &[secret("b")], at(1000)), Err(WebhookError::Forged));
    }

    #[test]
    fn an_altered_time_is_forged_and_an_old_one_stale() {
        let header = sign(&secret("a"), BODY, at(1000));
        let younger = header.replace("t=1000", "t=1400");
        assert_eq!(verify(&younger, BODY, &[secret("a")], at(1400)), Err(WebhookError::Forged));
        assert_eq!(verify(&header, BODY, &[secret("a")], at(1300)), Ok(()));
        assert_eq!(verify(&header, BODY, &[secret("a")], at(1301)), Err(WebhookError::Stale));
        assert_eq!(verify(&header, BODY, &[secret("a")], at(699)), Err(WebhookError::Stale));
    }

    #[test]
    fn while_a_secret_is_rotated_both_are_believed() {
        let header = sign(&secret("old"), BODY, at(1000));
        assert_eq!(verify(&header, BODY, &[secret("new"), secret("old")], at(1000)), Ok(()));
        assert_eq!(verify(&header, BODY, &[secret("new")], at(1000)), Err(WebhookError::Forged));
    }

    #[test]
    fn a_header_without_a_signature_is_unsigned() {
        let many = format!("t=1000{}", format!(",v1={}", "00".repeat(32)).repeat(9));
        for header in ["", "t=1000", "v1=00", "nonsense", "t=1000,v1=zz", "t=1000,v1=", "t=1000,v1=00", many.as_str()] {
            assert_eq!(verify(header, BODY, &[secret("a")], at(1000)), Err(WebhookError::Unsigned), "{header:?}");
        }
    }
}
