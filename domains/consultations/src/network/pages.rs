//! HTML: the page that tells which hop fails.

use askama::Template;
use web::{PageFrame, SignedIn};

/// In the order in which they are tried.
const HOPS: [&str; 5] = ["pages", "live", "udp", "tcp", "web"];

#[derive(Template)]
#[template(path = "network/pages/network.html")]
struct NetworkPage {
    page: PageFrame,
    hops: [&'static str; 5],
}

/// `GET /network`
async fn show(me: SignedIn) -> web::Result {
    web::render(&NetworkPage { page: me.page("consultations-network-title"), hops: HOPS })
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new().get::<SignedIn, _, _>("/network", show)
}
