//! Two records of one person: found after the fact, shown to administrators, never told to a patient.

use std::fmt::Write as _;

use access::Role;
use kernel::ids::{AccountId, PatientId};
use serde_json::{Value, json};
use testkit::Client;

use crate::support::{Hospital, Person, offer};

/// Five years old, and some.
async fn child_of(hospital: &Hospital, parent: Person, name: &str) -> String {
    let born = hospital.test.now().await.date_in(&kernel::Zone::utc()).plus_days(-5 * 365 - 100);
    let child = json!({ "full_name": name, "birth_date": born, "relation": "parent" });
    hospital.program(parent).await.post_json("/api/v1/dependants", &child).await.is(201).field("patient_id")
}

/// A parent who looks like nobody else.
async fn parent(hospital: &Hospital, name: &str, born: &str) -> Person {
    let parent = hospital.patient().await;
    let named = format!("update patients set full_name = '{name}', birth_date = '{born}' where id = '{}'", parent.id);
    hospital.test.force(&named).await;
    parent
}

async fn listed(admin: &Client, status: &str) -> Vec<Value> {
    let path = format!("/api/v1/admin/duplicates?status={status}");
    admin.get(&path).await.is(200).json()["items"].as_array().unwrap().clone()
}

/// Whether a pair is of these two.
fn is_of(pair: &Value, one: &str, other: &str) -> bool {
    let ids: Vec<&str> =
        pair["records"].as_array().unwrap().iter().map(|side| side["patient_id"].as_str().unwrap()).collect();
    ids.contains(&one) && ids.contains(&other)
}

#[tokio::test]
async fn a_child_whom_both_parents_added_is_found_and_only_administrators_are_told() {
    let hospital = Hospital::open().await;
    let (mother, father) =
        (parent(&hospital, "Amina Rahman", "1990-05-17").await, parent(&hospital, "Karim Uddin", "1987-02-08").await);
    let one = child_of(&hospital, mother, "Ayaan Rahman").await;
    let other = child_of(&hospital, father, "RAHMAN Ayaan").await;
    hospital.doors.work().await;
    let admin = hospital.program(hospital.member(Role::Administrator).await).await;
    let pairs = listed(&admin, "open").await;
    assert_eq!(pairs.len(), 1, "{pairs:?}");
    assert!(is_of(&pairs[0], &one, &other));
    assert_eq!(pairs[0]["band"], "high");
    assert!(pairs[0]["reasons"].as_array().unwrap().contains(&json!("name_same")));
    let page = hospital.browser(hospital.member(Role::Administrator).await).await.get("/admin/duplicates").await;
    assert!(page.is(200).text().contains("RAHMAN Ayaan"));

    // Nobody else is told: by no door, by no row, by no line of an access log.
    for who in [mother, hospital.doctor(&offer()).await, hospital.member(Role::Nurse).await] {
        hospital.program(who).await.get("/api/v1/admin/duplicates").await.is(403);
    }
    let me = db::Context {
        account: Some(AccountId::from_uuid(mother.id)),
        patients: vec![PatientId::from_uuid(mother.id), one.parse().unwrap()],
        roles: vec!["patient"],
        ..db::Context::default()
    };
    let mut tx = hospital.test.db().begin(&me).await.unwrap();
    let seen: i64 =
        sqlx::Row::get(&sqlx::raw_sql("select count(*) from duplicate_pairs").fetch_one(tx.conn()).await.unwrap(), 0);
    assert_eq!(seen, 0);
    let notices = format!("select count(*) from notices where account_id in ('{}', '{}')", mother.id, father.id);
    assert_eq!(hospital.test.count(&notices).await, 0);
    admin.post_json(&decision(&pairs[0]), &json!({ "decision": "different" })).await.is(200);
    let trail = "select count(*) from audit_log where object = 'duplicate_pair'";
    assert_eq!(hospital.test.count(trail).await, 1);
    assert_eq!(hospital.test.count(&format!("{trail} and patient_id is not null")).await, 0, "in no patient's log");
}

