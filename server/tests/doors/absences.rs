//! Who did not come, by heartbeats and the clock; and what a visit that fails gives back.

use serde_json::json;

use crate::support::{Hospital, Person, Words};

async fn status(hospital: &Hospital, id: &str) -> String {
    hospital.test.texts(&format!("select status from appointments where id = '{id}'")).await.remove(0)
}

async fn is_at_the_desk(hospital: &Hospital, doctor: Person) {
    hospital.program(doctor).await.post_json("/api/v1/presence", &json!({})).await.is(200);
}

async fn waits(hospital: &Hospital, patient: Person, id: &str) {
    let here = format!("/api/v1/appointments/{id}/presence");
    hospital.program(patient).await.post_json(&here, &json!({})).await.is(200);
}

#[tokio::test]
async fn a_patient_who_does_not_come_while_the_doctor_waits_is_a_no_show_by_the_clock() {
    let hospital = Hospital::open().await;
    let (_, doctor, id, starts_at) = hospital.confirmed("10:00", &Words::default()).await;
    hospital.wait_until(-9, starts_at).await;
    is_at_the_desk(&hospital, doctor).await;
    hospital.doors.work().await;
    assert_eq!(status(&hospital, &id).await, "confirmed", "the grace is not over");
    hospital.wait_until(-12, starts_at).await;
    is_at_the_desk(&hospital, doctor).await;
    hospital.doors.work().await;
    assert_eq!(status(&hospital, &id).await, "no_show_patient");
    assert_eq!(hospital.test.count("select count(*) from refunds").await, 0, "the house's rule gives nothing back");
}

#[tokio::test]
async fn a_doctor_who_does_not_come_while_the_patient_waits_costs_nothing_and_pays_back_by_itself() {
    let hospital = Hospital::open().await;
    let (patient, _, id, starts_at) = hospital.confirmed("10:00", &Words::default()).await;
    hospital.wait_until(5, starts_at).await;
    let arrival = format!("/api/v1/appointments/{id}/arrival");
    hospital.program(patient).await.post_json(&arrival, &json!({})).await.is(200);
    hospital.wait_until(-14, starts_at).await;
    waits(&hospital, patient, &id).await;
    hospital.doors.work().await;
    assert_eq!(status(&hospital, &id).await, "confirmed");
    hospital.wait_until(-16, starts_at).await;
    waits(&hospital, patient, &id).await;
    hospital.doors.work().await;
    assert_eq!(status(&hospital, &id).await, "no_show_doctor");
    let told =
        format!("select kind from notices where account_id = '{}' and kind = 'scheduling.doctor_absent'", patient.id);
    assert_eq!(hospital.test.texts(&told).await.len(), 1);
    hospital.test.pass_minutes(12 * 60 + 1);
    hospital.doors.work().await;
    assert_eq!(hospital.test.texts("select reason from refunds").await, ["no_show_doctor"]);
}

#[tokio::test]
async fn a_visit_that_fails_before_the_two_have_spoken_is_paid_back_and_a_longer_one_is_not() {
    for (minutes, gives_back) in [(4, true), (6, false)] {
        let hospital = Hospital::open().await;
        let story = hospital.met(&Words::default()).await;
        for (role, account) in [("patient", story.patient.id), ("doctor", story.doctor.id)] {
            let joined = format!(
                "insert into visit_events (id, visit_id, patient_id, practitioner_id, account_id, role, kind, happened_at)
                 select gen_random_uuid(), id, patient_id, practitioner_id, '{account}', '{role}', 'joined', '{}'
                 from visits where id = '{}'",
                hospital.test.now().await,
                story.visit
            );
            hospital.test.force(&joined).await;
        }
        hospital.test.pass_minutes(minutes);
        let ending = format!("/api/v1/visits/{}/ending", story.visit);
        let theirs = hospital.program(story.doctor).await;
        theirs.post_json(&ending, &json!({ "incomplete": "technical" })).await.is(200);
        let mine = hospital.program(story.patient).await;
        let choices = mine.get(&format!("/api/v1/appointments/{}/choices", story.appointment)).await;
        assert_eq!(choices.status.as_u16(), if gives_back { 200 } else { 404 }, "{minutes} minutes");
        if gives_back {
            assert_eq!(choices.json()["cause"], "technical_failure");
            let refund = format!("/api/v1/appointments/{}/choices/refund", story.appointment);
            mine.post_json(&refund, &json!({})).await.is(200);
            assert_eq!(hospital.test.texts("select reason from refunds").await, ["technical_failure"]);
        }
    }
}
