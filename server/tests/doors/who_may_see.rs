//! Who may see a record: care links, consents, what is hidden, emergencies; and that the patient sees who did.

use access::Role;
use kernel::Timestamp;
use serde_json::{Value, json};
use testkit::Client;

use crate::support::{Hospital, Person, Story, Words, offer, png};

/// A finished visit with everything in it, and then the present again: what opens and ends, the database judges by its own clock.
async fn told(hospital: &Hospital) -> Story {
    let began = hospital.test.now().await;
    let mut story = hospital.told(&Words::default()).await;
    let path = format!("/api/v1/patients/{}/documents", story.patient.id);
    let mine = hospital.program(story.patient).await;
    let (fields, file) = ([("kind", "photo"), ("title", "My rash")], png());
    story.document = mine.post_file(&path, &fields, ("rash.png", &file)).await.is(201).field("id");
    hospital.doors.work().await;
    let passed = hospital.test.now().await.minutes_since(began);
    hospital.test.pass_minutes(-passed);
    story
}

/// The doors through which a doctor reads of a patient: pages, JSON, and a file.
fn doors(story: &Story) -> [String; 15] {
    let (patient, visit, prescription) = (story.patient.id, &story.visit, &story.prescription);
    let document = &story.document;
    [
        format!("/doctor/patients/{patient}"),
        format!("/api/v1/patients/{patient}/allergies"),
        format!("/api/v1/patients/{patient}/problems"),
        format!("/api/v1/patients/{patient}/vitals"),
        format!("/visits/{visit}/summary"),
        format!("/api/v1/visits/{visit}/summary"),
        format!("/api/v1/prescriptions/{prescription}"),
        format!("/api/v1/prescriptions/{prescription}.pdf"),
        format!("/doctor/patients/{patient}/documents"),
        format!("/doctor/patients/{patient}/documents/{document}"),
        format!("/doctor/patients/{patient}/documents/{document}/content"),
        format!("/doctor/patients/{patient}/documents/{document}/preview"),
        format!("/api/v1/patients/{patient}/documents"),
        format!("/api/v1/patients/{patient}/documents/{document}"),
        format!("/api/v1/patients/{patient}/documents/{document}/content"),
    ]
}

async fn all_answer(doctor: &Client, story: &Story, status: u16, when: &str) {
    for door in doors(story) {
        let answer = doctor.get(&door).await;
        assert_eq!(answer.status.as_u16(), status, "{door} {when}: {}", answer.text());
    }
}

async fn let_see(hospital: &Hospital, story: &Story, doctor: Person, more: Value) {
    let mut body = json!({ "doctor_id": doctor.id });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let mine = hospital.program(story.patient).await;
    mine.post_json(&format!("/api/v1/patients/{}/consents", story.patient.id), &body).await.is(201);
}

async fn close_to(hospital: &Hospital, story: &Story, doctor: Person) {
    let mine = hospital.program(story.patient).await;
    let path = format!("/api/v1/patients/{}/consents/{}/revocation", story.patient.id, doctor.id);
    mine.post_json(&path, &json!({})).await.is(200);
}

/// A recovery code of this account, as it is typed: each is good once.
async fn recovery_code(hospital: &Hospital, person: Person, code: &str) -> String {
    let id = person.id;
    let sql = format!(
        "insert into recovery_codes (id, account_id, code_hash)
         values (gen_random_uuid(), '{id}', sha256(convert_to('{id}:{code}', 'UTF8')))"
    );
    hospital.test.force(&sql).await;
    code.to_owned()
}

async fn record_no(hospital: &Hospital, patient: Person) -> String {
    hospital.test.texts(&format!("select record_no from patients where id = '{}'", patient.id)).await.remove(0)
}

async fn emergency(hospital: &Hospital, story: &Story, code: &str) -> Value {
    let record_no = record_no(hospital, story.patient).await;
    json!({ "record_no": record_no, "reason": "unconscious", "words": "Found unconscious in the street", "code": code })
}

