//! What a person wants to hear, by which way, when, and in which language; and the ways out for those who want less.
//!
//! ```text
//! type × way ─set─▶ wishes of notify ─▶ a letter now, in the morning, in the daily letter, or none
//! a letter's link ─▶ /unsubscribe/{token} ─▶ no more e-mail of that type        without signing in
//! ```
//!
//! The rules stand in `notify`; this feature lets people set them.

mod api;
mod digest;
mod form;
mod pages;
mod set;
mod try_out;

pub(crate) use digest::{Digest, gather, write};

use web::{Routes, SignedIn};

const LETTER: &str = "whoever has a letter may stop letters of its kind; the token proves that it was theirs";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<SignedIn, _, _>("/account/notifications", pages::show)
        .post::<SignedIn, _, _>("/account/notifications", pages::save)
        .post::<SignedIn, _, _>("/account/notifications/test", pages::test)
        .public_get("/unsubscribe/{token}", LETTER, pages::leave::ask)
        .public_post("/unsubscribe/{token}", LETTER, pages::leave::leave)
        .api_get::<SignedIn, (), api::PreferencesView, _, _>(
            "/api/v1/notification-preferences",
            "What I want to hear, how and when",
            api::show,
        )
        .api_put::<SignedIn, api::PreferencesBody, api::PreferencesView, _, _>(
            "/api/v1/notification-preferences",
            "Set what I want to hear, how and when",
            api::put,
        )
        .api_post::<SignedIn, (), api::TestView, _, _>(
            "/api/v1/notification-preferences/test",
            "Send me a test by every way that I have switched on",
            api::test,
        )
}
