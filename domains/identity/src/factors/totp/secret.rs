use data_encoding::BASE32_NOPAD;
use kernel::{Timestamp, ids::AccountId};
use totp_rs::{Algorithm, Builder, Totp};
use vault::At;

/// Where the sealed secret lives.
pub(super) fn at(account: AccountId) -> At {
    At::new("totp_secrets", "secret_sealed", account.uuid())
}

/// The time step in which `code` is right, one step early or late allowed for clocks that differ.
pub(super) fn matching_step(key: &[u8], code: &str, now: Timestamp) -> Option<i64> {
    let seconds = u64::try_from(now.unix_seconds()).ok()?;
    let step = totp(key)?.check(code, seconds)?;
    i64::try_from(step).ok()
}

/// The `otpauth:` address an app reads from the QR code.
pub(super) fn otpauth_url(key: &[u8], issuer: &str, account_name: &str) -> String {
    let plain = |text: &str| -> String {
        url::form_urlencoded::byte_serialize(text.replace(':', " ").as_bytes()).collect::<String>().replace('+', "%20")
    };
    let (issuer, account_name) = (plain(issuer), plain(account_name));
    format!("otpauth://totp/{issuer}:{account_name}?secret={}&issuer={issuer}", BASE32_NOPAD.encode(key))
}

/// The secret as a person types it: groups of four.
pub(super) fn readable(key: &[u8]) -> String {
    let text = BASE32_NOPAD.encode(key);
    text.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect::<Vec<_>>().join(" ")
}

fn totp(key: &[u8]) -> Option<Totp> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .with_secret(key.to_vec())
        .build()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"12345678901234567890";

    #[test]
    fn the_codes_are_those_of_rfc_6238() {
        let at = Timestamp::from_unix_seconds;
        assert_eq!(matching_step(KEY, "287082", at(59)), Some(1));
        assert_eq!(matching_step(KEY, "081804", at(1_111_111_109)), Some(37_037_036));
        assert_eq!(matching_step(KEY, "287082", at(59 + 30)), Some(1));
        assert_eq!(matching_step(KEY, "287082", at(59 + 90)), None);
        assert_eq!(matching_step(KEY, "000000", at(59)), None);
    }

    #[test]
    fn the_address_names_issuer_and_account() {
        assert_eq!(
            otpauth_url(KEY, "Bedside", "a@clinic.example"),
            "otpauth://totp/Bedside:a%40clinic.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Bedside"
        );
        assert_eq!(readable(KEY), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }
}
