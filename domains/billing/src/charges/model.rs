//! What a charge is, and the states it may be in.

use kernel::{
    Money, Timestamp,
    ids::{AppointmentId, ChargeId, PatientId, PractitionerId, SplitRuleId},
};
use uuid::Uuid;

/// The most that can be charged at once, in minor units.
pub const LARGEST_AMOUNT: i64 = 100_000_000_000;

/// The thing that is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Appointment(AppointmentId),
    /// Sold in a visit besides the visit itself: a test, a medicine. `id` is the order's in the room that sells; the bill of the
    /// visit collects it.
    Order {
        id: Uuid,
        visit: AppointmentId,
    },
}

impl Subject {
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Appointment(_) => "appointment",
            Self::Order { .. } => "order",
        }
    }

    pub(crate) const fn id(self) -> Uuid {
        match self {
            Self::Appointment(id) => id.uuid(),
            Self::Order { id, .. } => id,
        }
    }

    /// An order, and nothing else, is kept with its visit.
    pub(crate) fn read(id: Uuid, visit: Option<AppointmentId>) -> Self {
        match visit {
            Some(visit) => Self::Order { id, visit },
            None => Self::Appointment(AppointmentId::from_uuid(id)),
        }
    }

    /// The visit whose bill this stands on.
    pub const fn visit(self) -> AppointmentId {
        match self {
            Self::Appointment(visit) | Self::Order { visit, .. } => visit,
        }
    }

    pub(crate) const fn order_visit(self) -> Option<AppointmentId> {
        match self {
            Self::Appointment(_) => None,
            Self::Order { visit, .. } => Some(visit),
        }
    }

    pub const fn appointment(self) -> Option<AppointmentId> {
        match self {
            Self::Appointment(id) => Some(id),
            Self::Order { .. } => None,
        }
    }

    /// The page of the thing that is paid for.
    pub fn path(self) -> String {
        match self {
            Self::Appointment(id) => format!("/appointments/{id}"),
            Self::Order { visit, .. } => format!("/bills/{visit}"),
        }
    }

    /// Where "pay" leads.
    pub(crate) fn pay_path(self) -> String {
        format!("{}/payment", self.path())
    }
}

/// ```text
/// open → settled → partially_refunded → refunded
/// open → void → settled (money that came late; whoever raised the charge decides what becomes of it)
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChargeStatus {
    Open,
    Settled,
    Void,
    PartiallyRefunded,
    Refunded,
}

impl ChargeStatus {
    pub const ALL: [Self; 5] = [Self::Open, Self::Settled, Self::Void, Self::PartiallyRefunded, Self::Refunded];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Settled => "settled",
            Self::Void => "void",
            Self::PartiallyRefunded => "partially_refunded",
            Self::Refunded => "refunded",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        Self::ALL.into_iter().find(|status| status.as_str() == text).unwrap_or(Self::Void)
    }

    /// A payment has settled it already.
    pub const fn is_paid(self) -> bool {
        matches!(self, Self::Settled | Self::PartiallyRefunded | Self::Refunded)
    }

    /// There is something to pay, and the time for it is not over.
    pub(crate) fn is_payable(self, amount: i64, until: Timestamp, now: Timestamp) -> bool {
        self == Self::Open && amount > 0 && now < until
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    pub id: ChargeId,
    pub patient: PatientId,
    /// The supplier: a doctor, or a place under its id as a supplier.
    pub practitioner: PractitionerId,
    pub subject: Subject,
    pub price: Money,
    /// What the platform keeps of it: a snapshot of the rule in force when the charge was raised.
    pub platform_basis_points: u32,
    /// The rule of splitting in force when the charge was raised; its versions are never edited.
    pub split_rule: Option<SplitRuleId>,
    pub status: ChargeStatus,
    pub payable_until: Timestamp,
}

impl Charge {
    pub(crate) fn is_payable(&self, now: Timestamp) -> bool {
        self.status.is_payable(self.price.amount, self.payable_until, now)
    }
}
