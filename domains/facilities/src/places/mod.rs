//! A place with its hours and its doctors.

mod model;
mod open;
mod pages;
mod store;

use db::Tx;
use kernel::ids::FacilityId;

pub use model::{Country, Hours, NewPlace, Place, PlaceKind, Point, WeekHours};
pub use open::{OpenError, let_practise, open_place, stop_practising};

/// The database could not be asked.
pub type FindError = db::Error;

/// One place that is open to the public.
pub async fn find(tx: &mut Tx, id: FacilityId) -> Result<Option<Place>, FindError> {
    store::find(tx, id).await
}

/// The nearest hospitals to a point, and how far each is in metres.
pub async fn nearest_hospitals(tx: &mut Tx, near: Point, limit: i64) -> Result<Vec<(Place, f64)>, FindError> {
    store::list_hospitals(tx, near, limit).await
}

pub(crate) fn routes() -> web::Routes {
    pages::routes()
}
