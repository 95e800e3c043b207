//! The conversation in writing, and the socket of the room.
//!
//! A message carries the sender's own id for it: sent twice over a bad line, it is kept and shown once. What is said is
//! sealed under the patient's key; the news that carries it between nodes holds its id alone.

mod error;
mod live;
mod say;
mod session;
mod store;
mod wire;

pub use error::ChatError;
pub use say::{Message, Say, say};

pub(crate) fn routes() -> web::Routes {
    web::Routes::new().ws::<web::SignedIn, _, _>("/visits/{visit}/live", live::live)
}
