//! Health for the balancer, figures for the operator.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::get;
use db::Db;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// Whether this process takes requests: not yet, or no longer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Readiness(Arc<AtomicBool>);

impl Readiness {
    pub(crate) fn set(&self, ready: bool) {
        self.0.store(ready, Ordering::SeqCst);
    }

    fn is(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// `/livez`: the process runs. `/readyz`: it takes requests, and its database answers.
#[expect(clippy::disallowed_methods, reason = "health has no audience and no page: it answers before there is an App")]
pub(crate) fn health(readiness: Readiness, db: Db) -> Router {
    let ready = move || {
        let (readiness, db) = (readiness.clone(), db.clone());
        async move {
            if readiness.is() && db.is_ready().await {
                (StatusCode::OK, "ready")
            } else {
                (StatusCode::SERVICE_UNAVAILABLE, "not ready")
            }
        }
    };
    Router::new().route("/livez", get(async || "alive")).route("/readyz", get(ready))
}

/// The recorder of this process. `None` when one was installed already, as in tests.
pub(crate) fn recorder() -> Option<PrometheusHandle> {
    let seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];
    let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &seconds).ok()?;
    builder.install_recorder().ok()
}

/// `/metrics`, for the internal address.
#[expect(
    clippy::disallowed_methods,
    reason = "figures have no audience: the internal address is not reachable from outside"
)]
pub(crate) fn figures(handle: PrometheusHandle) -> Router {
    Router::new().route("/metrics", get(move || std::future::ready(handle.render())))
}

/// Counts requests by route, not by address: addresses hold ids.
pub(crate) async fn count(request: Request, next: Next) -> Response {
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let method = request.method().as_str().to_owned();
    let began = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    metrics::counter!("bedside_requests_total", "route" => route.clone(), "method" => method, "status" => status)
        .increment(1);
    metrics::histogram!("bedside_request_seconds", "route" => route).record(began.elapsed().as_secs_f64());
    response
}
