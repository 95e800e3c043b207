//! Joining and taking apart: what is asked for, what stands in the way, who is first, and the pages.

use access::Role;
use serde_json::json;

use super::{Desk, JOINS, REASON, allergies, allergies_answer, code, record_no};
use crate::support::{Hospital, Person, book, offer};

#[tokio::test]
async fn a_record_with_something_to_come_is_not_retired_but_takes_another_up() {
    let hospital = Hospital::open().await;
    let doctor = hospital.doctor(&offer()).await;
    let people = hospital.patients(2).await;
    let (free, busy) = (people[0], people[1]);
    let appointment = hospital.held(busy, doctor, "10:00").await;
    let desk = Desk::of(&hospital).await;
    let refused = desk.join(&hospital, free, busy, true).await.problem(409, "in_the_way");
    assert_eq!(refused["obstacles"][0]["what"], "scheduling-join-obstacle-coming", "{refused}");
    let id = desk.joined(&hospital, busy, free).await;
    desk.part(&hospital, &id).await.is(200);
    hospital.test.force(&format!("update appointments set status = 'released' where id = '{appointment}'")).await;
    desk.joined(&hospital, free, busy).await;
}

#[tokio::test]
async fn a_reason_a_second_factor_and_two_records_are_asked_for() {
    let hospital = Hospital::open().await;
    let people = hospital.patients(2).await;
    let numbers = [record_no(&hospital, people[0]).await, record_no(&hospital, people[1]).await];
    let admin = hospital.member(Role::Administrator).await;
    let program = hospital.program(admin).await;
    let whole = json!({
        "survivor": numbers[0], "retired": numbers[1], "reason": REASON, "in_person": true, "code": "AAAABBBBCCCCDDDD",
    });
    program.post_json(JOINS, &whole).await.is(403);
    let good = code(&hospital, admin).await;
    for (field, value, named) in [
        ("reason", json!("because"), "reason"),
        ("code", json!(" "), "code"),
        ("code", json!("AAAABBBBCCCCDDDD"), "code"),
        ("survivor", json!("0000-0000"), "one"),
        ("retired", whole["survivor"].clone(), "other"),
    ] {
        let mut part = whole.clone();
        part["code"] = json!(code(&hospital, admin).await);
        part[field] = value;
        let refused = program.post_json(JOINS, &part).await.is(422).json();
        assert_eq!(refused["errors"][0]["field"], named, "{field}: {refused}");
    }
    for who in [people[0], hospital.doctor(&offer()).await, hospital.member(Role::Nurse).await] {
        let them = hospital.program(who).await;
        them.post_json(JOINS, &whole).await.is(403);
        them.get(JOINS).await.is(403);
    }
    assert_eq!(hospital.test.count("select count(*) from record_joins").await, 0);
    let mut right = whole.clone();
    right["code"] = json!(good);
    let id = program.post_json(JOINS, &right).await.is(201).field("id");
    let again = program.post_json(&format!("{JOINS}/{id}/ending"), &json!({ "reason": REASON, "code": good })).await;
    assert_eq!(again.is(422).json()["errors"][0]["field"], "code", "it is spent");
    let refusals = "select count(*) from audit_log where object = 'record_join' and outcome = 'refused'";
    assert!(hospital.test.count(refusals).await >= 3, "refused attempts are on record");
    assert_eq!(hospital.test.count(&format!("{refusals} and patient_id is not null")).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_join_at_once_one_is_first_in_whichever_direction() {
    let hospital = Hospital::open().await;
    for opposite in [false, true, true] {
        let people = hospital.patients(2).await;
        let (one, other) = (Desk::of(&hospital).await, Desk::of(&hospital).await);
        let second = if opposite { (people[1], people[0]) } else { (people[0], people[1]) };
        let both = futures::future::join(
            one.join(&hospital, people[0], people[1], true),
            other.join(&hospital, second.0, second.1, true),
        )
        .await;
        let mut statuses = [both.0.status.as_u16(), both.1.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "{} {}", both.0.text(), both.1.text());
        let ids = format!("('{}', '{}')", people[0].id, people[1].id);
        assert_eq!(
            hospital.test.count(&format!("select count(*) from record_joins where survivor_id in {ids}")).await,
            1
        );
        let id = if both.0.status.as_u16() == 201 { both.0.field("id") } else { both.1.field("id") };
        let apart = futures::future::join(one.part(&hospital, &id), other.part(&hospital, &id)).await;
        let mut statuses = [apart.0.status.as_u16(), apart.1.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "and of two who take them apart");
    }
}

#[tokio::test]
async fn joins_have_one_level_and_no_circle_and_stand_as_they_were_decided() {
    let hospital = Hospital::open().await;
    let people = hospital.patients(4).await;
    let desk = Desk::of(&hospital).await;
    desk.joined(&hospital, people[1], people[0]).await;
    for (survivor, retired) in [(2, 1), (0, 2), (0, 1), (1, 0)] {
        desk.join(&hospital, people[survivor], people[retired], true).await.problem(409, "joined_already");
    }
    desk.joined(&hospital, people[1], people[2]).await;
    // The database itself refuses, whoever asks.
    let insert = |survivor: usize, retired: usize| {
        format!(
            "insert into record_joins (id, survivor_id, retired_id, reason_sealed, identity, joined_by, joined_at)
             values (gen_random_uuid(), '{}', '{}', '\\x00', 'in_person', '{}', now())",
            people[survivor].id, people[retired].id, desk.admin.id
        )
    };
    for (sql, constraint) in [
        (insert(0, 1), "record_joins_one_level"),
        (insert(3, 1), "record_joins_one_level"),
        (insert(0, 3), "record_joins_one_level"),
        (insert(3, 3), "record_joins_two_records"),
        (insert(3, 0), "record_joins_retired_once"),
        ("update record_joins set identity = 'no_account'".to_owned(), "record_joins_stand"),
    ] {
        let mut tx = hospital.test.system().await;
        let refused = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.clone())).execute(tx.conn()).await.map_err(db::Error::from);
        assert_eq!(
            refused.err().and_then(|error| error.constraint().map(str::to_owned)).as_deref(),
            Some(constraint),
            "{sql}"
        );
    }
    // Nobody but administrators sees a row of it.
    for roles in [vec!["patient"], vec!["doctor"]] {
        let me = db::Context {
            account: Some(kernel::ids::AccountId::from_uuid(people[1].id)),
            patients: vec![kernel::ids::PatientId::from_uuid(people[1].id)],
            roles,
            ..db::Context::default()
        };
        let mut tx = hospital.test.db().begin(&me).await.unwrap();
        let seen: i64 =
            sqlx::Row::get(&sqlx::raw_sql("select count(*) from record_joins").fetch_one(tx.conn()).await.unwrap(), 0);
        assert_eq!(seen, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_books_and_whoever_retires_the_record_at_once_do_not_miss_each_other() {
    let hospital = Hospital::open().await;
    let doctor = hospital.doctor(&offer()).await;
    for hour in ["09:00", "10:00", "11:00", "12:00", "13:00", "14:00"] {
        let people = hospital.patients(2).await;
        let desk = Desk::of(&hospital).await;
        let mine = hospital.program(people[1]).await;
        let starts_at = hospital.at(hour);
        let (booked, joined) =
            futures::future::join(book(&mine, doctor, starts_at), desk.join(&hospital, people[0], people[1], true))
                .await;
        let coming = format!("select count(*) from appointments where patient_id = '{}'", people[1].id);
        let coming = hospital.test.count(&coming).await;
        match (booked.status.as_u16(), joined.status.as_u16()) {
            (201, 409) => assert_eq!(coming, 1),
            // Booked for the survivor, or refused: never in the record that is retired.
            (201 | 409 | 404, 201) => assert_eq!(coming, 0),
            other => panic!("{other:?} {} {}", booked.text(), joined.text()),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reads_while_they_are_taken_apart_reads_both_or_one() {
    let hospital = Hospital::open().await;
    let people = hospital.patients(2).await;
    let path = |patient: Person| format!("/api/v1/patients/{}/allergies", patient.id);
    for (patient, substance) in [(people[0], "Latex"), (people[1], "Peanuts")] {
        hospital.program(patient).await.post_json(&path(patient), &json!({ "substance": substance })).await.is(201);
    }
    let desk = Desk::of(&hospital).await;
    let mine = hospital.program(people[0]).await;
    for _ in 0..3 {
        let id = desk.joined(&hospital, people[0], people[1]).await;
        let reads = futures::future::join_all((0..12).map(|_| allergies_answer(&mine, people[0])));
        let (reads, parted) = futures::future::join(reads, desk.part(&hospital, &id)).await;
        parted.is(200);
        for read in reads {
            let items = read.is(200).json()["items"].as_array().unwrap().len();
            assert!(matches!(items, 1 | 2), "{items}");
        }
        assert_eq!(allergies(&mine, people[0]).await["items"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn the_pages_compare_join_list_and_take_apart() {
    let hospital = Hospital::open().await;
    let people = hospital.patients(2).await;
    people::duplicates::look(&hospital.app).await.unwrap();
    let admin = hospital.member(Role::Administrator).await;
    let desk = hospital.browser(admin).await;
    let numbers = [record_no(&hospital, people[0]).await, record_no(&hospital, people[1]).await];
    let listed = desk.get("/admin/duplicates").await.is(200).text();
    assert!(
        listed.contains("/admin/record-joins/new?one=") && listed.contains("href=\"/admin/record-joins\""),
        "{listed}"
    );
    desk.get("/admin/record-joins/new").await.is(200);
    let unknown = desk.get("/admin/record-joins/new?one=0000-0000&other=0000-0001").await.is(422).text();
    assert!(unknown.contains("There is no record of this number") && unknown.contains("0000-0001"));
    let new = format!("/admin/record-joins/new?one={}&other={}", numbers[0], numbers[1]);
    let shown = desk.get(&new).await.is(200).text();
    assert!(shown.contains("Safety checks before a prescription see") && shown.contains("Amina Rahman"), "{shown}");
    let whole = [("one", numbers[0].as_str()), ("other", numbers[1].as_str()), ("reason", REASON)];
    let choose = desk.post_form("/admin/record-joins", &whole).await.is(422).text();
    assert!(choose.contains("Choose which record is kept") && choose.contains(REASON), "what was typed is kept");
    let with = |more: &[(&'static str, &str)]| -> Vec<(String, String)> {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        whole.iter().map(own).chain(more.iter().map(own)).collect()
    };
    let post = async |fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        desk.post_form("/admin/record-joins", &fields).await
    };
    let first = code(&hospital, admin).await;
    let unseen = with(&[("survivor", &numbers[1]), ("code", &first)]);
    assert!(post(unseen).await.is(422).text().contains("See them at the desk first"));
    let second = code(&hospital, admin).await;
    let seen = with(&[("survivor", &numbers[1]), ("in_person", "on"), ("code", &second)]);
    let done = post(seen).await.is(303);
    let page = desk.get(done.location()).await.is(200).text();
    assert!(page.contains(REASON) && page.contains("Take the records apart"), "{page}");
    assert!(
        !desk.get("/admin/duplicates").await.is(200).text().contains(&numbers[0]),
        "decided pairs are listed no longer"
    );
    let list = desk.get("/admin/record-joins").await.is(200).text();
    assert!(list.contains(&numbers[0]) && list.contains(done.location()), "{list}");
    let again = desk.get(&new).await.is(200).text();
    assert!(again.contains("One of them is joined already"), "{again}");
    let ending = format!("{}/ending", done.location());
    let short = desk.post_form(&ending, &[("reason", "no"), ("code", "x")]).await.is(422).text();
    assert!(short.contains("Write why, in 10 to 500 characters"));
    let third = code(&hospital, admin).await;
    desk.post_form(&ending, &[("reason", "They are two people after all"), ("code", &third)]).await.is(303);
    assert!(desk.get(done.location()).await.is(200).text().contains("They are two people after all"));
    assert!(desk.get("/admin/duplicates").await.is(200).text().contains(&numbers[0]), "open again");
    let pairs = desk.get("/api/v1/admin/duplicates").await.is(200).json();
    let decision = format!("/admin/duplicates/{}/decision", pairs["items"][0]["id"].as_str().unwrap());
    desk.post_form(&decision, &[("decision", "different")]).await.is(303);
    assert!(desk.get(&new).await.is(200).text().contains("They were said to be two people"));
}
