//! Notes of supervised doctors: who checks them, what they may read for it and until when, and what a co-signature holds.

use access::Role;
use serde_json::{Value, json};
use testkit::Client;
use tokio::task::JoinSet;

use crate::support::{Hospital, Person, Story, Words, offer};

/// A visit whose doctor is supervised, signed and put before the supervisor.
struct House {
    hospital: Hospital,
    story: Story,
    supervisor: Person,
    admin: Person,
    approval: String,
}

/// Let one doctor's notes be checked by another, from today on.
async fn supervise(hospital: &Hospital, admin: Person, (trainee, supervisor): (Person, Person)) -> String {
    let path = format!("/api/v1/admin/doctors/{}/supervisions", trainee.id);
    let client = hospital.program(admin).await;
    client.post_json(&path, &json!({ "supervisor_id": supervisor.id })).await.is(201).field("id")
}

impl House {
    async fn open() -> Self {
        let hospital = Hospital::open().await;
        let began = hospital.test.now().await;
        let (supervisor, admin) = (hospital.doctor(&offer()).await, hospital.member(Role::Administrator).await);
        let story = hospital.met(&Words::default()).await;
        // What is open to whom, the database judges by its own clock: it begins before the story, and the present comes again after it.
        let insert = format!(
            "insert into supervisions (id, trainee_id, supervisor_id, from_day, made_by)
             values (gen_random_uuid(), '{}', '{}', current_date - 1, '{}')",
            story.doctor.id, supervisor.id, admin.id
        );
        hospital.test.force(&insert).await;
        hospital.sign_all(&story, &Words::default()).await;
        hospital.doors.work().await;
        let passed = hospital.test.now().await.minutes_since(began);
        hospital.test.pass_minutes(-passed);
        let approval = hospital.test.texts("select id::text from note_approvals").await.remove(0);
        Self { hospital, story, supervisor, admin, approval }
    }

    async fn theirs(&self) -> Client {
        self.hospital.program(self.story.doctor).await
    }

    async fn checker(&self) -> Client {
        self.hospital.program(self.supervisor).await
    }

    fn at(&self, end: &str) -> String {
        format!("/api/v1/note-approvals/{}{end}", self.approval)
    }

    fn chart(&self) -> String {
        format!("/api/v1/patients/{}/allergies", self.story.patient.id)
    }

    async fn add(&self, text: &str) {
        let path = format!("/api/v1/visits/{}/addenda", self.story.visit);
        self.theirs().await.post_json(&path, &json!({ "text": text })).await.is(201);
    }

    async fn summary(&self, who: Person) -> Value {
        let path = format!("/api/v1/visits/{}/summary", self.story.visit);
        self.hospital.program(who).await.get(&path).await.is(200).json()
    }

    async fn count(&self, sql: &str) -> i64 {
        self.hospital.test.count(sql).await
    }
}

