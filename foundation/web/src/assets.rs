//! What the npm build made: served from memory under names that change with their content, so that browsers keep them for good.

use std::{
    collections::HashMap,
    io::Write as _,
    sync::{LazyLock, Mutex, PoisonError},
};

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
struct Built;

/// For us, not for browsers.
const UNSERVED: [&str; 3] = ["manifest.json", "icons.json", ".gitkeep"];

/// Source name → built name.
static MANIFEST: LazyLock<HashMap<String, String>> = LazyLock::new(|| read("manifest.json"));
/// Icon → the inside of its SVG.
static ICONS: LazyLock<HashMap<String, String>> = LazyLock::new(|| read("icons.json"));
/// Built name → its bytes, compressed once.
static COMPRESSED: LazyLock<Mutex<HashMap<String, Bytes>>> = LazyLock::new(Mutex::default);

fn read(name: &str) -> HashMap<String, String> {
    let found = Built::get(name).and_then(|file| serde_json::from_slice(&file.data).ok());
    found.unwrap_or_else(|| {
        tracing::error!(name, "assets.not_built");
        HashMap::new()
    })
}

pub(crate) fn path(name: &str) -> String {
    format!("/assets/{}", MANIFEST.get(name).map_or(name, String::as_str))
}

pub(crate) fn icon(name: &str) -> String {
    let Some(inside) = ICONS.get(name) else { return String::new() };
    format!(
        r#"<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{inside}</svg>"#
    )
}

/// `GET /assets/{name}`
pub(crate) async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = Built::get(&name).filter(|_| !UNSERVED.contains(&name.as_str())) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = file.metadata.mimetype().to_owned();
    let textual = kind.starts_with("text/") || kind.contains("javascript") || kind.contains("svg");
    let wanted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let forever = "public, max-age=31536000, immutable";
    let common = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, forever.to_owned())];
    let common_headers = (common, [(header::X_CONTENT_TYPE_OPTIONS, "nosniff"), (header::VARY, "accept-encoding")]);
    if textual && wanted.contains("gzip") {
        let bytes = compressed(&name, &file.data);
        return (common_headers.0, common_headers.1, [(header::CONTENT_ENCODING, "gzip")], bytes).into_response();
    }
    (common_headers.0, common_headers.1, file.data.into_owned()).into_response()
}

fn compressed(name: &str, data: &[u8]) -> Bytes {
    let mut all = COMPRESSED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(bytes) = all.get(name) {
        return bytes.clone();
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(data).and_then(|()| encoder.finish()).map_or_else(|_| Bytes::new(), Bytes::from);
    all.insert(name.to_owned(), packed.clone());
    packed
}
