//! A person's notices: what they were told, newest first, read or not.
//!
//! ```text
//! told ─read─▶ read        opening a notice reads it; the first time counts
//! ```

mod api;
mod pages;

use web::{Routes, SignedIn};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<SignedIn, _, _>("/notifications", pages::list)
        .post::<SignedIn, _, _>("/notifications/reading", pages::read_all)
        .post::<SignedIn, _, _>("/notifications/{notice}/reading", pages::read)
        .api_get::<SignedIn, (), api::NoticePage, _, _>("/api/v1/notices", "My notices, newest first", api::list)
        .api_post::<SignedIn, (), api::NoticeView, _, _>(
            "/api/v1/notices/{notice}/reading",
            "Mark a notice as read",
            api::read,
        )
}
