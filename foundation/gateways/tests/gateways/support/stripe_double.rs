//! Checkout sessions and idempotency keys, which localstripe lacks, in front of localstripe: what is asked of sessions is
//! answered here, everything else (payment methods, payment intents, refunds) is passed on to it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{Served, serve};

pub(crate) type Form = HashMap<String, String>;

#[derive(Default)]
struct Books {
    sessions: HashMap<String, Value>,
    /// Key → (what was asked, what was answered).
    answered: HashMap<String, (Bytes, StatusCode, Bytes)>,
    asked: Vec<Asked>,
}

/// A request that the adapter made.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) headers: HeaderMap,
    pub(crate) form: Form,
}

#[derive(Clone)]
pub(crate) struct StripeDouble {
    books: Arc<Mutex<Books>>,
    localstripe: String,
    http: reqwest::Client,
}

impl StripeDouble {
    pub(crate) async fn start(localstripe: &str) -> (Self, Served) {
        let double = Self {
            books: Arc::default(),
            localstripe: localstripe.to_owned(),
            http: reqwest::Client::builder().build().expect("a client"),
        };
        let served = serve(double.router()).await;
        (double, served)
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.books.lock().expect("not poisoned").asked.clone()
    }

    /// What the payer does on Stripe's page: pays with this card. True when it was accepted.
    pub(crate) async fn pay(&self, session: &str, card: &str) -> bool {
        let found = self.session(session);
        let method = self
            .localstripe_post(
                "payment_methods",
                &[
                    ("type", "card"),
                    ("card[number]", card),
                    ("card[exp_month]", "12"),
                    ("card[exp_year]", "2030"),
                    ("card[cvc]", "123"),
                ],
            )
            .await;
        let amount = found["amount_total"].to_string();
        let ours = found["metadata"]["bedside_payment"].as_str().unwrap_or_default().to_owned();
        let intent = self
            .localstripe_post(
                "payment_intents",
                &[
                    ("amount", &amount),
                    ("currency", found["currency"].as_str().expect("a currency")),
                    ("payment_method", method["id"].as_str().expect("a payment method")),
                    ("metadata[bedside_payment]", &ours),
                    ("confirm", "true"),
                ],
            )
            .await;
        let paid = intent["status"] == "succeeded";
        if paid {
            self.change(
                session,
                &[
                    ("status", "complete".into()),
                    ("payment_status", "paid".into()),
                    ("payment_intent", intent["id"].clone()),
                ],
            );
        }
        paid
    }

    pub(crate) fn change(&self, session: &str, fields: &[(&str, Value)]) {
        let mut books = self.books.lock().expect("not poisoned");
        let found = books.sessions.get_mut(session).expect("a session");
        for (name, value) in fields {
            found[*name] = value.clone();
        }
    }

    pub(crate) fn session(&self, id: &str) -> Value {
        self.books.lock().expect("not poisoned").sessions.get(id).cloned().expect("a session")
    }

    /// A day passes: Stripe knows no idempotency key any more.
    pub(crate) fn forget_keys(&self) {
        self.books.lock().expect("not poisoned").answered.clear();
    }

    pub(crate) fn sessions(&self) -> usize {
        self.books.lock().expect("not poisoned").sessions.len()
    }

    pub(crate) async fn refunds_at_localstripe(&self, session: &str) -> usize {
        let intent = self.session(session)["payment_intent"].as_str().expect("it is paid").to_owned();
        let url = format!("{}/v1/refunds?payment_intent={intent}", self.localstripe);
        let answer = self.http.get(url).bearer_auth("sk_test_12345").send().await.expect("localstripe answers");
        let list: Value = answer.json().await.expect("json");
        list["data"].as_array().map_or(0, Vec::len)
    }

    pub(crate) async fn localstripe_post(&self, path: &str, form: &[(&str, &str)]) -> Value {
        let url = format!("{}/v1/{path}", self.localstripe);
        let answer =
            self.http.post(url).bearer_auth("sk_test_12345").form(form).send().await.expect("localstripe answers");
        answer.json().await.expect("json")
    }

    #[expect(clippy::disallowed_methods, reason = "a double of another company's service declares no audience")]
    fn router(&self) -> Router {
        Router::new()
            .route("/v1/checkout/sessions", axum::routing::post(create))
            .route("/v1/checkout/sessions/{id}", axum::routing::get(retrieve))
            .route("/v1/checkout/sessions/{id}/expire", axum::routing::post(expire))
            .fallback(pass_on)
            .with_state(self.clone())
    }

