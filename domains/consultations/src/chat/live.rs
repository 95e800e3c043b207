//! `GET /visits/{visit}/live`: the socket of the room.

use axum::{
    extract::{Path, WebSocketUpgrade},
    http::{HeaderMap, header},
    response::IntoResponse,
};
use kernel::ids::{MessageId, VisitId};
use serde::Deserialize;
use web::{Query, SignedIn};

use super::session::Session;
use crate::visits::{VisitError, store as visits};

/// Longer frames end the connection.
const LONGEST_FRAME: usize = 64 * 1024;

/// The last message that the browser has, so that a reconnection gets the rest.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    after: Option<MessageId>,
}

/// Another site's page could open a socket with our cookie: only our own pages may.
#[derive(Debug, thiserror::Error)]
#[error("the socket was asked for by a page of another site")]
struct ForeignOrigin;

impl kernel::Fault for ForeignOrigin {
    fn kind(&self) -> kernel::FaultKind {
        kernel::FaultKind::forbidden("consultations-rule-own-pages", "consultations-rule-nobody")
    }
}

pub(crate) async fn live(
    me: SignedIn,
    Path(id): Path<VisitId>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> web::Result {
    if !same_origin(&headers) {
        return Err(ForeignOrigin.into());
    }
    let mut tx = me.begin().await?;
    let (visit, side) = visits::find_for(&mut tx, me.actor(), id).await?.ok_or(VisitError::NotFound)?;
    tx.commit().await?;
    let session = Session::new(me, visit, side, wanted.after);
    Ok(upgrade
        .read_buffer_size(4096)
        .max_frame_size(LONGEST_FRAME)
        .max_message_size(LONGEST_FRAME)
        .on_upgrade(|socket| session.run(socket))
        .into_response())
}

/// A browser always says where its page is from; the host it came to must be the same.
fn same_origin(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(origin), Some(host)) = (text(header::ORIGIN), text(header::HOST)) else {
        return false;
    };
    origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")) == Some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_same_host_may_open_the_socket() {
        let ask = |origin: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "care.example:8080".parse().expect("a value"));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().expect("a value"));
            }
            same_origin(&headers)
        };
        assert!(ask(Some("https://care.example:8080")) && ask(Some("http://care.example:8080")));
        for foreign in
            [None, Some("null"), Some("https://care.example"), Some("https://care.example:8080.evil.example")]
        {
            assert!(!ask(foreign), "{foreign:?}");
        }
    }
}
