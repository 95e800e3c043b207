//! `/doctor`: the doctor's day. Who comes when, who waits since when, what asks for an answer; live while it is open.

mod pages;
mod store;
mod view;

pub(crate) fn routes() -> web::Routes {
    web::Routes::new().get::<web::Doctor, _, _>("/doctor", pages::show)
}