fn decision(pair: &Value) -> String {
    format!("/api/v1/admin/duplicates/{}/decision", pair["id"].as_str().unwrap())
}

#[tokio::test]
async fn twins_are_listed_last_as_hardly_one_person() {
    let hospital = Hospital::open().await;
    let mother = parent(&hospital, "Amina Rahman", "1990-05-17").await;
    let one = child_of(&hospital, mother, "Ayaan Rahman").await;
    let other = child_of(&hospital, mother, "Aisha Rahman").await;
    hospital.doors.work().await;
    let admin = hospital.program(hospital.member(Role::Administrator).await).await;
    let pairs = listed(&admin, "open").await;
    assert_eq!(pairs.len(), 1, "{pairs:?}");
    assert!(is_of(&pairs[0], &one, &other));
    assert_eq!(pairs[0]["band"], "low");
    assert!(pairs[0]["reasons"].as_array().unwrap().contains(&json!("perhaps_twins")));
}

#[tokio::test]
async fn that_two_are_two_is_remembered_and_can_be_looked_at_again() {
    let hospital = Hospital::open().await;
    let people = hospital.patients(2).await;
    people::duplicates::look(&hospital.app).await.unwrap();
    let [first, second] = [hospital.member(Role::Administrator).await, hospital.member(Role::Administrator).await];
    let (admin, colleague) = (hospital.program(first).await, hospital.program(second).await);
    let pair = listed(&admin, "open").await.remove(0);
    let different = json!({ "decision": "different" });
    let path = decision(&pair);
    let both = futures::future::join(admin.post_json(&path, &different), colleague.post_json(&path, &different)).await;
    let mut statuses = [both.0.status.as_u16(), both.1.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "of two who decide at once one is told that it was decided");
    // Compared anew, as after a change of the profile.
    hospital.test.force(&format!("update patients set version = version + 1 where id = '{}'", people[0].id)).await;
    people::duplicates::look(&hospital.app).await.unwrap();
    assert_eq!((listed(&admin, "open").await.len(), listed(&admin, "different").await.len()), (0, 1));
    let desk = hospital.browser(first).await;
    desk.get("/admin/duplicates?show=different").await.is(200);
    let form = format!("/admin/duplicates/{}/decision", pair["id"].as_str().unwrap());
    desk.post_form(&form, &[("decision", "same")]).await.is(422);
    desk.post_form(&form, &[("decision", "open")]).await.is(303);
    assert_eq!(listed(&admin, "open").await.len(), 1);
}

