//! A voucher is a discount with a code, with how often it may be used in all and by one patient.
//!
//! ```text
//! redeem ─▶ taken ──charge paid──▶ spent
//!             └──charge void (the hold lapsed) or refunded whole──▶ free again, by itself
//! ```
//! Money that comes late for a void charge whose voucher somebody else has taken since goes back whole (`payments::apply`): the price
//! that was paid is not to be had any more.
//!
//! A use is not a counter: it is a row beside its charge and counts as long as the charge stands. The voucher's row is locked
//! while its uses are counted, so that of many who want the last one exactly one has it.

mod holds;
mod redeem;
pub(crate) mod store;

pub(crate) use holds::still_holds;
pub use redeem::{RedeemError, redeem, remove};
