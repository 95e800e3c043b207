//! The people of the hospital, and why one may see another.
//!
//! ```text
//! sign_up         a registration becomes an account with a patient's record
//! patients        what a patient tells about themselves
//! dependants      children, and who acts for them until they come of age
//! duplicates      records that may be one person's
//! joins           two records of one person, joined by a link and taken apart again
//! practitioners   doctors: invited, checked, published, suspended
//! papers          licence and identity papers, sealed
//! cards           QR codes by which the desk recognizes a patient
//! care_links      why a practitioner may see a patient
//! specialties, countries, languages   what forms offer
//! ```

pub mod cards;
pub mod care_links;
mod choices;
pub mod countries;
pub mod dependants;
pub mod duplicates;
pub mod joins;
pub mod languages;
pub mod papers;
pub mod patients;
pub mod practitioners;
pub mod sign_up;
pub mod specialties;
mod text;

pub use choices::countries as country_choices;

/// Routes and jobs of this room.
pub fn room() -> web::Room {
    let routes = sign_up::routes()
        .merge(patients::pages::routes())
        .merge(cards::routes())
        .merge(dependants::routes())
        .merge(duplicates::routes())
        .merge(joins::routes())
        .merge(practitioners::routes());
    web::Room { name: "people", routes, jobs: duplicates::jobs() }
}
