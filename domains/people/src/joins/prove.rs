//! The reason and the second factor, asked anew for joining and for taking apart.

use access::{Actor, Role};
use db::Tx;
use identity::factors::{Proof, prove_anew};
use kernel::FieldError;
use vault::Vault;

use super::policy;

/// Why nothing was proved.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unproved {
    #[error("joining is for administrators")]
    NotAllowed,
    #[error("the second factor is wrong")]
    WrongFactor,
    #[error("the account has no second factor")]
    NoFactor,
    #[error(transparent)]
    Vault(#[from] vault::Error),
}

/// A reason, trimmed, or what to do about each field.
pub(super) fn checked(reason: &str, code: &str) -> Result<String, Vec<FieldError>> {
    let mut errors = Vec::new();
    let reason = reason.trim().to_owned();
    if !policy::REASON.contains(&reason.chars().count()) {
        errors.push(FieldError::new("reason", "people-join-error-reason"));
    }
    if code.trim().is_empty() {
        errors.push(FieldError::new("code", "people-join-error-code-missing"));
    }
    if errors.is_empty() { Ok(reason) } else { Err(errors) }
}

/// An administrator with a second factor, at this moment. A right code is spent: the caller commits also a refusal.
pub(super) async fn proved(tx: &mut Tx, vault: &Vault, actor: &Actor, code: &str) -> Result<(), Unproved> {
    if !actor.is(Role::Administrator) {
        return Err(Unproved::NotAllowed);
    }
    match prove_anew(tx, vault, actor.account, code).await? {
        Proof::Right => Ok(()),
        Proof::Wrong => Err(Unproved::WrongFactor),
        Proof::NoneThere => Err(Unproved::NoFactor),
    }
}

#[cfg(test)]
mod tests {
    use super::checked;

    #[test]
    fn a_reason_and_a_code_are_asked_for() {
        assert_eq!(checked("  Came with her passport ", "123456"), Ok("Came with her passport".to_owned()));
        let fields = |reason: &str, code: &str| -> Vec<String> {
            checked(reason, code).unwrap_err().into_iter().map(|error| error.field.into_owned()).collect()
        };
        assert_eq!(fields("short", " "), ["reason", "code"]);
        assert_eq!(fields(&"x".repeat(501), "123456"), ["reason"]);
    }
}
