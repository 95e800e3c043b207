//! What is said is written down while both agree, and not a word longer; the draft from it, and who may read what.

use std::path::Path;

use axum::{Json, Router, routing::post};
use consultations::transcripts::{self, NewSegment, Said, Scribe};
use kernel::ids::{AccountId, AppointmentId, VisitId};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinSet};

use crate::support::{Hospital, Person, Story, Words};

fn engine(furniture: server::Furniture) -> server::Furniture {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.cache/speech");
    let config = transcripts::Config { folder: Some(folder), ..transcripts::Config::off() };
    let scribe = Scribe::find(&config);
    assert!(scribe.is_some(), "the engine is missing: run `make speech`");
    server::Furniture { scribe, ..furniture }
}

/// A visit that has begun, in a hospital that can listen.
async fn met() -> (Hospital, Story) {
    let hospital = Hospital::open_with(engine).await;
    let story = hospital.met(&Words::default()).await;
    (hospital, story)
}

fn path(story: &Story) -> String {
    format!("/api/v1/visits/{}/transcript", story.visit)
}

async fn step(hospital: &Hospital, story: &Story, who: Person, step: &str) -> testkit::Answer {
    hospital.program(who).await.post_json(&format!("{}/steps", path(story)), &json!({ "step": step })).await
}

/// The patient has come into the media room.
async fn seat(hospital: &Hospital, story: &Story) {
    let joined = format!(
        "insert into visit_events (id, visit_id, patient_id, practitioner_id, account_id, role, kind, happened_at)
         select gen_random_uuid(), id, patient_id, practitioner_id, '{}', 'patient', 'joined', started_at from visits where id = '{}'",
        story.patient.id, story.visit
    );
    hospital.test.force(&joined).await;
}

/// Both agreed.
async fn running() -> (Hospital, Story) {
    let (hospital, story) = met().await;
    let asked = hospital.program(story.doctor).await.post_json(&path(&story), &json!({})).await.is(201).json();
    assert_eq!(asked["status"], "asked");
    step(&hospital, &story, story.patient, "agree").await.problem(409, "not_in_room");
    seat(&hospital, &story).await;
    assert_eq!(step(&hospital, &story, story.patient, "agree").await.is(200).json()["status"], "running");
    (hospital, story)
}

/// As the scribe does; true when it was kept.
async fn said(hospital: &Hospital, story: &Story, who: Person, text: &str) -> bool {
    let mut tx = hospital.test.system().await;
    let sure = vec![90; text.split_whitespace().count()];
    let said = Said { text: text.to_owned(), sure };
    let segment = NewSegment { speaker: AccountId::from_uuid(who.id), starts_ms: 1000, ends_ms: 2000, said };
    let visit = VisitId::from_uuid(story.visit.parse().unwrap());
    let kept = transcripts::append(&mut tx, &hospital.vault, visit, segment).await.unwrap();
    tx.commit().await.unwrap();
    kept
}

