use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::Value;

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// Method and path, for messages.
    asked: String,
}

impl Answer {
    pub(crate) async fn of(asked: String, response: Response) -> Self {
        let (head, body) = response.into_parts();
        // A stream has no end to wait for.
        let is_stream = head.headers.get("content-type").is_some_and(|kind| kind == "text/event-stream");
        let body = if is_stream { Bytes::new() } else { body.collect().await.expect("the body is whole").to_bytes() };
        Self { status: head.status, headers: head.headers, body, asked }
    }

    /// The same answer, which has this status.
    #[expect(clippy::return_self_not_must_use, reason = "an assertion that passed may end there")]
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{} answered:\n{}", self.asked, self.text());
        self
    }

    /// The problem, of this status and code.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status.as_u16(), status, "{} answered:\n{}", self.asked, self.text());
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.asked);
        let problem = self.json();
        assert_eq!(problem["code"], code, "{} answered:\n{}", self.asked, self.text());
        problem
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{} answered no JSON ({error}):\n{}", self.asked, self.text()))
    }

    /// A text of the JSON, by its name.
    #[track_caller]
    pub fn field(&self, name: &str) -> String {
        let json = self.json();
        json[name].as_str().unwrap_or_else(|| panic!("{} answered no text {name}: {json}", self.asked)).to_owned()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Where a redirect leads.
    #[track_caller]
    pub fn location(&self) -> &str {
        assert!(self.status.is_redirection(), "{} answered {}:\n{}", self.asked, self.status, self.text());
        self.header("location")
    }

    pub fn is_page(&self) -> bool {
        self.header("content-type").starts_with("text/html")
    }

    /// The token that the forms of this page carry.
    pub fn form_token(&self) -> Option<String> {
        let text = self.text();
        let (_, rest) = text.split_once(r#"name="_csrf" value=""#)?;
        rest.split_once('"').map(|(token, _)| token.to_owned())
    }
}
