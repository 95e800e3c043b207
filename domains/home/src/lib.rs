//! Home: the front page, the search for a doctor, and the first page of each role. It owns no table and changes nothing: it puts
//! together what the other rooms publish.
//!
//! `landing` is `/`; `doctors` the search, the profile and `GET /api/v1/doctors`; `patient`, `day` and `overview` the first pages of
//! patients, doctors and administrators; `timeline` the record by date; `about` says who we are, what is kept, and for whom the site works.

mod about;
mod day;
mod doctors;
mod front_door;
mod landing;
mod overview;
mod patient;
mod timeline;

/// This room, for the server.
pub fn room() -> web::Room {
    web::Room { name: "home", routes: routes(), jobs: web::Jobs::default() }
}

fn routes() -> web::Routes {
    front_door::routes()
        .merge(landing::routes())
        .merge(doctors::routes())
        .merge(patient::routes())
        .merge(timeline::routes())
        .merge(day::routes())
        .merge(overview::routes())
        .merge(about::routes())
}
