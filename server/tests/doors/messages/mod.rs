//! Messages between visits, through their doors: who may write, once, what stops the page, what is unread, and who else sees nothing.

mod covers;
mod e_visits;
mod long;

use kernel::Random;
use serde_json::{Value, json};
use testkit::{Answer, Client};
use tokio::task::JoinSet;

use crate::support::{Hospital, Person, Story, Words, offer};

const WORDS: &str = "May I swim with the cream on?";

fn new_id() -> String {
    Random::os().uuid7(kernel::Timestamp::from_unix_seconds(1_790_000_000)).to_string()
}

fn say(text: &str) -> Value {
    json!({ "client_id": new_id(), "text": text })
}

fn beginning(doctor: Person, text: &str) -> Value {
    json!({ "doctor_id": doctor.id, "category": "medical_question", "subject": "The cream", "message": say(text) })
}

fn threads_of(patient: &str) -> String {
    format!("/api/v1/patients/{patient}/threads")
}

/// A finished visit, and the present again, by whose clock consents and care links are judged.
async fn told(hospital: &Hospital) -> Story {
    let began = hospital.test.now().await;
    let story = hospital.told(&Words::default()).await;
    let passed = hospital.test.now().await.minutes_since(began);
    hospital.test.pass_minutes(-passed);
    story
}

/// The patient of the story has written to the doctor.
async fn written(hospital: &Hospital, story: &Story, text: &str) -> String {
    let mine = hospital.program(story.patient).await;
    let path = threads_of(&story.patient.id.to_string());
    mine.post_json(&path, &beginning(story.doctor, text)).await.is(201).field("thread_id")
}

/// So many days later; care links are judged by the database's own clock.
async fn days_pass(hospital: &Hospital, days: i64) {
    let links = format!(
        "update care_links set valid_from = valid_from - interval '{days} days', valid_until = valid_until - interval '{days} days'"
    );
    hospital.test.force(&links).await;
    hospital.test.pass_minutes(days * 24 * 60);
}

async fn reply(client: &Client, thread: &str, text: &str) -> Answer {
    client.post_json(&format!("/api/v1/threads/{thread}/messages"), &say(text)).await
}

async fn unread(client: &Client) -> Value {
    client.get("/api/v1/threads/unread").await.is(200).json()["unread"].clone()
}

#[tokio::test]
async fn patient_and_doctor_write_to_each_other_and_it_is_sealed() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let thread = written(&hospital, &story, WORDS).await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    let path = format!("/api/v1/threads/{thread}");
    let read = theirs.get(&path).await.is(200).json();
    assert_eq!((&read["subject"], &read["messages"][0]["text"]), (&json!("The cream"), &json!(WORDS)), "{read}");
    assert_eq!((&read["status"], &read["messages"][0]["from"]), (&json!("open"), &json!("patient")));
    assert!(read["due_at"].is_string(), "an answer is due: {read}");
    reply(&theirs, &thread, "Yes, after an hour").await.is(201);
    let read = mine.get(&path).await.is(200).json();
    assert_eq!((&read["status"], &read["due_at"]), (&json!("waiting_patient"), &Value::Null));
    assert_eq!(read["messages"][1]["doctor"], "Dr Nadia Karim");
    let clear = "select (select count(*) from threads where position('cream'::bytea in subject_sealed) > 0)
        + (select count(*) from thread_messages where position('swim'::bytea in body_sealed) > 0)";
    assert_eq!(hospital.test.count(clear).await, 0);
    reply(&mine, &thread, "Thank you").await.is(201);
    assert_eq!(theirs.get(&path).await.json()["status"], "waiting_team");
    mine.post_json(&format!("{path}/closing"), &json!({})).await.is(200);
    mine.post_json(&format!("{path}/closing"), &json!({})).await.problem(409, "illegal_transition");
    assert_eq!(reply(&theirs, &thread, "One more thing").await.is(201).json()["number"], 4);
    assert_eq!(mine.get(&path).await.json()["status"], "waiting_patient", "a new message opens it again");
    let log =
        hospital.program(story.patient).await.get(&format!("/api/v1/patients/{}/access-log", story.patient.id)).await;
    assert!(log.is(200).text().contains("\"section\":\"messages\""), "the doctor's reading is in the log");
}

