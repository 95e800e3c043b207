//! Files that are too large, too slow, or break off: given up early, held nowhere.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::body::{Body, Bytes};
use futures::{StreamExt as _, stream};
use http::Method;
use testkit::Client;

use super::{calls, nothing_is_left};
use crate::support::{Hospital, Person};

const TYPED: &str = "multipart/form-data; boundary=b";
const MEGABYTE: usize = 1024 * 1024;

fn head() -> Bytes {
    let kind = "--b\r\ncontent-disposition: form-data; name=\"kind\"\r\n\r\nother\r\n";
    let file = "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7\n";
    Bytes::from([kind, file].concat())
}

async fn stream_to(client: &Client, patient: Person, body: Body) -> testkit::Answer {
    client.send(Method::POST, &calls(patient), Some((TYPED, body))).await
}

#[tokio::test]
async fn two_hundred_megabytes_are_not_read_to_their_end() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let drawn = Arc::new(AtomicUsize::new(0));
    let counting = drawn.clone();
    let chunks = (0..200).map(move |_| {
        counting.fetch_add(1, Ordering::Relaxed);
        Ok::<_, io::Error>(Bytes::from(vec![b' '; MEGABYTE]))
    });
    let body = Body::from_stream(stream::iter([Ok(head())]).chain(stream::iter(chunks)));
    let answer = stream_to(&hospital.program(patient).await, patient, body).await;
    assert!(matches!(answer.status.as_u16(), 413 | 422), "{}", answer.text());
    assert!(drawn.load(Ordering::Relaxed) <= 34, "{drawn:?} megabytes were read");
    nothing_is_left(&hospital).await;
}

#[tokio::test]
async fn a_length_that_is_a_lie_changes_nothing() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let mine = hospital.program(patient).await.with_header("content-length", "120");
    let long = vec![
        Ok::<_, io::Error>(head()),
        Ok(Bytes::from(vec![b' '; 25 * MEGABYTE])),
        Ok(Bytes::from_static(b"\r\n--b--\r\n")),
    ];
    let answer = stream_to(&mine, patient, Body::from_stream(stream::iter(long))).await;
    let problem = answer.problem(422, "invalid");
    assert_eq!(problem["errors"][0]["code"], "chart-document-refused-too-large");
    nothing_is_left(&hospital).await;
}

#[tokio::test]
async fn a_file_that_breaks_off_or_falls_silent_is_given_up() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let mine = hospital.program(patient).await;
    let begun = || stream::iter([Ok(head())]);
    let gone = Body::from_stream(begun().chain(stream::iter([Err(io::Error::other("reset by the sender"))])));
    let ended = Body::from(head());
    let silent = Body::from_stream(begun().chain(stream::pending::<Result<Bytes, io::Error>>()));
    for (what, body) in [("gone", gone), ("ended", ended)] {
        let answer = stream_to(&mine, patient, body).await;
        assert!(answer.status.is_client_error(), "{what}: {}", answer.text());
    }
    let waited = tokio::time::timeout(std::time::Duration::from_secs(10), stream_to(&mine, patient, silent)).await;
    assert!(waited.expect("it is given up").status.is_client_error());
    nothing_is_left(&hospital).await;
}

#[tokio::test]
async fn a_form_without_its_token_is_refused_before_its_file_is_read() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let browser = hospital.browser(patient).await;
    let token = browser.get("/record/documents/new").await.is(200).form_token().unwrap();
    let drawn = Arc::new(AtomicUsize::new(0));
    let body = |first: Bytes| {
        let counting = drawn.clone();
        let chunks = (0..20).map(move |_| {
            counting.fetch_add(1, Ordering::Relaxed);
            Ok::<_, io::Error>(Bytes::from(vec![b' '; MEGABYTE]))
        });
        Body::from_stream(stream::iter([Ok(first)]).chain(stream::iter(chunks)))
    };
    let refused = browser.send(Method::POST, "/record/documents", Some((TYPED, body(head())))).await;
    assert_eq!(refused.status, 409);
    assert!(drawn.load(Ordering::Relaxed) <= 1, "{drawn:?}");
    let csrf = format!("--b\r\ncontent-disposition: form-data; name=\"_csrf\"\r\n\r\n{token}\r\n");
    let with_token = Bytes::from([csrf.as_bytes(), &head()].concat());
    let answer = browser.send(Method::POST, "/record/documents", Some((TYPED, body(with_token)))).await;
    assert_ne!(answer.status, 409, "with it the form is read");
    nothing_is_left(&hospital).await;
}
