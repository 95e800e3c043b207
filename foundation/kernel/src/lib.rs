//! The words every room shares: typed ids, time, money, faults. No I/O happens here.
//!
//! `Timestamp` is an instant, `LocalDate` a day on a calendar, `TimeSlot` a half-open span; `Zone` is a checked IANA name.
//! `Money` is integer minor units with an ISO 4217 currency. `Fault` is what a verb's error says to its three doors.

mod fault;
pub mod ids;
mod locale;
mod money;
mod page;
mod phi;
mod random;
mod sex;
mod slot;
mod time;

pub use fault::{Fault, FaultKind, FieldError, Refusal};
pub use locale::{Direction, Locale};
pub use money::{Currency, Money, MoneyError};
pub use page::{Cursor, Page, PageRequest};
pub use phi::{Phi, Secret};
pub use random::Random;
pub use sex::Sex;
pub use slot::TimeSlot;
pub use time::{LocalDate, Timestamp, Zone, ZoneError};
