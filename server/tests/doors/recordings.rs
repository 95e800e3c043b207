//! The sound of a visit: who must agree, what is kept and what is not, who hears it, and how it goes.

use consultations::recordings::{self, Kept, NewPart, Recorder};
use kernel::ids::VisitId;
use serde_json::{Value, json};

use crate::support::{Hospital, Person, Story, Words};

/// One Opus packet of 20 ms of silence.
const PACKET: [u8; 3] = [0xf8, 0xff, 0xfe];

/// A visit that has begun, in a hospital that keeps sound for two weeks.
async fn met() -> (Hospital, Story) {
    let hospital = Hospital::open_with(|furniture| {
        let recorder = Recorder::new(recordings::Config { keep_days: Some(14) });
        server::Furniture { recorder, ..furniture }
    })
    .await;
    let story = hospital.met(&Words::default()).await;
    (hospital, story)
}

fn path(story: &Story) -> String {
    format!("/api/v1/visits/{}/recording", story.visit)
}

fn page(story: &Story) -> String {
    format!("/visits/{}/recording", story.visit)
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
    hospital.program(story.doctor).await.post_json(&path(&story), &json!({})).await.is(201);
    step(&hospital, &story, story.patient, "agree").await.problem(409, "not_in_room");
    seat(&hospital, &story).await;
    assert_eq!(step(&hospital, &story, story.patient, "agree").await.is(200).json()["status"], "running");
    (hospital, story)
}

/// As the recorder does: `seconds` of sound that began so many milliseconds after the recording.
async fn heard(hospital: &Hospital, story: &Story, starts_ms: i64, seconds: usize) -> Kept {
    let mut tx = hospital.test.system().await;
    let visit = VisitId::from_uuid(story.visit.parse().unwrap());
    let part = NewPart { starts_ms, packets: vec![PACKET.to_vec(); seconds * 50] };
    let kept = recordings::append(&mut tx, &hospital.vault, visit, part).await.unwrap();
    tx.commit().await.unwrap();
    kept
}

async fn kept_ms(hospital: &Hospital, story: &Story) -> Value {
    hospital.program(story.doctor).await.get(&path(story)).await.is(200).json()["length_ms"].clone()
}

async fn readings(hospital: &Hospital) -> i64 {
    let reads = "select count(*) from audit_log where object = 'visit_recording' and action = 'read'";
    hospital.test.count(reads).await
}

#[tokio::test]
async fn where_the_operator_says_nothing_nobody_is_asked() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    hospital.program(story.doctor).await.post_json(&path(&story), &json!({})).await.problem(409, "recording_off");
    let room = hospital.browser(story.doctor).await.get(&format!("/visits/{}", story.visit)).await.is(200).text();
    assert!(!room.contains("recording-start"), "no button");
}

#[tokio::test]
async fn nothing_is_kept_before_both_agree_and_after_one_does_not() {
    let (hospital, story) = met().await;
    assert_eq!(heard(&hospital, &story, 0, 1).await, Kept::No);
    hospital.program(story.patient).await.post_json(&path(&story), &json!({})).await.is(403);
    hospital.program(story.doctor).await.post_json(&path(&story), &json!({})).await.is(201);
    hospital.program(story.doctor).await.post_json(&path(&story), &json!({})).await.problem(409, "illegal_transition");
    assert_eq!(heard(&hospital, &story, 0, 1).await, Kept::No);
    step(&hospital, &story, story.doctor, "agree").await.problem(409, "not_yours_to_decide");
    assert_eq!(step(&hospital, &story, story.patient, "refuse").await.is(200).json()["end_reason"], "refused");
    assert_eq!(heard(&hospital, &story, 0, 1).await, Kept::No);
    step(&hospital, &story, story.patient, "agree").await.problem(409, "illegal_transition");
    assert_eq!(hospital.test.count("select count(*) from recording_parts").await, 0);
    let decisions = "select role || ' ' || decision from recording_consents order by decided_at, id";
    assert_eq!(hospital.test.texts(decisions).await, ["doctor given", "patient refused"]);
}

