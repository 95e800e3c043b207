//! What a visit issues on paper: sick notes, certificates, referral letters, orders.
//!
//! A paper is a committed command ([`crate::commands`]) and has its id. The patient reads and prints it at once; whoever is shown it checks it by
//! its code on a public page, which says that it stands and for which days, and nothing of an illness. One that was withdrawn says so there.

mod letter;
mod mark;
mod pages;
mod paper;
mod store;

pub use mark::{code, grouped, initials};
pub use store::stands;

pub(crate) use letter::issued;

pub(crate) fn routes() -> web::Routes {
    use web::{Patient, SignedIn};
    web::Routes::new()
        .get::<Patient, _, _>("/letters", pages::list)
        .get::<SignedIn, _, _>("/letters/{letter}", pages::document)
        .public_get(
            "/papers/{code}",
            "an employer, a school or a colleague checks a paper by its QR code",
            pages::verify,
        )
}
