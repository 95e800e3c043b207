//! Sound that leaves the hospital: to whom both agreed, while they agree, and to nobody else. The service is a double on this machine.

use std::{path::Path, time::Duration};

use consultations::transcripts::{self, Scribe};
use opus::{Application, Channels, Encoder};
use rtc::{
    MediaKind,
    testing::{Client as Peer, turn_until},
};
use serde_json::{Value, json};
use speech_amazon::testing::{Amazon, Fate};

use crate::support::{Hospital, Person, Story, Words};

const TO: &str = "Amazon Transcribe eu-central-1";
const PATIENCE: Duration = Duration::from_secs(20);

/// A hospital with the double, and with an engine of its own if `here`; a visit in it.
async fn met(amazon: &Amazon, here: bool) -> (Hospital, Story) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.cache/speech");
    let config = transcripts::Config {
        folder: here.then_some(folder),
        outside: Some(amazon.config(&["ar-AE", "en-GB"])),
        ..transcripts::Config::off()
    };
    let scribe = Scribe::find(&config);
    let hospital = Hospital::open_with(|furniture| server::Furniture { scribe, ..furniture }).await;
    let story = hospital.met(&Words::default()).await;
    (hospital, story)
}

fn path(story: &Story) -> String {
    format!("/api/v1/visits/{}/transcript", story.visit)
}

async fn ask(hospital: &Hospital, story: &Story, language: &str) -> Value {
    hospital.program(story.doctor).await.post_json(&path(story), &json!({ "language": language })).await.is(201).json()
}

async fn step(hospital: &Hospital, story: &Story, who: Person, step: &str) -> Value {
    let steps = format!("{}/steps", path(story));
    let mut body = json!({ "step": step });
    if step == "agree" {
        body["asked_to"] = read(hospital, story).await["sound_to"].clone();
    }
    hospital.program(who).await.post_json(&steps, &body).await.is(200).json()
}

async fn read(hospital: &Hospital, story: &Story) -> Value {
    hospital.program(story.doctor).await.get(&path(story)).await.is(200).json()
}

/// In the media room, connected.
async fn inside(hospital: &Hospital, story: &Story, who: Person) -> Peer {
    let client = hospital.program(who).await;
    let tokens = format!("/api/v1/visits/{}/room-tokens", story.visit);
    let token = client.post_json(&tokens, &json!({})).await.is(201).field("token");
    let (mut peer, offer) = Peer::udp();
    let knock = json!({ "token": token, "client": "a page", "offer": offer });
    let answer =
        client.post_json(&format!("/api/v1/visits/{}/media", story.visit), &knock).await.is(201).field("answer");
    peer.accept(&answer).unwrap();
    assert!(tokio::task::block_in_place(|| turn_until(&mut [&mut peer], PATIENCE, |peers| peers[0].connected)));
    peer
}

/// Says something for so long, and then nothing for a second.
fn speak(peer: &mut Peer, milliseconds: u16) {
    let mut encoder = Encoder::new(speech::SAMPLE_RATE, Channels::Mono, Application::Voip).unwrap();
    tokio::task::block_in_place(|| {
        for number in 0..(milliseconds + 1000) / 20 {
            let level = if number < milliseconds / 20 { 0.4 } else { 0.0 };
            let place = |n: u16| f32::from(number % 50) * 320.0 + f32::from(n);
            let sound: Vec<f32> = (0..320).map(|n| level * (place(n) * 0.15).sin()).collect();
            let mut packet = vec![0; 1500];
            let length = encoder.encode_float(&sound, &mut packet).unwrap();
            peer.send(MediaKind::Audio, &packet[..length]);
            turn_until(&mut [peer], Duration::from_millis(20), |_| false);
        }
    });
}

/// Keeps the peer in the room until this is so.
async fn until(hospital: &Hospital, story: &Story, peer: &mut Peer, so: impl Fn(&Value) -> bool) -> Value {
    let began = std::time::Instant::now();
    loop {
        let found = read(hospital, story).await;
        if so(&found) {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "{found}");
        tokio::task::block_in_place(|| turn_until(&mut [&mut *peer], Duration::from_millis(200), |_| false));
    }
}