async fn texts(hospital: &Hospital, story: &Story, who: Person) -> Vec<String> {
    let read = hospital.program(who).await.get(&path(story)).await.is(200).json();
    read["segments"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn without_an_engine_nobody_is_asked() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let answer = hospital.program(story.doctor).await.post_json(&path(&story), &json!({})).await;
    answer.problem(409, "no_speech_engine");
    let page = hospital.browser(story.doctor).await.get(&format!("/visits/{}", story.visit)).await.is(200).text();
    assert!(!page.contains("transcript-start"), "no button without an engine");
}

#[tokio::test]
async fn nothing_is_written_down_before_both_agree_and_after_one_does_not() {
    let (hospital, story) = met().await;
    assert!(!said(&hospital, &story, story.doctor, "Before anybody asked").await);
    hospital.program(story.patient).await.post_json(&path(&story), &json!({})).await.is(403);
    hospital.program(story.doctor).await.post_json(&path(&story), &json!({})).await.is(201);
    assert!(!said(&hospital, &story, story.doctor, "Before the answer").await);
    step(&hospital, &story, story.doctor, "agree").await.problem(409, "not_yours_to_decide");
    assert_eq!(step(&hospital, &story, story.patient, "refuse").await.is(200).json()["end_reason"], "refused");
    assert!(!said(&hospital, &story, story.patient, "After the no").await);
    step(&hospital, &story, story.patient, "agree").await.problem(409, "illegal_transition");
    assert_eq!(hospital.test.count("select count(*) from transcript_segments").await, 0);
    let decisions = "select role || ' ' || decision from transcript_consents order by decided_at, id";
    assert_eq!(hospital.test.texts(decisions).await, ["doctor given", "patient refused"]);
}

#[tokio::test]
async fn who_agreed_is_written_down_and_nobody_else() {
    let (hospital, story) = running().await;
    assert!(said(&hospital, &story, story.doctor, "What brings you here?").await);
    assert!(said(&hospital, &story, story.patient, "My elbows itch.").await);
    let stranger = hospital.patient().await;
    assert!(!said(&hospital, &story, stranger, "I am only the interpreter.").await);
    for reader in [story.patient, story.doctor] {
        assert_eq!(texts(&hospital, &story, reader).await, ["What brings you here?", "My elbows itch."]);
    }
    let other = hospital.doctor(&crate::support::offer()).await;
    for foreign in [stranger, other] {
        hospital.program(foreign).await.get(&path(&story)).await.is(404);
        hospital.browser(foreign).await.get(&format!("/visits/{}/transcript", story.visit)).await.is(404);
        step(&hospital, &story, foreign, "pause").await.is(404);
    }
    let clear = "select count(*) from transcript_segments where position('elbows'::bytea in content_sealed) > 0";
    assert_eq!(hospital.test.count(clear).await, 0);
    let reads = "select count(*) from audit_log where object = 'visit_transcript' and action = 'read'";
    assert_eq!(hospital.test.count(reads).await, 2, "each reading is in the trail, and nothing else");
}

#[tokio::test]
async fn who_paused_goes_on_and_what_is_said_meanwhile_is_not_kept() {
    let (hospital, story) = running().await;
    step(&hospital, &story, story.patient, "pause").await.is(200);
    assert!(!said(&hospital, &story, story.patient, "This is between us").await);
    step(&hospital, &story, story.doctor, "resume").await.problem(409, "paused_by_other");
    assert_eq!(step(&hospital, &story, story.patient, "resume").await.is(200).json()["status"], "running");
    assert!(said(&hospital, &story, story.patient, "My elbows itch.").await);
    assert_eq!(texts(&hospital, &story, story.patient).await, ["My elbows itch."]);
}

#[tokio::test]
async fn the_patient_takes_it_back_and_it_is_gone_even_after_the_visit() {
    let (hospital, story) = running().await;
    assert!(said(&hospital, &story, story.patient, "My elbows itch.").await);
    step(&hospital, &story, story.doctor, "withdraw").await.problem(409, "not_yours_to_decide");
    hospital.sign_all(&story, &Words::default()).await;
    assert!(!said(&hospital, &story, story.patient, "After the end").await);
    let state = hospital.program(story.doctor).await.get(&path(&story)).await.is(200).json();
    assert_eq!((&state["status"], &state["end_reason"]), (&json!("ended"), &json!("visit_over")));
    let browser = hospital.browser(story.patient).await;
    let page = format!("/visits/{}/transcript", story.visit);
    assert!(browser.get(&page).await.is(200).text().contains("elbows"));
    browser.post_form(&page, &[("step", "forget")]).await.is(303);
    assert!(!browser.get(&page).await.is(200).text().contains("elbows"));
    assert_eq!(hospital.test.count("select count(*) from transcript_segments").await, 0);
    let trail = "select count(*) from audit_log where object = 'visit_transcript' and action in ('revoke', 'delete')";
    assert_eq!(hospital.test.count(trail).await, 2);
}

#[tokio::test]
async fn when_the_appointment_is_called_off_nobody_is_listened_to() {
    let (hospital, story) = running().await;
    let gone = format!(
        "update appointments set status = 'cancelled_by_platform', visit_status = 'not_open' where id = '{}'",
        story.appointment
    );
    hospital.test.force(&gone).await;
    let appointment = AppointmentId::from_uuid(story.appointment.parse().unwrap());
    let mut tx = hospital.test.system().await;
    jobs::publish(&mut tx, &scheduling::AppointmentCancelled { appointment }).await.unwrap();
    tx.commit().await.unwrap();
    hospital.doors.work().await;
    let state = hospital.program(story.doctor).await.get(&path(&story)).await.is(200).json();
    assert_eq!((&state["status"], &state["end_reason"]), (&json!("ended"), &json!("visit_over")));
}

#[tokio::test]
async fn what_is_old_is_deleted_and_what_is_not_stays() {
    let (hospital, story) = running().await;
    assert!(said(&hospital, &story, story.patient, "My elbows itch.").await);
    hospital.doors.work().await;
    assert_eq!(hospital.test.count("select count(*) from transcript_segments").await, 1);
    hospital.test.pass_minutes(31 * 24 * 60);
    hospital.doors.work().await;
    assert_eq!(hospital.test.count("select count(*) from transcript_segments").await, 0);
}

#[expect(clippy::disallowed_methods, reason = "what the database refuses is tried past the program")]
#[tokio::test]
async fn consents_are_not_rewritten_and_segments_not_forged() {
    let (hospital, story) = running().await;
    let visit = &story.visit;
    assert!(said(&hospital, &story, story.patient, "My elbows itch.").await);
    let other = hospital.doctor(&crate::support::offer()).await;
    for (who, sees) in [(story.doctor, 1), (other, 0)] {
        let context = db::Context {
            account: Some(AccountId::from_uuid(who.id)),
            practitioner: Some(kernel::ids::PractitionerId::from_uuid(who.id)),
            roles: vec!["doctor"],
            ..db::Context::default()
        };
        let mut tx = hospital.test.db().begin(&context).await.unwrap();
        let rows: i64 =
            sqlx::query_scalar("select count(*) from transcript_segments").fetch_one(tx.conn()).await.unwrap();
        assert_eq!(rows, sees);
        let rewritten = sqlx::query("update transcript_segments set role = 'doctor'").execute(tx.conn()).await;
        assert_eq!(rewritten.map_or(0, |done| done.rows_affected()), 0);
        tx.rollback().await.unwrap();
        let mut tx = hospital.test.db().begin(&context).await.unwrap();
        assert!(sqlx::query("update transcript_consents set decision = 'given'").execute(tx.conn()).await.is_err());
        tx.rollback().await.unwrap();
    }
    for person in [story.patient, story.doctor] {
        let browser = hospital.program(person).await;
        let answer = browser.put_json(&format!("/api/v1/visits/{visit}/transcript"), &json!({})).await;
        assert_eq!(answer.status.as_u16(), 405, "nobody writes segments through a door");
    }
}

const CONVERSATION: [(bool, &str); 6] = [
    (true, "What brings you here today?"),
    (false, "I have had an itchy rash on both elbows for two weeks."),
    (false, "I am allergic to penicillin."),
    (true, "Your temperature is 38.5 degrees."),
    (true, "I think this is eczema."),
    (true, "Please take ibuprofen 400 mg if the itch is bad, and come back in one week."),
];

async fn conversation() -> (Hospital, Story) {
    let (hospital, story) = running().await;
    for (doctor, text) in CONVERSATION {
        let who = if doctor { story.doctor } else { story.patient };
        assert!(said(&hospital, &story, who, text).await);
    }
    (hospital, story)
}

#[tokio::test]
async fn every_sentence_of_the_draft_has_its_source_and_doubts_are_named() {
    let (hospital, story) = conversation().await;
    let draft = hospital.program(story.doctor).await.get(&format!("/api/v1/visits/{}/draft", story.visit)).await;
    let draft = draft.is(200).json();
    let sentences = draft["sentences"].as_array().unwrap();
    assert_eq!(sentences.len(), 5, "{draft}");
    for sentence in sentences {
        let source = usize::try_from(sentence["sources"][0].as_i64().unwrap()).unwrap();
        assert_eq!(sentence["text"], CONVERSATION[source - 1].1, "the source says it");
    }
    let doubts: Vec<&Value> = sentences.iter().flat_map(|one| one["doubts"].as_array().unwrap()).collect();
    let has = |doubt: Value| doubts.iter().any(|one| **one == doubt);
    assert!(has(json!({ "doubt": "allergy_not_recorded", "substance": "penicillin" })), "{doubts:?}");
    assert!(has(json!({ "doubt": "not_prescribed", "medicine": "ibuprofen" })), "{doubts:?}");
    assert!(has(json!({ "doubt": "differs", "what": "temperature", "said": "38.5", "recorded": "" })), "{doubts:?}");
    assert_eq!(draft["unspoken"].as_array().unwrap().len(), 1, "what was prescribed was not spoken of: {draft}");
    hospital.program(story.patient).await.get(&format!("/api/v1/visits/{}/draft", story.visit)).await.is(403);
}

#[tokio::test]
async fn the_chosen_sentences_go_into_the_note_once_and_nothing_is_prescribed() {
    let (hospital, story) = conversation().await;
    let before = hospital.test.count("select count(*) from prescription_items").await;
    let browser = hospital.browser(story.doctor).await;
    let page = format!("/visits/{}/draft", story.visit);
    let shown = browser.get(&page).await.is(200).text();
    assert!(shown.contains("Allergy to penicillin is not in the record."), "{shown}");
    let marks: Vec<String> = shown
        .split("name=\"take\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap_or_default().to_owned())
        .collect();
    let foreign = [("action", "take"), ("take", "0123456789abcdef")];
    browser.post_form(&page, &foreign).await.is(409);
    for _ in 0..2 {
        browser.get(&page).await.is(200);
        browser.post_form(&page, &[("action", "take"), ("take", &marks[0]), ("take", &marks[4])]).await.is(303);
    }
    let note = hospital.program(story.doctor).await.get(&format!("/api/v1/visits/{}/note", story.visit)).await;
    let note = note.is(200).json();
    assert_eq!(note["reason"], CONVERSATION[1].1);
    assert_eq!(note["plan"], CONVERSATION[5].1);
    assert_eq!(note["history"], "", "what was not chosen stays out");
    assert_eq!(hospital.test.count("select count(*) from prescription_items").await, before);
}

/// A language model that obeys whoever speaks last.
#[expect(clippy::disallowed_methods, reason = "a double of somebody else's server, not a room")]
async fn model() -> (String, JoinSet<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let mut served = JoinSet::new();
    let answer = post(async |Json(asked): Json<Value>| {
        let prompt = asked["messages"][1]["content"].as_str().unwrap_or_default();
        assert!(!prompt.contains("Amina") && !prompt.contains("Rahman"), "no name leaves the hospital: {prompt}");
        let content = json!({ "sentences": [
            { "section": "reason", "text": "Itchy rash on both elbows for two weeks.", "sources": [2] },
            { "section": "plan", "text": "Take morphine 10 mg.", "sources": [6] },
            { "section": "plan", "text": "No source at all.", "sources": [] },
        ] });
        Json(json!({ "choices": [{ "message": { "content": content.to_string() } }] }))
    });
    let doors = Router::new().route("/v1/chat/completions", answer);
    served.spawn(async move { axum::serve(listener, doors).await.unwrap() });
    (format!("http://{address}/v1"), served)
}

#[tokio::test]
async fn what_a_model_writes_is_checked_against_what_was_said() {
    let (url, _served) = model().await;
    let config = writers::Config { url: url.parse().unwrap(), model: "small".into(), key: None };
    let writer = writers::Writer::new(config).unwrap();
    let hospital =
        Hospital::open_with(|furniture| server::Furniture { writer: Some(writer), ..engine(furniture) }).await;
    let story = hospital.met(&Words::default()).await;
    hospital.program(story.doctor).await.post_json(&path(&story), &json!({})).await.is(201);
    seat(&hospital, &story).await;
    step(&hospital, &story, story.patient, "agree").await.is(200);
    for (doctor, text) in CONVERSATION {
        let who = if doctor { story.doctor } else { story.patient };
        assert!(said(&hospital, &story, who, &text.replace("today", "today, Amina")).await);
    }
    let browser = hospital.browser(story.doctor).await;
    let page = format!("/visits/{}/draft", story.visit);
    browser.get(&page).await.is(200);
    browser.post_form(&page, &[("action", "write")]).await.is(303);
    let draft = hospital.program(story.doctor).await.get(&format!("/api/v1{page}")).await.is(200).json();
    assert_eq!((&draft["model"], &draft["is_behind"]), (&json!("small"), &json!(false)));
    let sentences = draft["sentences"].as_array().unwrap();
    assert_eq!(sentences.len(), 2, "what names no source is not shown: {draft}");
    assert!(sentences[0]["doubts"].as_array().unwrap().is_empty(), "{draft}");
    let doubts = sentences[1]["doubts"].to_string();
    assert!(doubts.contains("unsupported") && doubts.contains("morphine") && doubts.contains("10"), "{doubts}");
    let omitted: Vec<_> = draft["omissions"].as_array().unwrap().iter().map(|one| one["said"].clone()).collect();
    assert!(omitted.contains(&json!("penicillin")) && omitted.contains(&json!("400 mg")), "{omitted:?}");
    assert!(said(&hospital, &story, story.patient, "It also burns at night.").await);
    let draft = hospital.program(story.doctor).await.get(&format!("/api/v1{page}")).await.is(200).json();
    assert_eq!(draft["is_behind"], true);
    step(&hospital, &story, story.patient, "forget").await.is(200);
    assert_eq!(hospital.test.count("select count(*) from visit_drafts").await, 0, "it goes with the words");
}
