//! The side of the sandbox that pays out, and the card holders who object.

use async_trait::async_trait;
use db::Tx;
use kernel::{
    Money, Timestamp,
    ids::{EventId, PayoutId},
};

use super::{AnswerError, Sandbox, store::payouts as store};
use crate::payment::{
    AccountRequest, AccountState, DisputeState, GatewayError, PayoutGateway, PayoutRequest, PayoutState, RemoteAccount,
    RemoteDispute, RemotePayout,
};

/// What an objection costs, in minor units.
const DISPUTE_FEE: i64 = 1500;
/// How long evidence is waited for.
const EVIDENCE_DAYS: i64 = 7;

/// An account at the sandbox, as its own page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxAccount {
    pub token: String,
    pub return_url: String,
    pub state: AccountState,
    pub bank: Bank,
}

/// What becomes of money that is sent to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bank {
    Pays,
    /// The payout fails at once.
    Refuses,
    /// It is paid, and comes back when it is looked at again.
    Returns,
}

impl Bank {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Pays => "pays",
            Self::Refuses => "refuses",
            Self::Returns => "returns",
        }
    }

    pub(super) fn read(text: &str) -> Self {
        match text {
            "refuses" => Self::Refuses,
            "returns" => Self::Returns,
            _ => Self::Pays,
        }
    }
}

/// A card holder's objection, as the sandbox's own page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxDispute {
    pub token: String,
    pub merchant_ref: String,
    pub money: Money,
    pub fee: i64,
    pub state: DisputeState,
    pub evidence_due_at: Timestamp,
}

#[async_trait]
impl PayoutGateway for Sandbox {
    async fn open_account(&self, request: &AccountRequest) -> Result<String, GatewayError> {
        let mut tx = self.begin().await?;
        let token = hex::encode(tx.random().token32());
        let token = store::insert_account(&mut tx, &token, &request.payee.to_string()).await?;
        tx.commit().await?;
        Ok(token)
    }

    async fn onboarding_link(&self, account_ref: &str, return_url: &str) -> Result<String, GatewayError> {
        let mut tx = self.begin().await?;
        if !store::set_return_url(&mut tx, account_ref, return_url).await? {
            return Err(GatewayError::Unknown);
        }
        tx.commit().await?;
        Ok(format!("{}/sandbox/accounts/{account_ref}", self.base_url))
    }

    async fn fetch_account(&self, account_ref: &str) -> Result<RemoteAccount, GatewayError> {
        let mut tx = self.begin().await?;
        let account = store::find_account(&mut tx, account_ref).await?.ok_or(GatewayError::Unknown)?;
        Ok(RemoteAccount { account_ref: account.token, state: account.state })
    }

    async fn pay(&self, request: &PayoutRequest) -> Result<RemotePayout, GatewayError> {
        let mut tx = self.begin().await?;
        let account = store::find_account(&mut tx, &request.account_ref).await?.ok_or(GatewayError::Unknown)?;
        let merchant_ref = request.payout.to_string();
        if let Some(known) = store::find_payout_by_merchant_ref(&mut tx, &merchant_ref).await? {
            return if known.money == request.money { Ok(known) } else { Err(refused("idempotency_mismatch")) };
        }
        if account.state != AccountState::Verified {
            return Err(refused("account_not_verified"));
        }
        let state = match account.bank {
            Bank::Pays | Bank::Returns => PayoutState::Paid,
            Bank::Refuses => PayoutState::Failed,
        };
        let payout_ref = hex::encode(tx.random().token32());
        let payout = RemotePayout { payout_ref, payout: Some(request.payout), money: request.money, state };
        store::insert_payout(&mut tx, &payout, &merchant_ref, &request.account_ref).await?;
        tx.commit().await?;
        Ok(payout)
    }

    async fn fetch_payout(&self, payout_ref: &str) -> Result<RemotePayout, GatewayError> {
        let mut tx = self.begin().await?;
        store::find_payout(&mut tx, payout_ref).await?.ok_or(GatewayError::Unknown)
    }

