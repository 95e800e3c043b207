//! News for the open page, as server-sent events. One stream per page that listens; an account may hold five.
//!
//! A stream carries kinds and ids only, never content: the page fetches what changed, and is authorised to see it then. It ends after
//! ten minutes; the browser comes back by itself and is authenticated anew, so that a session's end is the stream's end.

mod seats;
mod stream;

use web::{Routes, SignedIn};

pub(crate) fn routes() -> Routes {
    Routes::new().sse::<SignedIn, _, _>("/live", stream::open)
}
