//! Health content lies nowhere in clear: not in the database's files, not in the log, not in payloads, not in the file store.
//!
//! One word that nobody else writes is said at every door that takes health content. Then everything that lasts is searched for it.
//! One other word is written where anybody may read it, so that a search which finds nothing is known to have looked.

use std::{
    io::Write,
    path::Path,
    process::Command,
    sync::{Arc, Mutex, PoisonError},
};

use futures::{SinkExt as _, StreamExt as _};
use kernel::Random;
use serde_json::json;
use testkit::Answer;
use tokio_tungstenite::tungstenite::Message;

use crate::support::{Hospital, Story, Words};

/// What the program has logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn begin() -> Self {
        let log = Self::default();
        let lines = log.clone();
        let filter = tracing_subscriber::EnvFilter::new("debug");
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(move || lines.clone()).with_ansi(false).init();
        log
    }

    fn lines_with(&self, word: &str) -> Vec<String> {
        let text = String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned();
        text.lines().filter(|line| line.contains(word)).map(str::to_owned).collect()
    }
}

fn new_word(kind: &str) -> String {
    format!("{kind}{}", hex::encode(&Random::os().token32()[..10]))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_patients_and_doctors_say_is_nowhere_in_clear() {
    let log = Log::begin();
    let hospital = Hospital::open().await;
    let (canary, clear) = (new_word("canary"), new_word("marker"));

    let story = hospital.met(&words(&canary)).await;
    say_in_chat(&hospital, &story, &canary).await;
    say_again_with_a_key(&hospital, &story, &canary).await;
    write_between_visits(&hospital, &story, &canary).await;
    make_mistakes(&hospital, &story, &canary).await;
    show_paper(&hospital, &story, &canary, &clear).await;
    hospital.sign_all(&story, &words(&canary)).await;
    hospital.doors.work().await;
    is_read_by_the_two(&hospital, &story, &canary).await;

    // Before anything below asks for the words by name.
    let logged = log.lines_with(&canary);
    let server = hospital.test.texts("select setting from pg_settings where name = 'data_directory'").await.remove(0);
    hospital.test.force("checkpoint").await;
    let files = [files_with(Path::new(&server), &canary), files_with(hospital.data(), &canary)].concat();
    assert_eq!(logged, Vec::<String>::new());
    assert_eq!(files, Vec::<String>::new());
    assert_eq!(rows_with(&hospital, &canary).await, Vec::<String>::new());

    assert!(!log.lines_with("session.opened").is_empty(), "the log is searched");
    assert!(!files_with(Path::new(&server), &clear).is_empty(), "the database's files are searched");
    assert!(!files_with(&hospital.data().join("files"), "").is_empty(), "there are sealed files");
    assert!(rows_with(&hospital, &clear).await.contains(&"practitioner_documents".to_owned()), "rows are searched");
}

fn words(canary: &str) -> Words {
    let say = |what: &str| format!("{what} {canary}");
    Words {
        reason: say("reason"),
        allergy: say("substance"),
        reaction: say("reaction"),
        problem: say("problem"),
        note: say("note"),
        instructions: say("instructions"),
        remark: say("remark"),
    }
}

/// Over a real socket: a conversation has no other door.
async fn say_in_chat(hospital: &Hospital, story: &Story, canary: &str) {
    let serving = hospital.serve().await;
    let token = hospital.session(story.patient).await;
    let mut socket = serving.socket(&story.visit, &token, &serving.origin()).await.unwrap();
    let id = Random::os().uuid7(hospital.test.now().await);
    let said = json!({ "type": "say", "id": id, "text": format!("chat {canary}") });
    socket.send(Message::text(said.to_string())).await.unwrap();
    while let Some(heard) = socket.next().await {
        let heard = heard.unwrap().into_text().unwrap();
        if heard.contains("\"message\"") {
            assert!(heard.contains(canary), "{heard}");
            return;
        }
    }
    panic!("the socket closed before the message came back");
}

/// Subject and words, and the letter about them.
async fn write_between_visits(hospital: &Hospital, story: &Story, canary: &str) {
    let words = format!("chest pain {canary}");
    let message = json!({ "client_id": story.visit, "text": words, "send_anyway": true });
    let begun = json!({ "doctor_id": story.doctor.id, "subject": words, "message": message });
    let mine = hospital.program(story.patient).await;
    mine.post_json(&format!("/api/v1/patients/{}/threads", story.patient.id), &begun).await.is(201);
}

/// The answer is kept, and holds what was said.
async fn say_again_with_a_key(hospital: &Hospital, story: &Story, canary: &str) {
    let theirs = hospital.program(story.doctor).await.with_header("idempotency-key", "once");
    let item = json!({ "drug": "198440", "dose": 1.0, "frequency": "BID", "duration_days": 3, "instructions": format!("again {canary}") });
    let path = format!("/api/v1/prescriptions/{}/items", story.prescription);
    theirs.post_json(&path, &item).await.is(201);
    theirs.post_json(&path, &item).await.is(201);
}

/// Refusals quote no content into the log, and free text where a code belongs is not kept.
async fn make_mistakes(hospital: &Hospital, story: &Story, canary: &str) {
    let mine = hospital.program(story.patient).await;
    let theirs = hospital.program(story.doctor).await;
    let refused = |answer: Answer| assert!(answer.status.is_client_error(), "{}", answer.text());
    let chart = format!("/api/v1/patients/{}", story.patient.id);
    refused(mine.post_json(&format!("{chart}/vitals"), &json!({ "signs": { "pulse": canary } })).await);
    refused(mine.post_json(&format!("{chart}/allergies"), &json!({ "substance": "x", canary: "x" })).await);
    refused(theirs.post_json(&format!("{chart}/problems"), &json!({ "code": canary })).await);
    let path = format!("/api/v1/appointments/{}/cancellation", story.appointment);
    refused(mine.post_json(&path, &json!({ "reason": format!("because {canary}") })).await);
    refused(
        theirs
            .put_json(&format!("/api/v1/visits/{}/note", story.visit), &json!({ "plan": canary, "version": 99 }))
            .await,
    );
}

/// A doctor's paper is nobody's health, and sealed all the same; its name is listed, and lies in clear.
async fn show_paper(hospital: &Hospital, story: &Story, canary: &str, clear: &str) {
    let browser = hospital.browser(story.doctor).await;
    browser.get("/doctor/profile").await.is(200);
    let bytes = format!("%PDF-1.7\n{canary}\n%%EOF\n");
    let file = (format!("{clear}.pdf"), bytes.as_bytes());
    browser.post_file("/doctor/profile/documents", &[("kind", "licence")], (&file.0, file.1)).await.is(303);
}

/// It was kept: the two whom it concerns read it.
async fn is_read_by_the_two(hospital: &Hospital, story: &Story, canary: &str) {
    let mine = hospital.program(story.patient).await;
    let theirs = hospital.program(story.doctor).await;
    let summary = mine.get(&format!("/api/v1/visits/{}/summary", story.visit)).await.is(200).text();
    assert!(summary.contains(&format!("note {canary}")), "{summary}");
    let prescription = mine.get(&format!("/api/v1/prescriptions/{}", story.prescription)).await.is(200).text();
    assert!(
        prescription.contains(&format!("instructions {canary}")) && prescription.contains(&format!("again {canary}"))
    );
    let allergies = theirs.get(&format!("/api/v1/patients/{}/allergies", story.patient.id)).await.is(200).text();
    assert!(allergies.contains(&format!("substance {canary}")), "{allergies}");
    let appointment = theirs.get(&format!("/appointments/{}", story.appointment)).await.is(200).text();
    assert!(appointment.contains(&format!("reason {canary}")), "{appointment}");
}

/// Tables in which a row says the word, as text or as bytes.
async fn rows_with(hospital: &Hospital, word: &str) -> Vec<String> {
    let hex = hex::encode(word);
    let mut found = Vec::new();
    let tables = "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname in ('public', 'app')";
    for table in hospital.test.texts(tables).await {
        let sql = format!("select count(*) from {table} t where t::text like '%{word}%' or t::text like '%{hex}%'");
        if hospital.test.count(&sql).await > 0 {
            found.push(table);
        }
    }
    found
}

/// Files below this folder with the word in them. Files that go while we look (other tests' databases) are no matter.
fn files_with(folder: &Path, word: &str) -> Vec<String> {
    let found = Command::new("grep").args(["-raFl", "--", word]).arg(folder).env("LC_ALL", "C").output().unwrap();
    let complaints = String::from_utf8_lossy(&found.stderr);
    assert!(!complaints.contains("Permission denied"), "not all of {} can be read: {complaints}", folder.display());
    String::from_utf8_lossy(&found.stdout).lines().map(str::to_owned).collect()
}