/// Every line of the log that others left, oldest first: action, section, purpose, outcome.
async fn log(mine: &Client, patient: Person) -> Vec<[String; 4]> {
    let mut lines = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/api/v1/patients/{}/access-log?limit=7{cursor}", patient.id);
        let page = mine.get(&path).await.is(200).json();
        for line in page["items"].as_array().unwrap() {
            lines.push(["action", "section", "purpose", "outcome"].map(|name| line[name].as_str().unwrap().to_owned()));
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    lines.reverse();
    lines
}

fn read(section: &str, purpose: &str) -> [String; 4] {
    ["read", section, purpose, "ok"].map(str::to_owned)
}

#[tokio::test]
async fn a_consent_opens_the_record_and_its_revocation_closes_every_door_at_once() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let other = hospital.doctor(&offer()).await;
    let theirs = hospital.program(other).await;
    all_answer(&theirs, &story, 404, "before").await;
    let_see(&hospital, &story, other, json!({})).await;
    all_answer(&theirs, &story, 200, "with consent").await;
    let listed = hospital.browser(other).await.get("/doctor/records").await.is(200).text();
    assert!(listed.contains(&story.patient.id.to_string()), "{listed}");
    close_to(&hospital, &story, other).await;
    all_answer(&theirs, &story, 404, "after the revocation").await;
    let versions =
        format!("select decision || version from consents where practitioner_id = '{}' order by version", other.id);
    assert_eq!(hospital.test.texts(&versions).await, ["given1", "revoked2"]);
}

#[tokio::test]
async fn a_consent_ends_by_itself_and_opens_for_reading_only() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let other = hospital.doctor(&offer()).await;
    let_see(&hospital, &story, other, json!({ "days": 7 })).await;
    let theirs = hospital.program(other).await;
    let chart = format!("/api/v1/patients/{}", story.patient.id);
    for (path, body) in [
        ("allergies", json!({ "substance": "Latex" })),
        ("problems", json!({ "code": "I10" })),
        ("vitals", json!({ "signs": { "pulse": 70.0 } })),
    ] {
        theirs.post_json(&format!("{chart}/{path}"), &body).await.is(403);
    }
    let page = theirs.get(&format!("/doctor/patients/{}", story.patient.id)).await.is(200).text();
    assert!(!page.contains(&format!("/doctor/patients/{}/allergies", story.patient.id)), "no form to write with");
    hospital
        .test
        .force("update consents set decided_at = decided_at - interval '7 days', ends_at = ends_at - interval '7 days'")
        .await;
    all_answer(&hospital.program(other).await, &story, 404, "after its end").await;
}

#[tokio::test]
async fn a_revocation_closes_the_record_to_a_doctor_who_treats_and_a_new_appointment_opens_it_again() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let theirs = hospital.program(story.doctor).await;
    let chart = format!("/api/v1/patients/{}/allergies", story.patient.id);
    theirs.get(&chart).await.is(200);
    close_to(&hospital, &story, story.doctor).await;
    theirs.get(&chart).await.is(404);
    theirs.get(&format!("/doctor/patients/{}", story.patient.id)).await.is(404);
    // What the doctor wrote stays theirs to read.
    theirs.get(&format!("/api/v1/visits/{}/summary", story.visit)).await.is(200);
    let mine = hospital.program(story.patient).await;
    let wish = json!({ "doctor_id": story.doctor.id, "starts_at": hospital.at("16:00"), "mode": "video" });
    let again = mine.post_json("/api/v1/appointments", &wish).await.is(201).field("id");
    hospital.pay(&mine, &again).await;
    hospital.program(story.doctor).await.get(&chart).await.is(200);
}

