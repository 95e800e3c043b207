//! The door through which files leave.

use axum::{
    body::Body,
    http::header,
    response::{IntoResponse, Response},
};
use futures::{StreamExt as _, stream};

/// Rows read at once.
pub(crate) const CHUNK: i64 = 500;

/// There may be more behind so many rows.
pub(crate) fn is_full(rows: usize) -> bool {
    i64::try_from(rows).is_ok_and(|rows| rows >= CHUNK)
}

/// Rows, and where the next ones begin; `None` when there are no more.
pub(crate) type Chunk<C> = (Vec<Vec<String>>, Option<C>);

/// A CSV file. `next` is given where to go on, first `None`, and reads the rows from there. Should reading fail halfway, the transfer
/// breaks off, so that nobody takes a part for the whole.
pub(crate) fn csv_file<C, F, Fut>(name: &str, header: &[&str], next: F) -> Response
where
    C: Send + 'static,
    F: Fn(Option<C>) -> Fut + Send + 'static,
    Fut: Future<Output = Result<Chunk<C>, db::Error>> + Send + 'static,
{
    let head = documents::csv(header, std::iter::empty());
    let rows = stream::unfold((next, Some(None)), |(next, at)| async move {
        let at = at?;
        let (text, at) = match next(at).await {
            Ok((rows, more)) => (Ok(documents::csv_rows(rows)), more.map(Some)),
            Err(error) => {
                tracing::error!(%error, "billing.export.broken");
                (Err(error), None)
            }
        };
        Some((text, (next, at)))
    });
    let whole = stream::once(async { Ok::<_, db::Error>(head) }).chain(rows);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ];
    (headers, Body::from_stream(whole)).into_response()
}