#[tokio::test]
async fn only_an_administrator_sets_a_supervisor_and_nobody_supervises_themselves_not_in_a_circle_either() {
    let hospital = Hospital::open().await;
    let (admin, offer) = (hospital.member(Role::Administrator).await, offer());
    let (one, two, three) =
        (hospital.doctor(&offer).await, hospital.doctor(&offer).await, hospital.doctor(&offer).await);
    let office = hospital.program(admin).await;
    let path = |of: Person| format!("/api/v1/admin/doctors/{}/supervisions", of.id);
    let by = |who: Person| json!({ "supervisor_id": who.id });
    for other in [one, hospital.patient().await, hospital.member(Role::Nurse).await] {
        hospital.program(other).await.post_json(&path(one), &by(two)).await.is(403);
    }
    let field = async |of: Person, body: Value| {
        office.post_json(&path(of), &body).await.is(422).json()["errors"][0]["field"].clone()
    };
    assert_eq!(field(one, by(one)).await, "supervisor_id");
    let chief = hospital.doctor(&offer).await;
    hospital
        .test
        .force(&format!("insert into account_roles (account_id, role) values ('{}', 'administrator')", chief.id))
        .await;
    let theirs = hospital.program(chief).await.post_json(&path(one), &by(chief)).await.is(422).json();
    assert_eq!(theirs["errors"][0]["field"], "supervisor_id", "an administrator does not name themselves: {theirs}");
    office.post_json(&path(one), &by(two)).await.is(201);
    office.post_json(&path(two), &by(three)).await.is(201);
    assert_eq!(field(three, by(one)).await, "supervisor_id", "through two others");
    assert_eq!(field(two, by(one)).await, "supervisor_id", "straight back");
    assert_eq!(field(one, by(three)).await, "from", "there is one already");
    assert_eq!(
        field(three, json!({ "supervisor_id": hospital.patient().await.id })).await,
        "supervisor_id",
        "no doctor"
    );
    let past = json!({ "supervisor_id": two.id, "from": "2020-01-01" });
    assert_eq!(field(three, past).await, "from");
    hospital.test.force(&format!("update practitioners set status = 'draft' where id = '{}'", two.id)).await;
    let fourth = hospital.doctor(&offer).await;
    assert_eq!(field(fourth, by(two)).await, "supervisor_id", "not published");

    let id = office.get(&path(one)).await.is(200).json()["items"][0]["id"].as_str().unwrap().to_owned();
    let ending = format!("/api/v1/admin/supervisions/{id}/ending");
    office.post_json(&ending, &json!({})).await.is(201);
    office.post_json(&ending, &json!({})).await.problem(409, "illegal_transition");
    let kept = office.get(&path(one)).await.is(200).json();
    assert_eq!(kept["items"][0]["phase"], "over", "what was is kept: {kept}");
    let changed = hospital.test.refusal("update supervisions set supervisor_id = trainee_id").await;
    assert!(changed.contains("changes only by ending"), "{changed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_halves_of_a_circle_at_once_one_is_made() {
    let hospital = Hospital::open().await;
    let admin = hospital.member(Role::Administrator).await;
    let (one, two) = (hospital.doctor(&offer()).await, hospital.doctor(&offer()).await);
    let mut storm = JoinSet::new();
    for (of, by) in [(one, two), (two, one), (one, two), (two, one)] {
        let office = hospital.program(admin).await;
        let path = format!("/api/v1/admin/doctors/{}/supervisions", of.id);
        storm.spawn(async move { office.post_json(&path, &json!({ "supervisor_id": by.id })).await.status.as_u16() });
    }
    let mut answers = storm.join_all().await;
    answers.sort_unstable();
    assert_eq!(answers, [201, 422, 422, 422]);
}

#[tokio::test]
async fn a_note_is_read_at_once_checked_by_its_supervisor_and_both_are_told() {
    let house = House::open().await;
    let (hospital, story) = (&house.hospital, &house.story);
    let read = house.summary(story.patient).await;
    assert_eq!((&read["status"], &read["approval"]["status"]), (&json!("signed"), &json!("awaiting")), "{read}");
    assert!(read["plan"].is_string(), "the patient reads it at once");
    hospital.doors.work().await;
    let told = |who: Person| {
        format!("select count(*) from notices where kind = 'consultations.approval' and account_id = '{}'", who.id)
    };
    assert_eq!(house.count(&told(house.supervisor)).await, 1);

    let checker = house.checker().await;
    let queue = checker.get("/api/v1/note-approvals").await.is(200).json();
    assert_eq!(queue["items"][0]["id"], house.approval, "{queue}");
    assert_eq!(checker.get("/doctor/approvals/count").await.is(200).json()["count"], 1);
    let note = checker.get(&house.at("")).await.is(200).json();
    assert_eq!(note["note"]["plan"], Words::default().note, "{note}");
    assert_eq!(note["prescribed"].as_array().map(Vec::len), Some(1), "{note}");
    let approved = checker.post_json(&house.at("/signature"), &json!({ "addenda": 0 })).await.is(201).json();
    assert_eq!(approved["status"], "approved");
    hospital.doors.work().await;
    assert_eq!(house.count(&told(story.doctor)).await, 1);
    let read = house.summary(story.patient).await;
    assert_eq!(read["approval"]["status"], "approved");
    assert_eq!(read["approval"]["supervisor_id"], house.supervisor.id.to_string());
    let page =
        hospital.browser(story.patient).await.get(&format!("/visits/{}/summary", story.visit)).await.is(200).text();
    assert!(page.contains("Checked and approved by Dr Nadia Karim"), "{page}");
    let trail = format!(
        "select count(*) from audit_log where action = 'approved' and object = 'visit_note' and purpose = 'supervision' and actor = '{}'",
        house.supervisor.id
    );
    assert_eq!(house.count(&trail).await, 1);
}

#[tokio::test]
async fn a_supervisor_reads_only_while_the_note_waits_and_writes_nothing() {
    let house = House::open().await;
    let (hospital, story) = (&house.hospital, &house.story);
    let checker = house.checker().await;
    checker.get(&house.chart()).await.is(200);
    let allergy = json!({ "substance": "Latex", "category": "environment" });
    let refused = checker.post_json(&house.chart(), &allergy).await;
    assert!([403, 404, 409].contains(&refused.status.as_u16()), "{}", refused.text());
    assert_eq!(house.count("select count(*) from allergies").await, 1);
    let page = hospital.browser(house.supervisor).await;
    let chart = page.get(&format!("/doctor/patients/{}", story.patient.id)).await.is(200).text();
    assert!(chart.contains("waits for your check") && !chart.contains("/allergies\""), "{chart}");
    let stranger = hospital.program(hospital.doctor(&offer()).await).await;
    stranger.get(&house.at("")).await.is(404);
    stranger.post_json(&house.at("/signature"), &json!({ "addenda": 0 })).await.is(404);
    house.theirs().await.post_json(&house.at("/signature"), &json!({ "addenda": 0 })).await.is(404);

    checker.post_json(&house.at("/signature"), &json!({ "addenda": 0 })).await.is(201);
    checker.get(&house.chart()).await.is(404);
    checker.get(&house.at("")).await.is(404);
    let log = hospital.program(story.patient).await;
    let log = log.get(&format!("/api/v1/patients/{}/access-log", story.patient.id)).await.is(200).json();
    let lines = log["items"].as_array().unwrap();
    let theirs: Vec<_> = lines.iter().filter(|line| line["purpose"] == "supervision").collect();
    assert!(theirs.iter().any(|line| line["section"] == "allergies"), "{log}");
    assert!(theirs.iter().any(|line| line["section"] == "visit_note" && line["action"] == "read"), "{log}");
}

#[tokio::test]
async fn a_returned_note_is_answered_by_an_addition_and_the_patient_hears_nothing_of_it() {
    let house = House::open().await;
    let (hospital, story) = (&house.hospital, &house.story);
    let (theirs, checker) = (house.theirs().await, house.checker().await);
    let again = format!("/api/v1/visits/{}/approval-request", story.visit);
    theirs.post_json(&again, &json!({})).await.problem(409, "illegal_transition");
    checker.post_json(&house.at("/return"), &json!({ "words": " \n " })).await.is(422);
    checker.post_json(&house.at("/return"), &json!({ "words": "x".repeat(4001) })).await.is(422);
    checker.post_json(&house.at("/return"), &json!({ "words": "Which elbow?" })).await.is(201);
    checker
        .post_json(&house.at("/return"), &json!({ "words": "Which elbow?" }))
        .await
        .problem(409, "illegal_transition");
    checker.post_json(&house.at("/signature"), &json!({ "addenda": 0 })).await.problem(409, "illegal_transition");
    checker.get(&house.chart()).await.is(200);

    let read = house.summary(story.patient).await;
    assert_eq!(read["approval"]["status"], "awaiting", "between the two doctors: {read}");
    let path = format!("/visits/{}/summary", story.visit);
    let page = hospital.browser(story.patient).await.get(&path).await.is(200).text();
    assert!(!page.contains("Which elbow?") && page.contains("will check this note"), "{page}");
    let browser = hospital.browser(story.doctor).await;
    let page = browser.get(&path).await.is(200).text();
    assert!(page.contains("Which elbow?") && page.contains("returned this note to you"), "{page}");
    let sealed = house
        .count("select count(*) from note_approval_steps where encode(words_sealed, 'escape') like '%elbow%'")
        .await;
    assert_eq!(sealed, 0);

    assert_eq!(theirs.post_json(&again, &json!({})).await.is(422).json()["errors"][0]["field"], "text");
    let fields = [("kind", "correction"), ("text", "The left one"), ("after", "0"), ("action", "send")];
    browser.post_form(&format!("/visits/{}/addenda", story.visit), &fields).await.is(303);
    assert_eq!(house.summary(story.doctor).await["approval"]["status"], "awaiting");
    let note = checker.get(&house.at("")).await.is(200).json();
    assert_eq!(
        (&note["added"][0]["text"], &note["returns"][0]["words"]),
        (&json!("The left one"), &json!("Which elbow?"))
    );
    checker.post_json(&house.at("/signature"), &json!({ "addenda": 0 })).await.problem(409, "stale_version");
    checker.post_json(&house.at("/signature"), &json!({ "addenda": 1 })).await.is(201);
    house.add("And a cream").await;
    let read = house.summary(story.patient).await;
    assert_eq!((&read["approval"]["status"], &read["approval"]["addenda"]), (&json!("approved"), &json!(1)));
    let page = hospital.browser(story.patient).await.get(&path).await.is(200).text();
    assert!(page.contains("Something was added after that"), "{page}");
}

#[tokio::test]
async fn a_co_signature_is_noticed_when_it_was_altered_past_the_database() {
    let tricks = [
        ("a minute later", "update note_approvals set approved_at = approved_at + interval '1 minute'"),
        (
            "by somebody else",
            "update note_approvals n set supervisor_id = (select id from practitioners d where d.id not in (n.supervisor_id, n.practitioner_id) limit 1)",
        ),
        ("with more read", "update note_approvals set addenda = 2"),
        ("with less read", "update note_approvals set addenda = 0"),
        ("a note of another time", "update visit_notes set signed_at = signed_at + interval '1 minute'"),
    ];
    for (what, trick) in tricks {
        let house = House::open().await;
        house.hospital.doctor(&offer()).await;
        house.add("It was the left elbow").await;
        house.checker().await.post_json(&house.at("/signature"), &json!({ "addenda": 1 })).await.is(201);
        house.add("A result that came later").await;
        let read = format!("/api/v1/visits/{}/summary", house.story.visit);
        let mine = house.hospital.program(house.story.patient).await;
        mine.get(&read).await.is(200);
        house.hospital.test.refusal(trick).await;
        let forced = format!(
            "alter table note_approvals disable trigger all; alter table visit_notes disable trigger all; {trick};
             alter table note_approvals enable trigger all; alter table visit_notes enable trigger all"
        );
        house.hospital.test.force(&forced).await;
        assert_eq!(mine.get(&read).await.status, 500, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn approved_many_times_at_once_it_is_approved_once() {
    let house = House::open().await;
    let mut storm = JoinSet::new();
    for _ in 0..8 {
        let (client, path) = (house.checker().await, house.at("/signature"));
        storm.spawn(async move { client.post_json(&path, &json!({ "addenda": 0 })).await.status.as_u16() });
    }
    assert_eq!(storm.join_all().await, [201; 8], "who sends it twice is told the same");
    assert_eq!(house.count("select count(*) from note_approval_steps where step = 'approved'").await, 1);
    assert_eq!(house.count("select count(*) from audit_log where action = 'approved'").await, 1);
    house.hospital.doors.work().await;
    let told = format!(
        "select count(*) from notices where kind = 'consultations.approval' and account_id = '{}'",
        house.story.doctor.id
    );
    assert_eq!(house.count(&told).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_added_while_it_is_approved_is_either_read_or_later() {
    for _ in 0..4 {
        let house = House::open().await;
        let (checker, theirs) = (house.checker().await, house.theirs().await);
        let (sign, add) = (house.at("/signature"), format!("/api/v1/visits/{}/addenda", house.story.visit));
        let (nothing, text) = (json!({ "addenda": 0 }), json!({ "text": "The left one" }));
        let (approved, added) = tokio::join!(checker.post_json(&sign, &nothing), theirs.post_json(&add, &text));
        added.is(201);
        match approved.status.as_u16() {
            201 => assert_eq!(house.summary(house.story.patient).await["approval"]["addenda"], 0),
            409 => {
                approved.problem(409, "stale_version");
                assert_eq!(house.summary(house.story.patient).await["approval"]["status"], "awaiting");
            }
            other => panic!("{other}: {}", approved.text()),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervision_that_ends_closes_the_record_and_what_waits_comes_to_the_next() {
    let house = House::open().await;
    let (hospital, story) = (&house.hospital, &house.story);
    let (checker, office) = (house.checker().await, hospital.program(house.admin).await);
    checker.get(&house.chart()).await.is(200);
    let id = hospital.test.texts("select id::text from supervisions").await.remove(0);
    office.post_json(&format!("/api/v1/admin/supervisions/{id}/ending"), &json!({})).await.is(201);
    checker.get(&house.chart()).await.is(404);
    checker.get(&house.at("")).await.is(404);
    checker.post_json(&house.at("/signature"), &json!({ "addenda": 0 })).await.is(404);
    assert_eq!(checker.get("/api/v1/note-approvals").await.is(200).json()["items"], json!([]));
    let page = hospital.browser(house.admin).await;
    let page = page.get(&format!("/admin/doctors/{}/supervision", story.doctor.id)).await.is(200).text();
    assert!(page.contains("Needs another doctor") && !page.contains("Amina Rahman"), "{page}");

    let next = hospital.doctor(&offer()).await;
    supervise(hospital, house.admin, (story.doctor, next)).await;
    hospital.doors.work().await;
    let theirs = hospital.program(next).await;
    theirs.get(&house.at("")).await.is(200);
    let told =
        format!("select count(*) from notices where kind = 'consultations.approval' and account_id = '{}'", next.id);
    assert_eq!(house.count(&told).await, 1);
    theirs.post_json(&house.at("/signature"), &json!({ "addenda": 0 })).await.is(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervision_that_ends_while_a_note_is_approved_is_before_or_after() {
    for _ in 0..4 {
        let house = House::open().await;
        let (checker, office) = (house.checker().await, house.hospital.program(house.admin).await);
        let id = house.hospital.test.texts("select id::text from supervisions").await.remove(0);
        let (ending, sign) = (format!("/api/v1/admin/supervisions/{id}/ending"), house.at("/signature"));
        let (nothing, none) = (json!({ "addenda": 0 }), json!({}));
        let (approved, ended) = tokio::join!(checker.post_json(&sign, &nothing), office.post_json(&ending, &none));
        ended.is(201);
        let status = approved.status.as_u16();
        assert!([201, 404].contains(&status), "{}", approved.text());
        let stands = house.count("select count(*) from note_approvals where status = 'approved'").await;
        assert_eq!(stands, i64::from(status == 201));
    }
}

#[tokio::test]
async fn where_the_patient_has_shut_the_supervisor_out_another_is_chosen() {
    let house = House::open().await;
    let (hospital, story) = (&house.hospital, &house.story);
    let checker = house.checker().await;
    let mine = hospital.browser(story.patient).await;
    assert!(mine.get("/record/sharing").await.is(200).text().contains("Checks a note of your doctor"));
    let revocation = format!("/api/v1/patients/{}/consents/{}/revocation", story.patient.id, house.supervisor.id);
    hospital.program(story.patient).await.post_json(&revocation, &json!({})).await.is(200);
    checker.get(&house.chart()).await.is(404);
    checker.get(&house.at("")).await.is(404);
    checker.post_json(&house.at("/signature"), &json!({ "addenda": 0 })).await.is(404);
    assert_eq!(checker.get("/api/v1/note-approvals").await.is(200).json()["items"], json!([]));
    assert_eq!(checker.get("/doctor/approvals/count").await.is(200).json()["count"], 0);

    hospital.test.pass_minutes(5 * 24 * 60);
    hospital.doors.work().await;
    let office = hospital.program(house.admin).await;
    let told = format!(
        "select count(*) from notices where subject = 'A note needs another supervisor' and account_id = '{}'",
        house.admin.id
    );
    assert_eq!(house.count(&told).await, 1);
    let assign = format!("/api/v1/admin/note-approvals/{}/assignment", house.approval);
    let to = async |who: Person| office.post_json(&assign, &json!({ "supervisor_id": who.id })).await;
    assert_eq!(to(house.supervisor).await.is(422).json()["errors"][0]["field"], "supervisor_id");
    to(story.doctor).await.is(422);
    let other = hospital.doctor(&offer()).await;
    to(other).await.is(201);
    let theirs = hospital.program(other).await;
    theirs.get(&house.chart()).await.is(200);
    theirs.post_json(&house.at("/signature"), &json!({ "addenda": 0 })).await.is(201);
    theirs.get(&house.chart()).await.is(404);
    to(house.supervisor).await.problem(409, "illegal_transition");
}

#[tokio::test]
async fn a_visit_that_the_patient_hides_is_not_checked_until_it_is_shown() {
    let house = House::open().await;
    let mine = house.hospital.browser(house.story.patient).await;
    mine.get(&format!("/visits/{}/summary", house.story.visit)).await.is(200);
    mine.post_form(&format!("/visits/{}/hiding", house.story.visit), &[]).await.is(303);
    let checker = house.checker().await;
    checker.get(&house.at("")).await.is(404);
    assert_eq!(checker.get("/api/v1/note-approvals").await.is(200).json()["items"], json!([]));
    mine.post_form(&format!("/visits/{}/showing", house.story.visit), &[]).await.is(303);
    checker.get(&house.at("")).await.is(200);
}

#[tokio::test]
async fn a_note_of_somebody_who_is_not_supervised_waits_for_nobody() {
    let hospital = Hospital::open().await;
    let story = hospital.told(&Words::default()).await;
    assert_eq!(hospital.test.count("select count(*) from note_approvals").await, 0);
    let mine = hospital.program(story.patient).await;
    let read = mine.get(&format!("/api/v1/visits/{}/summary", story.visit)).await.is(200).json();
    assert_eq!(read["approval"], Value::Null);
}

#[tokio::test]
async fn the_pages_say_what_to_do_keep_what_was_typed_and_lead_through_the_queue() {
    let house = House::open().await;
    let browser = house.hospital.browser(house.supervisor).await;
    let day = browser.get("/doctor").await.is(200).text();
    assert!(day.contains("Notes to check") && day.contains(&format!("/doctor/approvals/{}", house.approval)), "{day}");
    let list = browser.get("/doctor/approvals").await.is(200).text();
    assert!(list.contains("data-keys") && list.contains("Waits for its check"), "{list}");
    let path = format!("/doctor/approvals/{}", house.approval);
    let page = browser.get(&path).await.is(200).text();
    assert!(page.contains("data-focus=\"a\"") && page.contains("data-focus=\"r\""), "{page}");
    house.add("It was the left elbow").await;
    let stale = browser.post_form(&format!("{path}/signature"), &[("addenda", "0")]).await.is(422).text();
    assert!(stale.contains("Something was added meanwhile") && stale.contains("It was the left elbow"), "{stale}");
    let refused =
        browser.post_form(&format!("{path}/return"), &[("words", "x".repeat(4001).as_str())]).await.is(422).text();
    assert!(refused.contains("xxxx"), "what was typed stays");
    browser.post_form(&format!("{path}/signature"), &[("addenda", "1")]).await.is(303);
    let done = browser.get("/doctor/approvals?show=done").await.is(200).text();
    assert!(done.contains("Approved") && !done.contains(&path), "{done}");
    let mine = house.hospital.browser(house.story.doctor).await;
    assert!(mine.get("/doctor/approvals?show=mine").await.is(200).text().contains("Approved"));

    let office = house.hospital.browser(house.admin).await;
    let doctor = house.story.doctor.id;
    let about = office.get(&format!("/admin/doctors/{doctor}")).await.is(200).text();
    assert!(about.contains(&format!("/admin/doctors/{doctor}/supervision")), "{about}");
    let path = format!("/admin/doctors/{doctor}/supervision");
    office.get(&path).await.is(200);
    let fields =
        [("supervisor", house.supervisor.id.to_string()), ("from", "soon".to_owned()), ("until", String::new())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let again = office.post_form(&path, &fields).await.is(422).text();
    assert!(again.contains("Enter a date") && again.contains("value=\"soon\""), "{again}");
}
