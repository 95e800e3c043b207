//! From the screen to a doctor, with and without an account.

use testkit::{Answer, Client};

use crate::support::{Hospital, Person, offer};

/// A doctor who says that they are ready.
async fn ready(hospital: &Hospital) -> (Person, Client) {
    let doctor = hospital.doctor(&offer()).await;
    // No hours: so that only the pool is left.
    hospital.test.force("delete from schedule_windows").await;
    let browser = hospital.browser(doctor).await;
    browser.get("/doctor/urgent").await.is(200);
    browser.post_form("/doctor/urgent/presence", &[("hours", "2")]).await.is(303);
    (doctor, browser)
}

/// The address of the first form that ends so.
fn action(page: &Answer, end: &str) -> String {
    let text = page.text();
    let found = text.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next()).find(|to| to.ends_with(end));
    found.unwrap_or_else(|| panic!("no form leads to …{end}")).to_owned()
}

#[tokio::test]
async fn the_screen_is_one_tap_away_and_says_whom_to_call() {
    let hospital = Hospital::open().await;
    let doctor = hospital.doctor(&offer()).await;
    let visitor = hospital.doors.visitor();
    let profile = format!("/doctors/dr-{}", doctor.id);
    for page in ["/", "/doctors", profile.as_str(), "/sign-up", "/sign-in"] {
        assert!(visitor.get(page).await.is(200).text().contains("href=\"/emergency\""), "{page}");
    }
    let screen = visitor.get("/emergency?country=GB").await.is(200).text();
    assert!(screen.contains("tel:999") && screen.contains("value=\"stroke\""));
    assert!(visitor.get("/emergency").await.is(200).text().contains("tel:112"), "where nothing is known");

    let now = visitor.post_form("/emergency", &[("country", "GB"), ("flags", "suicide")]).await.is(200).text();
    assert!(now.contains("tel:999") && now.contains("tel:116123"), "also the crisis line");
    let none = visitor.post_form("/emergency", &[("country", "GB")]).await.is(200).text();
    assert!(none.contains("action=\"/emergency/requests\"") && none.contains("href=\"/doctors\""));
    assert_eq!(hospital.test.count("select sum(times)::bigint from red_flag_counts").await, 2);
}

#[tokio::test]
async fn a_guest_talks_to_a_doctor_and_gives_a_name_afterwards() {
    let hospital = Hospital::open().await;
    let (_, doctor) = ready(&hospital).await;
    let guest = hospital.doors.visitor();
    guest.get("/emergency").await.is(200);
    let asked = guest.post_form("/emergency/requests", &[("country", "BD"), ("flags", "stroke")]).await.is(303);
    let waiting = asked.location().to_owned();
    guest.get(&waiting).await.is(200);
    hospital.doors.visitor().get(&waiting).await.is(404);

    hospital.doors.work().await;
    let page = doctor.get("/doctor/urgent").await.is(200);
    doctor.post_form(&action(&page, "/acceptance"), &[]).await.is(303);
    let page = guest.get(&waiting).await.is(200).text();
    assert!(page.contains("Dr Nadia Karim") && page.contains(&format!("/sign-up?next={waiting}")));

    let patient = hospital.patient().await;
    let session = hospital.session(patient).await;
    let guest = guest.with_cookie(web::session_cookie_name(&hospital.doors.app), &session);
    let page = guest.get(&waiting).await.is(200);
    guest.post_form(&action(&page, "/claim"), &[]).await.is(303);
    let page = guest.get(&waiting).await.is(200).text();
    let visit = hospital.test.texts("select id::text from appointments where status = 'confirmed'").await.remove(0);
    assert!(page.contains(&format!("/appointments/{visit}")) && page.contains("$24.00"));
    guest.get(&format!("/appointments/{visit}")).await.is(200);
    assert_eq!(hospital.test.count("select count(*) from charges").await, 0, "nothing is paid before");
    hospital.doors.work().await;

    let admin = hospital.browser(hospital.member(access::Role::Administrator).await).await;
    admin.get("/admin/urgent").await.is(200);
    let page = admin.get("/admin/urgent/review").await.is(200);
    let judge = action(&page, "/review");
    admin.post_form(&judge, &[("verdict", "unjustified"), ("reason", "x")]).await.is(422);
    admin.post_form(&judge, &[("verdict", "unjustified"), ("reason", "No signs were there")]).await.is(303);
    let csv = admin.get("/admin/urgent/overrides.csv").await.is(200).text();
    assert!(csv.starts_with("request,asked_at,acuity") && csv.contains("unjustified,No signs were there"));
}

