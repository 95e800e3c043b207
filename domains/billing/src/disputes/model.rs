//! What a dispute is, and its states.

use kernel::{
    Money, Timestamp,
    ids::{DisputeId, PaymentId},
};

/// ```text
/// open → under_review → won | lost
///   └────────────────────┘
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DisputeStatus {
    /// Evidence is wanted.
    Open,
    /// The bank decides.
    UnderReview,
    Won,
    Lost,
}

impl DisputeStatus {
    pub const ALL: [Self; 4] = [Self::Open, Self::UnderReview, Self::Won, Self::Lost];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::UnderReview => "under_review",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        Self::ALL.into_iter().find(|status| status.as_str() == text).unwrap_or(Self::Open)
    }

    pub const fn is_over(self) -> bool {
        matches!(self, Self::Won | Self::Lost)
    }

    /// The state after hearing of `news`; `None` when nothing changes. What is decided stays decided.
    pub fn advance(self, news: Self) -> Option<Self> {
        (!self.is_over() && news != self && !(self == Self::UnderReview && news == Self::Open)).then_some(news)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    pub id: DisputeId,
    pub gateway: String,
    pub dispute_ref: String,
    pub payment: PaymentId,
    /// What the gateway has taken.
    pub money: Money,
    /// Of that, what had not gone back to the patient already.
    pub held: i64,
    pub fee: i64,
    pub fee_of_payee: i64,
    pub reason: String,
    pub status: DisputeStatus,
    pub evidence_due_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::DisputeStatus::{self, *};

    #[test]
    fn what_the_bank_has_decided_stays_decided() {
        for news in DisputeStatus::ALL {
            assert_eq!((Won.advance(news), Lost.advance(news)), (None, None));
        }
        assert_eq!(Open.advance(Lost), Some(Lost));
        assert_eq!(UnderReview.advance(Open), None);
    }
}
