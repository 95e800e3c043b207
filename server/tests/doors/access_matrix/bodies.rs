//! What a call is sent, so that its refusal is about the person and not about the form.

use http::Method;
use serde_json::{Value, json};

use super::cast::Objects;

pub(super) fn of(method: &Method, path: &str, objects: &Objects) -> Value {
    match path {
        "/api/v1/appointments" => {
            json!({ "doctor_id": objects.value("doctor"), "starts_at": "2030-01-01T10:00:00Z", "mode": "video" })
        }
        "/api/v1/appointments/{appointment}/acuity" => json!({ "acuity": 3 }),
        "/api/v1/appointments/{appointment}/rescheduling" => json!({ "starts_at": "2030-01-01T10:00:00Z" }),
        "/api/v1/appointments/{appointment}/choices" => json!({
            "doctor_id": objects.value("doctor"),
            "service_id": objects.value("service"),
            "starts_at": "2030-01-01T10:00:00Z",
        }),
        "/api/v1/doctors/{doctor}/called-off-days" => json!({ "day": objects.value("day"), "reason": "unwell" }),
        "/api/v1/services/{service}/cancellation-policy"
        | "/api/v1/doctors/{doctor}/services/{service}/cancellation-policy" => terms(),
        "/api/v1/services/{service}/follow-up" => json!({ "days": 7 }),
        "/api/v1/tokens/{number}/steps" => json!({ "step": "call" }),
        "/api/v1/doctors/{doctor}/weekly-hours" => {
            json!({ "windows": [{ "weekday": 1, "starts": "00:00", "ends": "00:00" }], "how": { "preview": true } })
        }
        "/api/v1/doctors/{doctor}/schedule-exceptions" => json!({
            "kind": "closed", "starts_on": "2030-01-01", "ends_on": "2030-01-01", "how": { "preview": true },
        }),
        "/api/v1/doctors/{doctor}/schedule-exceptions/{exception}/removal" => json!({ "how": { "preview": true } }),
        "/api/v1/dependants" => json!({ "full_name": "A child", "birth_date": "2020-02-29", "relation": "parent" }),
        "/api/v1/waiting-list" => json!({
            "specialty": "dermatology", "mode": "video", "from_day": "2030-01-01", "until_day": "2030-01-02",
        }),
        "/api/v1/waiting-list/{waiting}/acuity" => json!({ "acuity": 2 }),
        "/api/v1/appointments/{appointment}/voucher" => json!({ "code": "LATER" }),
        "/api/v1/appointments/{appointment}/review" => json!({ "overall": 4 }),
        "/api/v1/outside-calendars" => {
            json!({ "name": "Family", "kind": "file", "url": "https://cal.example/family.ics" })
        }
        path if path.starts_with("/api/v1/patients/") => of_chart(path, objects),
        path if path.starts_with("/api/v1/visits/") => of_visit(method, path, objects),
        path if path.starts_with("/api/v1/admin/") => of_administration(path, objects),
        "/api/v1/card-scans" => json!({ "code": objects.value("card_token") }),
        "/api/v1/person-searches" => json!({ "full_name": "Amina Rahman", "birth_date": "1990-05-17" }),
        "/api/v1/emergency-access" => json!({ "record_no": "none", "reason": "other", "words": "x", "code": "" }),
        "/api/v1/prescriptions/{prescription}/ending" => json!({ "status": "stopped" }),
        "/api/v1/prescriptions/{prescription}/refill-decisions" => json!({ "decision": "deny" }),
        "/api/v1/prescriptions/{prescription}/items" => item(),
        "/api/v1/threads/{thread}/messages" => json!({ "client_id": objects.value("client"), "text": "And now?" }),
        "/api/v1/threads/{thread}/read-mark" => json!({ "upto": 1 }),
        "/api/v1/threads/{thread}/e-visits" => json!({ "amount": 500 }),
        "/api/v1/doctor/covers" => {
            json!({ "cover_id": objects.value("doctor"), "from": "2031-01-01", "until": "2031-01-02" })
        }
        "/api/v1/appointments/{appointment}/intake" | "/api/v1/appointments/{appointment}/intake/submission" => {
            json!({ "form": "dermatology", "form_version": 1, "answers": {} })
        }
        "/api/v1/note-approvals/{approval}/signature" => json!({ "addenda": 0 }),
        "/api/v1/note-approvals/{approval}/return" => json!({ "words": "Which elbow?" }),
        "/api/v1/guests/{guest}/recording" => json!({ "agrees": false }),
        "/api/v1/guests/{guest}/media" | "/api/v1/network-tries" => json!({ "offer": "v=0" }),
        _ => json!({}),
    }
}

