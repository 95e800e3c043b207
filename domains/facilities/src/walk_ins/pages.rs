//! The desk with its slips, and the screen in the hall.

mod desk;
mod screen;

pub(super) fn routes() -> web::Routes {
    desk::routes().merge(screen::routes())
}
