//! What people are told: in the app, by e-mail, by text message.
//!
//! ```text
//! tell ─▶ notice (in the app, live)
//!      └▶ delivery per channel: waiting ─▶ sent            the letter lies sealed; a job per delivery sends it
//!                                  ├────▶ suppressed       the address bounced or asked us to stop
//!                                  ├────▶ refused          the address was refused for good just now
//!                                  ├────▶ failed           nobody took it for a day
//!                                  ├────▶ void             what it was about was called off, or is over
//!                                  └────▶ unclear          a worker died with the text message in its hand
//! ```
//!
//! `tell` writes with the change it tells of; sending waits for the commit. A notice has an effect key: told twice, it exists once.
//! What goes out follows from its topic and from what its reader wants (`Wishes`): topics of safety, security and money may change
//! their way, never fall silent; what can wait is sent when quiet hours are over.
//! What can wait longer may be gathered into one letter a day (`digest`), and whoever has enough leaves by a link (`leaving`).
//! Subjects and text messages carry no health content: they say that there is something, and link to it.

mod config;
mod daily;
mod deliver;
pub mod deliveries;
pub mod digest;
pub mod inbox;
pub mod leaving;
mod letter;
mod lint;
pub mod mailbox;
mod quiet;
mod store;
pub mod suppression;
mod tell;
#[cfg(test)]
mod tests;
mod topic;
mod transport;
mod wishes;

pub use config::{Config, ConfigError, EmailBy, SmsBy, SmtpConfig, SmtpTls, TwilioConfig};
pub use daily::Daily;
pub use deliver::{Deliver, DeliverError, deliver};
pub use letter::{Attachment, Channel, Mail, Notice, Recipient};
pub use lint::TooTelling;
pub use quiet::Quiet;
pub use tell::{TellError, Terms, tell, tell_as, tell_on, void};
pub use topic::{Reach, Topic, Way};
pub use transport::{SendError, Transports};
pub use wishes::{WishError, Wishes, accounts_asking_for, wish, wishes};
