//! Documents of the record, through every door.
//!
//! * here: what is well, who may have it, keys that are sent twice, room
//! * `hostile`: files that mean harm, each refused in its own words
//! * `streams`: files that are too large, too slow, or break off
//! * `scanning`: the scanner finds, is away, is slow, talks nonsense
//! * `forms`: the pages' forms

mod forms;
mod hostile;
mod scanning;
mod streams;

use serde_json::{Value, json};
use testkit::{Answer, Client};

use crate::support::{Hospital, Person, Words, jpeg, offer, pdf, png};

/// The calls of one patient's documents.
fn calls(patient: Person) -> String {
    format!("/api/v1/patients/{}/documents", patient.id)
}

async fn send(client: &Client, patient: Person, file: (&str, &[u8])) -> Answer {
    client.post_file(&calls(patient), &[("kind", "laboratory_report"), ("title", "Blood test")], file).await
}

/// A document of this patient that has come in and was looked through.
async fn sent(hospital: &Hospital, patient: Person, file: (&str, &[u8])) -> String {
    let id = send(&hospital.program(patient).await, patient, file).await.is(201).field("id");
    hospital.doors.work().await;
    id
}

/// Nothing is left of what did not come in: no row, no object, no file that waits.
async fn nothing_is_left(hospital: &Hospital) {
    assert_eq!(hospital.test.count("select count(*) from documents").await, 0);
    assert_eq!(hospital.test.count("select count(*) from vault_files").await, 0);
    assert_eq!(files_below(&hospital.data().join("files")), 0, "objects");
    assert_eq!(files_below(&hospital.data().join("incoming")), 0, "temporary files");
}

fn files_below(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.flatten().map(|entry| if entry.path().is_dir() { files_below(&entry.path()) } else { 1 }).sum()
}

/// Every door through which a file could be had.
fn ways_out(patient: Person, document: &str) -> [String; 6] {
    ["content", "preview"]
        .map(|part| {
            [
                format!("/record/documents/{document}/{part}"),
                format!("/doctor/patients/{}/documents/{document}/{part}", patient.id),
                format!("{}/{document}/{part}", calls(patient)),
            ]
        })
        .concat()
        .try_into()
        .unwrap()
}

/// Neither the patient nor a doctor who treats gets a byte.
async fn nobody_gets(hospital: &Hospital, story: (Person, Person), document: &str, what: &str) {
    let downloads = "select count(*) from audit_log where action = 'downloaded' and object = 'documents'";
    let before = hospital.test.count(downloads).await;
    for who in [story.0, story.1] {
        let client = hospital.program(who).await;
        for path in ways_out(story.0, document) {
            let answer = client.get(&path).await;
            assert!(matches!(answer.status.as_u16(), 403 | 404 | 409), "{what}: {path} answered {}", answer.status);
            assert!(
                !answer.header("content-type").starts_with("image/")
                    && answer.header("content-type") != "application/pdf"
            );
        }
    }
    assert_eq!(hospital.test.count(downloads).await, before, "{what}: nothing was opened");
}

#[tokio::test]
async fn a_document_waits_is_checked_and_is_had_by_the_patient_and_who_treats() {
    let hospital = Hospital::open().await;
    let story = hospital.told(&Words::default()).await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    let bytes = pdf();
    let id = send(&mine, story.patient, ("../result\u{202e}fdp.exe", &bytes)).await.is(201).field("id");

    nobody_gets(&hospital, (story.patient, story.doctor), &id, "in quarantine").await;
    let path = format!("{}/{id}", calls(story.patient));
    mine.get(&format!("{path}/content")).await.problem(409, "document_in_quarantine");
    hospital.doors.work().await;

    let known = mine.get(&path).await.is(200).json();
    assert_eq!(known["state"], "clean");
    assert_eq!((&known["filename"], &known["title"]), (&json!("resultfdp.pdf"), &json!("Blood test")));
    assert_eq!((&known["pages"], &known["scanned"], &known["own"]), (&json!(1), &json!(false), &json!(true)));
    for (client, door) in [(&mine, format!("/record/documents/{id}/content")), (&theirs, format!("{path}/content"))] {
        let file = client.get(&door).await.is(200);
        assert_eq!(file.body, bytes, "as it was sent");
        let headers = [
            ("content-type", "application/pdf"),
            ("content-disposition", "attachment; filename=\"resultfdp.pdf\"; filename*=UTF-8''resultfdp.pdf"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "sandbox; default-src 'none'"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cache-control", "private, no-store"),
        ];
        for (name, value) in headers {
            assert_eq!(file.header(name), value, "{door}");
        }
    }
    mine.get(&format!("{path}/preview")).await.is(404);
    for stranger in [hospital.patient().await, hospital.doctor(&offer()).await] {
        let stranger = hospital.program(stranger).await;
        for path in [calls(story.patient), path.clone(), format!("{path}/content")] {
            stranger.get(&path).await.is(404);
        }
        send(&stranger, story.patient, ("a.pdf", &bytes)).await.is(404);
    }
}

#[tokio::test]
async fn a_picture_is_shown_small_in_the_page_and_given_out_whole() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let mine = hospital.program(patient).await;
    for (name, bytes, mime) in [("rash.jpeg", jpeg(), "image/jpeg"), ("card.png", png(), "image/png")] {
        let id = sent(&hospital, patient, (name, &bytes)).await;
        for (part, how) in [("preview", "inline"), ("content", "attachment")] {
            let file = mine.get(&format!("/record/documents/{id}/{part}")).await.is(200);
            assert_eq!(file.header("content-type"), mime);
            assert!(file.header("content-disposition").starts_with(how), "{part}");
            assert_eq!(file.header("content-security-policy"), "sandbox; default-src 'none'");
            assert!(image::load_from_memory(&file.body).is_ok());
        }
        let page = mine.get(&format!("/record/documents/{id}")).await.is(200).text();
        assert!(page.contains(&format!("src=\"/record/documents/{id}/preview\"")), "{page}");
    }
}

