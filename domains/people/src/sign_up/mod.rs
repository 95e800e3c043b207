//! Signing up: a registration (identity) becomes an account with a patient's record, and the person is signed in.
//!
//! ```text
//! /sign-up ──form──▶ /sign-up/{registration} ──code──▶ account + record + session ──▶ where the person wanted to go
//! ```

mod api;
mod complete;
mod form;
mod pages;

pub use complete::{CompleteError, Completed, SignedUp, complete};

pub(crate) fn routes() -> web::Routes {
    pages::routes().merge(api::routes())
}
