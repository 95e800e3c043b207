//! What we read of Stripe's objects; fields we do not need are not named.

use std::collections::HashMap;

use kernel::{Currency, Money, Timestamp};
use serde::Deserialize;

use crate::payment::{GatewayError, Movement, MovementKind, RefundState, RemoteRefund, RemoteState};

#[derive(Debug, Default, Deserialize)]
pub(super) struct ErrorBody {
    #[serde(default)]
    pub(super) error: ErrorDetail,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ErrorDetail {
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
}

/// A field that is an id, or the whole object where it was expanded.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Expandable<T> {
    Id(String),
    Object(Box<T>),
}

#[derive(Debug, Deserialize)]
pub(super) struct Session {
    pub(super) id: String,
    pub(super) url: Option<String>,
    /// `open`, `complete`, `expired`
    pub(super) status: Option<String>,
    /// `paid`, `unpaid`, `no_payment_required`
    pub(super) payment_status: Option<String>,
    pub(super) amount_total: Option<i64>,
    pub(super) currency: Option<String>,
    pub(super) client_reference_id: Option<String>,
    pub(super) payment_intent: Option<Expandable<Intent>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Intent {
    pub(super) id: String,
    pub(super) status: String,
    pub(super) latest_charge: Option<Expandable<Charge>>,
    pub(super) metadata: Option<HashMap<String, String>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Charge {
    /// Unix seconds.
    pub(super) created: i64,
    pub(super) balance_transaction: Option<Expandable<ChargeFee>>,
}

/// What Stripe keeps of a charge.
#[derive(Debug, Deserialize)]
pub(super) struct ChargeFee {
    pub(super) fee: i64,
    pub(super) currency: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Refund {
    pub(super) id: String,
    /// `pending`, `requires_action`, `succeeded`, `failed`, `canceled`
    pub(super) status: Option<String>,
    #[serde(default)]
    metadata: Option<HashMap<String, String>>,
}

/// Where our refund's id travels.
const REFUND_KEY: &str = "bedside_refund";
const PAYMENT_KEY: &str = "bedside_payment";

impl Refund {
    /// It was made for our refund of this id.
    pub(super) fn names(&self, ours: &str) -> bool {
        self.metadata.as_ref().and_then(|metadata| metadata.get(REFUND_KEY)).is_some_and(|id| id == ours)
    }
}

/// One page of a list.
#[derive(Debug, Deserialize)]
pub(super) struct List<T> {
    pub(super) data: Vec<T>,
    #[serde(default)]
    pub(super) has_more: bool,
}

/// A line of the account's balance. Its own amount is in the account's currency; the payer's is in the source.
#[derive(Debug, Deserialize)]
pub(super) struct BalanceTransaction {
    pub(super) id: String,
    /// `charge`, `payment`, `refund`, `payment_refund`, `payout`, `stripe_fee`, …
    #[serde(rename = "type")]
    kind: String,
    amount: i64,
    currency: String,
    /// Unix seconds.
    created: i64,
    source: Option<Expandable<BalanceSource>>,
}

/// The charge or refund behind a line.
#[derive(Debug, Deserialize)]
pub(super) struct BalanceSource {
    id: String,
    amount: Option<i64>,
    currency: Option<String>,
    #[serde(default)]
    metadata: Option<HashMap<String, String>>,
}

impl BalanceTransaction {
    pub(super) fn movement(self) -> Result<Movement, GatewayError> {
        let kind = match self.kind.as_str() {
            "charge" | "payment" => MovementKind::Capture,
            "refund" | "payment_refund" => MovementKind::Refund,
            _ => MovementKind::Other,
        };
        let (reference, source) = match self.source {
            Some(Expandable::Object(source)) => (source.id.clone(), Some(source)),
            Some(Expandable::Id(id)) => (id, None),
            None => (self.id.clone(), None),
        };
        let ours = |key: &str| {
            source.as_ref().and_then(|source| source.metadata.as_ref()).and_then(|metadata| metadata.get(key)).cloned()
        };
        let of_payer = source.as_ref().and_then(|source| source.amount.zip(source.currency.clone()));
        let (amount, currency) = match of_payer {
            Some((amount, currency)) => (amount.abs() * self.amount.signum(), currency),
            None => (self.amount, self.currency),
        };
        let unread = || GatewayError::Unexpected(format!("a balance transaction is in {currency}"));
        let currency: Currency = currency.to_uppercase().parse().map_err(|_| unread())?;
        Ok(Movement {
            kind,
            reference,
            payment: ours(PAYMENT_KEY).filter(|_| kind == MovementKind::Capture).and_then(|id| id.parse().ok()),
            refund: ours(REFUND_KEY).and_then(|id| id.parse().ok()),
            money: Money::new(amount, currency),
            at: Timestamp::from_unix_seconds(self.created),
            id: self.id,
        })
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Event {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) data: EventData,
}

#[derive(Debug, Deserialize)]
pub(super) struct EventData {
    pub(super) object: EventObject,
}

#[derive(Debug, Deserialize)]
pub(super) struct EventObject {
    pub(super) id: Option<String>,
    #[serde(default)]
    pub(super) metadata: Option<HashMap<String, String>>,
}

pub(super) fn currency_of(code: &str) -> Result<Currency, GatewayError> {
    code.to_uppercase().parse().map_err(|_| GatewayError::Unexpected(format!("no currency is called {code}")))
}

impl Session {
    pub(super) fn money(&self) -> Result<Money, GatewayError> {
        let (Some(amount), Some(currency)) = (self.amount_total, &self.currency) else {
            return Err(GatewayError::Unexpected("the session has no amount".into()));
        };
        Ok(Money::new(amount, currency_of(currency)?))
    }

    /// `intent` is the session's payment intent, where it has one. A capture is dated by the charge; without a charge by
    /// nothing, so the session counts as processing until there is one.
    pub(super) fn state(&self, intent: Option<&Intent>) -> RemoteState {
        if let Some(at) = intent.and_then(Intent::captured_at) {
            return RemoteState::Captured { at };
        }
        match (self.status.as_deref(), self.payment_status.as_deref()) {
            (Some("expired"), _) => RemoteState::Cancelled,
            (Some("complete"), _) => match intent.map(|intent| intent.status.as_str()) {
                Some("canceled" | "requires_payment_method") => RemoteState::Failed,
                _ => RemoteState::Processing,
            },
            _ => RemoteState::Open,
        }
    }
}

impl Session {
    /// What Stripe keeps. In another currency than the session's it is left to reconciliation.
    pub(super) fn fee(&self, intent: Option<&Intent>) -> i64 {
        let charge = intent.and_then(|intent| intent.latest_charge.as_ref());
        match charge {
            Some(Expandable::Object(charge)) => match &charge.balance_transaction {
                Some(Expandable::Object(booked)) if Some(&booked.currency) == self.currency.as_ref() => {
                    booked.fee.max(0)
                }
                _ => 0,
            },
            _ => 0,
        }
    }
}

impl Intent {
    fn captured_at(&self) -> Option<Timestamp> {
        match (&self.status[..], &self.latest_charge) {
            ("succeeded", Some(Expandable::Object(charge))) => Some(Timestamp::from_unix_seconds(charge.created)),
            _ => None,
        }
    }
}

impl From<Refund> for RemoteRefund {
    fn from(refund: Refund) -> Self {
        let state = match refund.status.as_deref() {
            Some("succeeded") => RefundState::Succeeded,
            Some("failed" | "canceled") => RefundState::Failed,
            _ => RefundState::Pending,
        };
        Self { refund_ref: refund.id, state }
    }
}
