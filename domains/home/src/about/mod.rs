//! `/about`, `/privacy`, `/accessibility`: what we are, what we do with what we know, and for whom the site works.

mod pages;

pub(crate) fn routes() -> web::Routes {
    web::Routes::new()
        .public_get("/about", "anyone may read who we are", pages::about)
        .public_get("/privacy", "anyone may read what is kept", pages::privacy)
        .public_get("/accessibility", "anyone may read for whom this works", pages::accessibility)
}