#[tokio::test]
async fn what_a_document_says_is_nowhere_in_clear() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let mine = hospital.program(patient).await;
    let canary = "canary-9f3b1c77d2";
    let bytes = crate::support::pdf_saying(&format!("BT ({canary}) Tj ET"));
    let fields = [("kind", "other"), ("title", canary)];
    let id = mine.post_file(&calls(patient), &fields, (&format!("{canary}.pdf"), &bytes)).await.is(201).field("id");
    hospital.doors.work().await;
    assert_eq!(mine.get(&format!("{}/{id}/content", calls(patient))).await.is(200).body, bytes);
    assert!(files_below(&hospital.data().join("files")) > 0);
    let found = std::process::Command::new("grep").args(["-raFl", "--", canary]).arg(hospital.data()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&found.stdout), "");
    let rows = format!(
        "select count(*) from documents d where d::text like '%{canary}%' or d::text like '%{}%'",
        hex::encode(canary)
    );
    assert_eq!(hospital.test.count(&rows).await, 0);
}

#[tokio::test]
async fn lists_are_by_kind_and_come_in_pages() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let mine = hospital.program(patient).await;
    for kind in ["imaging", "photo", "photo"] {
        mine.post_file(&calls(patient), &[("kind", kind)], ("a.png", &png())).await.is(201);
    }
    let listed = async |query: &str| mine.get(&format!("{}?{query}", calls(patient))).await.is(200).json();
    assert_eq!(listed("kind=photo").await["items"].as_array().unwrap().len(), 2);
    let first = listed("limit=2").await;
    let cursor = first["next_cursor"].as_str().unwrap().to_owned();
    let second = listed(&format!("limit=2&cursor={cursor}")).await;
    assert_eq!(second["items"].as_array().unwrap().len(), 1);
    assert_eq!(second["next_cursor"], Value::Null);
    assert_eq!(second["items"][0]["title"], "a.png", "what has no title is called like its file");
}

#[tokio::test]
async fn who_added_a_document_describes_removes_and_restores_it() {
    let hospital = Hospital::open().await;
    let story = hospital.told(&Words::default()).await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    let of_patient = sent(&hospital, story.patient, ("a.pdf", &pdf())).await;
    let of_doctor = send(&theirs, story.patient, ("b.pdf", &pdf())).await.is(201).field("id");
    hospital.doors.work().await;
    for (owner, other, id) in [(&mine, &theirs, &of_patient), (&theirs, &mine, &of_doctor)] {
        let path = format!("{}/{id}", calls(story.patient));
        let words = json!({ "kind": "imaging", "title": "Knee", "dated_on": "2026-01-31" });
        other.put_json(&path, &words).await.problem(409, "document_of_somebody_else");
        other.post_json(&format!("{path}/removal"), &json!({})).await.problem(409, "document_of_somebody_else");
        let known = owner.put_json(&path, &words).await.is(200).json();
        assert_eq!(
            (&known["kind"], &known["title"], &known["dated_on"]),
            (&json!("imaging"), &json!("Knee"), &json!("2026-01-31"))
        );
        owner.put_json(&path, &json!({ "kind": "imaging", "dated_on": "2199-01-01" })).await.problem(422, "invalid");
        owner.post_json(&format!("{path}/restoration"), &json!({})).await.problem(409, "illegal_transition");
        owner.post_json(&format!("{path}/removal"), &json!({ "reason": "duplicate" })).await.is(200);
        owner.post_json(&format!("{path}/removal"), &json!({})).await.problem(409, "illegal_transition");
        nobody_gets(&hospital, (story.patient, story.doctor), id, "removed").await;
        let standing = other.get(&calls(story.patient)).await.is(200).text();
        assert!(!standing.contains(id.as_str()));
        let removed = owner.get(&format!("{}?removed=true", calls(story.patient))).await.is(200).json();
        assert_eq!(removed["items"][0]["removal"], "duplicate");
        owner.post_json(&format!("{path}/restoration"), &json!({})).await.is(200);
        other.get(&format!("{path}/content")).await.is(200);
    }
    assert_eq!(hospital.test.count("select count(*) from documents").await, 2, "nothing was deleted");
}

