use std::fmt;

use kernel::FieldError;

/// Where a person is reached: the address is also the name to sign in with.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// Lower case.
    Email(String),
    /// E.164, such as `+8801712345678`.
    Phone(String),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AddressError {
    #[error("nothing was entered")]
    Missing,
    #[error("not an e-mail address")]
    Email,
    #[error("not a phone number with its country code")]
    Phone,
}

impl AddressError {
    pub fn for_field(self, field: &'static str) -> FieldError {
        let key = match self {
            Self::Missing => "identity-address-missing",
            Self::Email => "identity-email-wrong",
            Self::Phone => "identity-phone-wrong",
        };
        FieldError::new(field, key)
    }
}

impl Address {
    /// An e-mail address where there is an `@`, else a phone number with its country code.
    pub fn parse(typed: &str) -> Result<Self, AddressError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(AddressError::Missing);
        }
        if typed.contains('@') { Self::email(typed) } else { phone_e164(typed, None).map(Self::Phone) }
    }

    pub fn email(typed: &str) -> Result<Self, AddressError> {
        let text = typed.trim().to_lowercase();
        if text.is_empty() {
            return Err(AddressError::Missing);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(AddressError::Email)?;
        let domain_is_right = domain.split('.').count() >= 2
            && domain.split('.').all(|label| {
                !label.is_empty()
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            });
        let local_is_right = (1..=64).contains(&local.len())
            && !local.contains('@')
            && local.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"".contains(c));
        if local_is_right && domain_is_right && text.len() <= 254 {
            Ok(Self::Email(text))
        } else {
            Err(AddressError::Email)
        }
    }

    pub fn text(&self) -> &str {
        match self {
            Self::Email(text) | Self::Phone(text) => text,
        }
    }

    pub fn as_email(&self) -> Option<&str> {
        match self {
            Self::Email(text) => Some(text),
            Self::Phone(_) => None,
        }
    }

    pub fn as_phone(&self) -> Option<&str> {
        match self {
            Self::Phone(text) => Some(text),
            Self::Email(_) => None,
        }
    }

    /// `a•••@example.org`, `+88•••••678`: enough for its owner to recognize, not enough to write to.
    pub fn masked(&self) -> String {
        match self {
            Self::Email(text) => {
                let (local, domain) = text.rsplit_once('@').unwrap_or((text, ""));
                format!("{}•••@{domain}", local.chars().next().unwrap_or('•'))
            }
            Self::Phone(text) => {
                let tail: String = text.chars().skip(text.chars().count().saturating_sub(3)).collect();
                format!("{}•••••{tail}", text.chars().take(3).collect::<String>())
            }
        }
    }
}

/// Addresses identify people: logs see only the masked form.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// A phone number in E.164. `country` (ISO 3166 alpha-2) is where a number without a country code is taken to be.
pub fn phone_e164(typed: &str, country: Option<&str>) -> Result<String, AddressError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(AddressError::Missing);
    }
    let region = country.and_then(|code| code.parse::<phonenumber::country::Id>().ok());
    let number = phonenumber::parse(region, typed).map_err(|_| AddressError::Phone)?;
    if !number.is_valid() {
        return Err(AddressError::Phone);
    }
    Ok(number.format().mode(phonenumber::Mode::E164).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_is_kept_as_e164_however_it_is_typed() {
        for typed in ["+880 1712-345678", "+8801712345678", " +880 (1712) 345 678 "] {
            assert_eq!(Address::parse(typed), Ok(Address::Phone("+8801712345678".into())), "{typed}");
        }
        assert_eq!(phone_e164("01712-345678", Some("BD")), Ok("+8801712345678".into()));
        assert_eq!(Address::parse("01712345678"), Err(AddressError::Phone));
        assert_eq!(Address::parse("12"), Err(AddressError::Phone));
    }

    #[test]
    fn an_email_is_kept_in_lower_case() {
        assert_eq!(Address::parse(" Amina@Clinic.Example "), Ok(Address::Email("amina@clinic.example".into())));
        for wrong in ["@x.org", "a@b", "a b@c.org", "a@-b.org", "a@b..org", "a@@b.org", "a,b@c.org"] {
            assert_eq!(Address::parse(wrong), Err(AddressError::Email), "{wrong}");
        }
        assert_eq!(Address::parse("  "), Err(AddressError::Missing));
    }

    #[test]
    fn an_address_does_not_print_itself() {
        let address = Address::parse("amina@clinic.example").expect("an address");
        assert_eq!(format!("{address:?}"), "a•••@clinic.example");
        assert_eq!(Address::Phone("+8801712345678".into()).masked(), "+88•••••678");
    }
}
