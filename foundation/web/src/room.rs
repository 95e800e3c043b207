use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    http::StatusCode,
    middleware,
    response::{IntoResponse, Response},
};
use kernel::FaultKind;
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer};

use crate::{App, Error, Routes, assets, gate, i18n, language, routes};

/// Work after the commit, with the app at hand.
pub type Jobs = jobs::Registry<App>;

/// What a domain shows the server.
#[derive(Debug)]
pub struct Room {
    pub name: &'static str,
    pub routes: Routes,
    pub jobs: Jobs,
}

/// A handler that has not answered by then is given up.
const LONGEST: Duration = Duration::from_secs(30);
/// The same for one that takes large files, over the slow network of a phone.
const LONGEST_STREAM: Duration = Duration::from_mins(10);

/// What the kit itself serves; `router` adds it.
pub fn room() -> Room {
    Room { name: "web", routes: language::routes().merge(openapi_route()), jobs: Jobs::new() }
}

/// All rooms behind one door.
pub fn router(app: App, rooms: Vec<Room>) -> Router {
    i18n::warm();
    let all = rooms.into_iter().map(|room| room.routes).fold(self::room().routes, Routes::merge);
    let (router, streams, declared) = all.into_parts();
    let document = routes::document(app.brand(), app.base_url().as_str(), &declared).to_string();
    let layers = ServiceBuilder::new()
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(app.clone(), gate::enter))
        .layer(CatchPanicLayer::custom(|_| panicked()));
    let within = |time| TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, time);
    router
        .layer(within(LONGEST))
        .merge(streams.layer(within(LONGEST_STREAM)))
        .fallback(async || Error::of(FaultKind::NotFound).into_response())
        .layer(layers)
        .layer(axum::Extension(Document(Arc::from(document))))
        .merge(asset_route())
        .with_state(app)
}

#[derive(Clone)]
struct Document(Arc<str>);

fn openapi_route() -> Routes {
    Routes::new().public_get("/api/openapi.json", "what the API offers is no secret", openapi)
}

async fn openapi(axum::Extension(Document(document)): axum::Extension<Document>) -> Response {
    ([(axum::http::header::CONTENT_TYPE, "application/json")], document.to_string()).into_response()
}

/// Files of the build need no session and no page: they stand outside the gate.
#[expect(clippy::disallowed_methods, reason = "built files are the same for everyone")]
fn asset_route() -> Router<App> {
    Router::new().route("/assets/{name}", axum::routing::get(assets::serve))
}

fn panicked() -> Response {
    tracing::error!("web.panicked");
    Error::of(FaultKind::Internal).into_response()
}
