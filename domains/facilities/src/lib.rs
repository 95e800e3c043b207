//! Health centres as places: where they are, when they are open, who practises there.
//!
//! `/health-centres` lists them by distance from a city or a point, `/health-centres/{facility}` shows one. Doctors are tied to places by
//! `practice_places`; what they offer there is scheduling's. Whoever walks in takes a number (`walk_ins`): `/desk`, and the screen in the
//! hall, `/health-centres/{facility}/queue`.

mod places;
pub mod walk_ins;

pub use places::{
    Country, FindError, Hours, NewPlace, OpenError, Place, PlaceKind, Point, WeekHours, find, let_practise, open_place,
    stop_practising,
};

/// What this room shows the server.
pub fn room() -> web::Room {
    web::Room { name: "facilities", routes: places::routes().merge(walk_ins::routes()), jobs: web::Jobs::default() }
}
