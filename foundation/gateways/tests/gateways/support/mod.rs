//! Doubles of other companies' services for the tests of this crate.

pub(crate) mod localstripe;
pub(crate) mod stripe_double;

use axum::Router;
use tokio::task::JoinSet;

/// A server on an ephemeral port that ends with this value.
pub(crate) struct Served {
    pub(crate) url: String,
    _tasks: JoinSet<()>,
}

pub(crate) async fn serve(router: Router) -> Served {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let mut tasks = JoinSet::new();
    tasks.spawn(async move { axum::serve(listener, router).await.expect("it serves") });
    Served { url, _tasks: tasks }
}

#[expect(clippy::disallowed_methods, reason = "another company's clock: its timestamps are not ours to shift")]
pub(crate) fn wall_clock() -> kernel::Timestamp {
    kernel::Timestamp::from_jiff(jiff::Timestamp::now())
}
