//! The HTML door: joining, one's own places, an offer; the lists of doctor and desk.

mod join;
mod lists;
mod mine;
mod offer;

pub(super) fn routes() -> web::Routes {
    join::routes().merge(mine::routes()).merge(offer::routes()).merge(lists::routes())
}