#[tokio::test]
async fn a_cancelled_appointment_closes_page_json_file_and_room_at_once() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let other = hospital.doctor(&offer()).await;
    let mine = hospital.program(story.patient).await;
    let wish = json!({ "doctor_id": other.id, "starts_at": hospital.at("18:00"), "mode": "video" });
    let appointment = mine.post_json("/api/v1/appointments", &wish).await.is(201).field("id");
    let theirs = hospital.program(other).await;
    all_answer(&theirs, &story, 404, "while it is not confirmed").await;
    hospital.pay(&mine, &appointment).await;
    all_answer(&theirs, &story, 200, "once it is confirmed").await;
    mine.post_json(&format!("/api/v1/appointments/{appointment}/cancellation"), &json!({})).await.is(200);
    all_answer(&theirs, &story, 404, "after the cancellation").await;
    let admitted = theirs.post_json(&format!("/api/v1/appointments/{appointment}/visit"), &json!({})).await;
    assert!(matches!(admitted.status.as_u16(), 404 | 409), "no visit, and so no room: {}", admitted.text());
    let visits = format!("select count(*) from visits where appointment_id = '{appointment}'");
    assert_eq!(hospital.test.count(&visits).await, 0);
}

#[tokio::test]
async fn some_time_after_the_visit_the_doctor_reads_only_what_they_wrote() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let chart = format!("/api/v1/patients/{}/problems", story.patient.id);
    let left = "select count(*) from care_links where valid_until between created_at + interval '30 days' and created_at + interval '34 days'";
    assert_eq!(hospital.test.count(left).await, 1, "thirty days from the end of the visit");
    hospital.program(story.doctor).await.get(&chart).await.is(200);
    hospital.test.force("update care_links set valid_until = now()").await;
    let theirs = hospital.program(story.doctor).await;
    theirs.get(&chart).await.is(404);
    theirs.get(&format!("/doctor/patients/{}", story.patient.id)).await.is(404);
    theirs.get(&format!("/api/v1/visits/{}/summary", story.visit)).await.is(200);
}

#[tokio::test]
async fn what_the_patient_hides_others_do_not_see_unless_they_are_let() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let (other, mine) = (hospital.doctor(&offer()).await, hospital.program(story.patient).await);
    let chart = format!("/api/v1/patients/{}", story.patient.id);
    let_see(&hospital, &story, other, json!({})).await;
    mine.post_json(&format!("{chart}/problems/{}/hiding", story.problem), &json!({})).await.is(200);
    mine.post_json(&format!("/api/v1/visits/{}/hiding", story.visit), &json!({})).await.is(200);

    let theirs = hospital.program(other).await;
    let problems = async |who: &Client| who.get(&format!("{chart}/problems")).await.is(200).json()["items"].clone();
    assert_eq!(problems(&theirs).await, json!([]));
    theirs.get(&format!("/api/v1/visits/{}/summary", story.visit)).await.is(404);
    let page = theirs.get(&format!("/doctor/patients/{}", story.patient.id)).await.is(200).text();
    assert!(!page.contains(&story.visit) && !page.contains("L20.9"), "neither in the timeline");
    // Medicines and allergies are never hidden; the patient and the author see everything.
    theirs.get(&format!("/api/v1/prescriptions/{}", story.prescription)).await.is(200);
    assert_eq!(problems(&mine).await[0]["hidden"], true);
    assert_eq!(problems(&hospital.program(story.doctor).await).await[0]["id"], json!(story.problem));

    let asked = theirs.post_form(&format!("/doctor/patients/{}/hidden-request", story.patient.id), &[]).await;
    assert_eq!(asked.status.as_u16(), 303, "{}", asked.text());
    let told =
        format!("select count(*) from notices where account_id = '{}' and kind = 'chart.consent'", story.patient.id);
    assert_eq!(hospital.test.count(&told).await, 1);
    let_see(&hospital, &story, other, json!({ "scope": "everything" })).await;
    assert_eq!(problems(&theirs).await[0]["id"], json!(story.problem));
    theirs.get(&format!("/api/v1/visits/{}/summary", story.visit)).await.is(200);

    mine.post_json(&format!("{chart}/problems/{}/showing", story.problem), &json!({})).await.is(200);
    assert_eq!(problems(&mine).await[0]["hidden"], false);
}

