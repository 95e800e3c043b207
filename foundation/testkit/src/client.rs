use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{Router, body::Body};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::Answer;

/// One person's browser or program. Clones share their cookies, as tabs do.
#[derive(Clone, Debug)]
pub struct Client {
    router: Router,
    headers: HeaderMap,
    browser: Arc<Mutex<Browser>>,
}

/// What a browser keeps between requests.
#[derive(Default, Debug)]
struct Browser {
    cookies: BTreeMap<String, String>,
    form_token: Option<String>,
}

impl Client {
    pub(crate) fn new(router: Router) -> Self {
        Self { router, headers: HeaderMap::new(), browser: Arc::default() }
    }

    /// A program that shows this session's token.
    #[must_use]
    pub fn with_bearer(self, token: &str) -> Self {
        self.with_header("authorization", &format!("Bearer {token}"))
    }

    /// A browser that has this cookie.
    #[must_use]
    pub fn with_cookie(self, name: &str, value: &str) -> Self {
        self.kept().cookies.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The same client, which sends this header with every request; cookies stay shared.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::try_from(name).expect("a header's name");
        self.headers.insert(name, HeaderValue::try_from(value).expect("a header's value"));
        self
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, None).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.ask(Method::DELETE, path, None).await
    }

    pub async fn post_json(&self, path: &str, body: &Value) -> Answer {
        self.ask(Method::POST, path, Some(("application/json", body.to_string().into()))).await
    }

    pub async fn put_json(&self, path: &str, body: &Value) -> Answer {
        self.ask(Method::PUT, path, Some(("application/json", body.to_string().into()))).await
    }

    /// Send a form with the token of the page last seen, if there was one.
    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.kept().form_token.clone();
        let fields: Vec<_> =
            token.iter().map(|token| ("_csrf", token.as_str())).chain(fields.iter().copied()).collect();
        self.post_fields(path, &fields).await
    }

    /// Send a form of exactly these fields.
    pub async fn post_fields(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(fields).expect("fields are text");
        self.ask(Method::POST, path, Some(("application/x-www-form-urlencoded", body.into()))).await
    }

    /// Send a form with one file, and the token of the page last seen.
    pub async fn post_file(&self, path: &str, fields: &[(&str, &str)], (filename, bytes): (&str, &[u8])) -> Answer {
        const BOUNDARY: &str = "testkit-7d91c3";
        let token = self.kept().form_token.clone().unwrap_or_default();
        let mut body = Vec::new();
        for (name, value) in [("_csrf", token.as_str())].iter().chain(fields) {
            body.extend(
                format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        let head = format!("content-disposition: form-data; name=\"file\"; filename=\"{filename}\"");
        body.extend(format!("--{BOUNDARY}\r\n{head}\r\ncontent-type: application/octet-stream\r\n\r\n").bytes());
        body.extend(bytes);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
        let typed = format!("multipart/form-data; boundary={BOUNDARY}");
        self.ask(Method::POST, path, Some((&typed, body))).await
    }

    /// Any request. `body` is its type and its bytes.
    pub async fn ask(&self, method: Method, path: &str, body: Option<(&str, Vec<u8>)>) -> Answer {
        self.send(method, path, body.map(|(typed, bytes)| (typed, Body::from(bytes)))).await
    }

    /// Any request whose body may come in as slowly as the test likes.
    pub async fn send(&self, method: Method, path: &str, body: Option<(&str, Body)>) -> Answer {
        let asked = format!("{method} {path}");
        let accept = if path.starts_with("/api/") { "application/json" } else { "text/html" };
        let mut request = Request::builder().method(method).uri(path).header(header::ACCEPT, accept);
        let cookies: Vec<_> = self.kept().cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        let body = match body {
            Some((typed, body)) => {
                request = request.header(header::CONTENT_TYPE, typed);
                body
            }
            None => Body::empty(),
        };
        let mut request = request.body(body).expect("a request");
        for (name, value) in &self.headers {
            request.headers_mut().insert(name, value.clone());
        }
        let response = self.router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        let answer = Answer::of(asked, response).await;
        self.keep(&answer);
        answer
    }

    fn keep(&self, answer: &Answer) {
        let mut kept = self.kept();
        for line in answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            let pair = line.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                if line.contains("Max-Age=0") {
                    kept.cookies.remove(name);
                } else {
                    kept.cookies.insert(name.to_owned(), value.to_owned());
                }
            }
        }
        if let Some(token) = answer.is_page().then(|| answer.form_token()).flatten() {
            kept.form_token = Some(token);
        }
    }

    fn kept(&self) -> MutexGuard<'_, Browser> {
        self.browser.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
