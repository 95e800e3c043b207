//! Two records of one person, joined by a link and taken apart again (adr/0033).
//!
//! ```text
//!                ┌──────────── join: reason, second factor ───────────┐
//! two records ───┤                                                    ▼
//!   ▲            └ refused: something stands in the way      retired ──replaced-by──▶ survivor
//!   └──────────────── part: reason, second factor ────────────────────┘
//! ```
//!
//! * A link, as FHIR's `Patient.link`: nothing of health is moved or opened, each row stays sealed under its own patient's key.
//!   `app.joined(patient)` names the records of one person, and every section of the chart, every safety check and every question of
//!   access asks it.
//! * One level: what is retired takes nothing up, what has taken up is not retired. The database keeps that (`record_joins_one_level`).
//! * Nothing new begins in a retired record (`app.refuse_retired`, `record_retired`).
//! * Rooms to the right say what a record holds, what contradicts and what stands in the way ([`holdings`]).

mod api;
pub mod holdings;
mod join;
mod letters;
mod list;
mod look;
mod model;
mod pages;
mod part;
mod policy;
mod prove;
mod store;

pub use holdings::{Conflict, Held, Holdings, Obstacle, Pair, Parts, Seen};
pub use join::{Join, JoinError, join};
pub use look::{LookError, Preview, look};
pub use model::{Account, Identity, Joined, Side};
pub use part::{Part, PartError, part};

pub(crate) fn routes() -> web::Routes {
    api::routes().merge(pages::routes())
}
