//! Third parties of a visit: family, a guardian, an interpreter, a nurse, a trainee.
//!
//! ```text
//! ──invite──▶ invited ──come (name, agreement)──▶ waiting ──admit──▶ in the room
//!    │            both of the two have consented ─────┘                 │
//!    └── revoke, by either of the two, at any time ─────────────────────┴──▶ revoked: out of the room at once
//! ```
//!
//! Who invites consents by that; the other of the two consents explicitly. The guest needs no account: the link opens once, within an hour,
//! for one browser, which then has a key. The database refuses an admission without both consents, and a consent that is given for
//! somebody else. Each step is an event of the visit's record.

mod admit;
mod api;
mod come;
mod consent;
mod error;
mod invite;
mod join;
mod letter;
mod lines;
mod model;
mod pages;
mod revoke;
mod store;
mod token;
mod trail;
mod visitor_api;
mod visitor_pages;

pub use admit::admit;
pub use come::{Come, come};
pub use consent::consent;
pub use error::GuestError;
pub use invite::{Invite, Invited, invite};
pub use model::{Guest, GuestRole, GuestStanding};
pub use revoke::revoke;

pub(crate) use lines::{LinesView, lines};
pub(crate) use store::{at as name_at, lock};
pub(crate) use trail::set_leave;
pub(crate) use visitor_pages::{WHY, guest_of};

pub(crate) fn routes() -> web::Routes {
    pages::routes().merge(api::routes()).merge(visitor_pages::routes()).merge(visitor_api::routes())
}
