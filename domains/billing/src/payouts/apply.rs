//! What the gateway says of a payout becomes what we say: the one place where a payout changes state.

use db::Tx;
use gateways::payment::{PayoutState, RemotePayout};
use kernel::ids::PayoutId;

use super::{PayoutStatus, store};
use crate::ledger;

impl From<PayoutState> for PayoutStatus {
    fn from(remote: PayoutState) -> Self {
        match remote {
            PayoutState::Pending => Self::Submitted,
            PayoutState::Paid => Self::Paid,
            PayoutState::Failed => Self::Failed,
            PayoutState::Returned => Self::Returned,
        }
    }
}

/// What became of the news of a payout or a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heard {
    Changed,
    Unchanged,
    Unmatched,
    Mismatch,
}

impl Heard {
    /// As the log of webhooks writes it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Changed => "applied",
            Self::Unchanged => "unchanged",
            Self::Unmatched => "unmatched",
            Self::Mismatch => "mismatch",
        }
    }
}

/// Apply what `gateway` says of a payout. System context; safe to run twice. A payout that the gateway made and whose answer was lost is
/// found by our own id.
pub(crate) async fn apply(tx: &mut Tx, gateway: &str, remote: &RemotePayout) -> Result<Heard, db::Error> {
    let Some(payout) = store::lock_for_gateway(tx, gateway, &remote.payout_ref, remote.payout).await? else {
        return Ok(Heard::Unmatched);
    };
    if remote.payout != Some(payout.id) || remote.money != payout.money {
        tracing::error!(payout = %payout.id, gateway, "billing.payout.mismatch");
        return Ok(Heard::Mismatch);
    }
    store::set_ref(tx, payout.id, &remote.payout_ref).await?;
    let Some(next) = payout.status.advance(remote.state.into()) else { return Ok(Heard::Unchanged) };
    store::set_status(tx, payout.id, next, None).await?;
    ledger::post_payout_step(tx, &payout, next).await?;
    tracing::info!(payout = %payout.id, status = next.as_str(), "billing.payout.changed");
    Ok(Heard::Changed)
}

/// The gateway will not pay it, and says so: the balance is the payee's again.
pub(crate) async fn give_back(tx: &mut Tx, payout: PayoutId, why: &str) -> Result<(), db::Error> {
    let Some(payout) = store::lock(tx, payout).await? else { return Ok(()) };
    let Some(next) = payout.status.advance(PayoutStatus::Failed).filter(|_| payout.status.is_open()) else {
        return Ok(());
    };
    let why: String = why.chars().take(500).collect();
    store::set_status(tx, payout.id, next, Some(&why)).await?;
    ledger::post_payout_step(tx, &payout, next).await?;
    tracing::warn!(payout = %payout.id, why, "billing.payout.failed");
    Ok(())
}