#[tokio::test]
async fn only_a_doctor_of_a_visit_not_long_ago_is_written_to() {
    let hospital = Hospital::open().await;
    let story = hospital.told(&Words::default()).await;
    let (other, stranger) = (hospital.doctor(&offer()).await, hospital.patient().await);
    let own = threads_of(&story.patient.id.to_string());
    let mine = hospital.program(story.patient).await;
    mine.post_json(&own, &beginning(other, WORDS)).await.problem(409, "no_treatment_relationship");
    let theirs = hospital.program(stranger).await;
    theirs.post_json(&own, &beginning(story.doctor, WORDS)).await.is(404);
    let path = threads_of(&stranger.id.to_string());
    theirs.post_json(&path, &beginning(story.doctor, WORDS)).await.problem(409, "no_treatment_relationship");
    let doctor = hospital.program(story.doctor).await;
    doctor.post_json(&path, &beginning(story.doctor, WORDS)).await.is(404);
    let begun = json!({ "subject": "Your result", "message": say("It is fine") });
    doctor.post_json(&own, &begun).await.is(201);
    let page =
        hospital.browser(story.patient).await.get(&format!("/messages/new?doctor={}", other.id)).await.is(200).text();
    assert!(page.contains("You cannot write to Dr Nadia Karim now") && page.contains("/doctors/dr-"), "{page}");

    days_pass(&hospital, 60).await;
    let chart = format!("/doctor/patients/{}", story.patient.id);
    hospital.browser(story.doctor).await.get(&chart).await.is(404);
    let mine = hospital.program(story.patient).await;
    let thread = mine.post_json(&own, &beginning(story.doctor, WORDS)).await.is(201).field("thread_id");
    let read = format!("/api/v1/threads/{thread}");
    hospital.program(story.doctor).await.get(&read).await.is(200);
    // Whoever is asked can look things up, though the visit is long ago.
    hospital.browser(story.doctor).await.get(&chart).await.is(200);
    days_pass(&hospital, 100).await;
    let mine = hospital.program(story.patient).await;
    mine.post_json(&own, &beginning(story.doctor, WORDS)).await.problem(409, "no_treatment_relationship");
    reply(&mine, &thread, "And now?").await.problem(409, "no_treatment_relationship");
    let page = hospital.browser(story.patient).await.get(&format!("/messages/{thread}")).await.is(200).text();
    assert!(page.contains("Book a visit") && !page.contains("/replies"), "{page}");
    hospital.program(story.doctor).await.get(&read).await.is(404);
}

#[tokio::test]
async fn a_revoked_consent_closes_the_thread_with_the_next_request_and_strangers_see_nothing() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let thread = written(&hospital, &story, WORDS).await;
    let paths = |id: &str| [format!("/api/v1/threads/{id}"), format!("/doctor/messages/{id}")];
    let doctor = hospital.program(story.doctor).await;
    for path in paths(&thread) {
        doctor.get(&path).await.is(200);
    }
    let (other, stranger) = (hospital.doctor(&offer()).await, hospital.patient().await);
    let consent = json!({ "doctor_id": other.id });
    let mine = hospital.program(story.patient).await;
    let chart = format!("/api/v1/patients/{}", story.patient.id);
    mine.post_json(&format!("{chart}/consents"), &consent).await.is(201);
    mine.post_json(&format!("{chart}/consents/{}/revocation", story.doctor.id), &json!({})).await.is(200);
    let absent = new_id();
    for who in [story.doctor, other] {
        let client = hospital.program(who).await;
        for (path, none) in paths(&thread).iter().zip(paths(&absent)) {
            let (theirs, nobodys) = (client.get(path).await.is(404), client.get(&none).await.is(404));
            let plain =
                |answer: &Answer, id: &str| answer.text().replace(answer.header("x-request-id"), "").replace(id, "");
            assert_eq!(plain(&theirs, &thread), plain(&nobodys, &absent), "word for word");
        }
        reply(&client, &thread, "Still here").await.is(404);
        assert_eq!(client.get("/api/v1/doctor/threads?show=all").await.is(200).json()["items"], json!([]));
        assert_eq!(unread(&client).await, 0);
    }
    hospital.program(stranger).await.get(&format!("/api/v1/threads/{thread}")).await.is(404);
    reply(&mine, &thread, "Are you there?").await.problem(409, "no_treatment_relationship");
    mine.get(&format!("/api/v1/threads/{thread}")).await.is(200);
}

