//! What a payment is, and the lattice of its states.

use gateways::payment::RemoteState;
use kernel::{
    Money, Timestamp,
    ids::{ChargeId, PatientId, PaymentId, PractitionerId},
};

/// ```text
/// created → requires_action → processing → failed | cancelled
///                                        ↘ captured → partially_refunded → refunded
/// ```
/// Gateways send their news late, twice and out of order, so the states have ranks and a payment only ever moves up: an
/// older event never moves it back, and money that did arrive outranks an earlier "failed".
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentStatus {
    Created,
    RequiresAction,
    Processing,
    Failed,
    Cancelled,
    Captured,
    PartiallyRefunded,
    Refunded,
}

impl PaymentStatus {
    pub const ALL: [Self; 8] = [
        Self::Created,
        Self::RequiresAction,
        Self::Processing,
        Self::Failed,
        Self::Cancelled,
        Self::Captured,
        Self::PartiallyRefunded,
        Self::Refunded,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::RequiresAction => "requires_action",
            Self::Processing => "processing",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Captured => "captured",
            Self::PartiallyRefunded => "partially_refunded",
            Self::Refunded => "refunded",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        Self::ALL.into_iter().find(|status| status.as_str() == text).unwrap_or(Self::Created)
    }

    pub const fn rank(self) -> u8 {
        match self {
            Self::Created => 0,
            Self::RequiresAction => 10,
            Self::Processing => 20,
            Self::Failed | Self::Cancelled => 30,
            Self::Captured => 40,
            Self::PartiallyRefunded => 50,
            Self::Refunded => 60,
        }
    }

    /// May still become paid by itself.
    pub const fn is_open(self) -> bool {
        self.rank() < Self::Failed.rank()
    }

    pub const fn has_money(self) -> bool {
        self.rank() >= Self::Captured.rank()
    }

    /// The state after hearing of `news`: it, when it outranks this one; `None` when nothing changes.
    pub const fn advance(self, news: Self) -> Option<Self> {
        if news.rank() > self.rank() { Some(news) } else { None }
    }
}

impl From<RemoteState> for PaymentStatus {
    fn from(remote: RemoteState) -> Self {
        match remote {
            RemoteState::Open => Self::RequiresAction,
            RemoteState::Processing => Self::Processing,
            RemoteState::Captured { .. } => Self::Captured,
            RemoteState::Failed => Self::Failed,
            RemoteState::Cancelled => Self::Cancelled,
        }
    }
}

/// One attempt to pay a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    pub id: PaymentId,
    pub charge: ChargeId,
    pub patient: PatientId,
    pub practitioner: PractitionerId,
    pub gateway: String,
    pub gateway_ref: Option<String>,
    pub checkout_url: Option<String>,
    pub status: PaymentStatus,
    pub money: Money,
    /// Given back or promised back, in minor units.
    pub refunded: i64,
    pub captured_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::PaymentStatus::{self, *};

    #[test]
    fn news_only_ever_moves_a_payment_up() {
        for now in PaymentStatus::ALL {
            for news in PaymentStatus::ALL {
                let after = now.advance(news).unwrap_or(now);
                assert!(after.rank() >= now.rank(), "{now:?} + {news:?} = {after:?}");
            }
        }
    }

    #[test]
    fn the_order_of_news_does_not_matter_once_there_is_money() {
        let news = [RequiresAction, Processing, Failed, Captured];
        for first in news {
            for second in news {
                for third in news {
                    let end = [first, second, third].into_iter().fold(Created, |s, n| s.advance(n).unwrap_or(s));
                    let paid = [first, second, third].contains(&Captured);
                    assert_eq!(end == Captured, paid, "{first:?} {second:?} {third:?}");
                }
            }
        }
    }

    #[test]
    fn a_decline_after_the_money_arrived_changes_nothing() {
        assert_eq!(Captured.advance(Failed), None);
        assert_eq!(Refunded.advance(Captured), None);
        assert_eq!(Failed.advance(Captured), Some(Captured));
        assert_eq!(Failed.advance(Cancelled), None);
    }
}
