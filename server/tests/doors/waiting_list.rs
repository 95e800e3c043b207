//! A time gets free: from the cancellation to the payment of the next of the list.

use serde_json::json;

use crate::support::{Hospital, Words, offer};

#[tokio::test]
async fn a_cancelled_time_is_offered_taken_and_paid_through_the_pages() {
    let hospital = Hospital::open().await;
    let (first, doctor, appointment, starts_at) = hospital.confirmed("10:00", &Words::default()).await;
    let (next, other) = (hospital.patient().await, hospital.patient().await);
    let page = hospital.browser(next).await;
    let service = hospital.test.texts("select id::text from services limit 1").await.remove(0);
    let profile = hospital.doors.visitor().get(&format!("/doctors/dr-{}", doctor.id)).await.is(200).text();
    assert!(profile.contains("/waiting-list/new?doctor="), "the free times lead to the list");
    page.get(&format!("/waiting-list/new?doctor=dr-{}&service={service}", doctor.id)).await.is(200);
    let day = starts_at.date_in(&kernel::Zone::utc()).to_string();
    let slug = format!("dr-{}", doctor.id);
    let mut form = vec![("doctor", slug.as_str()), ("service", &service), ("sought", "doctor")];
    form.extend([("from_day", day.as_str()), ("until_day", day.as_str()), ("starts", "10:00"), ("ends", "10:30")]);
    page.post_form("/waiting-list", &form).await.is(422);
    form.extend(["1", "2", "3", "4", "5", "6", "7"].map(|weekday| ("weekdays", weekday)));
    assert_eq!(page.post_form("/waiting-list", &form).await.is(303).location(), "/waiting-list");
    hospital.doors.work().await;
    assert!(!page.get("/waiting-list").await.is(200).text().contains("/offer"), "nothing is free yet");

    let gone = format!("/api/v1/appointments/{appointment}/cancellation");
    hospital.program(first).await.post_json(&gone, &json!({})).await.is(200);
    hospital.doors.work().await;
    let offered = hospital.test.texts("select appointment_id::text from waiting_offers").await.remove(0);
    assert!(page.get("/waiting-list").await.is(200).text().contains(&format!("/appointments/{offered}/offer")));
    let told = format!("select kind from notices where account_id = '{}'", next.id);
    assert_eq!(hospital.test.texts(&told).await, ["scheduling.offered"]);

    let stranger = hospital.program(other).await;
    let wish = json!({ "doctor_id": doctor.id, "starts_at": starts_at, "mode": "video" });
    stranger.post_json("/api/v1/appointments", &wish).await.problem(409, "slot_taken");
    hospital.browser(other).await.get(&format!("/appointments/{offered}/offer")).await.is(404);

    let checkout = format!("/appointments/{offered}/checkout");
    assert_eq!(page.get(&checkout).await.is(303).location(), format!("/appointments/{offered}/offer"));
    page.get(&format!("/appointments/{offered}/offer")).await.is(200);
    assert_eq!(page.post_form(&format!("/appointments/{offered}/offer"), &[]).await.is(303).location(), checkout);
    hospital.pay(&hospital.program(next).await, &offered).await;
    let booked = hospital.program(next).await.get(&format!("/api/v1/appointments/{offered}")).await.is(200);
    assert_eq!(booked.json()["status"], "confirmed");
}

#[tokio::test]
async fn a_doctor_sees_who_waits_and_a_declined_offer_goes_on() {
    let hospital = Hospital::open().await;
    let doctor = hospital.doctor(&offer()).await;
    let (one, two) = (hospital.patient().await, hospital.patient().await);
    let service = hospital.test.texts("select id::text from services limit 1").await.remove(0);
    let day = hospital.at("10:00").date_in(&kernel::Zone::utc());
    let wish = json!({ "doctor_id": doctor.id, "service_id": service, "from_day": day, "until_day": day,
        "starts": "10:00", "ends": "10:30" });
    for person in [one, two] {
        hospital.program(person).await.post_json("/api/v1/waiting-list", &wish).await.is(201);
    }
    let desk = hospital.browser(doctor).await.get("/doctor/waiting-list").await.is(200).text();
    assert!(!desk.contains("Amina Rahman"), "whoever only waits is not known by name");
    hospital.doors.work().await;
    let offered = hospital.test.texts("select appointment_id::text from waiting_offers").await;
    assert_eq!(offered.len(), 1);
    let refusal = format!("/api/v1/appointments/{}/offer/refusal", offered[0]);
    hospital.program(two).await.post_json(&refusal, &json!({})).await.is(404);
    assert_eq!(hospital.program(one).await.post_json(&refusal, &json!({})).await.is(200).json()["status"], "declined");
    hospital.doors.work().await;
    let next = "select patient_id::text from waiting_offers where status = 'open'";
    assert_eq!(hospital.test.texts(next).await, [two.id.to_string()]);
}
