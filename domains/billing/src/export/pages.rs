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
    })
    // Compression asks once more after the end.
    .fuse();
    let whole = stream::once(async { Ok::<_, db::Error>(head) }).chain(rows);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ];
    (headers, Body::from_stream(whole)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_that_has_ended_may_be_asked_for_more() {
        let rows = |at: Option<i32>| async move {
            let more = at.is_none().then_some(1);
            Ok((vec![vec![format!("row {}", at.unwrap_or(0))]], more))
        };
        let mut body = csv_file("takings", &["what"], rows).into_body().into_data_stream();
        let mut text = String::new();
        while let Some(part) = body.next().await {
            text.push_str(std::str::from_utf8(&part.unwrap()).unwrap());
        }
        assert!(text.contains("what") && text.contains("row 0") && text.contains("row 1"), "{text}");
        assert!(body.next().await.is_none());
    }
}
