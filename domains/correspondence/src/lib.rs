//! What patient and doctor write to each other between visits.
//!
//! * [`threads`]: conversations by subject, who may begin one, what is sent, read and done
//! * [`covers`]: who answers for a doctor who is away
//! * [`e_visits`]: a question that needs a paid answer; its price is accepted before anything is owed
//!
//! ```text
//! patient ─begin, send─▶ thread ─(event)─▶ letter "you have a message"     doctor ─answer─▶ thread ─(event)─▶ letter
//!    └─signs of an emergency: the page stops, and shows whom to call
//! ```
//!
//! Not the inbox of notices (`messaging`): a thread needs the care link, the bill and the urgent desk. This room hears of
//! `billing::PaymentSettled`.

mod config;
pub mod covers;
pub mod e_visits;
mod error;
mod letters;
pub mod threads;
mod work;

pub use config::{Config, ConfigError};
pub use error::MessageError;

/// What this room shows the server.
pub fn room() -> web::Room {
    let routes = threads::routes().merge(covers::routes()).merge(e_visits::routes());
    web::Room { name: "correspondence", routes, jobs: work::jobs() }
}
