//! Finding a doctor, and the doctor's public page.
//!
//! A search is a GET form. Free text is read as filters ([`words`]), the filters that apply stand as chips that can be taken
//! away, the rest is looked for in names, places and biographies, in any script and with tolerance for typing ([`likeness`]). All published
//! doctors stand in an index that is kept between requests ([`index`], [`current`]). Results carry the next free times ([`find`]).

mod api;
mod criteria;
mod current;
mod find;
mod form;
mod index;
mod likeness;
mod model;
mod pages;
mod profile;
mod store;
#[cfg(test)]
mod tests;
mod view;
mod vocabulary;
mod words;

pub(crate) use criteria::{Criteria, Sort, When};
pub(crate) use find::find;
pub(crate) use model::initials;
pub(crate) use view::{Card, card, day_name, doctor_name, weekday, zone_words};

pub(crate) fn routes() -> web::Routes {
    web::Routes::new()
        .public_get("/doctors", "anyone may look for a doctor", pages::search)
        .public_get("/doctors/{doctor}", "anyone may read a published doctor's page", profile::show)
        .merge(api::routes())
}