#[tokio::test]
async fn a_parent_writes_for_a_child_and_nobody_elses() {
    let hospital = Hospital::open().await;
    let (parent, doctor) = (hospital.patient().await, hospital.doctor(&offer()).await);
    let mine = hospital.program(parent).await;
    let born = hospital.test.now().await.date_in(&kernel::Zone::utc()).plus_days(-2000);
    let child = json!({ "full_name": "Ayaan Rahman", "birth_date": born, "relation": "parent" });
    let child = mine.post_json("/api/v1/dependants", &child).await.is(201).field("patient_id");
    let wish =
        json!({ "doctor_id": doctor.id, "starts_at": hospital.at("10:00"), "mode": "video", "patient_id": child });
    let booked = mine.post_json("/api/v1/appointments", &wish).await.is(201).field("id");
    hospital.pay(&mine, &booked).await;
    let own = threads_of(&parent.id.to_string());
    mine.post_json(&own, &beginning(doctor, WORDS)).await.problem(409, "no_treatment_relationship");
    let thread = mine.post_json(&threads_of(&child), &beginning(doctor, WORDS)).await.is(201).field("thread_id");
    let theirs = hospital.program(doctor).await;
    let read = theirs.get(&format!("/api/v1/threads/{thread}")).await.is(200).json();
    assert_eq!((&read["patient"], &read["messages"][0]["by_proxy"]), (&json!("Ayaan Rahman"), &json!(true)), "{read}");
    reply(&theirs, &thread, "Give it at noon").await.is(201);
    hospital.doors.work().await;
    let told =
        format!("select link from notices where account_id = '{}' and kind = 'correspondence.message'", parent.id);
    assert_eq!(hospital.test.texts(&told).await, [format!("/messages/{thread}")], "the parent is told");
    mine.post_json(&format!("/api/v1/dependants/{child}/ending"), &json!({})).await.is(200);
    let mine = hospital.program(parent).await;
    mine.get(&format!("/api/v1/threads/{thread}")).await.is(404);
}

