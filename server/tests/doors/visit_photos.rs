//! Photos into a visit: from the room, and from a phone that does not sign in, by an address that can do nothing else.

use std::convert::Infallible;

use axum::body::{Body, Bytes};
use futures::{SinkExt as _, channel::mpsc};
use http::Method;
use serde_json::json;
use testkit::{Answer, Client};

use crate::support::{Hospital, Story, Words, jpeg, pdf, png};

async fn met() -> (Hospital, Story, Client, Client) {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    (hospital, story, mine, theirs)
}

fn at(story: &Story, what: &str) -> String {
    format!("/api/v1/visits/{}/{what}", story.visit)
}

/// The path of a new address.
async fn address(mine: &Client, story: &Story) -> String {
    let link = mine.post_json(&at(story, "photo-link"), &json!({})).await.is(201).field("link");
    link[link.find("/photos/").unwrap()..].to_owned()
}

/// A phone that nobody knows.
fn phone(hospital: &Hospital) -> Client {
    hospital.doors.visitor().with_header("sec-fetch-site", "same-origin")
}

async fn send(phone: &Client, path: &str) -> Answer {
    phone.post_file(path, &[], ("IMG_1.jpg", &jpeg())).await
}

async fn photos(hospital: &Hospital) -> i64 {
    hospital.test.count("select count(*) from visit_photos").await
}

/// What a page says, without what is of one request.
fn words(answer: &Answer, path: &str) -> String {
    let text = answer.text().replace(answer.header("x-request-id"), "(request)").replace(path, "(path)");
    let Some(token) = answer.form_token() else { return text };
    text.replace(&token, "(form)")
}

/// Opens to nobody, as if it had never been.
async fn opens_not(phone: &Client, path: &str, what: &str) {
    let invented = format!("/photos/{}", "0".repeat(64));
    let (answer, absent) = (phone.get(path).await.is(404), phone.get(&invented).await.is(404));
    assert_eq!(words(&answer, path), words(&absent, &invented), "{what} looks like an invented one");
    assert_eq!(send(phone, path).await.status, 404, "{what} takes nothing");
}

#[tokio::test]
async fn the_patient_sends_a_photo_and_the_doctor_sees_it_once_it_is_checked() {
    let (hospital, story, mine, theirs) = met().await;
    let path = at(&story, "photos");
    let document = mine.post_file(&path, &[], ("rash.png", &png())).await.is(201).field("document_id");
    let state = async || theirs.get(&at(&story, "shows")).await.is(200).json()["items"][0]["state"].clone();
    let seen = format!("/api/v1/patients/{}/documents/{document}", story.patient.id);
    assert_eq!(state().await, "quarantined");
    theirs.get(&format!("{seen}/content")).await.problem(409, "document_in_quarantine");
    hospital.doors.work().await;
    assert_eq!(state().await, "clean");
    theirs.get(&format!("{seen}/preview")).await.is(200);
    let known = theirs.get(&seen).await.is(200).json();
    assert_eq!((&known["kind"], &known["appointment_id"]), (&json!("photo"), &json!(story.appointment)));

    let refused = mine.post_file(&path, &[], ("paper.pdf", &pdf())).await.problem(422, "invalid");
    assert_eq!(refused["errors"][0]["code"], "chart-document-error-picture");
    theirs.post_file(&path, &[], ("rash.png", &png())).await.is(403);
    let stranger = hospital.program(hospital.patient().await).await;
    stranger.post_file(&path, &[], ("rash.png", &png())).await.is(404);
    theirs.post_json(&at(&story, "ending"), &json!({})).await.is(200);
    mine.post_file(&path, &[], ("rash.png", &png())).await.problem(409, "visit_closed");
    assert_eq!(photos(&hospital).await, 1);
    let removal = json!({});
    mine.post_json(&format!("{seen}/removal"), &removal).await.is(200);
    assert_eq!(theirs.get(&at(&story, "shows")).await.is(200).json()["items"], json!([]), "what is removed is gone");
}

#[tokio::test]
async fn a_phone_sends_photos_by_an_address_and_sees_nothing_of_the_record() {
    let (hospital, story, mine, theirs) = met().await;
    let path = address(&mine, &story).await;
    let held = phone(&hospital);
    let page = held.get(&path).await.is(200).text();
    let names = hospital.test.texts("select full_name from patients union select full_name from practitioners").await;
    for name in names {
        assert!(!page.contains(&name), "the page names {name}");
    }
    assert_eq!(send(&held, &path).await.is(303).location(), format!("{path}?sent=1"));
    assert!(held.get(&format!("{path}?sent=1")).await.is(200).text().contains("The photo has come in"));
    // It belongs to this phone now.
    opens_not(&phone(&hospital), &path, "another phone's address").await;
    hospital.doors.work().await;
    let listed = theirs.get(&at(&story, "shows")).await.is(200).json();
    assert_eq!((&listed["items"][0]["kind"], &listed["items"][0]["state"]), (&json!("photo"), &json!("clean")));
    // What it says of itself: of the patient's record, of this visit's appointment, by nobody who signed in.
    let kept = hospital.test.texts("select uploaded_role || ' ' || kind || ' ' || appointment_id from documents").await;
    assert_eq!(kept, [format!("system photo {}", story.appointment)]);
    // The key opens no other door.
    for other in [format!("/visits/{}/shows", story.visit), "/record/documents".to_owned(), "/home/patient".to_owned()]
    {
        assert_eq!(held.get(&other).await.status, 303, "{other} asks to sign in");
    }
    let bad = held.post_file(&path, &[], ("a.zip", b"PK\x03\x04 much")).await.is(422).text();
    assert!(bad.contains("archive"), "{bad}");
    assert_eq!(photos(&hospital).await, 1);
    for _ in 0..5 {
        send(&held, &path).await.is(303);
    }
    assert!(held.get(&path).await.is(200).text().contains("All photos of this code are sent"));
    send(&held, &path).await.is(404);
    assert_eq!(photos(&hospital).await, 6);
}