#[tokio::test]
async fn a_pair_that_a_correction_has_parted_is_listed_no_longer() {
    let hospital = Hospital::open().await;
    let people = hospital.patients(2).await;
    people::duplicates::look(&hospital.app).await.unwrap();
    let admin = hospital.program(hospital.member(Role::Administrator).await).await;
    assert_eq!(listed(&admin, "open").await.len(), 1);
    let corrected = format!(
        "update patients set full_name = 'John Smith', birth_date = '1961-03-02', version = version + 1 where id = '{}'",
        people[1].id
    );
    hospital.test.force(&corrected).await;
    people::duplicates::look(&hospital.app).await.unwrap();
    assert_eq!(listed(&admin, "open").await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_look_at_once_each_pair_is_found_once() {
    let hospital = Hospital::open().await;
    hospital.patients(4).await;
    let looks = (0..6).map(|_| people::duplicates::look(&hospital.app));
    for seen in futures::future::join_all(looks).await {
        seen.unwrap();
    }
    assert_eq!(hospital.test.count("select count(*) from duplicate_pairs").await, 6, "four people have six pairs");
    assert_eq!(hospital.test.count("select count(*) from patients where compared_version is null").await, 0);
}

#[tokio::test]
async fn among_thousands_the_few_are_found_by_their_keys() {
    let hospital = Hospital::open().await;
    let mut people = String::new();
    for number in 0..3000 {
        let name = |salt: u32| -> String {
            let mut state = u32::wrapping_mul(number, 2_654_435).wrapping_add(salt);
            (0..7)
                .map(|_| {
                    state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
                    char::from(b'a' + ((state >> 16) % 26) as u8)
                })
                .collect()
        };
        let _ = write!(
            people,
            "insert into patients (id, record_no, full_name, birth_date) values (gen_random_uuid(), '{:04}-{:04}', '{} {}', date '1940-01-02' + {});",
            number / 1000,
            number % 1000,
            name(1),
            name(7919),
            (number * 7) % 25_000
        );
    }
    hospital.test.force(&people).await;
    hospital.patients(3).await;
    people::duplicates::look(&hospital.app).await.unwrap();
    assert_eq!(hospital.test.count("select count(*) from duplicate_pairs where band = 'high'").await, 3);
    assert!(hospital.test.count("select count(*) from duplicate_pairs").await < 30, "strangers are not pairs");
    let plan =
        "set enable_seqscan = off; explain select p.id from patients p where p.match_keys && array['p:+4411111111']";
    hospital.test.force("analyze patients").await;
    let plan = hospital.test.texts(plan).await.join("\n");
    assert!(plan.contains("patients_match_keys"), "{plan}");
}

#[tokio::test]
async fn the_desk_finds_who_is_here_already_and_they_read_of_it() {
    let hospital = Hospital::open().await;
    let (patient, nurse) = (hospital.patient().await, hospital.member(Role::Nurse).await);
    people::duplicates::look(&hospital.app).await.unwrap();
    let desk = hospital.program(nurse).await;
    let search = async |client: &Client, body: Value| client.post_json("/api/v1/person-searches", &body).await;
    let found = search(&desk, json!({ "full_name": "Ameena Rehman", "birth_date": "1990-05-17" })).await.is(200).json();
    assert_eq!(found["items"].as_array().unwrap().len(), 1, "{found}");
    assert_eq!(found["items"][0]["full_name"], "Amina Rahman");
    assert!(found["items"][0].get("patient_id").is_none());
    let seen = format!(
        "select action || ' ' || object || ' ' || purpose from audit_log where patient_id = '{}' and actor = '{}'",
        patient.id, nurse.id
    );
    assert_eq!(hospital.test.texts(&seen).await, ["read patient identification"]);
    // A name alone lists nobody, and a stranger finds nobody.
    search(&desk, json!({ "full_name": "Amina Rahman" })).await.is(422);
    let none = search(&desk, json!({ "full_name": "John Smith", "birth_date": "1990-05-17" })).await.is(200).json();
    assert_eq!(none["items"], json!([]));
    assert_eq!(hospital.test.texts(&seen).await.len(), 1, "who is not shown is not logged");
    for who in [patient, hospital.member(Role::SupportAgent).await] {
        search(&hospital.program(who).await, json!({ "full_name": "Amina Rahman", "birth_date": "1990-05-17" }))
            .await
            .is(403);
    }
    let paper = hospital.browser(nurse).await;
    paper.get("/desk/people").await.is(200);
    let name_alone = paper.post_form("/desk/people", &[("full_name", "Amina Rahman")]).await.is(422).text();
    assert!(name_alone.contains("Enter the date of birth or the phone number") && name_alone.contains("Amina Rahman"));
    let form = [
        ("full_name", "Amina Rahman"),
        ("birth_date_day", "17"),
        ("birth_date_month", "5"),
        ("birth_date_year", "1990"),
    ];
    assert!(paper.post_form("/desk/people", &form).await.is(200).text().contains("Very likely one person"));
}

#[tokio::test]
async fn no_more_than_five_are_shown_at_the_desk() {
    let hospital = Hospital::open().await;
    hospital.patients(8).await;
    people::duplicates::look(&hospital.app).await.unwrap();
    let desk = hospital.program(hospital.member(Role::Nurse).await).await;
    let body = json!({ "full_name": "Amina Rahman", "birth_date": "1990-05-17" });
    let found = desk.post_json("/api/v1/person-searches", &body).await.is(200).json();
    assert_eq!(found["items"].as_array().unwrap().len(), 5);
}
