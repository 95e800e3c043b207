//! Which hop fails: the pages, the live line, and each way that sound and pictures can take, tried one by one.
//!
//! A try is a seat in a room of its own, on the media unit of this process (or else the least laden node), into which nothing is sent; it
//! is cleared by the unit when the browser closes it.

mod api;
mod pages;

pub(crate) fn routes() -> web::Routes {
    pages::routes().merge(api::routes())
}
