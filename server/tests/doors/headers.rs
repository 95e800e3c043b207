//! What every answer carries, whatever it is.

use testkit::Answer;

use crate::support::{Hospital, Words};

#[track_caller]
fn is_sealed(what: &str, answer: &Answer) {
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'none'"), "{what}: {policy}");
    assert!(!policy.contains("unsafe") && !policy.contains('*'), "{what}: {policy}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{what}");
    assert!(answer.header("cache-control").contains("no-store"), "{what}: {}", answer.header("cache-control"));
    assert!(matches!(answer.header("referrer-policy"), "same-origin" | "no-referrer"), "{what}");
    assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{what}");
    assert_eq!(answer.header("x-request-id").len(), 36, "{what}");
}

#[tokio::test]
async fn pages_refusals_redirects_and_calls_are_sealed() {
    let hospital = Hospital::open().await;
    let patient = hospital.browser(hospital.patient().await).await;
    let visitor = hospital.doors.visitor();
    for (path, status) in [
        ("/", 200),
        ("/doctors", 200),
        ("/sign-in", 200),
        ("/no/such/page", 404),
        ("/api/v1/nothing", 404),
        ("/home", 303),
        ("/api/v1/appointments", 401),
        ("/api/v1/doctors", 200),
        ("/api/openapi.json", 200),
        ("/appointments/not-an-id", 303),
    ] {
        is_sealed(path, &visitor.get(path).await.is(status));
    }
    for (path, status) in [
        ("/home", 303),
        ("/home/patient", 200),
        ("/record", 200),
        ("/admin", 403),
        ("/appointments/not-an-id", 404),
        ("/api/v1/icd10", 403),
        ("/api/v1/appointments", 200),
    ] {
        is_sealed(path, &patient.get(path).await.is(status));
    }
    is_sealed("a wrong method", &visitor.delete("/doctors").await.is(405));
    is_sealed("a form that is too old", &patient.post_fields("/account/profile", &[]).await.is(409));
    is_sealed("a call without shape", &patient.post_form("/api/v1/appointments", &[]).await);
}

#[tokio::test]
async fn downloads_are_sealed_and_leave_as_attachments() {
    let hospital = Hospital::open().await;
    let story = hospital.told(&Words::default()).await;
    let invoice = hospital.test.texts("select id::text from invoices").await.remove(0);
    let mine = hospital.browser(story.patient).await;
    let prescription = format!("/prescriptions/{}.pdf", story.prescription);
    for path in [format!("/invoices/{invoice}.pdf"), prescription.clone(), format!("/api/v1{prescription}")] {
        let answer = mine.get(&path).await.is(200);
        is_sealed(&path, &answer);
        assert_eq!(answer.header("content-type"), "application/pdf", "{path}");
        assert!(answer.header("content-disposition").contains("filename"), "{path}");
        assert!(answer.body.starts_with(b"%PDF-"), "{path}");
    }
}

#[tokio::test]
async fn a_fault_of_ours_is_sealed_and_says_nothing_of_the_inside() {
    let hospital = Hospital::open().await;
    let patient = hospital.program(hospital.patient().await).await;
    hospital.test.force("alter table appointments rename to appointments_of_the_past").await;
    for path in ["/api/v1/appointments", "/appointments"] {
        let answer = patient.get(path).await.is(500);
        is_sealed(path, &answer);
        let text = answer.text();
        assert!(text.contains(answer.header("x-request-id")), "{path}: the person can name it");
        for word in ["appointments_of_the_past", "relation", "sqlx", "select ", "SQL"] {
            assert!(!text.contains(word), "{path} says {word:?}");
        }
    }
}

#[tokio::test]
async fn built_files_are_what_they_say_they_are() {
    let hospital = Hospital::open().await;
    let visitor = hospital.doors.visitor();
    let page = visitor.get("/").await.is(200).text();
    let paths: Vec<String> = page
        .split("\"/assets/")
        .skip(1)
        .filter_map(|rest| Some(format!("/assets/{}", rest.split('"').next()?)))
        .collect();
    assert!(!paths.is_empty(), "the page asks for files");
    for path in paths {
        let answer = visitor.get(&path).await;
        assert!(!answer.is_page(), "{path}");
        // Absent where the pages' files were not built.
        assert!(answer.status == 404 || answer.header("x-content-type-options") == "nosniff", "{path}");
    }
    visitor.get("/assets/..%2f..%2fCargo.toml").await.is(404);
}

#[tokio::test]
async fn under_https_cookies_are_bound_to_the_host_and_browsers_stay_there() {
    let hospital = Hospital::open_at("https://care.example/").await;
    let patient = hospital.browser(hospital.patient().await).await;
    let page = patient.get("/home/patient").await.is(200);
    is_sealed("/home/patient", &page);
    assert!(page.header("strict-transport-security").contains("includeSubDomains"));
    let cookie = page.header("set-cookie");
    assert!(cookie.starts_with("__Host-visitor=") && cookie.contains("; Secure"), "{cookie}");
    assert!(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax"), "{cookie}");
    let token = hospital.session(hospital.patient().await).await;
    hospital.doors.visitor().with_cookie("session", &token).get("/home/patient").await.is(303);
}
