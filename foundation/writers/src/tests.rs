//! Against a double that answers as such servers do, and as they should not.

use axum::{
    Json, Router,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use kernel::Secret;
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinSet};

use crate::{Config, Writer, WriterError};

#[expect(clippy::disallowed_methods, reason = "a double of somebody else's server, not a room")]
async fn double(answer: axum::routing::MethodRouter) -> (Writer, JoinSet<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let mut served = JoinSet::new();
    served.spawn(async move {
        axum::serve(listener, Router::new().route("/v1/chat/completions", answer)).await.expect("served");
    });
    let url = format!("http://{address}/v1").parse().expect("a URL");
    let config = Config { url, model: "small".into(), key: Some(Secret::new("k-1".into())) };
    (Writer::new(config).expect("a client"), served)
}

#[tokio::test]
async fn a_question_is_answered() {
    let answer = post(async |headers: HeaderMap, Json(body): Json<Value>| {
        let key = headers["authorization"].to_str().unwrap_or_default().to_owned();
        let text = format!("{key} {} {}", body["model"], body["messages"][1]["content"]);
        Json(json!({ "choices": [{ "message": { "role": "assistant", "content": text } }] }))
    });
    let (writer, _served) = double(answer).await;
    assert_eq!(writer.write("rules", "what was said").await.as_deref(), Ok("Bearer k-1 \"small\" \"what was said\""));
}

#[tokio::test]
async fn what_is_no_answer_is_an_error() {
    let refused = double(post(async || StatusCode::TOO_MANY_REQUESTS)).await;
    assert_eq!(refused.0.write("", "").await, Err(WriterError::Refused(429)));
    let nonsense = double(post(async || "well")).await;
    assert_eq!(nonsense.0.write("", "").await, Err(WriterError::Unreadable));
    let endless = double(post(async || "x".repeat(300_000))).await;
    assert_eq!(endless.0.write("", "").await, Err(WriterError::Long));
    let elsewhere = double(post(async || axum::response::Redirect::temporary("http://127.0.0.1:9/"))).await;
    assert_eq!(elsewhere.0.write("", "").await, Err(WriterError::Refused(307)));
    let url = "http://127.0.0.1:9/v1".parse().expect("a URL");
    let away = Writer::new(Config { url, model: "small".into(), key: None }).expect("a client");
    assert_eq!(away.write("", "").await, Err(WriterError::Away));
}

#[test]
fn what_patients_say_does_not_go_over_an_open_line() {
    let read = |url: &'static str| {
        Config::read(&|name| match name {
            "BEDSIDE_MODEL_URL" => Some(url.to_owned()),
            "BEDSIDE_MODEL" => Some("small".to_owned()),
            _ => None,
        })
    };
    assert!(read("http://models.example.org/v1").is_err() && read("nonsense").is_err());
    assert!(read("https://models.example.org/v1/").is_ok_and(|config| config.is_some()));
    assert!(read("http://127.0.0.1:11434/v1").is_ok_and(|config| config.is_some()));
    assert!(Config::read(&|_| None).is_ok_and(|config| config.is_none()));
}
