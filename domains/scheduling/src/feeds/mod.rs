//! One's own appointments in one's own calendar program, under an address that nobody can guess.
//!
//! ```text
//! none ─open─▶ open ─rotate─▶ open under a new address          the old one is gone at once
//!                └──revoke─▶ none                               absent and revoked look the same
//! ```
//!
//! What stands there lands in programs that others may see: that there is an appointment, when, and where; the other person's name only
//! on request; never why.

mod api;
mod open;
mod pages;
mod read;
mod store;

use web::{Routes, SignedIn};

const PROGRAMS: &str = "calendar programs cannot sign in; the address is the key, and can be taken back";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<SignedIn, _, _>("/account/calendar", pages::show)
        .post::<SignedIn, _, _>("/account/calendar", pages::open)
        .post::<SignedIn, _, _>("/account/calendar/names", pages::names)
        .post::<SignedIn, _, _>("/account/calendar/revocation", pages::revoke)
        .public_get("/calendar/{token}", PROGRAMS, pages::feed)
        .api_get::<SignedIn, (), api::FeedView, _, _>(
            "/api/v1/calendar-feed",
            "Whether my appointments can be read as a calendar",
            api::show,
        )
        .api_post::<SignedIn, api::FeedBody, api::OpenedView, _, _>(
            "/api/v1/calendar-feed",
            "Open an address for my calendar program; the one before is taken back",
            api::open,
        )
        .api_delete::<SignedIn, (), (), _, _>("/api/v1/calendar-feed", "Take the address back", api::revoke)
}
