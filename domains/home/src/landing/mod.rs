//! `/`: what this is, with real numbers, and the next free time one click away.

mod pages;
mod store;

pub(crate) fn routes() -> web::Routes {
    web::Routes::new().public_get("/", "the front page is for everyone", pages::show)
}