fn terms() -> Value {
    let tiers = json!([{ "hours": 24, "basis_points": 10_000 }]);
    json!({ "tiers": tiers, "free_moves": 1, "move_until_hours": 4, "no_show_basis_points": 0 })
}

fn item() -> Value {
    json!({ "drug": "198440", "dose": 1.0, "frequency": "BID", "duration_days": 3 })
}

fn of_visit(method: &Method, path: &str, objects: &Objects) -> Value {
    match path {
        "/api/v1/visits/{visit}/commands" => json!({ "kind": "certificate", "text": "Was here" }),
        "/api/v1/visits/{visit}/commands/{command}" => {
            json!({ "version": 1, "command": { "kind": "certificate", "text": "Was here" } })
        }
        "/api/v1/visits/{visit}/commands/{command}/withdrawal" => json!({ "reason": "Somebody else" }),
        "/api/v1/visits/{visit}/intake/acceptances" => json!({ "item": "allergies", "line": "Latex" }),
        "/api/v1/visits/{visit}/addenda" => json!({ "text": "It was the left elbow" }),
        "/api/v1/visits/{visit}/transcript/steps" | "/api/v1/visits/{visit}/recording/steps" => {
            json!({ "step": "pause" })
        }
        "/api/v1/visits/{visit}/prescriptions" => json!({ "items": [item()] }),
        "/api/v1/visits/{visit}/shows" => json!({ "document_id": objects.value("file") }),
        "/api/v1/visits/{visit}/guests/{guest}/sharing" => json!({ "allowed": true }),
        "/api/v1/visits/{visit}/guests" => json!({ "role": "family" }),
        "/api/v1/visits/{visit}/media" if *method == Method::DELETE => json!({ "client": "a page" }),
        "/api/v1/visits/{visit}/media" => json!({ "client": "a page", "token": "none", "offer": "v=0" }),
        _ => json!({}),
    }
}

fn of_administration(path: &str, objects: &Objects) -> Value {
    match path {
        "/api/v1/admin/duplicates/{duplicate}/decision" => json!({ "decision": "different" }),
        "/api/v1/admin/record-joins" => json!({
            "survivor": "none", "retired": "nobody", "reason": "They are one person", "code": "",
        }),
        "/api/v1/admin/record-joins/{join}/ending" => json!({ "reason": "They are two people", "code": "" }),
        "/api/v1/admin/emergency-access/{access}/review" => json!({ "outcome": "justified", "remark": "It was one" }),
        "/api/v1/admin/access-questions/{question}/answer" => {
            json!({ "finding": "in_order", "answer": "It was right" })
        }
        "/api/v1/admin/doctors/{doctor}/supervisions" | "/api/v1/admin/note-approvals/{approval}/assignment" => {
            json!({ "supervisor_id": objects.value("doctor") })
        }
        _ => json!({}),
    }
}

fn of_chart(path: &str, objects: &Objects) -> Value {
    match path {
        "/api/v1/patients/{patient}/consents" => json!({ "doctor_id": objects.value("doctor") }),
        "/api/v1/patients/{patient}/access-questions" => {
            json!({ "line": objects.value("line"), "words": "Why was this?" })
        }
        "/api/v1/patients/{patient}/documents/{file}" => json!({ "kind": "photo", "title": "A rash" }),
        "/api/v1/patients/{patient}/threads" => json!({
            "doctor_id": objects.value("doctor"),
            "subject": "A question",
            "message": { "client_id": objects.value("client"), "text": "May I swim?" },
        }),
        "/api/v1/patients/{patient}/allergies" => json!({ "substance": "Latex" }),
        "/api/v1/patients/{patient}/family-history"
        | "/api/v1/patients/{patient}/family-history/{relative}/versions" => {
            json!({ "relationship": "MTH", "condition": "Asthma" })
        }
        "/api/v1/patients/{patient}/social-history" => json!({ "topic": "occupation", "detail": "Teacher" }),
        "/api/v1/patients/{patient}/family-history/{relative}/withdrawal"
        | "/api/v1/patients/{patient}/social-history/{answer}/withdrawal" => json!({ "reason": "A mistake" }),
        "/api/v1/patients/{patient}/immunizations" => json!({ "code": "03", "given_on": "2020-02-29" }),
        "/api/v1/patients/{patient}/problems" => json!({ "code": "I10" }),
        "/api/v1/patients/{patient}/problems/{problem}/closing" => json!({ "status": "resolved" }),
        "/api/v1/patients/{patient}/vitals" => json!({ "signs": { "pulse": 70.0 } }),
        _ => json!({}),
    }
}

