//! Two records of one person, joined by a link and taken apart: what safety checks see, who may see what, what is refused, who is first.

mod deciding;
mod words;

use access::Role;
use serde_json::{Value, json};
use testkit::{Answer, Client};

use crate::support::{Hospital, Person, Story, Words, offer};

const JOINS: &str = "/api/v1/admin/record-joins";
const REASON: &str = "Came to the desk with her passport";

async fn record_no(hospital: &Hospital, patient: Person) -> String {
    hospital.test.texts(&format!("select record_no from patients where id = '{}'", patient.id)).await.remove(0)
}

/// A second factor that is good once.
async fn code(hospital: &Hospital, person: Person) -> String {
    let code = hospital.test.texts("select upper(substr(md5(random()::text), 1, 16))").await.remove(0);
    let id = person.id;
    let sql = format!(
        "insert into recovery_codes (id, account_id, code_hash)
         values (gen_random_uuid(), '{id}', sha256(convert_to('{id}:{code}', 'UTF8')))"
    );
    hospital.test.force(&sql).await;
    code
}

/// Nobody signs in for this record.
async fn without_account(hospital: &Hospital, patient: Person) {
    hospital
        .test
        .force(&format!("update accounts set status = 'disabled', disabled_at = now() where id = '{}'", patient.id))
        .await;
}

/// An administrator, and both numbers.
struct Desk {
    admin: Person,
    program: Client,
}

impl Desk {
    async fn of(hospital: &Hospital) -> Self {
        let admin = hospital.member(Role::Administrator).await;
        Self { admin, program: hospital.program(admin).await }
    }

    async fn join(&self, hospital: &Hospital, survivor: Person, retired: Person, in_person: bool) -> Answer {
        let body = json!({
            "survivor": record_no(hospital, survivor).await, "retired": record_no(hospital, retired).await,
            "reason": REASON, "in_person": in_person, "code": code(hospital, self.admin).await,
        });
        self.program.post_json(JOINS, &body).await
    }

    async fn joined(&self, hospital: &Hospital, survivor: Person, retired: Person) -> String {
        self.join(hospital, survivor, retired, true).await.is(201).field("id")
    }

    async fn part(&self, hospital: &Hospital, id: &str) -> Answer {
        let body = json!({ "reason": "They are two people after all", "code": code(hospital, self.admin).await });
        self.program.post_json(&format!("{JOINS}/{id}/ending"), &body).await
    }
}

/// A finished visit, and then the present again.
async fn told(hospital: &Hospital) -> Story {
    let began = hospital.test.now().await;
    let story = hospital.told(&Words::default()).await;
    let passed = hospital.test.now().await.minutes_since(began);
    hospital.test.pass_minutes(-passed);
    story
}

fn drug(q: &str) -> &'static str {
    prescriptions::formulary::search(q, 1).first().unwrap().code
}

async fn drafted(theirs: &Client, visit: &str, drugs: &[&str]) -> String {
    let items: Vec<Value> =
        drugs.iter().map(|q| json!({ "drug": drug(q), "dose": 1.0, "frequency": "QD", "duration_days": 7 })).collect();
    let path = format!("/api/v1/visits/{visit}/prescriptions");
    theirs.post_json(&path, &json!({ "items": items })).await.is(201).field("id")
}

/// Rules of the alerts of a draft.
async fn rules(theirs: &Client, id: &str) -> Vec<String> {
    let shown = theirs.get(&format!("/api/v1/prescriptions/{id}")).await.is(200).json();
    let alerts = shown["alerts"].as_array().unwrap();
    alerts
        .iter()
        .map(|alert| format!("{} {}", alert["row"].as_str().unwrap_or_default(), alert["rule"].as_str().unwrap()))
        .collect()
}

async fn allergies(who: &Client, patient: Person) -> Value {
    who.get(&format!("/api/v1/patients/{}/allergies", patient.id)).await.is(200).json()
}

async fn allergies_answer(who: &Client, patient: Person) -> Answer {
    who.get(&format!("/api/v1/patients/{}/allergies", patient.id)).await
}

