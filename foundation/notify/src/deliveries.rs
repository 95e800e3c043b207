//! What administrators do about letters that did not arrive. Nobody reads them for that: who it was for, and why it failed, is enough.

use db::Tx;
use jobs::When;
use kernel::{Fault, FaultKind, ids::DeliveryId};
use vault::Vault;

use crate::{
    Deliver,
    letter::{Channel, Letter},
    store, suppression,
    tell::place_of,
};

/// How far a letter has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Waiting,
    Sent,
    Suppressed,
    Refused,
    Failed,
    Void,
    Unclear,
}

impl State {
    pub const ALL: [Self; 7] =
        [Self::Waiting, Self::Sent, Self::Failed, Self::Refused, Self::Suppressed, Self::Unclear, Self::Void];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Suppressed => "suppressed",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Void => "void",
            Self::Unclear => "unclear",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether sending it again may help.
    pub const fn can_be_retried(self) -> bool {
        match self {
            Self::Suppressed | Self::Refused | Self::Failed | Self::Unclear => true,
            Self::Waiting | Self::Sent | Self::Void => false,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum RetryError {
    #[error("there is no such letter")]
    NotFound,
    /// It waits, was sent or was called off.
    #[error("a letter that is {} is not sent again", .0.word())]
    NotNow(State),
    /// What it was about is over.
    #[error("it would come too late")]
    Over,
    #[error("its address is left alone; lift that first")]
    LeftAlone,
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for RetryError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::NotNow(_) => FaultKind::conflict("delivery_not_now"),
            Self::Over => FaultKind::conflict("delivery_over"),
            Self::LeftAlone => FaultKind::conflict("delivery_address_suppressed"),
            Self::Vault(error) => error.kind(),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Send a letter once more. Needs a system context.
pub async fn retry(tx: &mut Tx, vault: &Vault, id: DeliveryId) -> Result<(), RetryError> {
    let found = lock(tx, id).await?;
    let to = address(tx, vault, id, &found).await?;
    if suppression::is_suppressed(tx, found.channel, &to).await? {
        return Err(RetryError::LeftAlone);
    }
    store::admin::set_waiting(tx, id).await?;
    jobs::enqueue(tx, &Deliver { delivery: id }, When::Now).await?;
    Ok(())
}

/// Its address works again, so we are told: write to it from now on, this letter first. Needs a system context.
pub async fn lift_and_retry(tx: &mut Tx, vault: &Vault, id: DeliveryId) -> Result<(), RetryError> {
    let found = lock(tx, id).await?;
    let to = address(tx, vault, id, &found).await?;
    suppression::lift(tx, found.channel, &to).await?;
    retry(tx, vault, id).await
}

async fn lock(tx: &mut Tx, id: DeliveryId) -> Result<store::admin::Settled, RetryError> {
    let found = store::admin::lock(tx, id).await?.ok_or(RetryError::NotFound)?;
    if !found.state.can_be_retried() {
        return Err(RetryError::NotNow(found.state));
    }
    if found.void_after.is_some_and(|end| end <= tx.now()) {
        return Err(RetryError::Over);
    }
    Ok(found)
}

async fn address(
    tx: &mut Tx,
    vault: &Vault,
    id: DeliveryId,
    found: &store::admin::Settled,
) -> Result<String, vault::Error> {
    let letter: Letter = vault.open_platform_json(tx, place_of(id), &found.letter_sealed).await?.into_inner();
    Ok(letter.to)
}

/// The channel of this name.
pub fn channel(word: &str) -> Option<Channel> {
    [Channel::Email, Channel::Sms].into_iter().find(|channel| channel.word() == word)
}
