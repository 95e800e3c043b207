//! What services cost for a time, instead of their own price: a door to `billing::prices`, which holds the lists and does not know
//! the services.

mod admin;
mod commission_pages;
mod store;

pub(crate) fn routes() -> web::Routes {
    admin::routes().merge(commission_pages::routes())
}