#[tokio::test]
async fn a_pause_cuts_to_the_packet_and_who_paused_goes_on() {
    let (hospital, story) = running().await;
    let began = "update visit_recordings set started_at = started_at - interval '10 seconds'";
    hospital.test.force(began).await;
    assert_eq!(heard(&hospital, &story, 0, 5).await, Kept::Yes);
    step(&hospital, &story, story.patient, "pause").await.is(200);
    // What was on its way ends with the pause, some ten seconds after the beginning.
    assert_eq!(heard(&hospital, &story, 5000, 60).await, Kept::No);
    let kept = kept_ms(&hospital, &story).await.as_i64().unwrap();
    assert!((10_000..25_000).contains(&kept), "{kept}");
    assert_eq!(heard(&hospital, &story, 100_000, 5).await, Kept::No);
    assert_eq!(kept_ms(&hospital, &story).await, kept);
    step(&hospital, &story, story.doctor, "resume").await.problem(409, "paused_by_other");
    step(&hospital, &story, story.patient, "resume").await.is(200);
    assert_eq!(heard(&hospital, &story, 200_000, 5).await, Kept::Yes);
    assert_eq!(kept_ms(&hospital, &story).await, kept + 5000);
}

#[tokio::test]
async fn the_two_hear_it_nobody_else_does_and_each_hearing_is_one_line() {
    let (hospital, story) = running().await;
    heard(&hospital, &story, 0, 5).await;
    let (mine, theirs) = (hospital.browser(story.patient).await, hospital.browser(story.doctor).await);
    let sound = |html: &str| {
        let (_, rest) = html.split_once("src=\"/visits/").expect("a player");
        format!("/visits/{}", rest.split_once("#t=").expect("a place").0)
    };
    let shown = sound(&mine.get(&page(&story)).await.is(200).text());
    assert_eq!(readings(&hospital).await, 1);
    let whole = mine.get(&shown).await.is(200);
    assert!(whole.body.starts_with(b"OggS"));
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert_eq!(readings(&hospital).await, 1, "the player of a page that was opened is no reading of its own");
    // The key of somebody else's page, or an invented one, makes it one.
    theirs.get(&shown).await.is(200);
    assert_eq!(readings(&hospital).await, 2);
    mine.get(&shown.replace("sitting=", "sitting=1")).await.is(200);
    assert_eq!(readings(&hospital).await, 3);
    let program = hospital.program(story.doctor).await.get(&path(&story)).await.is(200).json();
    hospital.program(story.doctor).await.get(program["sound"].as_str().unwrap()).await.is(200);
    assert_eq!(readings(&hospital).await, 4);
    hospital.browser(story.patient).await.get(&shown).await.is(200);
    assert_eq!(readings(&hospital).await, 5, "the page was opened in another session");

    let other = hospital.doctor(&crate::support::offer()).await;
    for foreign in [hospital.patient().await, other, hospital.member(access::Role::Administrator).await] {
        let client = hospital.browser(foreign).await;
        for url in [page(&story), shown.clone(), path(&story)] {
            let refused = client.get(&url).await.status.as_u16();
            assert!(matches!(refused, 403 | 404), "{url}: {refused}");
        }
    }
    assert_eq!(readings(&hospital).await, 5);
    let log = hospital.browser(story.patient).await.get("/record/access-log").await.is(200).text();
    assert!(log.contains("The sound of a visit"), "the patient sees it in the access log");
}

#[tokio::test]
async fn the_patient_takes_it_back_and_the_sound_is_gone_even_after_the_visit() {
    let (hospital, story) = running().await;
    heard(&hospital, &story, 0, 5).await;
    step(&hospital, &story, story.doctor, "withdraw").await.problem(409, "not_yours_to_decide");
    hospital.sign_all(&story, &Words::default()).await;
    assert_eq!(heard(&hospital, &story, 900_000, 5).await, Kept::No, "after the end");
    let state = hospital.program(story.doctor).await.get(&path(&story)).await.is(200).json();
    assert_eq!((&state["status"], &state["end_reason"]), (&json!("ended"), &json!("visit_over")));
    let browser = hospital.browser(story.patient).await;
    assert!(browser.get(&page(&story)).await.is(200).text().contains("<audio"));
    browser.post_form(&page(&story), &[("step", "forget")]).await.is(303);
    assert!(!browser.get(&page(&story)).await.is(200).text().contains("<audio"));
    browser.get(&format!("{}/sound", page(&story))).await.is(404);
    assert_eq!(hospital.test.count("select count(*) from recording_parts").await, 0);
    assert_eq!(heard(&hospital, &story, 0, 1).await, Kept::No, "what was on its way when it was deleted");
    let trail = "select count(*) from audit_log where object = 'visit_recording' and action in ('revoke', 'delete')";
    assert_eq!(hospital.test.count(trail).await, 2);
    browser.post_form(&page(&story), &[("step", "withdraw")]).await.is(303);
    assert_eq!(hospital.test.count(trail).await, 2, "taken back twice is taken back once");
}