    fn note(&self, headers: &HeaderMap, body: &Bytes) -> Form {
        let form: Form = serde_urlencoded::from_bytes(body).unwrap_or_default();
        let asked = Asked { headers: headers.clone(), form: form.clone() };
        self.books.lock().expect("not poisoned").asked.push(asked);
        form
    }

    /// Stripe's rule: the same key and body give the first answer, the same key and another body an error.
    fn replay(&self, headers: &HeaderMap, body: &Bytes) -> Option<Response> {
        let key = headers.get("idempotency-key")?.to_str().ok()?;
        let books = self.books.lock().expect("not poisoned");
        let (first, status, answer) = books.answered.get(key)?;
        if first == body {
            return Some((*status, [("content-type", "application/json")], answer.clone()).into_response());
        }
        let error = json!({"error": {"type": "idempotency_error", "message": "Keys for idempotent requests can only be used with the same parameters"}});
        Some((StatusCode::BAD_REQUEST, Json(error)).into_response())
    }

    fn remember(&self, headers: &HeaderMap, body: &Bytes, status: StatusCode, answer: &Bytes) {
        if let Some(key) = headers.get("idempotency-key").and_then(|key| key.to_str().ok()) {
            let mut books = self.books.lock().expect("not poisoned");
            books.answered.insert(key.to_owned(), (body.clone(), status, answer.clone()));
        }
    }
}

async fn create(State(double): State<StripeDouble>, headers: HeaderMap, body: Bytes) -> Response {
    let form = double.note(&headers, &body);
    if let Some(answer) = double.replay(&headers, &body) {
        return answer;
    }
    let field = |name: &str| form.get(name).cloned().unwrap_or_default();
    let id = format!("cs_test_{}", double.sessions() + 1);
    let session = json!({
        "id": id,
        "object": "checkout.session",
        "url": format!("https://checkout.stripe.test/{id}"),
        "status": "open",
        "payment_status": "unpaid",
        "amount_total": field("line_items[0][price_data][unit_amount]").parse::<i64>().unwrap_or_default(),
        "currency": field("line_items[0][price_data][currency]"),
        "client_reference_id": field("client_reference_id"),
        "metadata": {"bedside_payment": field("metadata[bedside_payment]")},
        "payment_intent": null,
    });
    double.books.lock().expect("not poisoned").sessions.insert(id, session.clone());
    let answer = Bytes::from(session.to_string());
    double.remember(&headers, &body, StatusCode::OK, &answer);
    ([("content-type", "application/json")], answer).into_response()
}

async fn retrieve(State(double): State<StripeDouble>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    double.note(&headers, &Bytes::new());
    let found = double.books.lock().expect("not poisoned").sessions.get(&id).cloned();
    found.map_or_else(not_found, |session| Json(session).into_response())
}

async fn expire(State(double): State<StripeDouble>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    double.note(&headers, &Bytes::new());
    let mut books = double.books.lock().expect("not poisoned");
    let Some(session) = books.sessions.get_mut(&id) else { return not_found() };
    if session["status"] != "open" {
        let error = json!({"error": {"type": "invalid_request_error", "message": "Only open sessions can be expired"}});
        return (StatusCode::BAD_REQUEST, Json(error)).into_response();
    }
    session["status"] = "expired".into();
    Json(session.clone()).into_response()
}

fn not_found() -> Response {
    let error =
        json!({"error": {"type": "invalid_request_error", "code": "resource_missing", "message": "No such session"}});
    (StatusCode::NOT_FOUND, Json(error)).into_response()
}

async fn pass_on(
    State(double): State<StripeDouble>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    double.note(&headers, &body);
    if let Some(answer) = double.replay(&headers, &body) {
        return answer;
    }
    let url = format!("{}{}", double.localstripe, uri);
    let mut request = double.http.request(method, url).body(body.clone());
    for name in ["authorization", "content-type"] {
        if let Some(value) = headers.get(name) {
            request = request.header(name, value);
        }
    }
    let answer = request.send().await.expect("localstripe answers");
    let status = answer.status();
    let text = answer.bytes().await.expect("a body");
    if status.is_success() {
        double.remember(&headers, &body, status, &text);
    }
    (status, [("content-type", "application/json")], text).into_response()
}