#[tokio::test]
async fn a_hidden_diagnosis_is_not_told_by_a_refusal() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let (other, mine) = (hospital.doctor(&offer()).await, hospital.program(story.patient).await);
    let chart = format!("/api/v1/patients/{}/problems", story.patient.id);
    mine.post_json(&format!("{chart}/{}/hiding", story.problem), &json!({})).await.is(200);
    let wish = json!({ "doctor_id": other.id, "starts_at": hospital.at("18:00"), "mode": "video" });
    let appointment = mine.post_json("/api/v1/appointments", &wish).await.is(201).field("id");
    hospital.pay(&mine, &appointment).await;
    let theirs = hospital.program(other).await;
    theirs.post_json(&chart, &json!({ "code": "L20.9" })).await.is(201);
    theirs.post_json(&chart, &json!({ "code": "L20.9" })).await.problem(409, "problem_listed");
    mine.post_json(&format!("{chart}/{}/showing", story.problem), &json!({})).await.problem(409, "problem_listed");
}

#[tokio::test]
async fn emergency_access_is_refused_without_a_reason_and_without_the_second_factor_anew() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let other = hospital.doctor(&offer()).await;
    let theirs = hospital.program(other).await;
    let whole = emergency(&hospital, &story, "AAAABBBBCCCCDDDD").await;
    // No factor that could be asked for.
    theirs.post_json("/api/v1/emergency-access", &whole).await.is(403);
    recovery_code(&hospital, other, "AAAABBBBCCCCDDDD").await;
    for (field, value) in
        [("reason", Value::Null), ("words", json!("urgent")), ("code", json!("")), ("record_no", json!(" "))]
    {
        let mut part = whole.clone();
        part[field] = value;
        let refused = theirs.post_json("/api/v1/emergency-access", &part).await.is(422).json();
        assert_eq!(refused["errors"][0]["field"], field, "{refused}");
    }
    let mut wrong = whole.clone();
    wrong["code"] = json!("123456");
    theirs.post_json("/api/v1/emergency-access", &wrong).await.is(422);
    all_answer(&theirs, &story, 404, "after refusals").await;
    assert_eq!(hospital.test.count("select count(*) from break_glass").await, 0);
    theirs.post_json("/api/v1/emergency-access", &whole).await.is(201);
    // The code is spent, and one that is open is not opened again.
    recovery_code(&hospital, other, "EEEEFFFFGGGGHHHH").await;
    theirs.post_json("/api/v1/emergency-access", &whole).await.is(422);
    let again = emergency(&hospital, &story, "EEEEFFFFGGGGHHHH").await;
    theirs.post_json("/api/v1/emergency-access", &again).await.problem(409, "emergency_access_open");
    hospital.program(story.patient).await.post_json("/api/v1/emergency-access", &whole).await.is(403);
}