#[tokio::test]
async fn words_of_an_emergency_stop_the_page_and_what_is_sent_all_the_same_comes_first() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let mine = hospital.browser(story.patient).await;
    let form = mine.get(&format!("/messages/new?doctor={}", story.doctor.id)).await.is(200).text();
    assert!(form.contains("not for emergencies") && form.contains("You will have an answer by"), "{form}");
    let (to, id) = (format!("{}.{}", story.patient.id, story.doctor.id), new_id());
    let mut fields =
        vec![("to", to.as_str()), ("subject", "My heart"), ("text", "I have chest pain & fear"), ("client_id", &id)];
    let stopped = mine.post_form("/messages", &fields).await.is(422).text();
    for shown in [
        "This may be an emergency",
        "tel:",
        "/emergency",
        "Send anyway",
        "I have chest pain &#38; fear",
        "My heart",
        id.as_str(),
    ] {
        assert!(stopped.contains(shown), "{shown}: {stopped}");
    }
    assert_eq!(hospital.test.count("select count(*) from threads").await, 0, "nothing is kept yet");
    let program = hospital.program(story.patient).await;
    let own = threads_of(&story.patient.id.to_string());
    let refused =
        program.post_json(&own, &beginning(story.doctor, "عندي ألم في الصدر")).await.problem(409, "urgent_words");
    assert_eq!(refused["flags"], json!(["chest-pain"]), "{refused}");
    let mut titled = beginning(story.doctor, "Since this morning");
    titled["subject"] = json!("Chest pains");
    program.post_json(&own, &titled).await.problem(409, "urgent_words");
    let calm = written(&hospital, &story, WORDS).await;
    fields.push(("send_anyway", "1"));
    let urgent = mine.post_form("/messages", &fields).await.is(303).location().rsplit('/').next().unwrap().to_owned();
    let doctor = hospital.program(story.doctor).await;
    let order = async |path: &str| -> Vec<Value> {
        let items = doctor.get(path).await.is(200).json();
        items["items"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect()
    };
    assert_eq!(order("/api/v1/doctor/threads").await, [json!(urgent), json!(calm)], "though it was written later");
    let first = doctor.get("/api/v1/doctor/threads?limit=1").await.is(200).json();
    let next = format!("/api/v1/doctor/threads?limit=1&cursor={}", first["next_cursor"].as_str().unwrap());
    assert_eq!(order(&next).await, [json!(calm)], "page by page");
    let read = doctor.get(&format!("/api/v1/threads/{urgent}")).await.is(200).json();
    assert_eq!((&read["urgent"], &read["messages"][0]["flags"]), (&json!(true), &json!(["chest-pain"])), "{read}");
    let page = hospital.browser(story.doctor).await.get(&format!("/doctor/messages/{urgent}")).await.is(200).text();
    assert!(page.contains("Signs of an emergency in these words"), "{page}");
    reply(&doctor, &urgent, "Call now, please. Chest pain is not for messages").await.is(201);
    assert_eq!(order("/api/v1/doctor/threads").await, [json!(calm)], "a doctor's words stop nothing, and answer it");
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_at_once_under_one_id_are_one_message_and_other_words_are_refused() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let own = threads_of(&story.patient.id.to_string());
    let begun = beginning(story.doctor, WORDS);
    let all = storm(&hospital, story.patient, &own, &begun).await;
    assert!(all.iter().all(|answer| answer.status == 201 && answer.json() == all[0].json()), "{}", all[0].text());
    let thread = all[0].field("thread_id");
    let path = format!("/api/v1/threads/{thread}/messages");
    let said = say("And in the sea?");
    let all = storm(&hospital, story.patient, &path, &said).await;
    assert!(all.iter().all(|answer| answer.status == 201 && answer.json() == all[0].json()), "{}", all[0].text());
    assert_eq!(all[0].json()["number"], 2);
    assert_eq!(hospital.test.count("select count(*) from threads").await, 1);
    assert_eq!(hospital.test.count("select count(*) from thread_messages").await, 2);
    let mine = hospital.program(story.patient).await;
    let other = json!({ "client_id": said["client_id"], "text": "Something else" });
    mine.post_json(&path, &other).await.problem(409, "client_id_used");
    let mut titled = begun.clone();
    titled["subject"] = json!("The tablets");
    mine.post_json(&own, &titled).await.problem(409, "client_id_used");
    let elsewhere = written(&hospital, &story, "Another matter").await;
    mine.post_json(&format!("/api/v1/threads/{elsewhere}/messages"), &said).await.problem(409, "client_id_used");
    assert_eq!(mine.post_json(&path, &said).await.is(201).json(), all[0].json(), "hours later it is still the same");
}

async fn storm(hospital: &Hospital, who: Person, path: &str, body: &Value) -> Vec<Answer> {
    let mut storm = JoinSet::new();
    for _ in 0..8 {
        let (client, path, body) = (hospital.program(who).await, path.to_owned(), body.clone());
        storm.spawn(async move { client.post_json(&path, &body).await });
    }
    storm.join_all().await
}

#[tokio::test]
async fn what_is_unread_is_counted_from_marks_and_done_is_something_else() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let thread = written(&hospital, &story, WORDS).await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    reply(&mine, &thread, "And the sun?").await.is(201);
    assert_eq!((unread(&mine).await, unread(&theirs).await), (json!(0), json!(2)), "one's own is read");
    let path = format!("/api/v1/threads/{thread}");
    theirs.get(&path).await.is(200);
    assert_eq!(unread(&theirs).await, 2, "a program says itself how far it was read");
    let mark = format!("{path}/read-mark");
    theirs.post_json(&mark, &json!({ "upto": 1 })).await.is(200);
    assert_eq!(unread(&theirs).await, 1);
    theirs.post_json(&mark, &json!({ "upto": 0 })).await.is(200);
    assert_eq!(unread(&theirs).await, 1, "a mark never goes back");
    let seen = async || {
        let read = mine.get(&path).await.is(200).json();
        [0, 1].map(|at: usize| read["messages"][at]["seen_by_team"].clone())
    };
    assert_eq!(seen().await, [json!(true), json!(false)]);
    theirs.post_json(&format!("{path}/closing"), &json!({})).await.is(200);
    assert_eq!(unread(&theirs).await, 1, "done is not read");
    hospital.browser(story.doctor).await.get(&format!("/doctor/messages/{thread}")).await.is(200);
    assert_eq!(unread(&theirs).await, 0, "the page was seen");
    assert_eq!(seen().await, [json!(true), json!(true)]);
    theirs.post_json(&mark, &json!({ "upto": 99 })).await.is(200);
    reply(&mine, &thread, "Thank you").await.is(201);
    assert_eq!(unread(&theirs).await, 1, "what was not there yet cannot be marked");
    reply(&theirs, &thread, "You are welcome").await.is(201);
    assert_eq!((unread(&mine).await, unread(&theirs).await), (json!(1), json!(0)));
    let home = hospital.browser(story.patient).await.get("/home/patient").await.is(200).text();
    assert!(home.contains("/messages") && home.contains("1 new"), "{home}");
}

