//! A session is a signed-in browser or program: an opaque 256-bit token of which only the SHA-256 is stored.
//!
//! Idle (15 minutes for staff, 30 for patients) and absolute (12 hours) expiry are decided in the query that finds the
//! session, and nowhere else. What it found is kept for a second (`recent`): a revoked session is gone with the next request
//! to the process that revoked it, and within that second everywhere else.
//!
//! ```text
//! open ──(sign-out │ rotation │ password, factor or role changed │ disabled │ recovered)──▶ ended
//! open ──(15/30 min idle │ 12 h)──▶ expired
//! ```

mod cookie;
mod end;
mod model;
mod open;
pub mod pages;
mod recent;
mod resolve;
pub(crate) mod store;

pub(crate) use cookie::{challenge_token, set_challenge_cookie};
pub use cookie::{clear_cookie, set_cookie};
pub use end::{end, end_all, end_others};
pub use model::{EndedWhy, Factor, Opened};
pub use open::open;
pub(crate) use open::{factor_of, rotate};
pub use resolve::Door;

/// Whether a session still stands, for connections that outlive a request. As its own account.
pub async fn is_open(tx: &mut db::Tx, session: kernel::ids::SessionId) -> Result<bool, db::Error> {
    store::is_open(tx, session).await
}
