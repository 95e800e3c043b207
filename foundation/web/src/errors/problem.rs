use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::FaultKind;
use serde_json::{Map, Value, json};

use super::{code, page::words};
use crate::{Ctx, i18n};

/// RFC 9457, with our stable `code`, the fields of a form, and of a rule: the facts and who can change it.
pub(super) fn problem(ctx: &Ctx, status: StatusCode, kind: &FaultKind) -> Response {
    let code = code(kind);
    let words = words(ctx, status, kind);
    let mut body = Map::new();
    body.insert("type".into(), json!(format!("urn:bedside:problem:{code}")));
    body.insert("title".into(), json!(words.title));
    body.insert("status".into(), json!(status.as_u16()));
    body.insert("detail".into(), json!(words.text));
    body.insert("code".into(), json!(code));
    body.insert("request_id".into(), json!(ctx.request_id()));
    match kind {
        FaultKind::Invalid(errors) => {
            let lines = errors.iter().map(|error| {
                let text = i18n::text_of(ctx.locale(), error.message_key, &error.args);
                json!({ "field": error.field, "code": error.message_key, "message": text })
            });
            body.insert("errors".into(), Value::Array(lines.collect()));
        }
        FaultKind::Forbidden(refusal) => {
            let facts = refusal.facts.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
            body.insert("rule".into(), json!(refusal.rule));
            body.insert("facts".into(), Value::Object(facts.collect()));
            body.insert("who_can_change".into(), json!(refusal.who_can_change));
        }
        FaultKind::RateLimited { retry_after_seconds } => {
            body.insert("retry_after_seconds".into(), json!(retry_after_seconds));
        }
        FaultKind::Conflict { detail: Some(Value::Object(detail)), .. } => {
            for (name, value) in detail {
                body.entry(name.clone()).or_insert_with(|| value.clone());
            }
        }
        _ => {}
    }
    (status, [(header::CONTENT_TYPE, "application/problem+json")], Value::Object(body).to_string()).into_response()
}
