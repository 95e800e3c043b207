//! The document that programs are written from.

use serde_json::Value;

use crate::{access_matrix::routes, support::Hospital};

async fn document() -> Value {
    let hospital = Hospital::open().await;
    hospital.doors.visitor().get("/api/openapi.json").await.is(200).json()
}

#[tokio::test]
async fn every_route_is_in_the_document_and_nothing_else() {
    let document = document().await;
    let paths = document["paths"].as_object().unwrap();
    let mut documented: Vec<String> = Vec::new();
    for (path, operations) in paths {
        documented
            .extend(operations.as_object().unwrap().keys().map(|method| format!("{} {path}", method.to_uppercase())));
    }
    let mut declared: Vec<String> = routes().iter().map(|route| format!("{} {}", route.method, route.path)).collect();
    documented.sort();
    declared.sort();
    assert_eq!(documented, declared);
}

/// Calls that answer 204: done, and nothing to show.
const NOTHING_TO_SAY: &[&str] = &[
    "/api/v1/presence",
    "/api/v1/outside-calendars/{calendar}/fetching",
    "/api/v1/urgent-presence",
    "/api/v1/urgent-offers/{offer}/refusal",
    "/api/v1/admin/deliveries/{delivery}/retry",
];

#[tokio::test]
async fn every_call_says_what_it_takes_and_gives() {
    let document = document().await;
    let mut faults = Vec::new();
    for route in routes().iter().filter(|route| route.path.starts_with("/api/v1/")) {
        let operation = &document["paths"][route.path][route.method.to_lowercase()];
        let answer = &operation["responses"]["2XX"];
        let content = &answer["content"];
        let shape = content.get("application/json").unwrap_or(&content["application/octet-stream"]);
        let shape = &shape["schema"];
        let refusal = &operation["responses"]["4XX"]["content"]["application/problem+json"]["schema"];
        let parameters = operation["parameters"].as_array().map_or(0, Vec::len);
        let has_key = operation["parameters"].to_string().contains("Idempotency-Key");
        let gives = !shape.is_null() || route.method == "DELETE" || NOTHING_TO_SAY.contains(&route.path);
        let is_whole = operation["summary"].as_str().is_some_and(|text| text != "A page" && !text.is_empty())
            && gives
            && !refusal.is_null()
            && parameters == route.path.matches('{').count() + usize::from(has_key)
            && has_key == (route.method != "GET")
            && (route.method != "PUT" || !operation["requestBody"].is_null());
        if !is_whole {
            faults.push(format!("{} {}: {operation}", route.method, route.path));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn every_reference_leads_somewhere() {
    let document = document().await;
    let mut references = Vec::new();
    collect(&document, &mut references);
    assert!(!references.is_empty());
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference} leads outside"));
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
}

fn collect(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            into.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| collect(value, into));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, into)),
        _ => {}
    }
}
