use db::Tx;
use kernel::{
    Fault, FaultKind, Money, Timestamp,
    ids::{DiscountId, PractitionerId, PriceId, ServiceId},
};

use super::{Off, store};

#[derive(Debug, thiserror::Error)]
pub enum EditError {
    #[error("no such entry, or it has ended")]
    NotFound,
    #[error("it ends before it begins")]
    EndsBeforeItBegins,
    #[error("another entry holds at that time")]
    Overlaps,
    #[error("the code is in use")]
    CodeTaken,
    #[error("a code has three to thirty letters, digits or hyphens")]
    WrongCode,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for EditError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::EndsBeforeItBegins => FaultKind::invalid("until", "prices-error-until"),
            Self::Overlaps => FaultKind::invalid("from", "prices-error-overlaps"),
            Self::CodeTaken => FaultKind::invalid("code", "prices-error-code-taken"),
            Self::WrongCode => FaultKind::invalid("code", "prices-error-code"),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// What a service costs in a time, for whoever books in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListPrice {
    pub service: ServiceId,
    pub practitioner: PractitionerId,
    pub price: Money,
    pub valid_from: Timestamp,
    pub valid_until: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTax {
    /// ISO 3166-1, two letters.
    pub country: String,
    pub name: String,
    pub basis_points: u32,
    pub inclusive: bool,
    pub valid_from: Timestamp,
    pub valid_until: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDiscount {
    /// None: everybody has it.
    pub code: Option<String>,
    pub name: String,
    pub off: Off,
    /// None: with every doctor.
    pub practitioner: Option<PractitionerId>,
    pub valid_from: Timestamp,
    pub valid_until: Option<Timestamp>,
    pub most_uses: Option<i32>,
    pub per_patient: Option<i32>,
}

fn in_order(from: Timestamp, until: Option<Timestamp>) -> Result<(), EditError> {
    if until.is_some_and(|until| until <= from) { Err(EditError::EndsBeforeItBegins) } else { Ok(()) }
}

/// Administrators only: row-level security refuses everybody else.
pub async fn add_price(tx: &mut Tx, new: &ListPrice) -> Result<PriceId, EditError> {
    in_order(new.valid_from, new.valid_until)?;
    store::insert_list_price(tx, new).await.map_err(|error| match error.constraint() {
        Some("price_list_one_at_a_time") => EditError::Overlaps,
        _ => EditError::Db(error),
    })
}

/// From now on the service's own price holds again. An entry that has not begun goes away.
pub async fn end_price(tx: &mut Tx, price: PriceId) -> Result<(), EditError> {
    if store::end_list_price(tx, price).await? { Ok(()) } else { Err(EditError::NotFound) }
}

pub async fn add_tax(tx: &mut Tx, new: &NewTax) -> Result<(), EditError> {
    in_order(new.valid_from, new.valid_until)?;
    store::insert_tax(tx, new).await.map_err(|error| match error.constraint() {
        Some("tax_rates_one_at_a_time") => EditError::Overlaps,
        _ => EditError::Db(error),
    })
}

pub async fn add_discount(tx: &mut Tx, new: &NewDiscount) -> Result<DiscountId, EditError> {
    in_order(new.valid_from, new.valid_until)?;
    if let Some(code) = &new.code {
        let fits =
            (3..=30).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !fits {
            return Err(EditError::WrongCode);
        }
    }
    store::insert_discount(tx, new).await.map_err(|error| match error.constraint() {
        Some("discounts_code_key") => EditError::CodeTaken,
        _ => EditError::Db(error),
    })
}