async fn close_to(hospital: &Hospital, patient: Person, doctor: Person) {
    let mine = hospital.program(patient).await;
    let path = format!("/api/v1/patients/{}/consents/{}/revocation", patient.id, doctor.id);
    mine.post_json(&path, &json!({})).await.is(200);
}

async fn open_to(hospital: &Hospital, patient: Person, doctor: Person, scope: &str) {
    let mine = hospital.program(patient).await;
    let body = json!({ "doctor_id": doctor.id, "scope": scope });
    mine.post_json(&format!("/api/v1/patients/{}/consents", patient.id), &body).await.is(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_other_record_knows_interrupts_a_signature_until_they_are_taken_apart() {
    let hospital = Hospital::open().await;
    let began = hospital.test.now().await;
    let old = hospital.met(&Words::default()).await;
    let before = hospital.program(old.doctor).await;
    let (his, chart) = (hospital.program(old.patient).await, format!("/api/v1/patients/{}", old.patient.id));
    his.post_json(&format!("{chart}/allergies"), &json!({ "substance": "Penicillin", "category": "medicine" }))
        .await
        .is(201);
    let facts =
        json!({ "creatinine": 300.0, "creatinine_unit": "umol_l", "other_medicines": "Warfarin 5 mg at night" });
    before.post_json(&format!("{chart}/prescribing-facts"), &facts).await.is(201);
    before.post_json(&format!("{chart}/problems"), &json!({ "code": "Z33.1" })).await.is(201);
    let taken = drafted(&before, &old.visit, &["phenelzine"]).await;
    before.post_json(&format!("/api/v1/prescriptions/{taken}/signature"), &json!({})).await.is(201);
    hospital.sign_all(&old, &Words::default()).await;
    without_account(&hospital, old.patient).await;
    hospital.test.pass_minutes(-hospital.test.now().await.minutes_since(began));

    let new = hospital.met(&Words::default()).await;
    let sex =
        format!("update patients set sex_at_birth = 'female' where id in ('{}', '{}')", old.patient.id, new.patient.id);
    hospital.test.force(&sex).await;
    let theirs = hospital.program(new.doctor).await;
    let draft =
        drafted(&theirs, &new.visit, &["amoxicillin 500 capsule", "sertraline 50", "ibuprofen 400", "lisinopril 10"])
            .await;
    let alone = rules(&theirs, &draft).await;
    for rule in ["allergy-penicillins", "interaction.onc-ssri-maoi"] {
        assert!(!alone.iter().any(|found| found.contains(rule)), "{alone:?}");
    }

    let desk = Desk::of(&hospital).await;
    let join = desk.joined(&hospital, new.patient, old.patient).await;
    let both = rules(&theirs, &draft).await;
    for rule in ["allergy-penicillins", "interaction.onc-ssri-maoi"] {
        assert!(both.iter().any(|found| found.contains(rule)), "{rule} in {both:?}");
    }
    for word in ["pregnancy", "kidney", "interaction"] {
        assert!(both.iter().any(|found| found.contains(word)), "{word} in {both:?}");
    }
    let signature = format!("/api/v1/prescriptions/{draft}/signature");
    theirs.post_json(&signature, &json!({})).await.problem(409, "override_needed");
    let known = theirs.get(&format!("/api/v1/patients/{}/prescribing-facts", new.patient.id)).await.is(200).json();
    assert_eq!(
        (&known["other_medicines"], &known["pregnant"]),
        (&json!("Warfarin 5 mg at night"), &json!("yes")),
        "{known}"
    );
    // What is already prescribed is checked against both before it is dispensed, whichever record it stands in.
    let mut tx = hospital.test.system().await;
    let alerts = prescriptions::prescribing::review_for_dispensing(&mut tx, &hospital.vault, taken.parse().unwrap())
        .await
        .unwrap();
    drop(tx);
    assert!(!alerts.iter().any(|alert| alert.rule == "allergies-not-asked"), "{alerts:?}");

    desk.part(&hospital, &join).await.is(200);
    assert_eq!(rules(&theirs, &draft).await, alone, "as before");
}

#[tokio::test]
async fn none_known_beside_an_allergy_of_the_other_record_is_none() {
    let hospital = Hospital::open().await;
    let people = hospital.patients(2).await;
    let (kept, gone) = (people[0], people[1]);
    let mine = hospital.program(kept).await;
    let path = |patient: Person| format!("/api/v1/patients/{}/allergies", patient.id);
    let other = hospital.program(gone).await;
    let latex = json!({ "substance": "Latex", "category": "environment" });
    let latex = other.post_json(&path(gone), &latex).await.is(201).field("id");
    mine.post_json(&format!("{}/none-known", path(kept)), &json!({})).await.is(200);
    without_account(&hospital, gone).await;
    let desk = Desk::of(&hospital).await;
    let numbers = format!("one={}&other={}", record_no(&hospital, kept).await, record_no(&hospital, gone).await);
    let preview = desk.program.get(&format!("/api/v1/admin/record-join-previews?{numbers}")).await.is(200).json();
    assert!(
        preview["conflicts"].as_array().unwrap().iter().any(|one| one["what"] == "chart-join-allergies-denied"),
        "{preview}"
    );
    assert!(!preview.to_string().contains("Latex"), "an administrator reads of kinds and counts");
    let join = desk.joined(&hospital, kept, gone).await;

    let mine = hospital.program(kept).await;
    let listed = allergies(&mine, kept).await;
    assert_eq!(
        (&listed["answer"]["state"], &listed["items"][0]["substance"]),
        (&json!("listed"), &json!("Latex")),
        "{listed}"
    );
    assert_eq!(listed["items"][0]["from_record"], json!(record_no(&hospital, gone).await));
    mine.post_json(&format!("{}/none-known", path(kept)), &json!({})).await.problem(409, "allergies_listed");
    let page = hospital.browser(kept).await.get("/record").await.is(200).text();
    assert!(page.contains("Latex") && page.contains("From record") && !page.contains("No known allergies"), "{page}");
    // What was wrong can be put right while they are joined.
    mine.post_json(&format!("{}/{latex}/withdrawal", path(kept)), &json!({})).await.is(200);
    assert_eq!(allergies(&mine, kept).await["items"], json!([]));
    desk.part(&hospital, &join).await.is(200);
    mine.get(&path(gone)).await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chart_of_the_survivor_shows_both_and_the_retired_one_leads_there() {
    let hospital = Hospital::open().await;
    let old = told(&hospital).await;
    without_account(&hospital, old.patient).await;
    let new = told(&hospital).await;
    let (theirs, former) = (hospital.program(new.doctor).await, hospital.program(old.doctor).await);
    let chart = |patient: Person| format!("/api/v1/patients/{}", patient.id);
    let sections = ["allergies", "problems", "vitals"];
    let mut before = Vec::new();
    for section in sections {
        before.push(theirs.get(&format!("{}/{section}", chart(new.patient))).await.is(200).json());
    }
    former.get(&format!("{}/allergies", chart(new.patient))).await.is(404);
    let desk = Desk::of(&hospital).await;
    let join = desk.joined(&hospital, new.patient, old.patient).await;

    let from = record_no(&hospital, old.patient).await;
    for section in sections {
        let shown = theirs.get(&format!("{}/{section}", chart(new.patient))).await.is(200).json();
        let items = shown["items"].as_array().unwrap();
        assert!(items.iter().any(|item| item["from_record"] == json!(from)), "{section}: {shown}");
        assert!(items.iter().any(|item| item.get("from_record").is_none()), "{section}: {shown}");
        // Either doctor, by either number: one record.
        assert_eq!(former.get(&format!("{}/{section}", chart(new.patient))).await.is(200).json(), shown);
    }
    let moved = former.get(&format!("/doctor/patients/{}", old.patient.id)).await.is(303);
    assert_eq!(moved.location(), format!("/doctor/patients/{}", new.patient.id));
    let page = theirs.get(&format!("/doctor/patients/{}", new.patient.id)).await.is(200).text();
    assert!(
        page.contains(&old.visit) && page.contains(&old.prescription) && page.contains(&from),
        "the timeline of both"
    );
    theirs.get(&format!("/api/v1/visits/{}/summary", old.visit)).await.is(200);
    reads_of_it(&hospital, new.patient).await;

    // What is written meanwhile stays with the survivor, and is listed.
    theirs.post_json(&format!("{}/problems", chart(new.patient)), &json!({ "code": "I10" })).await.is(201);
    let whole = desk.program.get(&format!("{JOINS}/{join}")).await.is(200).json();
    assert_eq!(whole["reason"], json!(REASON));
    assert!(whole["since"].as_array().unwrap().iter().any(|one| one["what"] == "chart-problems-title"), "{whole}");
    desk.part(&hospital, &join).await.is(200);
    for (section, before) in sections.iter().zip(&before) {
        let after = theirs.get(&format!("{}/{section}", chart(new.patient))).await.is(200).json();
        let kept = |list: &Value| -> Vec<Value> {
            list["items"].as_array().unwrap().iter().filter(|item| item["code"] != "I10").cloned().collect()
        };
        assert_eq!(kept(&after), kept(before), "{section} is as before");
    }
    former.get(&format!("{}/allergies", chart(new.patient))).await.is(404);
    theirs.get(&format!("{}/allergies", chart(old.patient))).await.is(404);
    theirs.get(&format!("/api/v1/visits/{}/summary", old.visit)).await.is(404);
    let page = theirs.get(&format!("/doctor/patients/{}", new.patient.id)).await.is(200).text();
    assert!(!page.contains(&old.visit) && !page.contains(&from) && page.contains("I10"), "no trace");
    let trail =
        format!("select action from audit_log where object = 'record_join' and object_id = '{join}' order by at");
    assert_eq!(hospital.test.texts(&trail).await, ["joined", "joined", "parted", "parted"], "in the trail of both");
    let notices = format!(
        "select count(*) from notices where account_id = '{}' and kind = 'people.records_joined'",
        new.patient.id
    );
    assert_eq!(hospital.test.count(&notices).await, 2, "told of both");
}

/// The patient reads of it, section by section, in the log of the record they have.
async fn reads_of_it(hospital: &Hospital, patient: Person) {
    let mine = hospital.program(patient).await;
    let log = mine.get(&format!("/api/v1/patients/{}/access-log?limit=100", patient.id)).await.is(200).json();
    let lines: Vec<&str> =
        log["items"].as_array().unwrap().iter().map(|line| line["section"].as_str().unwrap()).collect();
    for section in ["allergies", "problems", "vitals", "visits", "prescriptions", "record_join"] {
        assert!(lines.contains(&section), "{section} in {lines:?}");
    }
    hospital.browser(patient).await.get("/record/access-log").await.is(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_patient_closed_in_either_record_stays_closed() {
    let hospital = Hospital::open().await;
    let old = told(&hospital).await;
    let new = told(&hospital).await;
    let (doctor, reader, stranger) = (new.doctor, hospital.doctor(&offer()).await, hospital.doctor(&offer()).await);
    // The doctor of one record is shut out of the other, and a reader of both in turn.
    for shut in [doctor, reader] {
        open_to(&hospital, old.patient, shut, "record").await;
        close_to(&hospital, old.patient, shut).await;
    }
    open_to(&hospital, new.patient, reader, "record").await;
    let opens = async |doctor: Person| {
        let theirs = hospital.program(doctor).await;
        let mut answers = [0; 2];
        for (answer, patient) in answers.iter_mut().zip([new.patient, old.patient]) {
            *answer = theirs.get(&format!("/api/v1/patients/{}/allergies", patient.id)).await.status.as_u16();
        }
        answers
    };
    assert_eq!((opens(doctor).await, opens(reader).await), ([200, 404], [200, 404]));
    let desk = Desk::of(&hospital).await;
    let join = desk.joined(&hospital, new.patient, old.patient).await;
    assert_eq!((opens(doctor).await, opens(reader).await), ([404, 404], [404, 404]), "closed in one is closed in both");
    assert_eq!(opens(stranger).await, [404, 404]);
    hospital.browser(new.patient).await.get("/record/sharing").await.is(200);
    // The patient's word about the one record that is left, given afterwards, is about both.
    open_to(&hospital, new.patient, reader, "record").await;
    assert_eq!(opens(reader).await, [200, 200]);
    let mine = hospital.program(new.patient).await;
    let wish = json!({ "doctor_id": doctor.id, "starts_at": hospital.at("20:00"), "mode": "video" });
    let again = mine.post_json("/api/v1/appointments", &wish).await.is(201).field("id");
    hospital.pay(&mine, &again).await;
    assert_eq!(opens(doctor).await, [200, 200], "an appointment made afterwards opens it again");
    desk.part(&hospital, &join).await.is(200);
    assert_eq!((opens(doctor).await, opens(reader).await), ([200, 404], [200, 404]), "each as its own patient left it");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hidden_in_one_record_does_not_come_to_light_by_a_word_about_the_other() {
    let hospital = Hospital::open().await;
    let (old, new) = (told(&hospital).await, told(&hospital).await);
    let reader = hospital.doctor(&offer()).await;
    open_to(&hospital, new.patient, reader, "everything").await;
    let mine = hospital.program(old.patient).await;
    mine.post_json(&format!("/api/v1/patients/{}/problems/{}/hiding", old.patient.id, old.problem), &json!({}))
        .await
        .is(200);
    mine.post_json(&format!("/api/v1/visits/{}/hiding", old.visit), &json!({})).await.is(200);
    let desk = Desk::of(&hospital).await;
    desk.joined(&hospital, new.patient, old.patient).await;
    let theirs = hospital.program(reader).await;
    let ids = async || -> Vec<String> {
        let path = format!("/api/v1/patients/{}/problems", new.patient.id);
        let shown = theirs.get(&path).await.is(200).json();
        shown["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids().await, [new.problem.as_str()]);
    theirs.get(&format!("/api/v1/visits/{}/summary", old.visit)).await.is(404);
    let page = theirs.get(&format!("/doctor/patients/{}", new.patient.id)).await.is(200).text();
    assert!(!page.contains(&old.visit));
    open_to(&hospital, new.patient, reader, "everything").await;
    assert_eq!(ids().await.len(), 2, "said of the person, after the joining");
    // The patient shows it again, from the record that is left.
    let mine = hospital.program(new.patient).await;
    mine.post_json(&format!("/api/v1/patients/{}/problems/{}/showing", new.patient.id, old.problem), &json!({}))
        .await
        .is(200);
}

#[tokio::test]
async fn an_account_reads_the_other_record_only_where_its_owner_was_seen() {
    let hospital = Hospital::open().await;
    let people = hospital.patients(2).await;
    let (kept, gone) = (people[0], people[1]);
    let path = |patient: Person| format!("/api/v1/patients/{}/allergies", patient.id);
    let (mine, other) = (hospital.program(kept).await, hospital.program(gone).await);
    mine.post_json(&path(kept), &json!({ "substance": "Latex" })).await.is(201);
    other.post_json(&path(gone), &json!({ "substance": "Peanuts" })).await.is(201);
    let desk = Desk::of(&hospital).await;
    let refused = desk.join(&hospital, kept, gone, false).await.is(422).json();
    assert_eq!(refused["errors"][0]["field"], "in_person", "{refused}");
    mine.get(&path(gone)).await.is(404);
    let join = desk.joined(&hospital, kept, gone).await;
    for who in [&mine, &other] {
        assert_eq!(allergies(who, kept).await["items"].as_array().unwrap().len(), 2, "at once, both accounts");
    }
    desk.part(&hospital, &join).await.is(200);
    mine.get(&path(gone)).await.is(404);
    other.get(&path(kept)).await.is(404);
    assert_eq!(allergies(&other, gone).await["items"].as_array().unwrap().len(), 1);

    // An account that was disabled is not woken up in somebody else's record.
    without_account(&hospital, gone).await;
    desk.join(&hospital, kept, gone, true).await.is(201);
    hospital
        .test
        .force(&format!("update accounts set status = 'active', disabled_at = null where id = '{}'", gone.id))
        .await;
    let woken = hospital.program(gone).await;
    for patient in [kept, gone] {
        let answer = woken.get(&path(patient)).await.status.as_u16();
        assert!(matches!(answer, 403 | 404), "{answer}");
    }
    assert_eq!(allergies(&hospital.program(kept).await, kept).await["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn whoever_acts_for_one_child_does_not_read_another_record_by_a_join() {
    let hospital = Hospital::open().await;
    let parents = hospital.patients(2).await;
    let born = hospital.test.now().await.date_in(&kernel::Zone::utc()).plus_days(-5 * 365 - 100);
    let mut children = Vec::new();
    for parent in &parents {
        let child = json!({ "full_name": "Ayaan Rahman", "birth_date": born, "relation": "parent" });
        let added = hospital.program(*parent).await.post_json("/api/v1/dependants", &child).await.is(201);
        children.push(Person::known(added.field("patient_id").parse().unwrap(), Role::Patient));
    }
    let desk = Desk::of(&hospital).await;
    desk.join(&hospital, children[0], children[1], true).await.problem(409, "somebody_acts");
    // One parent of both records.
    let both = format!(
        "insert into proxies (id, patient_id, account_id, relation, ends_on)
         select gen_random_uuid(), '{}', account_id, relation, ends_on from proxies where patient_id = '{}'",
        children[0].id, children[1].id
    );
    hospital.test.force(&both).await;
    let mother = hospital.program(parents[1]).await;
    mother
        .post_json(&format!("/api/v1/patients/{}/allergies", children[1].id), &json!({ "substance": "Latex" }))
        .await
        .is(201);
    desk.joined(&hospital, children[0], children[1]).await;
    for parent in parents {
        let shown = allergies(&hospital.program(parent).await, children[0]).await;
        assert_eq!(shown["items"][0]["substance"], "Latex");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_new_begins_in_a_retired_record() {
    let hospital = Hospital::open().await;
    let (old, new) = (told(&hospital).await, told(&hospital).await);
    let theirs = hospital.program(old.doctor).await;
    let draft = drafted(&theirs, &old.visit, &["cetirizine"]).await;
    let desk = Desk::of(&hospital).await;
    desk.joined(&hospital, new.patient, old.patient).await;
    let (mine, retired) = (hospital.program(old.patient).await, format!("/api/v1/patients/{}", old.patient.id));
    let survivor = json!(new.patient.id.to_string());
    let wish = json!({ "doctor_id": old.doctor.id, "starts_at": hospital.at("21:00"), "mode": "video", "patient_id": old.patient.id });
    for (who, path, body) in [
        (&mine, format!("{retired}/allergies"), json!({ "substance": "Latex" })),
        (&mine, format!("{retired}/allergies/none-known"), json!({})),
        (&mine, format!("{retired}/vitals"), json!({ "signs": { "pulse": 70.0 } })),
        (&mine, format!("{retired}/consents"), json!({ "doctor_id": old.doctor.id })),
        (&mine, "/api/v1/appointments".to_owned(), wish),
        (&theirs, format!("{retired}/problems"), json!({ "code": "I10" })),
        (&theirs, format!("{retired}/prescribing-facts"), json!({ "creatinine": 1.0 })),
        (
            &theirs,
            format!("/api/v1/visits/{}/prescriptions", old.visit),
            json!({ "items": [{ "drug": drug("cetirizine"), "dose": 1.0, "frequency": "QD", "duration_days": 7 }] }),
        ),
        (&theirs, format!("/api/v1/prescriptions/{draft}/signature"), json!({})),
    ] {
        let answer = who.post_json(&path, &body).await;
        let none_known = path.ends_with("none-known");
        let problem = answer.problem(409, if none_known { "allergies_listed" } else { "record_retired" });
        assert!(none_known || problem["survivor"] == survivor, "{path}: {problem}");
    }
    // What stands in it may be ended, and the same is written in the survivor.
    let ending = format!("/api/v1/prescriptions/{}/ending", old.prescription);
    theirs.post_json(&ending, &json!({ "status": "stopped", "reason": "not_needed" })).await;
    theirs.post_json(&format!("/api/v1/patients/{}/problems", new.patient.id), &json!({ "code": "I10" })).await.is(201);
    let page = hospital.browser(old.doctor).await.get(&format!("/visits/{}/prescription", old.visit)).await;
    assert!(page.status.is_success(), "{}", page.text());
}