#[tokio::test]
async fn emergency_access_opens_reads_marks_tells_and_ends_by_the_databases_time() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let officer = hospital.member(Role::Administrator).await;
    let other = hospital.doctor(&offer()).await;
    let mine = hospital.program(story.patient).await;
    mine.post_json(&format!("/api/v1/visits/{}/hiding", story.visit), &json!({})).await.is(200);
    let before = log(&mine, story.patient).await.len();
    recovery_code(&hospital, other, "AAAABBBBCCCCDDDD").await;
    let theirs = hospital.browser(other).await;
    theirs.get("/doctor/emergency-access").await.is(200);
    let number = record_no(&hospital, story.patient).await;
    let fields = [
        ("record_no", number.as_str()),
        ("reason", "unconscious"),
        ("words", "Found unconscious in the street"),
        ("code", "AAAA-BBBB-CCCC-DDDD"),
    ];
    let opened = theirs.post_form("/doctor/emergency-access", &fields).await.is(303);
    assert_eq!(opened.location(), format!("/doctor/patients/{}", story.patient.id));
    // Told at once, both of them, before any job has run.
    for account in [story.patient.id, officer.id] {
        let told =
            format!("select count(*) from notices where account_id = '{account}' and kind = 'chart.emergency_access'");
        assert_eq!(hospital.test.count(&told).await, 1, "{account}");
    }
    let page = theirs.get(opened.location()).await.is(200).text();
    assert!(page.contains(&story.visit), "what is hidden too");
    let program = hospital.program(other).await;
    let chart = format!("/api/v1/patients/{}", story.patient.id);
    program.post_json(&format!("{chart}/allergies"), &json!({ "substance": "Latex" })).await.is(403);
    program.get(&format!("{chart}/allergies")).await.is(200);
    let marked: Vec<_> = log(&mine, story.patient).await.split_off(before);
    assert_eq!(marked[0], ["opened", "record", "break_glass", "ok"].map(str::to_owned));
    assert!(marked.len() > 5 && marked.iter().all(|line| line[2] == "break_glass"), "{marked:?}");

    let earlier = async |minutes: i32| {
        let sql = format!(
            "alter table break_glass disable trigger break_glass_stands;
             update break_glass set started_at = started_at - interval '{minutes} minutes', ends_at = ends_at - interval '{minutes} minutes';
             alter table break_glass enable trigger break_glass_stands"
        );
        hospital.test.force(&sql).await;
    };
    earlier(58).await;
    hospital.program(other).await.get(&format!("{chart}/allergies")).await.is(200);
    earlier(2).await;
    all_answer(&hospital.program(other).await, &story, 404, "after an hour").await;
    let longer = "update break_glass set ends_at = ends_at + interval '1 minute'";
    let mut tx = hospital.test.system().await;
    let refused = sqlx::raw_sql(longer).execute(tx.conn()).await.unwrap_err();
    assert!(refused.to_string().contains("stands as it was begun"), "{refused}");
}

#[tokio::test]
async fn who_has_emergency_access_ends_it_and_a_third_waits_for_the_review() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let officer = hospital.member(Role::Administrator).await;
    let other = hospital.doctor(&offer()).await;
    let theirs = hospital.program(other).await;
    let chart = format!("/api/v1/patients/{}", story.patient.id);
    for code in ["AAAABBBBCCCCDDDD", "EEEEFFFFGGGGHHHH"] {
        recovery_code(&hospital, other, code).await;
        theirs.post_json("/api/v1/emergency-access", &emergency(&hospital, &story, code).await).await.is(201);
        theirs.get(&format!("{chart}/allergies")).await.is(200);
        theirs.post_json(&format!("{chart}/emergency-access/ending"), &json!({})).await.is(200);
        theirs.get(&format!("{chart}/allergies")).await.is(404);
    }
    recovery_code(&hospital, other, "IIIIJJJJKKKKLLLL").await;
    theirs.post_json("/api/v1/emergency-access", &emergency(&hospital, &story, "IIIIJJJJKKKKLLLL").await).await.is(403);

    let desk = hospital.browser(officer).await;
    let page = desk.get("/admin/privacy").await.is(200).text();
    assert!(page.contains("Found unconscious in the street"), "{page}");
    let admin = hospital.program(officer).await;
    let waiting = admin.get("/api/v1/admin/emergency-access").await.is(200).json();
    let id = waiting["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/admin/privacy/emergency-access/{id}/review");
    desk.post_form(&path, &[("outcome", ""), ("remark", "")]).await.is(422);
    desk.post_form(&path, &[("outcome", "not_justified"), ("remark", "The patient was awake")]).await.is(303);
    let api = format!("/api/v1/admin/emergency-access/{id}/review");
    let again = json!({ "outcome": "justified", "remark": "On second thought" });
    admin.post_json(&api, &again).await.problem(409, "already_reviewed");
    let told = format!(
        "select count(*) from notices where account_id = '{}' and kind = 'chart.emergency_access'",
        story.patient.id
    );
    assert_eq!(hospital.test.count(&told).await, 3, "two accesses and a review");
    recovery_code(&hospital, other, "MMMMNNNNOOOOPPPP").await;
    theirs.post_json("/api/v1/emergency-access", &emergency(&hospital, &story, "MMMMNNNNOOOOPPPP").await).await.is(201);
}