#[tokio::test]
async fn letters_say_that_there_is_a_message_and_nothing_of_it() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let thread = written(&hospital, &story, WORDS).await;
    let theirs = hospital.program(story.doctor).await;
    reply(&theirs, &thread, "The cream is safe in water").await.is(201);
    hospital.doors.work().await;
    let mut tx = hospital.test.system().await;
    let mut found = 0;
    for who in [story.patient, story.doctor] {
        for letter in
            notify::mailbox::list(&mut tx, &hospital.vault, Some(&format!("{}@x.test", who.id)), 50).await.unwrap()
        {
            let all = format!("{} {} {}", letter.subject, letter.text, letter.html.unwrap_or_default());
            found += usize::from(letter.subject == "You have a message" && all.contains(&thread));
            for told in ["cream", "swim", "water"] {
                assert!(!letter.subject.contains("message") || !all.contains(told), "{told}: {all}");
            }
        }
    }
    assert_eq!(found, 2, "one to each");
    let notices = "select subject from notices where kind like 'correspondence.%'";
    assert_eq!(hospital.test.texts(notices).await, ["You have a message", "You have a message"]);
    let off = json!({ "topics": { "messages": { "email": false, "app": false } } });
    hospital.program(story.patient).await.put_json("/api/v1/notification-preferences", &off).await.is(200);
    reply(&theirs, &thread, "One more thing").await.is(201);
    hospital.doors.work().await;
    assert_eq!(hospital.test.texts(notices).await.len(), 2, "who does not want to hear does not");
}

#[tokio::test]
async fn documents_of_the_record_go_along_and_others_do_not_and_all_can_be_taken_away() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let mine = hospital.program(story.patient).await;
    let file = crate::support::png();
    let documents = format!("/api/v1/patients/{}/documents", story.patient.id);
    let photo = mine
        .post_file(&documents, &[("kind", "photo"), ("title", "Rash")], ("rash.png", &file))
        .await
        .is(201)
        .field("id");
    let with = |document: &str| json!({ "client_id": new_id(), "text": "Look", "documents": [document] });
    let thread = written(&hospital, &story, WORDS).await;
    let path = format!("/api/v1/threads/{thread}");
    mine.post_json(&format!("{path}/messages"), &with(&photo)).await.is(422);
    hospital.doors.work().await;
    mine.post_json(&format!("{path}/messages"), &with(&photo)).await.is(201);
    let stranger = hospital.patient().await;
    let others = format!("/api/v1/patients/{}/documents", stranger.id);
    let foreign = hospital
        .program(stranger)
        .await
        .post_file(&others, &[("kind", "photo")], ("x.png", &file))
        .await
        .is(201)
        .field("id");
    hospital.doors.work().await;
    for wrong in [foreign, new_id()] {
        let answer = mine.post_json(&format!("{path}/messages"), &with(&wrong)).await.is(422).json();
        assert_eq!(answer["errors"][0]["field"], "documents", "{answer}");
    }
    let page = hospital.browser(story.doctor).await.get(&format!("/doctor/messages/{thread}")).await.is(200).text();
    assert!(page.contains(&format!("/doctor/patients/{}/documents/{photo}", story.patient.id)), "{page}");
    let browser = hospital.browser(story.patient).await;
    let text = browser.get(&format!("/messages/{thread}/export.txt")).await.is(200);
    assert!(text.text().contains("The cream") && text.text().contains(WORDS), "{}", text.text());
    assert!(text.header("content-disposition").starts_with("attachment"));
    let kept = browser.get(&format!("/messages/{thread}/export.json")).await.is(200).json();
    assert_eq!(kept["messages"][0]["text"], WORDS);
    let log = "select count(*) from audit_log where action = 'downloaded' and object = 'messages'";
    assert_eq!(hospital.test.count(log).await, 2);
    hospital.browser(hospital.patient().await).await.get(&format!("/messages/{thread}/export.txt")).await.is(404);
    for _ in 0..2 {
        written(&hospital, &story, "Another matter").await;
    }
    let first = mine.get("/api/v1/threads?limit=2").await.is(200).json();
    let next = format!("/api/v1/threads?limit=2&cursor={}", first["next_cursor"].as_str().unwrap());
    let rest = mine.get(&next).await.is(200).json();
    assert_eq!((first["items"].as_array().unwrap().len(), rest["items"].as_array().unwrap().len()), (2, 1));
    assert_eq!(rest["items"][0]["subject"], "The cream");
}

