use db::Tx;
use kernel::{Fault, FaultKind};
use vault::Vault;

use super::{CHALLENGE_TRIES, store};
use crate::{
    factors,
    network::Origin,
    sessions::{self, Factor, Opened},
    tokens::TokenHash,
};

/// What came of a second factor. The caller commits in every case: a wrong try must count.
#[derive(Clone, Debug)]
pub enum SecondStep {
    Done {
        session: Opened,
        next: String,
    },
    Wrong {
        tries_left: i16,
    },
    /// Too late, or tried too often: begin again with the password.
    Dead,
}

#[derive(Debug, thiserror::Error)]
pub enum SecondFactorError {
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for SecondFactorError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Vault(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Prove the second factor by what was typed: six digits of an authenticator app, or a recovery code. System context.
pub async fn prove(
    tx: &mut Tx,
    vault: &Vault,
    challenge_token: &str,
    typed: &str,
    origin: &Origin,
) -> Result<SecondStep, SecondFactorError> {
    let hash = TokenHash::of(challenge_token);
    let Some((challenge, tries)) = store::count_try(tx, &hash, CHALLENGE_TRIES).await? else {
        return Ok(SecondStep::Dead);
    };
    if !factors::accept(tx, vault, challenge.account, typed).await? {
        let tries_left = CHALLENGE_TRIES - tries;
        return Ok(if tries_left > 0 { SecondStep::Wrong { tries_left } } else { SecondStep::Dead });
    }
    if !store::set_used(tx, challenge.id).await? {
        return Ok(SecondStep::Dead);
    }
    let session = sessions::open(tx, challenge.account, Factor::SecondFactor, origin).await?;
    Ok(SecondStep::Done { session, next: challenge.next })
}
