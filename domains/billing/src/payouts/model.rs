//! What a payout is, and its states.

use kernel::{
    Money,
    ids::{PayoutId, PractitionerId},
};

/// ```text
/// created → submitted → paid → returned
///    └──────────┴─▶ failed
/// ```
/// What the gateway says when asked decides; a state never goes back, so old news does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PayoutStatus {
    Created,
    Submitted,
    Paid,
    Failed,
    Returned,
}

impl PayoutStatus {
    pub const ALL: [Self; 5] = [Self::Created, Self::Submitted, Self::Paid, Self::Failed, Self::Returned];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Submitted => "submitted",
            Self::Paid => "paid",
            Self::Failed => "failed",
            Self::Returned => "returned",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        Self::ALL.into_iter().find(|status| status.as_str() == text).unwrap_or(Self::Created)
    }

    /// The gateway has not answered for good.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Created | Self::Submitted)
    }

    /// The state after hearing of `news`; `None` when nothing changes.
    pub const fn advance(self, news: Self) -> Option<Self> {
        match (self, news) {
            (Self::Created, Self::Submitted)
            | (Self::Created | Self::Submitted, Self::Paid | Self::Failed | Self::Returned)
            | (Self::Paid, Self::Returned) => Some(news),
            // What was paid and is now called failed has come back.
            (Self::Paid, Self::Failed) => Some(Self::Returned),
            (
                Self::Created | Self::Submitted | Self::Paid | Self::Failed | Self::Returned,
                Self::Created | Self::Submitted | Self::Paid | Self::Failed | Self::Returned,
            ) => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payout {
    pub id: PayoutId,
    pub payee: PractitionerId,
    pub gateway: String,
    pub account_ref: String,
    pub money: Money,
    pub status: PayoutStatus,
    pub payout_ref: Option<String>,
}

/// Whether a payee can be paid through a gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PayeeState {
    /// No account was asked for.
    None,
    Pending,
    Verified,
    Restricted,
}

impl PayeeState {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Pending => "pending",
            Self::Verified => "verified",
            Self::Restricted => "restricted",
        }
    }

    pub(crate) fn read(text: Option<&str>) -> Self {
        match text {
            Some("verified") => Self::Verified,
            Some("restricted") => Self::Restricted,
            Some(_) => Self::Pending,
            None => Self::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PayoutStatus::{self, *};

    #[test]
    fn news_in_any_order_ends_in_the_same_state() {
        for (news, end) in [([Submitted, Paid, Returned], Returned), ([Submitted, Submitted, Paid], Paid)] {
            let mut orders = vec![news];
            orders.push([news[1], news[0], news[2]]);
            for order in orders {
                let state = order.into_iter().fold(Created, |state, news| state.advance(news).unwrap_or(state));
                assert_eq!(state, end, "{order:?}");
            }
        }
    }

    #[test]
    fn what_is_over_stays_over() {
        for news in PayoutStatus::ALL {
            assert_eq!(Failed.advance(news), None);
            assert_eq!(Returned.advance(news), None);
        }
        assert_eq!(Paid.advance(Submitted), None);
        assert_eq!(Paid.advance(Failed), Some(Returned));
    }
}