#[tokio::test]
async fn the_subject_becomes_the_reason_of_a_visit_that_is_booked() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let thread = written(&hospital, &story, WORDS).await;
    let mine = hospital.program(story.patient).await;
    let browser = hospital.browser(story.patient).await;
    let carry = format!("/messages/{thread}/visit-reason");
    browser.get(&format!("/messages/{thread}")).await.is(200);
    assert_eq!(browser.post_form(&carry, &[]).await.status, 409, "no visit is booked");
    let wish = json!({ "doctor_id": story.doctor.id, "starts_at": hospital.at("15:00"), "mode": "video" });
    let booked = mine.post_json("/api/v1/appointments", &wish).await.is(201).field("id");
    assert!(browser.get(&format!("/messages/{thread}")).await.is(200).text().contains(&carry));
    assert_eq!(browser.post_form(&carry, &[]).await.is(303).location(), format!("/appointments/{booked}"));
    hospital.pay(&mine, &booked).await;
    let page = hospital.browser(story.doctor).await.get(&format!("/appointments/{booked}")).await.is(200).text();
    assert!(page.contains("The cream"), "{page}");
}

#[tokio::test]
async fn who_denies_a_sign_is_not_stopped_and_is_told_what_to_do_should_it_come() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let mine = hospital.browser(story.patient).await;
    mine.get(&format!("/messages/new?doctor={}", story.doctor.id)).await.is(200);
    let (to, id) = (format!("{}.{}", story.patient.id, story.doctor.id), new_id());
    let text = "The rash is better, and I have no chest pain.";
    let fields = [("to", to.as_str()), ("subject", "Rash"), ("text", text), ("client_id", &id)];
    let thread = mine.post_form("/messages", &fields).await.is(303).location().to_owned();
    let page = mine.get(&thread).await.is(200).text();
    assert!(page.contains("do not wait for an answer"), "{page}");
    assert_eq!(hospital.test.count("select count(*) from threads where urgent").await, 0);
}

#[tokio::test]
async fn who_sends_very_many_is_asked_to_wait_and_keeps_what_was_typed() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let thread = written(&hospital, &story, WORDS).await;
    let mine = hospital.program(story.patient).await;
    for number in 0..12 {
        reply(&mine, &thread, &format!("And {number}")).await.is(201);
    }
    let refused = reply(&mine, &thread, "And more").await;
    refused.is(429);
    let browser = hospital.browser(story.patient).await;
    let page = format!("/messages/{thread}");
    browser.get(&page).await.is(200);
    let id = new_id();
    let kept = browser.post_form(&format!("{page}/replies"), &[("text", "Kept words"), ("client_id", &id)]).await;
    let kept = kept.is(422).text();
    assert!(kept.contains("Kept words") && kept.contains("many messages in a short time"), "{kept}");
    reply(&hospital.program(story.doctor).await, &thread, "I answer").await.is(201);
    hospital.test.pass_minutes(2);
    reply(&hospital.program(story.patient).await, &thread, "Later").await.is(201);
}
