//! The floor: an axum route that reads one row by its key and answers it as JSON, with nothing around it.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Json;
use axum::routing::get;
use serde_json::{Value, json};
use sqlx::postgres::PgPoolOptions;
use sqlx::{PgPool, Row};
use tokio::net::TcpListener;

use crate::Failed;

/// Serves on a free port, which it prints.
#[expect(clippy::disallowed_methods, reason = "the floor is bare on purpose")]
pub(crate) async fn serve(database: String) -> Result<(), Failed> {
    let pool = PgPoolOptions::new().max_connections(20).connect(&database).await?;
    let router = Router::new().route("/doctors/{slug}", get(one)).with_state(pool);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?.port());
    axum::serve(listener, router).await?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the floor has no schema to be checked against while it is built")]
async fn one(State(pool): State<PgPool>, Path(slug): Path<String>) -> Json<Value> {
    let asked = sqlx::query("select slug, full_name, city, biography from practitioners where slug = $1").bind(slug);
    let row = asked.fetch_one(&pool).await;
    let text = |column: &str| row.as_ref().ok().and_then(|row| row.try_get::<String, _>(column).ok());
    Json(
        json!({"slug": text("slug"), "full_name": text("full_name"), "city": text("city"), "biography": text("biography")}),
    )
}
