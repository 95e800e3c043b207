//! Whoever sells: doctors under their own ids, and places (a laboratory, a pharmacy) that are made suppliers here.
//!
//! A charge names its supplier; the share, the row of invoice numbers, the account at the gateway and the payouts are the supplier's. Both
//! kinds have ids of one type, `PractitionerId`, for a doctor is a supplier from the first moment.

mod register;
pub(crate) mod store;

pub use register::{NewPlace, RegisterError, register};
