//! What the patient says while the records are joined counts for both, and what is sought meanwhile is found.

use serde_json::json;

use super::{Desk, allergies_answer, close_to, open_to};
use crate::support::{Hospital, Person, offer};

#[tokio::test(flavor = "multi_thread")]
async fn an_end_that_is_set_after_the_joining_ends_what_was_given_without_one() {
    let hospital = Hospital::open().await;
    let people = hospital.patients(2).await;
    let (kept, gone) = (people[0], people[1]);
    let reader = hospital.doctor(&offer()).await;
    open_to(&hospital, gone, reader, "record").await;
    let desk = Desk::of(&hospital).await;
    desk.joined(&hospital, kept, gone).await;
    let theirs = hospital.program(reader).await;
    allergies_answer(&theirs, kept).await.is(200);
    let mine = hospital.program(kept).await;
    let body = json!({ "doctor_id": reader.id, "scope": "record", "days": 30 });
    mine.post_json(&format!("/api/v1/patients/{}/consents", kept.id), &body).await.is(201);
    allergies_answer(&theirs, kept).await.is(200);
    // A month later, by the clock of the database, which decides.
    let month = "alter table record_joins disable trigger record_join_stands;
        update record_joins set joined_at = joined_at - interval '31 days';
        alter table record_joins enable trigger record_join_stands;
        update consents set decided_at = decided_at - interval '31 days', ends_at = ends_at - interval '31 days'";
    hospital.test.force(month).await;
    let theirs = hospital.program(reader).await;
    for patient in [kept, gone] {
        allergies_answer(&theirs, patient).await.is(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reads_by_a_word_about_the_other_record_is_listed_and_shut_out_of_both_for_good() {
    let hospital = Hospital::open().await;
    let people = hospital.patients(2).await;
    let (kept, gone) = (people[0], people[1]);
    let (reader, other) = (hospital.doctor(&offer()).await, hospital.doctor(&offer()).await);
    open_to(&hospital, gone, reader, "record").await;
    let desk = Desk::of(&hospital).await;
    let join = desk.joined(&hospital, kept, gone).await;
    let page = hospital.browser(kept).await.get("/record/sharing").await.is(200).text();
    assert!(page.contains(&reader.id.to_string()), "{page}");
    let theirs = hospital.program(reader).await;
    allergies_answer(&theirs, kept).await.is(200);
    close_to(&hospital, kept, reader).await;
    open_to(&hospital, kept, other, "record").await;
    close_to(&hospital, kept, other).await;
    allergies_answer(&theirs, kept).await.is(404);
    desk.part(&hospital, &join).await.is(200);
    for patient in [kept, gone] {
        allergies_answer(&theirs, patient).await.is(404);
    }
    let shut = |doctor: Person| {
        format!(
            "select count(*) from consents where patient_id = '{}' and practitioner_id = '{}' and decision = 'revoked'",
            gone.id, doctor.id
        )
    };
    assert_eq!(hospital.test.count(&shut(reader)).await, 1);
    assert_eq!(hospital.test.count(&shut(other)).await, 0, "of a doctor of the other record it learns nothing");
}

#[tokio::test]
async fn whoever_waits_for_a_doctor_now_is_not_retired_and_no_guest_becomes_a_retired_record() {
    let hospital = Hospital::open().await;
    let people = hospital.patients(2).await;
    let (kept, gone) = (people[0], people[1]);
    let sought = |patient: &str, mac: &str| {
        format!(
            "insert into urgent_requests (id, patient_id, guest_mac, locale, time_zone, acuity, next_at, promised_by)
             values (gen_random_uuid(), {patient}, {mac}, 'en', 'UTC', 3, now(), now() + interval '1 hour')"
        )
    };
    hospital.test.force(&sought(&format!("'{}'", gone.id), "null")).await;
    let desk = Desk::of(&hospital).await;
    let refused = desk.join(&hospital, kept, gone, true).await.is(422).json();
    assert_eq!(refused["errors"][0]["field"], "survivor", "{refused}");
    let over = "update urgent_requests set status = 'cancelled', closed_at = now()";
    hospital.test.force(over).await;
    desk.joined(&hospital, kept, gone).await;
    hospital.test.force(&sought("null", "sha256('guest')")).await;
    let named = format!("update urgent_requests set patient_id = '{}' where patient_id is null", gone.id);
    let refused = hospital.test.refusal(&named).await;
    assert!(refused.contains("takes up nothing new"), "{refused}");
}

/// Whether this doctor sees what is hidden in this record.
async fn sees_hidden(hospital: &Hospital, doctor: Person, patient: Person) -> bool {
    let me = db::Context {
        account: Some(kernel::ids::AccountId::from_uuid(doctor.id)),
        practitioner: Some(kernel::ids::PractitionerId::from_uuid(doctor.id)),
        roles: vec!["doctor"],
        ..db::Context::default()
    };
    let mut tx = hospital.test.db().begin(&me).await.unwrap();
    let asked = format!("select app.sees_hidden('{}')", patient.id);
    let answer = sqlx::raw_sql(sqlx::AssertSqlSafe(asked)).fetch_one(tx.conn()).await.unwrap();
    sqlx::Row::get(&answer, 0)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_of_hidden_entries_after_the_joining_is_the_only_word() {
    let hospital = Hospital::open().await;
    let people = hospital.patients(2).await;
    let (kept, gone) = (people[0], people[1]);
    let (reader, shut) = (hospital.doctor(&offer()).await, hospital.doctor(&offer()).await);
    for doctor in [reader, shut] {
        open_to(&hospital, gone, doctor, "everything").await;
    }
    open_to(&hospital, kept, shut, "everything").await;
    close_to(&hospital, kept, shut).await;
    assert!(sees_hidden(&hospital, shut, gone).await);
    let desk = Desk::of(&hospital).await;
    desk.joined(&hospital, kept, gone).await;
    assert!(!sees_hidden(&hospital, shut, gone).await, "closed in the other record");
    assert!(sees_hidden(&hospital, reader, gone).await && !sees_hidden(&hospital, reader, kept).await);
    open_to(&hospital, kept, reader, "record").await;
    assert!(!sees_hidden(&hospital, reader, gone).await, "not any more");
    open_to(&hospital, kept, reader, "everything").await;
    assert!(sees_hidden(&hospital, reader, gone).await && sees_hidden(&hospital, reader, kept).await);
}