#[tokio::test]
async fn nobody_reviews_their_own_emergency_access() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let other = hospital.doctor(&offer()).await;
    hospital
        .test
        .force(&format!("insert into account_roles (account_id, role) values ('{}', 'administrator')", other.id))
        .await;
    recovery_code(&hospital, other, "AAAABBBBCCCCDDDD").await;
    let both = hospital.program(other).await;
    let begun = both
        .post_json("/api/v1/emergency-access", &emergency(&hospital, &story, "AAAABBBBCCCCDDDD").await)
        .await
        .is(201);
    let path = format!("/api/v1/admin/emergency-access/{}/review", begun.field("id"));
    both.post_json(&path, &json!({ "outcome": "justified", "remark": "I was right" })).await.is(403);
}

#[tokio::test]
async fn the_access_log_lists_every_read_no_more_and_no_fewer() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let other = hospital.doctor(&offer()).await;
    let mine = hospital.program(story.patient).await;
    let before = log(&mine, story.patient).await.len();
    let (treats, sees) = (hospital.program(story.doctor).await, hospital.program(other).await);
    let chart = format!("/api/v1/patients/{}", story.patient.id);
    let mut expected = Vec::new();
    for (door, section) in [("allergies", "allergies"), ("problems", "problems"), ("vitals", "vitals")] {
        treats.get(&format!("{chart}/{door}")).await.is(200);
        expected.push(read(section, "treatment"));
        // Refused like what does not exist, and nothing was seen.
        sees.get(&format!("{chart}/{door}")).await.is(404);
    }
    treats.get(&format!("/doctor/patients/{}", story.patient.id)).await.is(200);
    expected.extend(
        [
            "allergies",
            "problems",
            "vitals",
            "immunizations",
            "family_history",
            "social_history",
            "documents",
            "visits",
            "prescriptions",
        ]
        .map(|section| read(section, "treatment")),
    );
    let_see(&hospital, &story, other, json!({})).await;
    sees.get(&format!("{chart}/allergies")).await.is(200);
    expected.push(read("allergies", "consent"));
    sees.get(&format!("/api/v1/visits/{}/summary", story.visit)).await.is(200);
    expected.push(read("visit_note", "consent"));
    sees.get(&format!("/api/v1/prescriptions/{}", story.prescription)).await.is(200);
    expected.push(read("prescription", "consent"));
    sees.get(&format!("{chart}/documents/{}/content", story.document)).await.is(200);
    expected.push(["downloaded", "documents", "consent", "ok"].map(str::to_owned));
    // The patient's own reading, and somebody else's of another patient, are no lines of others.
    mine.get(&format!("{chart}/allergies")).await.is(200);
    mine.get("/record").await.is(200);
    assert_eq!(log(&mine, story.patient).await.split_off(before), expected);

    let page = hospital.browser(story.patient).await.get("/record/access-log").await.is(200).text();
    assert!(page.contains("Dr Nadia Karim") && page.contains("You let this doctor see it"), "{page}");
    let stranger = hospital.program(hospital.patient().await).await;
    stranger.get(&format!("{chart}/access-log")).await.is(404);
}