#[tokio::test]
async fn an_address_that_ran_out_was_taken_back_or_replaced_looks_like_none() {
    let (hospital, story, mine, theirs) = met().await;
    let held = phone(&hospital);
    let first = address(&mine, &story).await;
    held.get(&first).await.is(200);
    let second = address(&mine, &story).await;
    opens_not(&held, &first, "a replaced address").await;
    held.get(&second).await.is(200);
    let revocation = at(&story, "photo-link/revocation");
    theirs.post_json(&revocation, &json!({})).await.is(200);
    opens_not(&held, &second, "an address that the doctor took back").await;
    let third = address(&mine, &story).await;
    held.get(&third).await.is(200);
    hospital.test.pass_minutes(10);
    opens_not(&held, &third, "an address of ten minutes ago").await;
    let fourth = address(&mine, &story).await;
    held.get(&fourth).await.is(200);
    theirs.post_json(&at(&story, "ending"), &json!({})).await.is(200);
    opens_not(&held, &fourth, "an address of a visit that is over").await;
    mine.post_json(&at(&story, "photo-link"), &json!({})).await.problem(409, "visit_closed");
    theirs.post_json(&at(&story, "photo-link"), &json!({})).await.is(403);
    assert_eq!(photos(&hospital).await, 0);
    assert_eq!(hospital.test.count("select count(*) from documents").await, 0);
    let kept = hospital.test.texts("select encode(link_mac, 'hex') from photo_links").await;
    assert!(kept.iter().all(|mac| !fourth.contains(mac.as_str())), "the address itself is kept nowhere");
    let refusal = hospital.test.refusal("update photo_links set photos_left = 6, revoked_at = null").await;
    assert!(refusal.contains("runs out") || refusal.contains("run_out"), "{refusal}");
}

#[tokio::test]
async fn an_address_of_an_appointment_that_no_longer_stands_takes_nothing() {
    let (hospital, story, mine, _) = met().await;
    let path = address(&mine, &story).await;
    let gone = format!(
        "update appointments set status = 'cancelled_by_platform', visit_status = 'not_open' where id = '{}'",
        story.appointment
    );
    let held = phone(&hospital);
    held.get(&path).await.is(200);
    hospital.test.force(&gone).await;
    opens_not(&held, &path, "an address of a called-off appointment").await;
}

#[tokio::test]
async fn an_address_of_somebody_who_acts_for_the_patient_no_longer_takes_nothing() {
    let (hospital, story, mine, _) = met().await;
    let path = address(&mine, &story).await;
    let held = phone(&hospital);
    held.get(&path).await.is(200);
    let gone = format!("update patients set account_id = null where id = '{}'", story.patient.id);
    hospital.test.force(&gone).await;
    opens_not(&held, &path, "an address whose maker acts for the patient no longer").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_phones_one_gets_the_address_and_the_last_photo_is_taken_once() {
    let (hospital, story, mine, _) = met().await;
    for _ in 0..3 {
        let path = address(&mine, &story).await;
        let (one, other) = (phone(&hospital), phone(&hospital));
        one.get(&path).await.is(200);
        other.get(&path).await.is(200);
        let (a, b) = tokio::join!(send(&one, &path), send(&other, &path));
        let mut statuses = [a.status.as_u16(), b.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 404]);
    }
    let path = address(&mine, &story).await;
    let held = phone(&hospital);
    held.get(&path).await.is(200);
    send(&held, &path).await.is(303);
    hospital.test.force("update photo_links set photos_left = 1 where revoked_at is null").await;
    let (a, b) = tokio::join!(send(&held, &path), send(&held, &path));
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 404], "one was left");
    assert_eq!(photos(&hospital).await, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_on_its_way_when_the_address_is_taken_back_is_refused() {
    let (hospital, story, mine, theirs) = met().await;
    let path = address(&mine, &story).await;
    let held = phone(&hospital);
    let token = held.get(&path).await.is(200).form_token().unwrap();
    // Holds nothing: a piece has been sent when it was read.
    let (mut sender, receiver) = mpsc::channel::<Result<Bytes, Infallible>>(0);
    let before = format!(
        "--b\r\ncontent-disposition: form-data; name=\"_csrf\"\r\n\r\n{token}\r\n--b\r\ncontent-disposition: form-data; \
         name=\"file\"; filename=\"a.jpg\"\r\ncontent-type: image/jpeg\r\n\r\n"
    );
    let whole = jpeg();
    let (first, rest) = whole.split_at(whole.len() / 2);
    let body = Body::from_stream(receiver);
    let coming = held.send(Method::POST, &path, Some(("multipart/form-data; boundary=b", body)));
    let feeding = async {
        sender.send(Ok(Bytes::from(before.into_bytes()))).await.unwrap();
        // The file itself is read after the address was found to be open, and before it is taken back.
        sender.send(Ok(Bytes::copy_from_slice(first))).await.unwrap();
        theirs.post_json(&at(&story, "photo-link/revocation"), &json!({})).await.is(200);
        sender.send(Ok(Bytes::from([rest, b"\r\n--b--\r\n"].concat()))).await.unwrap();
        drop(sender);
    };
    let (answer, ()) = tokio::join!(coming, feeding);
    answer.is(404);
    assert_eq!(hospital.test.count("select count(*) from documents").await, 0);
}