#[tokio::test]
async fn a_doctor_who_may_only_read_adds_nothing() {
    let hospital = Hospital::open().await;
    let story = hospital.told(&Words::default()).await;
    let reader = hospital.doctor(&offer()).await;
    let mine = hospital.program(story.patient).await;
    let consent = format!("/api/v1/patients/{}/consents", story.patient.id);
    mine.post_json(&consent, &json!({ "doctor_id": reader.id })).await.is(201);
    let theirs = hospital.program(reader).await;
    send(&theirs, story.patient, ("a.pdf", &pdf())).await.is(403);
    let page = theirs.get(&format!("/doctor/patients/{}/documents", story.patient.id)).await.is(200).text();
    assert!(!page.contains("multipart/form-data"), "no form to write with");
}

#[tokio::test]
async fn a_parent_adds_for_a_child_and_a_stranger_does_not() {
    let hospital = Hospital::open().await;
    let (parent, stranger) = (hospital.patient().await, hospital.patient().await);
    let mine = hospital.program(parent).await;
    let born = json!({ "full_name": "Ayaan Rahman", "birth_date": "2020-02-29", "relation": "parent" });
    let child = mine.post_json("/api/v1/dependants", &born).await.is(201).json();
    let child = child["patient_id"].as_str().or(child["id"].as_str()).unwrap().parse().unwrap();
    let child = Person::known(child, access::Role::Patient);
    let mine = hospital.program(parent).await;
    let id = send(&mine, child, ("vaccines.pdf", &pdf())).await.is(201).field("id");
    hospital.doors.work().await;
    mine.get(&format!("/record/documents/{id}/content")).await.is(200);
    let page = mine.get(&format!("/record/documents?patient={}", child.id)).await.is(200).text();
    assert!(page.contains(&id) && page.contains("Ayaan Rahman"), "{page}");
    assert!(!mine.get("/record/documents").await.is(200).text().contains(&id), "it is not the parent's");
    let other = hospital.program(stranger).await;
    send(&other, child, ("a.pdf", &pdf())).await.is(404);
    other.get(&format!("/record/documents?patient={}", child.id)).await.is(404);
    other.get(&format!("/record/documents/{id}")).await.is(404);
}

#[tokio::test]
async fn what_is_sent_twice_with_one_key_comes_in_once() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let mine = hospital.program(patient).await.with_header("idempotency-key", "k-1");
    let first = send(&mine, patient, ("a.pdf", &pdf())).await.is(201);
    let again = send(&mine, patient, ("a.pdf", &pdf())).await.is(201);
    assert_eq!(first.body, again.body);
    send(&mine, patient, ("a.png", &png())).await.problem(422, "invalid");
    assert_eq!(hospital.test.count("select count(*) from documents").await, 1);
}

#[tokio::test]
async fn there_is_room_for_so_much_and_for_so_many_a_day() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let mine = hospital.program(patient).await;
    sent(&hospital, patient, ("a.pdf", &pdf())).await;
    let refused = async || {
        let problem = send(&mine, patient, ("b.pdf", &pdf())).await.problem(422, "invalid");
        problem["errors"][0]["code"].as_str().unwrap().to_owned()
    };
    let by_force = |sql: &str| {
        format!(
            "alter table documents disable trigger documents_stand; {sql}; alter table documents enable trigger documents_stand"
        )
    };
    hospital.test.force(&by_force("update documents set bytes = 524288000")).await;
    assert_eq!(refused().await, "chart-document-error-full");
    let copies = "update documents set bytes = 1; insert into documents (id, patient_id, state, kind, content_sealed, media, bytes, sha256,
            sent_sha256, uploaded_by, uploaded_role, uploaded_at)
        select gen_random_uuid(), patient_id, 'quarantined', kind, content_sealed, media, bytes, sha256, sent_sha256, uploaded_by, uploaded_role,
            uploaded_at from documents, generate_series(1, 59)";
    hospital.test.force(&by_force(copies)).await;
    assert_eq!(refused().await, "chart-document-error-many");
    hospital.test.pass_minutes(25 * 60);
    send(&hospital.program(patient).await, patient, ("b.pdf", &pdf())).await.is(201);
}

#[tokio::test]
async fn the_database_lets_nobody_say_that_a_file_is_clean() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let id = send(&hospital.program(patient).await, patient, ("a.pdf", &pdf())).await.is(201).field("id");
    let me = db::Context {
        account: Some(kernel::ids::AccountId::from_uuid(patient.id)),
        patients: vec![kernel::ids::PatientId::from_uuid(patient.id)],
        roles: vec!["patient"],
        ..db::Context::default()
    };
    for forged in [
        format!("update documents set state = 'clean', scanned_by = 'clamd', settled_at = now() where id = '{id}'"),
        format!("update documents set sha256 = sent_sha256 || '' , bytes = 7 where id = '{id}'"),
    ] {
        let mut tx = hospital.test.db().begin(&me).await.unwrap();
        let refused = sqlx::raw_sql(sqlx::AssertSqlSafe(forged)).execute(tx.conn()).await.unwrap_err();
        assert!(refused.to_string().contains("stands as it came in"), "{refused}");
    }
}