#[tokio::test]
async fn what_was_withdrawn_is_not_kept_not_even_what_was_on_its_way() {
    let (hospital, story) = running().await;
    step(&hospital, &story, story.patient, "withdraw").await.is(200);
    assert_eq!(heard(&hospital, &story, 0, 5).await, Kept::No);
    assert_eq!(hospital.test.count("select count(*) from recording_parts").await, 0);
}

#[tokio::test]
async fn sound_is_sealed_and_deleted_when_its_time_is_over() {
    let (hospital, story) = running().await;
    heard(&hospital, &story, 0, 5).await;
    let clear =
        "select count(*) from recording_parts where position('\\x0003f8fffe0003f8fffe'::bytea in content_sealed) > 0";
    assert_eq!(hospital.test.count(clear).await, 0);
    hospital.test.pass_minutes(13 * 24 * 60);
    hospital.doors.work().await;
    assert_eq!(hospital.test.count("select count(*) from recording_parts").await, 1);
    hospital.test.pass_minutes(2 * 24 * 60);
    hospital.doors.work().await;
    assert_eq!(hospital.test.count("select count(*) from recording_parts").await, 0);
}

#[tokio::test]
async fn a_part_of_another_patients_is_noticed() {
    let (hospital, story) = running().await;
    heard(&hospital, &story, 0, 5).await;
    heard(&hospital, &story, 5000, 5).await;
    hospital.test.force("update recording_parts p set content_sealed = q.content_sealed from recording_parts q where p.number = 1 and q.number = 2").await;
    let answer = hospital.browser(story.patient).await.get(&format!("{}/sound", page(&story))).await;
    assert_eq!(answer.status.as_u16(), 500, "a part that was moved does not open");
}

#[tokio::test]
async fn a_guest_is_asked_only_in_the_room_and_answers_for_themselves() {
    let (hospital, story) = running().await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    let visit = format!("/api/v1/visits/{}/guests", story.visit);
    let link = theirs.post_json(&visit, &json!({ "role": "interpreter" })).await.is(201).field("link");
    let link = link[link.find("/guests/").unwrap()..].to_owned();
    let guest = hospital.doors.visitor().with_header("sec-fetch-site", "same-origin");
    guest.get(&link).await.is(200);
    let room = guest.post_form(&link, &[("name", "Samira"), ("agrees", "yes")]).await.is(303);
    let id = room.location().rsplit('/').next().unwrap().to_owned();
    let answer = format!("/api/v1/guests/{id}/recording");
    guest.post_json(&answer, &json!({ "agrees": true })).await.problem(409, "not_in_room");
    for client in [&mine, &theirs] {
        client.post_json(&format!("{visit}/{id}/consent"), &json!({})).await.is(200);
    }
    theirs.post_json(&format!("{visit}/{id}/admission"), &json!({})).await.is(200);
    let stands = guest.get(&format!("/api/v1/guests/{id}")).await.is(200).json();
    assert_eq!(
        stands["recording"],
        json!({ "status": "running", "paused_by": null, "end_reason": null, "agreed": false })
    );
    let said = guest.post_json(&answer, &json!({ "agrees": true })).await.is(200).json();
    assert_eq!(said["recording"]["agreed"], true);
    hospital.doors.visitor().post_json(&answer, &json!({ "agrees": true })).await.is(404);
    let said = guest.post_json(&answer, &json!({ "agrees": false })).await.is(200).json();
    let held = json!({ "status": "paused", "paused_by": "guest", "end_reason": null, "agreed": false });
    assert_eq!(said["recording"], held);
    assert_eq!(heard(&hospital, &story, 3_600_000, 5).await, Kept::Yes);
    assert_eq!(kept_ms(&hospital, &story).await, 0, "nothing that was said after the no is kept");
    let decisions = "select decision from recording_consents where role = 'guest' order by decided_at, id";
    assert_eq!(hospital.test.texts(decisions).await, ["given", "refused"]);
    guest.get(&page(&story)).await.is(303);
}
