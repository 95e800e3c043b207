//! Stripe Connect: express accounts, transfers to them, transfer reversals, and disputes.
//!
//! The platform charges and then transfers ("separate charges and transfers"). A transfer is paid once it exists: the money lies on the
//! connected account, whose own payouts to the bank are its holder's. <https://docs.stripe.com/connect/separate-charges-and-transfers>

use async_trait::async_trait;
use kernel::{Money, Timestamp, ids::PayoutId};
use serde::Deserialize;

use super::{
    Stripe,
    adapter::PAYMENT_KEY,
    wire::{Expandable, Intent, currency_of},
};
use crate::payment::{
    AccountRequest, AccountState, DisputeState, GatewayError, PayoutGateway, PayoutRequest, PayoutState, RemoteAccount,
    RemoteDispute, RemotePayout,
};

#[derive(Debug, Deserialize)]
struct Account {
    id: String,
    #[serde(default)]
    payouts_enabled: bool,
    #[serde(default)]
    details_submitted: bool,
    requirements: Option<Requirements>,
}

#[derive(Debug, Deserialize)]
struct Requirements {
    disabled_reason: Option<String>,
}

#[derive(Debug, Deserialize)]
struct AccountLink {
    url: String,
}

#[derive(Debug, Deserialize)]
struct Transfer {
    id: String,
    amount: i64,
    #[serde(default)]
    amount_reversed: i64,
    currency: String,
    #[serde(rename = "transfer_group")]
    group: Option<String>,
}

#[derive(Debug, Deserialize)]
struct List<T> {
    data: Vec<T>,
}

#[derive(Debug, Deserialize)]
struct Reversal {}

#[derive(Debug, Deserialize)]
struct Dispute {
    id: String,
    amount: i64,
    currency: String,
    reason: String,
    status: String,
    payment_intent: Option<Expandable<Intent>>,
    evidence_details: Option<EvidenceDetails>,
    #[serde(default)]
    balance_transactions: Vec<Booked>,
}

#[derive(Debug, Deserialize)]
struct EvidenceDetails {
    /// Unix seconds.
    due_by: Option<i64>,
}

#[derive(Debug, Deserialize)]
struct Booked {
    fee: i64,
    currency: String,
}

#[async_trait]
impl PayoutGateway for Stripe {
    async fn open_account(&self, request: &AccountRequest) -> Result<String, GatewayError> {
        let mut form = vec![
            ("type", "express".to_owned()),
            ("email", request.email.clone()),
            ("capabilities[transfers][requested]", "true".to_owned()),
            ("metadata[bedside_payee]", request.payee.to_string()),
        ];
        form.extend(request.country.clone().map(|country| ("country", country)));
        let key = format!("account-{}", request.payee);
        let account: Account = self.client.post(&["accounts"], &form, Some(key)).await?;
        Ok(account.id)
    }

    async fn onboarding_link(&self, account_ref: &str, return_url: &str) -> Result<String, GatewayError> {
        let form = [
            ("account", account_ref.to_owned()),
            ("type", "account_onboarding".to_owned()),
            ("return_url", return_url.to_owned()),
            ("refresh_url", return_url.to_owned()),
        ];
        let link: AccountLink = self.client.post(&["account_links"], &form, None).await?;
        Ok(link.url)
    }

    async fn fetch_account(&self, account_ref: &str) -> Result<RemoteAccount, GatewayError> {
        let account: Account = self.client.get(&["accounts", account_ref], &[]).await?;
        let refused = account.requirements.and_then(|requirements| requirements.disabled_reason);
        let state = match (account.payouts_enabled, account.details_submitted, refused) {
            (true, true, _) => AccountState::Verified,
            (_, _, Some(why)) if why.starts_with("rejected") => AccountState::Restricted,
            _ => AccountState::Pending,
        };
        Ok(RemoteAccount { account_ref: account.id, state })
    }

    /// Keys are forgotten after a day, so a transfer of this payout is first looked for by its group.
    async fn pay(&self, request: &PayoutRequest) -> Result<RemotePayout, GatewayError> {
        let group = request.payout.to_string();
        let known: List<Transfer> =
            self.client.get(&["transfers"], &[("transfer_group", &group), ("limit", "2")]).await?;
        if let Some(known) = known.data.into_iter().find(|transfer| transfer.group.as_ref() == Some(&group)) {
            return known.into_payout();
        }
        let form = [
            ("amount", request.money.amount.to_string()),
            ("currency", request.money.currency.code().to_lowercase()),
            ("destination", request.account_ref.clone()),
            ("transfer_group", group.clone()),
            ("metadata[bedside_payout]", group.clone()),
        ];
        let transfer: Transfer = self.client.post(&["transfers"], &form, Some(group)).await?;
        transfer.into_payout()
    }

    async fn fetch_payout(&self, payout_ref: &str) -> Result<RemotePayout, GatewayError> {
        let transfer: Transfer = self.client.get(&["transfers", payout_ref], &[]).await?;
        transfer.into_payout()
    }

    async fn reverse_payout(&self, payout: PayoutId, payout_ref: &str) -> Result<RemotePayout, GatewayError> {
        let key = format!("reversal-{payout}");
        let form = [("metadata[bedside_payout]", payout.to_string())];
        let _: Reversal = self.client.post(&["transfers", payout_ref, "reversals"], &form, Some(key)).await?;
        self.fetch_payout(payout_ref).await
    }

    async fn fetch_dispute(&self, dispute_ref: &str) -> Result<RemoteDispute, GatewayError> {
        let dispute: Dispute = self.client.get(&["disputes", dispute_ref], &[("expand[]", "payment_intent")]).await?;
        let intent = match &dispute.payment_intent {
            Some(Expandable::Object(intent)) => Some(intent),
            _ => None,
        };
        let ours = intent.and_then(|intent| intent.metadata.as_ref()?.get(PAYMENT_KEY)).and_then(|id| id.parse().ok());
        let fees = dispute.balance_transactions.iter().filter(|booked| booked.currency == dispute.currency);
        let due = dispute.evidence_details.as_ref().and_then(|details| details.due_by);
        Ok(RemoteDispute {
            payment: ours,
            money: Money::new(dispute.amount, currency_of(&dispute.currency)?),
            fee: fees.map(|booked| booked.fee).sum::<i64>().max(0),
            evidence_due_at: due.map(Timestamp::from_unix_seconds),
            state: match dispute.status.as_str() {
                "won" | "warning_closed" => DisputeState::Won,
                "lost" => DisputeState::Lost,
                "under_review" | "warning_under_review" => DisputeState::UnderReview,
                _ => DisputeState::Open,
            },
            reason: dispute.reason,
            dispute_ref: dispute.id,
        })
    }
}

impl Transfer {
    fn into_payout(self) -> Result<RemotePayout, GatewayError> {
        Ok(RemotePayout {
            payout: self.group.as_deref().and_then(|group| group.parse().ok()),
            money: Money::new(self.amount, currency_of(&self.currency)?),
            state: if self.amount_reversed >= self.amount { PayoutState::Returned } else { PayoutState::Paid },
            payout_ref: self.id,
        })
    }
}
