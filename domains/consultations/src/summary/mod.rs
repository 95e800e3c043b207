//! What the patient takes home: found, to do, next.

mod api;
mod letter;
mod pages;

pub(crate) use letter::{News, send, tell};
pub(crate) use pages::{again, paragraphs};

pub(crate) fn routes() -> web::Routes {
    use web::{Patient, SignedIn};
    web::Routes::new()
        .get::<SignedIn, _, _>("/visits/{visit}/summary", pages::show)
        .post::<Patient, _, _>("/visits/{visit}/hiding", pages::hide)
        .post::<Patient, _, _>("/visits/{visit}/showing", pages::show_again)
        .api_get::<SignedIn, (), api::Summary, _, _>(
            "/api/v1/visits/{visit}/summary",
            "What was found and what to do, once the visit is signed",
            api::show,
        )
}
