//! What nobody would type is refused, and is no fault of ours.

use http::Method;
use serde_json::json;
use testkit::{Answer, Client};
use web::{Declared, Who};

use crate::{
    access_matrix::routes,
    support::{Hospital, Words},
};

/// For an id, a name, a token.
const ODD: [&str; 10] =
    ["not-an-id", "%00", "a%00b", "%FF%FE", "%F0%9F%98%80", "..%2f..%2fetc%2fpasswd", "%27%3b--", "-1", ".pdf", ".ics"];

/// What lists and searches are asked for.
const QUESTIONS: [&str; 14] = [
    "q",
    "page",
    "cursor",
    "from",
    "to",
    "after",
    "code",
    "specialty",
    "language",
    "sort",
    "day",
    "doctor",
    "next",
    "status",
];

/// Somebody of every audience.
struct People {
    visitor: Client,
    patient: Client,
    doctor: Client,
    administrator: Client,
}

impl People {
    async fn of(hospital: &Hospital) -> Self {
        let story = hospital.told(&Words::default()).await;
        let administrator = hospital.member(access::Role::Administrator).await;
        Self {
            visitor: hospital.doors.visitor(),
            patient: hospital.program(story.patient).await,
            doctor: hospital.program(story.doctor).await,
            administrator: hospital.program(administrator).await,
        }
    }

    /// Whoever gets furthest there.
    fn for_whom(&self, route: &Declared) -> &Client {
        match route.who {
            Who::Public(_) => &self.visitor,
            Who::Audience("administrator") => &self.administrator,
            Who::Audience("doctor" | "staff") => &self.doctor,
            Who::Audience(_) => &self.patient,
        }
    }
}

/// The path with the answer's status, where that is a fault of ours.
fn fault(path: &str, answer: &Answer) -> Option<String> {
    answer.status.is_server_error().then(|| format!("{path}: {}", answer.status))
}

#[track_caller]
fn there_are_none(mut faults: Vec<String>) {
    faults.dedup();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_ids_lead_nowhere() {
    let hospital = Hospital::open().await;
    let people = People::of(&hospital).await;
    let mut faults = Vec::new();
    for route in routes().iter().filter(|route| route.path.contains('{')) {
        for value in ODD {
            let parts = route.path.split('/').map(|part| if part.starts_with('{') { value } else { part });
            let path = parts.collect::<Vec<_>>().join("/");
            let method: Method = route.method.parse().unwrap();
            let typed =
                if path.starts_with("/api/") { "application/json" } else { "application/x-www-form-urlencoded" };
            let body = (method != Method::GET).then(|| (typed, Vec::new()));
            faults.extend(fault(&path, &people.for_whom(route).ask(method, &path, body).await));
        }
    }
    there_are_none(faults);
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_questions_are_no_fault_of_ours() {
    let hospital = Hospital::open().await;
    let people = People::of(&hospital).await;
    let mut faults = Vec::new();
    for route in routes().iter().filter(|route| route.method == "GET" && !route.path.contains('{')) {
        for value in ["%00", "%FF%FE", "%27%3b--", "-1"] {
            for name in QUESTIONS {
                let path = format!("{}?{name}={value}", route.path);
                faults.extend(fault(&path, &people.for_whom(route).get(&path).await));
            }
        }
    }
    there_are_none(faults);
}

#[tokio::test]
async fn a_nul_in_a_text_is_refused() {
    let hospital = Hospital::open().await;
    let story = hospital.told(&Words::default()).await;
    let (mine, visitor) = (hospital.program(story.patient).await, hospital.doors.visitor());
    let review = format!("/api/v1/appointments/{}/review", story.appointment);
    mine.put_json(&review, &json!({ "overall": 4, "text": "good\u{0}" })).await.problem(422, "invalid");
    let new = json!({ "identifier": "a\u{0}@x.test", "password": "whatever it is" });
    visitor.post_json("/api/v1/sessions", &new).await.problem(422, "invalid");
    let fields = [("identifier", "a\u{0}@x.test"), ("password", "whatever it is")];
    visitor.post_fields("/sign-in", &fields).await.is(422);
    mine.post_fields("/account/profile", &[("full_name", "A\u{0}")]).await.is(422);
}
