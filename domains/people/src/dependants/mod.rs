//! Children, and who acts for them.
//!
//! A parent adds a child: a patient without an account, and a row that says who speaks for them. From then on the child is one of the
//! parent's patients (`Actor::patients`, `app.patients()`), and row-level security decides all else. It ends by itself on the birthday
//! of age, by the law of the child's country, or when the parent ends it.
//!
//! Pages show one record at a time: `/acting-for` chooses whose (adr/0038).

mod acting;
mod add;
mod api;
mod config;
mod end;
mod model;
mod pages;
mod store;

pub use add::{AddChild, AddError, add_child};
pub use config::{Config, ConfigError};
pub use end::{EndError, end};
pub use model::{Dependant, Relation};
pub use store::{list, list_spoken_for};

pub(crate) fn routes() -> web::Routes {
    api::routes().merge(pages::routes()).merge(acting::routes())
}
