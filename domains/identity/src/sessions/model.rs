use access::Role;
use kernel::{
    Secret, Timestamp,
    ids::{AccountId, SessionId},
};

/// What was shown to open the session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Factor {
    Password,
    /// The code that proved a new address at sign-up.
    Code,
    /// A password and then a one-time password, a recovery code or a passkey.
    SecondFactor,
    /// A passkey with user verification: two factors in one.
    Passkey,
}

impl Factor {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code",
            Self::SecondFactor => "second_factor",
            Self::Passkey => "passkey",
        }
    }

    /// Whether staff may work in a session opened so.
    pub const fn is_strong(self) -> bool {
        matches!(self, Self::SecondFactor | Self::Passkey)
    }
}

impl std::str::FromStr for Factor {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Password, Self::Code, Self::SecondFactor, Self::Passkey]
            .into_iter()
            .find(|f| f.as_str() == text)
            .ok_or(())
    }
}

/// Why a session ended before its time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EndedWhy {
    SignedOut,
    Rotated,
    Revoked,
    PasswordChanged,
    FactorChanged,
    RoleChanged,
    Disabled,
    Recovered,
}

impl EndedWhy {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::Rotated => "rotated",
            Self::Revoked => "revoked",
            Self::PasswordChanged => "password_changed",
            Self::FactorChanged => "factor_changed",
            Self::RoleChanged => "role_changed",
            Self::Disabled => "disabled",
            Self::Recovered => "recovered",
        }
    }
}

/// A session just opened; the token is shown this once.
#[derive(Clone, Debug)]
pub struct Opened {
    pub id: SessionId,
    pub account: AccountId,
    pub token: Secret<String>,
    pub expires_at: Timestamp,
    pub roles: Vec<Role>,
}

/// Absolute length of a session.
pub(crate) const MAX_HOURS: i64 = 12;

/// Minutes without a request after which a session is over.
pub(crate) fn idle_minutes(roles: &[Role]) -> i16 {
    if is_staff(roles) { 15 } else { 30 }
}

/// Everyone who may see other people's data.
pub(crate) fn is_staff(roles: &[Role]) -> bool {
    roles.iter().any(|role| *role != Role::Patient)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_idle_for_fifteen_minutes_and_patients_for_thirty() {
        assert_eq!(idle_minutes(&[Role::Patient]), 30);
        assert_eq!(idle_minutes(&[]), 30);
        assert_eq!(idle_minutes(&[Role::Patient, Role::Nurse]), 15);
        assert_eq!(idle_minutes(&[Role::Administrator]), 15);
    }

    #[test]
    fn only_two_factors_are_strong() {
        let strong: Vec<_> = [Factor::Password, Factor::Code, Factor::SecondFactor, Factor::Passkey]
            .into_iter()
            .filter(|f| f.is_strong())
            .collect();
        assert_eq!(strong, [Factor::SecondFactor, Factor::Passkey]);
    }
}