#[tokio::test]
async fn what_was_urgent_is_on_the_bills_when_the_visit_is_over() {
    let hospital = Hospital::open().await;
    let (doctor, _) = ready(&hospital).await;
    let (doctor, patient) = (hospital.program(doctor).await, hospital.patient().await);
    let program = hospital.program(patient).await;
    let body = serde_json::json!({ "flags": ["bleeding"], "country": "BD" });
    let request = program.post_json("/api/v1/urgent-requests", &body).await.is(200).field("id");
    hospital.doors.work().await;
    let offers = doctor.get("/api/v1/urgent-offers").await.is(200).json();
    let offer = offers["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(offers["items"][0]["flags"][0], "bleeding");
    let accepted = doctor.post_json(&format!("/api/v1/urgent-offers/{offer}/acceptance"), &serde_json::json!({})).await;
    let visit = accepted.is(200).field("appointment_id");
    let now = program.get(&format!("/api/v1/urgent-requests/{request}")).await.is(200);
    assert_eq!(now.field("status"), "booked");
    assert_eq!(hospital.test.count("select count(*) from charges").await, 0, "nothing is owed yet");

    let change = format!(
        "update appointments set status = 'fulfilled', visit_status = 'ended', ended_at = now() where id = '{visit}';
         insert into events (id, name, payload) values (gen_random_uuid(), 'scheduling.appointment_ended', '{{\"appointment\": \"{visit}\"}}')"
    );
    hospital.test.force(&change).await;
    hospital.doors.work().await;
    let bills = hospital.browser(patient).await.get("/bills").await.is(200).text();
    assert!(bills.contains(&format!("/appointments/{visit}/payment")) && bills.contains("$24.00"), "{bills}");
}

#[tokio::test]
async fn the_signs_that_were_ticked_are_nowhere_in_clear() {
    let hospital = Hospital::open().await;
    let patient = hospital.program(hospital.patient().await).await;
    let body = serde_json::json!({ "flags": ["meningitis"], "country": "BD" });
    let request = patient.post_json("/api/v1/urgent-requests", &body).await.is(200).field("id");
    let sealed = format!("select count(*) from urgent_requests where id = '{request}' and flags_sealed is not null");
    assert_eq!(hospital.test.count(&sealed).await, 1);
    for table in ["urgent_requests", "urgent_assessments", "urgent_steps", "jobs", "events", "audit_log", "notices"] {
        let found = format!("select count(*) from {table} t where t::text like '%meningitis%'");
        assert_eq!(hospital.test.count(&found).await, 0, "{table}");
    }
    let note = format!("/emergency/requests/{request}/note");
    assert!(patient.get(&note).await.is(200).text().contains("stiff neck"), "its own person reads it");
    hospital.doors.visitor().get(&note).await.is(404);
}

#[tokio::test]
async fn two_wait_in_one_queue_and_see_their_places() {
    let hospital = Hospital::open().await;
    let (one, two) =
        (hospital.program(hospital.patient().await).await, hospital.program(hospital.patient().await).await);
    let body = serde_json::json!({ "flags": [], "country": "BD" });
    let ask = async |who: &Client| {
        let request = who.post_json("/api/v1/urgent-requests", &body).await.is(200).field("id");
        hospital.doors.work().await;
        request
    };
    let (first, second) = (ask(&one).await, ask(&two).await);
    let ahead = async |who: &Client, id: &str| {
        who.get(&format!("/api/v1/urgent-requests/{id}")).await.is(200).json()["queue"]["ahead"].as_i64()
    };
    assert_eq!((ahead(&one, &first).await, ahead(&two, &second).await), (Some(0), Some(1)));
    let page = two.get(&format!("/emergency/requests/{second}")).await.is(200).text();
    assert!(page.contains("One person is before you") && page.contains("No doctor is ready"), "{page}");
    let doctor = hospital.browser(hospital.doctor(&offer()).await).await;
    assert!(doctor.get("/doctor/urgent").await.is(200).text().contains("2 people wait for a doctor"));

    one.post_json(&format!("/api/v1/urgent-requests/{first}/cancellation"), &serde_json::json!({})).await.is(200);
    assert_eq!((ahead(&one, &first).await, ahead(&two, &second).await), (None, Some(0)));
    assert!(two.get(&format!("/emergency/requests/{second}")).await.is(200).text().contains("You are next"));
}
