use db::{Context, Db};
use kernel::{Fault, FaultKind, Secret};

use super::{OpenedChallenge, challenge};
use crate::{
    accounts::{self, Address},
    network::Origin,
    passwords::{self, HashError},
    sessions::{self, Factor, Opened},
    throttle::{self, Throttle, ThrottleError},
};

/// Somebody at the door.
#[derive(Clone, Debug)]
pub struct Knock {
    /// As typed: what cannot be an address is treated like an unknown one.
    pub identifier: String,
    pub password: Secret<String>,
    pub next: String,
    pub origin: Origin,
}

#[derive(Clone, Debug)]
pub enum Entered {
    Session(Opened),
    SecondFactorDue(OpenedChallenge),
}

#[derive(Debug, thiserror::Error)]
pub enum EnterError {
    /// One answer for unknown address, wrong password and disabled account.
    #[error("the address or the password is wrong")]
    Refused,
    #[error(transparent)]
    Throttled(#[from] ThrottleError),
    #[error(transparent)]
    Hash(#[from] HashError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for EnterError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Refused => FaultKind::SignInNeeded,
            Self::Throttled(error) => error.kind(),
            Self::Hash(error) => error.kind(),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Sign in with a password. Takes the database, not a transaction: no transaction may stay open while a hash is computed.
pub async fn enter(db: &Db, throttle: Throttle<'_>, knock: Knock) -> Result<Entered, EnterError> {
    let address = Address::parse(&knock.identifier).ok();
    let subject = address.as_ref().map_or(knock.identifier.as_str(), Address::text).to_lowercase();
    let network = knock.origin.network.as_str();
    let account_and_network = format!("{subject}|{network}");
    throttle.pass(&[(throttle::SIGN_IN, account_and_network.as_str()), (throttle::SIGN_IN_NETWORK, network)]).await?;

    let candidate = match &address {
        Some(address) => look_up(db, address).await?,
        None => None,
    };
    let stored = candidate.as_ref().and_then(|candidate| candidate.password_hash.clone());
    let right = passwords::verify(stored, knock.password).await?;
    let (Some(candidate), true) = (candidate, right) else { return Err(EnterError::Refused) };
    throttle.forget(throttle::SIGN_IN, &account_and_network).await?;

    let mut tx = db.begin(&Context::system("sign in")).await?;
    let entered = if candidate.has_second_factor {
        Entered::SecondFactorDue(challenge::open(&mut tx, candidate.id, &knock.next, &knock.origin).await?)
    } else {
        Entered::Session(sessions::open(&mut tx, candidate.id, Factor::Password, &knock.origin).await?)
    };
    tx.commit().await?;
    Ok(entered)
}

async fn look_up(db: &Db, address: &Address) -> Result<Option<accounts::store::Candidate>, db::Error> {
    let mut tx = db.begin(&Context::system("sign in")).await?;
    let found = accounts::store::find_candidate(&mut tx, address).await?;
    tx.commit().await?;
    Ok(found)
}