#[tokio::test]
async fn a_question_about_a_line_reaches_the_privacy_officer_and_its_answer_the_patient() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let (officer, mine) = (hospital.member(Role::Administrator).await, hospital.browser(story.patient).await);
    let log = mine.get("/record/access-log").await.is(200).text();
    let line = log.split("questions/new?line=").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    mine.get(&format!("/record/access-log/questions/new?line={line}")).await.is(200);
    let path = "/record/access-log/questions";
    mine.post_form(path, &[("line", &line), ("words", "?")]).await.is(422);
    mine.post_form(path, &[("line", &line), ("words", "Why did you look?")]).await.is(303);
    mine.post_form(path, &[("line", &line), ("words", "Why did you look?")]).await.is(409);
    mine.post_form(path, &[("line", "63.999999"), ("words", "Whose is this?")]).await.is(404);
    hospital.doors.work().await;
    let told = async |account: Person, kind: &str| {
        let sql = format!("select count(*) from notices where account_id = '{}' and kind = '{kind}'", account.id);
        hospital.test.count(&sql).await
    };
    assert_eq!(told(officer, "chart.access_question").await, 1);
    let desk = hospital.browser(officer).await;
    assert!(desk.get("/admin/privacy").await.is(200).text().contains("Why did you look?"));
    let id = hospital.test.texts("select id::text from access_questions").await.remove(0);
    let path = format!("/admin/privacy/questions/{id}/answer");
    desk.post_form(&path, &[("finding", "in_order"), ("answer", "")]).await.is(422);
    desk.post_form(&path, &[("finding", "in_order"), ("answer", "To prepare your visit")]).await.is(303);
    assert_eq!(told(story.patient, "chart.access_answer").await, 1);
    let page = mine.get("/record/access-log/questions").await.is(200).text();
    assert!(page.contains("To prepare your visit") && page.contains("In order"), "{page}");
    // Neither words nor answer lie open in the database.
    let open =
        "select count(*) from access_questions where position(convert_to('Why did you', 'UTF8') in words_sealed) > 0";
    assert_eq!(hospital.test.count(open).await, 0);
}

#[tokio::test]
async fn row_level_security_alone_keeps_consents_and_emergencies_to_those_they_are_about() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let (other, third) = (hospital.doctor(&offer()).await, hospital.doctor(&offer()).await);
    let_see(&hospital, &story, other, json!({})).await;
    recovery_code(&hospital, other, "AAAABBBBCCCCDDDD").await;
    hospital
        .program(other)
        .await
        .post_json("/api/v1/emergency-access", &emergency(&hospital, &story, "AAAABBBBCCCCDDDD").await)
        .await
        .is(201);
    let as_doctor = |doctor: Person| db::Context {
        account: Some(kernel::ids::AccountId::from_uuid(doctor.id)),
        practitioner: Some(kernel::ids::PractitionerId::from_uuid(doctor.id)),
        roles: vec!["doctor"],
        ..db::Context::default()
    };
    let seen = async |doctor: Person, sql: &'static str| -> i64 {
        let mut tx = hospital.test.db().begin(&as_doctor(doctor)).await.unwrap();
        sqlx::Row::get(&sqlx::raw_sql(sql).fetch_one(tx.conn()).await.unwrap(), 0)
    };
    for table in ["select count(*) from consents", "select count(*) from break_glass", "select count(*) from allergies"]
    {
        assert_eq!((seen(other, table).await, seen(third, table).await), (1, 0), "{table}");
    }
    // Who may see a record cannot be written by whoever wants to.
    let now: Timestamp = hospital.test.now().await;
    for forged in [
        format!(
            "insert into consents (id, patient_id, practitioner_id, version, decision, scope, wording, decided_by, decided_at)
             values (gen_random_uuid(), '{}', '{}', 9, 'given', 'everything', 1, '{}', '{now}')",
            story.patient.id, third.id, third.id
        ),
        format!(
            "insert into break_glass (id, patient_id, practitioner_id, account_id, reason, words_sealed, started_at, ends_at)
             values (gen_random_uuid(), '{}', '{}', '{}', 'other', '\\x01', '{now}', '{now}'::timestamptz + interval '1 hour')",
            story.patient.id, third.id, third.id
        ),
    ] {
        let mut tx = hospital.test.db().begin(&as_doctor(third)).await.unwrap();
        let refused = sqlx::raw_sql(sqlx::AssertSqlSafe(forged)).execute(tx.conn()).await.unwrap_err();
        assert!(refused.to_string().contains("row-level security"), "{refused}");
    }
}

