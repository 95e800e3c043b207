//! Two records of one person: found, shown to administrators, and decided by people alone.
//!
//! ```text
//! a record is new or changed ─▶ keys written ─▶ others with a key in common ─▶ weighed ─▶ open ─not the same─▶ different
//!                                                 (one statement)            (pure)       ▲────look again────┘
//! ```
//!
//! * **Blocking** ([`keys`]): only records with a key in common are compared, so that it is never everybody with everybody.
//! * **Weighing** ([`weights`]): each field adds bits for or against, after Fellegi and Sunter. Twins, and a parent and child of one
//!   name, look alike by their fields; rules that know them keep such a pair low.
//! * Nothing follows by itself. That a pair is of two people is remembered, whatever is compared later.
//! * At the desk, "is this person here already?" asks the same question of what somebody says ([`probe`]).
//! * A patient is never told: not at signing up, not in the access log.

mod api;
mod compare;
mod config;
mod decide;
mod keys;
mod list;
mod model;
mod names;
mod pages;
mod probe;
mod store;
#[cfg(test)]
mod tests;
mod weights;

pub(crate) use compare::plan;
pub use compare::{LookForDuplicates, look};
pub use config::{Config, ConfigError, Thresholds};
pub use decide::{DecideError, decide};
pub use model::{Band, Decision, Pair, Person, Reason};
pub use probe::{Asked, Found, ProbeError, probe};
pub use weights::{Weighed, weigh};

pub(crate) fn routes() -> web::Routes {
    api::routes().merge(pages::routes())
}

/// Minutes between looks for what no job of its own has compared: records that were moved in, or a job that was buried.
const EVERY_MINUTES: u32 = 30;

pub(crate) fn jobs() -> web::Jobs {
    web::Jobs::new().on::<LookForDuplicates, _, _>(|app, _| async move { Ok(look(&app).await?) }).every(
        "people.look_for_duplicates_again",
        EVERY_MINUTES,
        |app| async move { Ok(look(&app).await?) },
    )
}
