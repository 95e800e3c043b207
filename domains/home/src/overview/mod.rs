//! `/admin`: the hospital in numbers, each a link to the list behind it.

mod pages;
mod store;

pub(crate) fn routes() -> web::Routes {
    web::Routes::new().get::<web::Admin, _, _>("/admin", pages::show)
}
