//! Hashing is slow on purpose, so it has its own lane: as many at once as there are cores, a short queue, and then "try
//! again", so that a flood of sign-ins cannot take the machine from those who are already inside.

use std::sync::{
    LazyLock,
    atomic::{AtomicUsize, Ordering},
};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};
use kernel::{Fault, FaultKind, Secret};
use tokio::sync::Semaphore;

use super::{NewPassword, normal};

/// How many may wait for a core.
const MAX_QUEUE: usize = 20;

static CORES: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(2, std::num::NonZero::get)));
static WAITING: AtomicUsize = AtomicUsize::new(0);

/// For an unknown account the same work is done on this, so that the time tells nothing.
static DUMMY: LazyLock<String> = LazyLock::new(|| {
    argon2id().hash_password(b"nobody has this password").map(|hash| hash.to_string()).unwrap_or_default()
});

#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
pub enum HashError {
    #[error("too many passwords are being checked at the moment")]
    Busy,
    #[error("the password could not be hashed")]
    Failed,
}

impl Fault for HashError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Busy => FaultKind::RateLimited { retry_after_seconds: 2 },
            Self::Failed => FaultKind::Internal,
        }
    }
}

/// The PHC string to store.
pub async fn hash(password: &NewPassword) -> Result<Secret<String>, HashError> {
    let password = password.secret().clone();
    in_the_lane(move || {
        argon2id().hash_password(password.expose().as_bytes()).map(|hash| Secret::new(hash.to_string())).ok()
    })
    .await?
    .ok_or(HashError::Failed)
}

/// Whether the password is the one stored. `None` (unknown account, or one without a password) takes as long and is false.
pub async fn verify(stored: Option<Secret<String>>, typed: Secret<String>) -> Result<bool, HashError> {
    let typed = Secret::new(normal(typed.expose()));
    in_the_lane(move || {
        let against = stored.as_ref().map_or(DUMMY.as_str(), |hash| hash.expose().as_str());
        let right = PasswordHash::new(against)
            .is_ok_and(|hash| argon2id().verify_password(typed.expose().as_bytes(), &hash).is_ok());
        right && stored.is_some()
    })
    .await
}

async fn in_the_lane<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, HashError> {
    let place = Place::take()?;
    let permit = CORES.acquire().await.map_err(|_| HashError::Failed)?;
    drop(place);
    let done = tokio::task::spawn_blocking(work).await.map_err(|_| HashError::Failed);
    drop(permit);
    done
}

/// A place in the queue, given back also when the request is dropped.
struct Place;

impl Place {
    fn take() -> Result<Self, HashError> {
        if WAITING.fetch_add(1, Ordering::SeqCst) >= MAX_QUEUE {
            WAITING.fetch_sub(1, Ordering::SeqCst);
            return Err(HashError::Busy);
        }
        Ok(Self)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        WAITING.fetch_sub(1, Ordering::SeqCst);
    }
}

fn argon2id() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passwords::Strength;

    #[tokio::test]
    async fn a_hash_knows_its_password_and_nothing_else() {
        let password = NewPassword::parse("four words make a password", Strength::Alone, &[]).expect("good");
        let stored = hash(&password).await.expect("hashed");
        assert!(stored.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_eq!(verify(Some(stored.clone()), Secret::new("four words make a password".into())).await, Ok(true));
        assert_eq!(verify(Some(stored), Secret::new("four words make a passwort".into())).await, Ok(false));
        assert_eq!(verify(None, Secret::new("nobody has this password".into())).await, Ok(false));
    }
}
