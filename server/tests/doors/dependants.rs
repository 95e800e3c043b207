//! A parent acts for a child, until it is of age; nobody else does.

use kernel::ids::{AccountId, PatientId};
use serde_json::{Value, json};
use testkit::Client;

use crate::support::{Hospital, Person, offer};

/// Five years old today, so that no birthday is near.
async fn child_of(hospital: &Hospital, parent: &Client, name: &str) -> String {
    let born = hospital.test.now().await.date_in(&kernel::Zone::utc()).plus_days(-5 * 365 - 100);
    let child = json!({ "full_name": name, "birth_date": born, "relation": "parent" });
    parent.post_json("/api/v1/dependants", &child).await.is(201).field("patient_id")
}

fn wish(hospital: &Hospital, doctor: Person, child: &str) -> Value {
    json!({ "doctor_id": doctor.id, "starts_at": hospital.at("10:00"), "mode": "video", "patient_id": child })
}

#[tokio::test]
async fn a_parent_books_pays_is_told_and_joins_for_a_child() {
    let hospital = Hospital::open().await;
    let (parent, doctor) = (hospital.patient().await, hospital.doctor(&offer()).await);
    let mine = hospital.program(parent).await;
    let child = child_of(&hospital, &mine, "Ayaan Rahman").await;
    let booked = mine.post_json("/api/v1/appointments", &wish(&hospital, doctor, &child)).await.is(201);
    assert_eq!(booked.field("patient_id"), child);
    let id = booked.field("id");
    hospital.pay(&mine, &id).await;
    hospital.doors.work().await;
    let told = format!("select kind from notices where account_id = '{}' and kind = 'scheduling.confirmed'", parent.id);
    assert_eq!(hospital.test.texts(&told).await.len(), 1, "the letter goes to the parent");

    let list = hospital.browser(parent).await.get("/appointments").await.is(200).text();
    assert!(list.contains("Ayaan Rahman"), "the list says whose it is");
    let page = hospital.browser(doctor).await.get(&format!("/appointments/{id}")).await.is(200).text();
    assert!(
        page.contains("Ayaan Rahman") && page.contains("Amina Rahman"),
        "the patient is the child; the parent booked"
    );

    hospital.wait_until(2, hospital.at("10:00")).await;
    let (mine, theirs) = (hospital.program(parent).await, hospital.program(doctor).await);
    mine.post_json(&format!("/api/v1/appointments/{id}/arrival"), &json!({})).await.is(200);
    let visit =
        theirs.post_json(&format!("/api/v1/appointments/{id}/visit"), &json!({})).await.is(201).field("visit_id");
    mine.post_json(&format!("/api/v1/visits/{visit}/room-tokens"), &json!({})).await.is(201);
}

#[tokio::test]
async fn a_stranger_acts_for_nobodys_child() {
    let hospital = Hospital::open().await;
    let (parent, stranger, doctor) =
        (hospital.patient().await, hospital.patient().await, hospital.doctor(&offer()).await);
    let (mine, other) = (hospital.program(parent).await, hospital.program(stranger).await);
    let child = child_of(&hospital, &mine, "Ayaan Rahman").await;
    let wish = wish(&hospital, doctor, &child);
    other.post_json("/api/v1/appointments", &wish).await.is(404);
    let id = mine.post_json("/api/v1/appointments", &wish).await.is(201).field("id");
    other.get(&format!("/api/v1/appointments/{id}")).await.is(404);
    other.post_json(&format!("/api/v1/appointments/{id}/cancellation"), &json!({})).await.is(404);
    other.post_json(&format!("/api/v1/dependants/{child}/ending"), &json!({})).await.is(404);
    assert_eq!(other.get("/api/v1/dependants").await.is(200).json()["items"], json!([]));
}

#[tokio::test]
async fn the_database_lets_nobody_make_themselves_a_speaker() {
    let hospital = Hospital::open().await;
    let (parent, stranger) = (hospital.patient().await, hospital.patient().await);
    let child = child_of(&hospital, &hospital.program(parent).await, "Ayaan Rahman").await;
    let context = db::Context {
        account: Some(AccountId::from_uuid(stranger.id)),
        patients: vec![PatientId::from_uuid(stranger.id)],
        roles: vec!["patient"],
        ..db::Context::default()
    };
    let write = format!(
        "insert into proxies (id, patient_id, account_id, relation, ends_on)
         values (gen_random_uuid(), '{child}', '{}', 'parent', current_date + 100)",
        stranger.id
    );
    let mut tx = hospital.test.db().begin(&context).await.unwrap();
    let refused = sqlx::raw_sql(sqlx::AssertSqlSafe(write)).execute(tx.conn()).await.unwrap_err();
    assert!(refused.to_string().contains("row-level security"), "{refused}");
    let mut tx = hospital.test.db().begin(&context).await.unwrap();
    let asked = format!("select app.account_for('{child}', null)::text");
    let told: Option<String> =
        sqlx::Row::get(&sqlx::raw_sql(sqlx::AssertSqlSafe(asked)).fetch_one(tx.conn()).await.unwrap(), 0);
    assert_eq!(told, None, "nor is a stranger told who acts for a child");
}

#[tokio::test]
async fn on_the_birthday_of_age_it_is_over_by_itself() {
    let hospital = Hospital::open().await;
    let (parent, doctor) = (hospital.patient().await, hospital.doctor(&offer()).await);
    let mine = hospital.program(parent).await;
    let child = child_of(&hospital, &mine, "Ayaan Rahman").await;
    let wish = wish(&hospital, doctor, &child);
    let id = mine.post_json("/api/v1/appointments", &wish).await.is(201).field("id");
    hospital.test.force(&format!("update proxies set ends_on = current_date where patient_id = '{child}'")).await;
    let later = hospital.program(parent).await;
    later.get(&format!("/api/v1/appointments/{id}")).await.is(404);
    later.post_json("/api/v1/appointments", &wish).await.is(404);
    assert_eq!(later.get("/api/v1/dependants").await.is(200).json()["items"], json!([]));
}

#[tokio::test]
async fn somebody_of_age_a_day_to_come_and_the_same_child_twice_are_refused() {
    let hospital = Hospital::open().await;
    let parent = hospital.patient().await;
    let mine = hospital.program(parent).await;
    let body = |born: &str| json!({ "full_name": "Ayaan Rahman", "birth_date": born, "relation": "guardian" });
    mine.post_json("/api/v1/dependants", &body("1990-01-01")).await.is(422);
    mine.post_json("/api/v1/dependants", &body("2199-01-01")).await.is(422);
    let child = child_of(&hospital, &mine, "Ayaan Rahman").await;
    let born = hospital.test.texts(&format!("select birth_date::text from patients where id = '{child}'")).await;
    mine.post_json("/api/v1/dependants", &body(&born[0])).await.is(422);
    mine.post_json(&format!("/api/v1/dependants/{child}/ending"), &json!({})).await.is(200);
    mine.post_json(&format!("/api/v1/dependants/{child}/ending"), &json!({})).await.is(404);
}
