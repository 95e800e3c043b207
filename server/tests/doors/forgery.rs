//! Another site's page cannot make a browser act for its person.

use testkit::{Answer, Client};

use crate::support::{Hospital, Person};

const FORM: &str = "/record/allergies";
const FIELDS: [(&str, &str); 2] = [("substance", "Latex"), ("category", "environment")];

/// A patient's browser with the form open, and the token that is in it.
async fn at_the_form(hospital: &Hospital) -> (Person, Client, String) {
    let patient = hospital.patient().await;
    let browser = hospital.browser(patient).await;
    let token = browser.get("/record/allergies/new").await.is(200).form_token().expect("the form has a token");
    (patient, browser, token)
}

async fn written(hospital: &Hospital) -> i64 {
    hospital.test.count("select count(*) from allergies").await
}

#[track_caller]
fn is_refused(what: &str, answer: &Answer) {
    assert_eq!(answer.status, 409, "{what}: {}", answer.text());
    assert!(answer.is_page() || answer.json()["code"] == "page_too_old", "{what}");
}

#[tokio::test]
async fn a_form_without_its_token_or_with_a_wrong_one_does_nothing() {
    let hospital = Hospital::open().await;
    let (_, browser, token) = at_the_form(&hospital).await;
    let (_, _, foreign) = at_the_form(&hospital).await;
    let mut cut = token.clone();
    cut.pop();

    for (what, given) in [("none", None), ("empty", Some("")), ("foreign", Some(&*foreign)), ("cut", Some(&*cut))] {
        let fields: Vec<_> = given.map(|token| ("_csrf", token)).into_iter().chain(FIELDS).collect();
        is_refused(what, &browser.post_fields(FORM, &fields).await);
    }

    assert_eq!(written(&hospital).await, 0);
    browser.post_form(FORM, &FIELDS).await.is(303);
    assert_eq!(written(&hospital).await, 1);
}

#[tokio::test]
async fn another_sites_page_is_refused_even_with_the_right_token() {
    let hospital = Hospital::open().await;
    let (patient, browser, _) = at_the_form(&hospital).await;
    let evil = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://127.0.0.1:9.evil.example"),
    ];
    for (name, value) in evil {
        let from_there = browser.clone().with_header(name, value);
        is_refused(value, &from_there.post_form(FORM, &FIELDS).await);
        let path = format!("/api/v1/patients/{}/allergies", patient.id);
        let call = from_there.post_json(&path, &serde_json::json!({ "substance": "Latex" })).await;
        call.problem(409, "page_too_old");
    }
    assert_eq!(written(&hospital).await, 0);

    let from_here = browser.with_header("sec-fetch-site", "same-origin");
    from_here.post_form(FORM, &FIELDS).await.is(303);
    assert_eq!(written(&hospital).await, 1);
}

#[tokio::test]
async fn a_browsers_call_needs_a_word_that_it_comes_from_our_page() {
    let hospital = Hospital::open().await;
    let (patient, browser, token) = at_the_form(&hospital).await;
    let path = format!("/api/v1/patients/{}/allergies", patient.id);
    let latex = serde_json::json!({ "substance": "Latex" });

    browser.post_json(&path, &latex).await.problem(409, "page_too_old");
    assert_eq!(written(&hospital).await, 0);

    browser.clone().with_header("x-csrf-token", &token).post_json(&path, &latex).await.is(201);
    browser.with_header("origin", "http://127.0.0.1:9").post_json(&path, &latex).await.is(201);
    hospital.program(patient).await.post_json(&path, &latex).await.is(201);
    assert_eq!(written(&hospital).await, 3);
}

#[tokio::test]
async fn nobody_is_signed_in_by_another_sites_page() {
    let hospital = Hospital::open().await;
    let visitor = hospital.doors.visitor();
    visitor.get("/sign-in").await.is(200);
    let fields = [("identifier", "a@x.test"), ("password", "whatever it is")];
    is_refused("without its token", &visitor.post_fields("/sign-in", &fields).await);
    let elsewhere = hospital.doors.visitor().with_header("sec-fetch-site", "cross-site");
    is_refused("from elsewhere", &elsewhere.post_fields("/sign-in", &fields).await);
    assert_eq!(hospital.test.count("select count(*) from rate_counters").await, 0, "it was not even tried");
}