    async fn reverse_payout(&self, _: PayoutId, payout_ref: &str) -> Result<RemotePayout, GatewayError> {
        let mut tx = self.begin().await?;
        store::set_payout_state(&mut tx, payout_ref, PayoutState::Returned).await?;
        let payout = store::find_payout(&mut tx, payout_ref).await?.ok_or(GatewayError::Unknown)?;
        tx.commit().await?;
        Ok(payout)
    }

    async fn fetch_dispute(&self, dispute_ref: &str) -> Result<RemoteDispute, GatewayError> {
        let mut tx = self.begin().await?;
        let dispute = store::find_dispute(&mut tx, dispute_ref).await?.ok_or(GatewayError::Unknown)?;
        Ok(RemoteDispute {
            payment: dispute.merchant_ref.parse().ok(),
            dispute_ref: dispute.token,
            money: dispute.money,
            fee: dispute.fee,
            reason: "product_not_received".to_owned(),
            evidence_due_at: Some(dispute.evidence_due_at),
            state: dispute.state,
        })
    }
}

impl Sandbox {
    /// The account behind a page.
    pub async fn account(&self, tx: &mut Tx, token: &str) -> Result<Option<SandboxAccount>, db::Error> {
        store::find_account(tx, token).await
    }

    /// The sandbox has looked at the payee: verified with this bank, or not to be paid. Returns the event to be delivered.
    pub async fn judge_account(&self, tx: &mut Tx, token: &str, bank: Option<Bank>) -> Result<EventId, AnswerError> {
        let state = if bank.is_some() { AccountState::Verified } else { AccountState::Restricted };
        if !store::set_account(tx, token, state, bank.unwrap_or(Bank::Pays)).await? {
            return Err(AnswerError::NotFound);
        }
        tell(tx, "account.updated", token).await
    }

    /// Money comes back from a bank: the payouts to accounts whose bank returns it. The events to be delivered.
    pub async fn return_payouts(&self, tx: &mut Tx) -> Result<Vec<EventId>, AnswerError> {
        let mut events = Vec::new();
        for payout in store::list_to_return(tx).await? {
            store::set_payout_state(tx, &payout, PayoutState::Returned).await?;
            events.push(tell(tx, "payout.updated", &payout).await?);
        }
        Ok(events)
    }

    /// The dispute behind a page, or of a checkout.
    pub async fn dispute(&self, tx: &mut Tx, token: &str) -> Result<Option<SandboxDispute>, db::Error> {
        store::find_dispute(tx, token).await
    }

    /// The payer objects to a payment. Once per payment: again, it is the same objection. The objection, and the event to be delivered.
    pub async fn object(&self, tx: &mut Tx, checkout: &str) -> Result<(String, EventId), AnswerError> {
        let token = hex::encode(tx.random().token32());
        let due = tx.now().plus_days(EVIDENCE_DAYS);
        let found = store::insert_dispute(tx, &token, checkout, DISPUTE_FEE, due).await?;
        let token = found.ok_or(AnswerError::NotFound)?;
        let event = tell(tx, "dispute.updated", &token).await?;
        Ok((token, event))
    }

    /// The bank has decided. Returns the event to be delivered.
    pub async fn judge_dispute(&self, tx: &mut Tx, token: &str, won: bool) -> Result<EventId, AnswerError> {
        if !store::set_dispute_state(tx, token, if won { DisputeState::Won } else { DisputeState::Lost }).await? {
            let known = store::find_dispute(tx, token).await?.is_some();
            return Err(if known { AnswerError::Closed } else { AnswerError::NotFound });
        }
        tell(tx, "dispute.updated", token).await
    }
}

async fn tell(tx: &mut Tx, kind: &'static str, about: &str) -> Result<EventId, AnswerError> {
    let event = tx.id::<EventId>();
    store::insert_event(tx, event, kind, about).await?;
    Ok(event)
}

fn refused(code: &str) -> GatewayError {
    GatewayError::Refused { code: code.to_owned(), message: "the sandbox will not pay this".to_owned() }
}
