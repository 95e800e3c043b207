//! The patient's home: what comes next, what is left to do, and the way to everything else.

mod pages;
mod store;
mod view;

pub(crate) fn routes() -> web::Routes {
    web::Routes::new().get::<web::Patient, _, _>("/home/patient", pages::show)
}