/// The fields of a page's form.
pub(super) fn form_of(path: &str) -> &'static [(&'static str, &'static str)] {
    match path {
        "/admin/deliveries/addresses/lifting" => {
            &[("channel", "email"), ("address", "0000000000000000000000000000000000000000000000000000000000000000")]
        }
        "/record/documents/{file}" | "/doctor/patients/{patient}/documents/{file}" => &[("kind", "photo")],
        "/doctor/patients/{patient}/allergies" => &[("substance", "Latex")],
        "/record/family-history"
        | "/record/family-history/{relative}"
        | "/doctor/patients/{patient}/family-history"
        | "/doctor/patients/{patient}/family-history/{relative}" => &[("relationship", "MTH"), ("condition", "Asthma")],
        "/record/social-history/{topic}" | "/doctor/patients/{patient}/social-history/{topic}" => {
            &[("status", "never")]
        }
        "/record/family-history/{relative}/withdrawal"
        | "/record/social-history/{topic}/{answer}/withdrawal"
        | "/doctor/patients/{patient}/family-history/{relative}/withdrawal"
        | "/doctor/patients/{patient}/social-history/{topic}/{answer}/withdrawal" => &[("reason", "A mistake")],
        "/record/vitals" | "/doctor/patients/{patient}/vitals" => &[("pulse", "70")],
        "/record/immunizations" | "/doctor/patients/{patient}/immunizations" => {
            &[("code", "03"), ("given_on", "2020-02-29")]
        }
        "/doctor/patients/{patient}/problems" => &[("code", "I10")],
        "/doctor/patients/{patient}/problems/{problem}/closing" => &[("status", "resolved")],
        "/appointments/{appointment}/choices" => &[
            ("doctor", "01a043fe-c53c-7009-9144-81d38a757255"),
            ("service", "01a043fe-c53c-7009-9144-81d38a757255"),
            ("starts_at", "2030-01-01T10:00:00Z"),
        ],
        "/admin/duplicates/{duplicate}/decision" => &[("decision", "open")],
        "/admin/record-joins" => &[("reason", "They are one person"), ("code", "")],
        "/admin/record-joins/{join}/ending" => &[("reason", "They are two people"), ("code", "")],
        "/urgent/requests/{request}/acuity" => &[("acuity", "2"), ("why", "seen_worse")],
        "/doctor/availability/follow-ups/{service}" => &[("days", "7"), ("visits", "1")],
        "/doctor/waiting-list/{waiting}/acuity" | "/admin/waiting-list/{waiting}/acuity" => &[("acuity", "2")],
        "/appointments/{appointment}/acuity" => &[("acuity", "3")],
        "/doctor/approvals/{approval}/signature" => &[("addenda", "0")],
        "/doctor/approvals/{approval}/return" => &[("words", "Which elbow?")],
        "/visits/{visit}/commands" => &[("kind", "certificate"), ("text", "Was here"), ("action", "stage")],
        "/visits/{visit}/commands/{command}/withdrawal" => &[("reason", "Somebody else")],
        "/appointments/{appointment}/intake" => &[("form", "dermatology"), ("form_version", "1")],
        "/visits/{visit}/intake/acceptances" => &[("item", "allergies"), ("line", "Latex")],
        "/visits/{visit}/transcript" | "/visits/{visit}/recording" => &[("step", "pause")],
        "/prescriptions/{prescription}/ending" => &[("status", "stopped")],
        "/prescriptions/{prescription}/refill-decisions" => &[("decision", "deny")],
        _ => &[],
    }
}
