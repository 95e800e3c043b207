//! What patients say of their visits, and what it adds up to.
//!
//! * `reviews`: one per finished visit, by its own patient; moderation; the score of each doctor
//!
//! News from: [`scheduling::AppointmentEnded`] invites the patient an hour later.

pub mod reviews;

/// What this room shows the server.
pub fn room() -> web::Room {
    web::Room { name: "community", routes: reviews::routes(), jobs: reviews::jobs() }
}