#[tokio::test]
async fn the_trail_is_filtered_paged_and_taken_along_by_administrators_alone() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let officer = hospital.member(Role::Administrator).await;
    let admin = hospital.program(officer).await;
    let number = record_no(&hospital, story.patient).await;
    let listed = async |query: &str| admin.get(&format!("/api/v1/admin/audit?{query}")).await.is(200).json();
    let all =
        hospital.test.count(&format!("select count(*) from audit_log where patient_id = '{}'", story.patient.id)).await;
    let (mut seen, mut cursor) = (0, String::new());
    loop {
        let page = listed(&format!("patient={number}&limit=5{cursor}")).await;
        seen += page["items"].as_array().unwrap().len();
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(i64::try_from(seen).unwrap(), all, "every row of the patient, once");
    let signed = listed(&format!("who={}@x.test&patient={number}&action=sign", story.doctor.id)).await;
    assert!(!signed["items"].as_array().unwrap().is_empty());
    assert!(signed["items"].as_array().unwrap().iter().all(|row| row["actor"] == json!(story.doctor.id)));
    assert_eq!(listed("who=nobody@x.test").await["items"], json!([]));
    assert_eq!(listed("until=2020-01-01").await["items"], json!([]));
    admin.get("/api/v1/admin/audit?from=yesterday").await.is(422);

    let desk = hospital.browser(officer).await;
    let page = desk.get(&format!("/admin/audit?patient={number}")).await.is(200).text();
    assert!(page.contains(&number) && page.contains("prescription"), "{page}");
    let file = desk.get(&format!("/admin/audit/trail.csv?patient={number}")).await.is(200);
    assert_eq!(i64::try_from(file.text().lines().count()).unwrap(), all + 1, "a header, and the same rows");
    let exported = format!("select count(*) from audit_log where action = 'exported' and actor = '{}'", officer.id);
    assert_eq!(hospital.test.count(&exported).await, 1, "taking it along is a row of it");
    hospital.program(story.doctor).await.get("/api/v1/admin/audit").await.is(403);
}

#[tokio::test]
async fn the_trail_verifies_itself_and_alarms_the_administrators() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let officer = hospital.member(Role::Administrator).await;
    // The story's own days, which lie ahead, have verified it too.
    hospital.test.force("delete from audit_verifications").await;
    let app = hospital.doors.app.clone();
    chart::verify_daily(app.clone()).await.unwrap();
    let desk = hospital.browser(officer).await;
    let told = format!("select count(*) from notices where account_id = '{}' and kind = 'audit.broken'", officer.id);
    assert!(desk.get("/admin/audit").await.is(200).text().contains("nothing altered"));
    assert_eq!(hospital.test.count(&told).await, 0);

    let row = format!(
        "select shard || '/' || seq from audit_log where patient_id = '{}' and action = 'read' limit 1",
        story.patient.id
    );
    let row = hospital.test.texts(&row).await.remove(0);
    let (shard, seq) = row.split_once('/').unwrap();
    hospital.test.force(&format!("update audit_log set actor = null where shard = {shard} and seq = {seq}")).await;
    for _ in 0..2 {
        chart::verify_daily(app.clone()).await.unwrap();
    }
    assert_eq!(hospital.test.count(&told).await, 1, "told once a day");
    let page = desk.get("/admin/audit").await.is(200).text();
    assert!(page.contains(&format!("row {row} was altered")), "{page}");
}
