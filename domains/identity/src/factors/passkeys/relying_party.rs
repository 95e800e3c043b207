use url::{Host, Url};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::PasskeyError;

/// Who asks for the passkey: the host of the configured base URL, never of a request.
///
/// Browsers refuse IP addresses here; a base URL on the loopback address is taken as `localhost`, where they allow it.
pub(super) fn relying_party(base_url: &Url, name: &str) -> Result<Webauthn, PasskeyError> {
    let origin = named(base_url)?;
    let id = origin.domain().ok_or(PasskeyError::NoRelyingParty)?.to_owned();
    let builder = WebauthnBuilder::new(&id, &origin).map_err(|_| PasskeyError::NoRelyingParty)?;
    builder.rp_name(name).build().map_err(|_| PasskeyError::NoRelyingParty)
}

fn named(base_url: &Url) -> Result<Url, PasskeyError> {
    let loopback = match base_url.host() {
        Some(Host::Ipv4(v4)) => v4.is_loopback(),
        Some(Host::Ipv6(v6)) => v6.is_loopback(),
        Some(Host::Domain(_)) | None => false,
    };
    let mut origin = base_url.clone();
    if loopback {
        origin.set_host(Some("localhost")).map_err(|_| PasskeyError::NoRelyingParty)?;
    }
    Ok(origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loopback_address_is_called_localhost() {
        let origin = named(&"http://127.0.0.1:8080".parse().expect("a URL")).expect("an origin");
        assert_eq!(origin.as_str(), "http://localhost:8080/");
        assert!(relying_party(&"https://care.example".parse().expect("a URL"), "Bedside").is_ok());
        assert!(relying_party(&"http://192.0.2.1/".parse().expect("a URL"), "Bedside").is_err());
    }
}
