use serde_json::{Map, Value, json};

use super::{Declared, Who};

/// OpenAPI 3.1 of every declared route. Pages are in it by address and audience; calls of the API with their shapes.
pub(crate) fn document(brand: &str, base_url: &str, declared: &[Declared]) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in declared {
        let at = paths.entry(route.path.to_owned()).or_insert_with(|| json!({}));
        at[route.method.to_lowercase()] = operation(route);
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": brand, "version": env!("CARGO_PKG_VERSION"), "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" } },
        "servers": [{ "url": base_url.trim_end_matches('/') }],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer" },
                "session": { "type": "apiKey", "in": "cookie", "name": "session" },
            },
            "schemas": { "Problem": problem() },
        },
    })
}

fn operation(route: &Declared) -> Value {
    let (audience, security) = match &route.who {
        Who::Public(reason) => (format!("Anyone: {reason}."), json!([])),
        Who::Audience(who) => (format!("For: {who}."), json!([{ "bearer": [] }, { "session": [] }])),
    };
    let mut operation = json!({ "description": audience, "security": security, "parameters": parameters(route) });
    let Some(call) = &route.call else {
        operation["summary"] = json!("A page");
        operation["responses"] = json!({ "200": { "description": "HTML", "content": { "text/html": {} } } });
        return operation;
    };
    operation["summary"] = json!(call.summary);
    if let Some(body) = &call.body {
        let typed = if call.is_form { "multipart/form-data" } else { "application/json" };
        operation["requestBody"] = json!({ "required": true, "content": { typed: { "schema": body } } });
    }
    let answer = call.answer.as_ref().map_or_else(
        || json!({ "description": "Done" }),
        |schema| {
            let is_file = schema.get("format").is_some_and(|format| format == "binary");
            let typed = if is_file { "application/octet-stream" } else { "application/json" };
            json!({ "description": "Done", "content": { typed: { "schema": schema } } })
        },
    );
    let refusal = json!({ "$ref": "#/components/schemas/Problem" });
    operation["responses"] = json!({
        "2XX": answer,
        "4XX": { "description": "Refused", "content": { "application/problem+json": { "schema": refusal } } },
    });
    operation
}

/// Those in the path, and the key of a call that changes something.
fn parameters(route: &Declared) -> Value {
    let names = route.path.split('/').filter_map(|part| {
        let from = part.find('{')?;
        part.get(from + 1..part.find('}')?)
    });
    let mut all: Vec<Value> = names
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    if route.method != "GET" && route.call.is_some() {
        all.push(json!({
            "name": "Idempotency-Key", "in": "header", "schema": { "type": "string", "maxLength": 200 },
            "description": "The same key with the same body gives the same answer for a day; with another body 422.",
        }));
    }
    Value::Array(all)
}

fn problem() -> Value {
    json!({
        "type": "object",
        "description": "RFC 9457. `code` is stable; where a rule refused, `rule`, `facts` and `who_can_change` say why.",
        "required": ["type", "title", "status", "code"],
        "properties": {
            "type": { "type": "string" }, "title": { "type": "string" }, "status": { "type": "integer" },
            "detail": { "type": "string" }, "code": { "type": "string" }, "request_id": { "type": "string" },
            "errors": { "type": "array", "items": { "type": "object", "properties": {
                "field": { "type": "string" }, "code": { "type": "string" }, "message": { "type": "string" } } } },
            "rule": { "type": "string" }, "facts": { "type": "object" }, "who_can_change": { "type": "string" },
        },
    })
}
