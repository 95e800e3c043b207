//! The note as a list of commands: what the doctor decides, each as data.
//!
//! ```text
//! (typed) ──stage──▶ staged ──commit──▶ committed: signed by itself, takes effect ──withdraw──▶ entered in error
//!                      │ ▲ stage again
//!                      └─┴─discard──▶ (gone)
//! ```
//!
//! A diagnosis, an instruction and a follow-up become part of the note when it is signed ([`fold`]); an order, a referral, a sick note and
//! a certificate are papers of their own ([`crate::letters`]), before the signature or after it. What is staged is its doctor's alone and
//! does nothing; a note is not signed over it. A committed command never changes: the database refuses it, and its SHA-256 is recomputed
//! whenever it is read. Nothing is prescribed here: a prescription has its own room, with its own checks.

mod api;
mod change;
mod commit;
mod fold;
mod form;
mod kinds;
mod model;
mod pages;
pub(crate) mod store;
mod withdraw;
mod words;

pub use change::{Stage, discard, stage};
pub use commit::{Commitment, PaperIssued, commit};
pub use fold::fold;
pub use model::{Capacity, Command, CommandRow, Kind, Status, Urgency};
pub use store::list_by_ids;
pub use withdraw::{Withdrawal, withdraw};
pub use words::title;

pub(crate) use api::CommandView;
pub(crate) use words::details;

pub(crate) fn routes() -> web::Routes {
    use web::Doctor;
    web::Routes::new()
        .get::<Doctor, _, _>("/visits/{visit}/commands", pages::show)
        .post::<Doctor, _, _>("/visits/{visit}/commands", pages::stage)
        .post::<Doctor, _, _>("/visits/{visit}/commands/commitment", pages::commit_all)
        .post::<Doctor, _, _>("/visits/{visit}/commands/{command}/commitment", pages::commit)
        .post::<Doctor, _, _>("/visits/{visit}/commands/{command}/removal", pages::discard)
        .post::<Doctor, _, _>("/visits/{visit}/commands/{command}/withdrawal", pages::withdraw)
        .api_get::<Doctor, (), kinds::Kinds, _, _>(
            "/api/v1/command-kinds",
            "The kinds of commands whose name has these words in it",
            kinds::list,
        )
        .api_get::<Doctor, (), api::Listed, _, _>(
            "/api/v1/visits/{visit}/commands",
            "The commands of a visit's note",
            api::list,
        )
        .api_post::<Doctor, Command, api::CommandView, _, _>(
            "/api/v1/visits/{visit}/commands",
            "Stage a command: it does nothing until it is committed",
            api::stage_new,
        )
        .api_put::<Doctor, api::Again, api::CommandView, _, _>(
            "/api/v1/visits/{visit}/commands/{command}",
            "Change a staged command; 409 stale_version when it was changed since",
            api::stage_again,
        )
        .api_delete::<Doctor, (), (), _, _>(
            "/api/v1/visits/{visit}/commands/{command}",
            "Discard a staged command",
            api::discard_it,
        )
        .api_post::<Doctor, api::Commit, api::CommandView, _, _>(
            "/api/v1/visits/{visit}/commands/{command}/commitment",
            "Commit a staged command: it is signed and takes effect",
            api::commit_it,
        )
        .api_post::<Doctor, api::Reason, api::CommandView, _, _>(
            "/api/v1/visits/{visit}/commands/{command}/withdrawal",
            "Mark a committed command as entered in error",
            api::withdraw_it,
        )
}