fn said(found: &Value) -> usize {
    found["segments"].as_array().map_or(0, Vec::len)
}

#[tokio::test(flavor = "multi_thread")]
async fn sound_goes_outside_after_both_agreed_to_whom_and_not_in_a_pause() {
    let amazon = Amazon::open(&["صداع منذ يومين"], &[]).await;
    let (hospital, story) = met(&amazon, true).await;
    let named = "Amazon Transcribe in Germany (eu-central-1)";
    let desk = hospital.browser(story.doctor).await.get(&format!("/visits/{}", story.visit)).await.is(200).text();
    assert!(desk.contains(named) && desk.contains("sent as sound"), "the doctor knows before asking: {desk}");
    assert!(!desk.contains("en-GB"), "what is known here is not sent outside");

    let asked = ask(&hospital, &story, "ar-AE").await;
    assert_eq!((&asked["language"], &asked["sound_to"]), (&json!("ar-AE"), &json!(TO)));
    let question = hospital.browser(story.patient).await.get(&format!("/visits/{}/transcript", story.visit)).await;
    let question = question.is(200).text();
    assert!(question.contains(named) && question.contains("Arabic"), "{question}");
    assert!(!question.contains("Nothing of it leaves"), "{question}");

    let mut peer = inside(&hospital, &story, story.patient).await;
    let mut doctor = inside(&hospital, &story, story.doctor).await;
    speak(&mut peer, 800);
    assert!(amazon.streams().is_empty(), "nothing before the answer");
    let (steps, patient) = (format!("{}/steps", path(&story)), hospital.program(story.patient).await);
    for other in [json!({ "step": "agree" }), json!({ "step": "agree", "asked_to": "somebody else" })] {
        patient.post_json(&steps, &other).await.problem(409, "illegal_transition");
    }
    let field = format!("name=\"asked_to\" value=\"{TO}\"");
    assert!(question.contains(&field), "the page sends whom it named: {question}");
    assert_eq!(step(&hospital, &story, story.patient, "agree").await["status"], "running");
    let kept = "select role || ' ' || decision || ' ' || sound_to from transcript_consents order by decided_at, id";
    let consents = [format!("doctor given {TO}"), format!("patient given {TO}")];
    assert_eq!(hospital.test.texts(kept).await, consents);

    speak(&mut peer, 1500);
    let found = until(&hospital, &story, &mut peer, |found| said(found) == 1).await;
    let segment = &found["segments"][0];
    assert_eq!((&segment["text"], &segment["from"]), (&json!("صداع منذ يومين"), &json!("patient")));
    assert_eq!(segment["sure"], json!([97, 31, 97]));
    let length = segment["ends_ms"].as_i64().unwrap() - segment["starts_ms"].as_i64().unwrap();
    assert!((1500..3000).contains(&length), "{segment}");
    let streams = amazon.streams();
    assert_eq!((streams.len(), streams[0].language.as_str()), (1, "ar-AE"), "one stream a speaker, of who spoke");

    step(&hospital, &story, story.patient, "pause").await;
    let before = amazon.streams();
    speak(&mut peer, 1500);
    speak(&mut doctor, 800);
    let loud = |streams: Vec<speech_amazon::testing::Stream>| streams.iter().map(|one| one.loud).sum::<usize>();
    assert_eq!(loud(amazon.streams()), loud(before), "nothing leaves in a pause");
    assert_eq!(said(&read(&hospital, &story).await), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_to_the_engine_here_sends_nothing_outside() {
    let amazon = Amazon::open(&[], &[]).await;
    let (hospital, story) = met(&amazon, true).await;
    assert_eq!(ask(&hospital, &story, "en").await["sound_to"], Value::Null);
    let mut peer = inside(&hospital, &story, story.patient).await;
    step(&hospital, &story, story.patient, "agree").await;
    speak(&mut peer, 1500);
    speak(&mut peer, 1500);
    assert!(amazon.streams().is_empty());
    let found = read(&hospital, &story).await;
    assert_eq!((&found["status"], &found["end_reason"]), (&json!("running"), &Value::Null), "{found}");
}

/// As after a restart with other settings: what was agreed to is not there any more.
#[tokio::test(flavor = "multi_thread")]
async fn where_the_engine_that_was_named_is_gone_nobody_else_is_sent_the_sound() {
    for to in ["null", "'Amazon Transcribe us-east-1'"] {
        let amazon = Amazon::open(&[], &[]).await;
        let (hospital, story) = met(&amazon, false).await;
        let asked = format!(
            "insert into visit_transcripts (id, visit_id, patient_id, practitioner_id, status, engine, language, sound_to, asked_at, keep_until)
             select gen_random_uuid(), id, patient_id, practitioner_id, 'asked', 'another', 'ar-AE', {to}, started_at,
                    started_at + interval '30 days' from visits where id = '{}'",
            story.visit
        );
        hospital.test.force(&asked).await;
        let mut peer = inside(&hospital, &story, story.patient).await;
        step(&hospital, &story, story.patient, "agree").await;
        speak(&mut peer, 1000);
        let found = until(&hospital, &story, &mut peer, |found| found["status"] == "ended").await;
        assert_eq!(found["end_reason"], "failed");
        assert!(amazon.streams().is_empty(), "{to}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_service_takes_no_more_or_is_gone_the_room_is_told() {
    for (fates, reason, words) in [
        (&[Fate::Limit][..], "throttled", "takes no more from this hospital"),
        (&[Fate::Cut, Fate::Cut], "unreachable", "was not reached any more"),
    ] {
        let amazon = Amazon::open(&[], fates).await;
        let (hospital, story) = met(&amazon, false).await;
        ask(&hospital, &story, "ar-AE").await;
        let mut peer = inside(&hospital, &story, story.patient).await;
        step(&hospital, &story, story.patient, "agree").await;
        speak(&mut peer, 2500);
        let found = until(&hospital, &story, &mut peer, |found| found["status"] == "ended").await;
        assert_eq!(found["end_reason"], reason);
        let page = hospital.browser(story.patient).await.get(&format!("/visits/{}/transcript", story.visit)).await;
        assert!(page.is(200).text().contains(words));
        let before = amazon.streams();
        speak(&mut peer, 800);
        assert_eq!(amazon.streams(), before, "and nothing is sent");
        assert_eq!(ask(&hospital, &story, "ar-AE").await["status"], "asked", "it may be asked again");
    }
}

#[tokio::test]
async fn without_a_word_the_language_is_the_patients_and_no_other_is_made_up() {
    let amazon = Amazon::open(&[], &[]).await;
    let (hospital, story) = met(&amazon, true).await;
    let doctor = hospital.program(story.doctor).await;
    doctor.post_json(&path(&story), &json!({ "language": "fr-FR" })).await.problem(409, "speech_language");
    doctor.post_json(&path(&story), &json!({ "language": "en-GB" })).await.problem(409, "speech_language");
    hospital.test.force(&format!("update accounts set locale = 'ar' where id = '{}'", story.patient.id)).await;
    assert_eq!(doctor.post_json(&path(&story), &json!({})).await.is(201).json()["language"], "ar-AE");
}

#[tokio::test]
async fn the_database_lets_nobody_be_named_afterwards() {
    let amazon = Amazon::open(&[], &[]).await;
    let (hospital, story) = met(&amazon, true).await;
    ask(&hospital, &story, "en").await;
    for (statement, constraint) in [
        (format!("update visit_transcripts set sound_to = '{TO}'"), "visit_transcripts_recipient"),
        (
            format!(
                "insert into transcript_consents (id, visit_id, patient_id, practitioner_id, account_id, role, decision, decided_at, sound_to)
                 select gen_random_uuid(), id, patient_id, practitioner_id, '{}', 'doctor', 'given', now(), '{TO}' from visits",
                story.doctor.id
            ),
            "transcript_consents_recipient",
        ),
    ] {
        let mut tx = hospital.test.system().await;
        let refused = sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(tx.conn()).await.unwrap_err();
        assert_eq!(refused.as_database_error().and_then(|error| error.constraint()), Some(constraint), "{refused}");
    }
}
