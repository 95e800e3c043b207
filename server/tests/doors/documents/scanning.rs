//! The scanner: what it finds, and what happens while it says nothing.

use super::{files_below, nobody_gets, send};
use crate::support::{Clamd, Hospital, Mood, Person, Words, eicar, pdf, pdf_saying, png};

async fn state(hospital: &Hospital, id: &str) -> String {
    hospital.test.texts(&format!("select state from documents where id = '{id}'")).await.remove(0)
}

/// Until the last attempt of every job.
async fn hours_later(hospital: &Hospital) {
    for _ in 0..14 {
        hospital.doors.work().await;
        hospital.test.pass_minutes(40);
    }
}

fn infected() -> Vec<u8> {
    pdf_saying(&format!("% {}", eicar()))
}

#[tokio::test]
async fn what_is_found_is_deleted_and_its_sender_told() {
    let clamd = Clamd::open(Mood::Finds).await;
    let hospital = Hospital::scanned_by(clamd.scanner()).await;
    let story = hospital.told(&Words::default()).await;
    let objects = files_below(&hospital.data().join("files"));
    let mine = hospital.program(story.patient).await;
    let id = send(&mine, story.patient, ("result.pdf", &infected())).await.is(201).field("id");
    nobody_gets(&hospital, (story.patient, story.doctor), &id, "waiting").await;
    hospital.doors.work().await;
    assert_eq!(state(&hospital, &id).await, "refused");
    nobody_gets(&hospital, (story.patient, story.doctor), &id, "refused").await;
    assert_eq!(files_below(&hospital.data().join("files")), objects, "the object is gone");
    let files = format!("select count(*) from vault_files where id = '{id}'");
    assert_eq!(hospital.test.count(&files).await, 0);
    let told = format!(
        "select count(*) from notices where account_id = '{}' and kind = 'chart.document_refused'",
        story.patient.id
    );
    assert_eq!(hospital.test.count(&told).await, 1);
    let theirs = hospital.program(story.doctor).await;
    assert!(!theirs.get(&super::calls(story.patient)).await.is(200).text().contains(&id), "not for doctors");
    let page = mine.get("/record/documents").await.is(200).text();
    assert!(page.contains("Refused"), "{page}");
}

#[tokio::test]
async fn what_is_well_is_marked_as_looked_through() {
    let clamd = Clamd::open(Mood::Finds).await;
    let hospital = Hospital::scanned_by(clamd.scanner()).await;
    let patient = hospital.patient().await;
    let mine = hospital.program(patient).await;
    for (name, bytes) in [("a.pdf", pdf()), ("a.png", png())] {
        let id = send(&mine, patient, (name, &bytes)).await.is(201).field("id");
        hospital.doors.work().await;
        let known = mine.get(&format!("{}/{id}", super::calls(patient))).await.is(200).json();
        assert_eq!((known["state"].as_str(), known["scanned"].as_bool()), (Some("clean"), Some(true)));
    }
}

#[tokio::test]
async fn while_the_scanner_says_nothing_everything_waits_and_then_it_is_looked_through() {
    let clamd = Clamd::open(Mood::HangsUp).await;
    let hospital = Hospital::scanned_by(clamd.scanner()).await;
    let story = hospital.told(&Words::default()).await;
    let pair: (Person, Person) = (story.patient, story.doctor);
    let mine = hospital.program(story.patient).await;
    let id = send(&mine, story.patient, ("a.pdf", &pdf())).await.is(201).field("id");
    for mood in [Mood::HangsUp, Mood::Slow, Mood::Garbles] {
        clamd.set(mood);
        let idle = hospital.doors.work().await;
        assert!(idle.failures.iter().any(|(name, _)| name == "chart.scan_document"), "{mood:?}: {idle:?}");
        assert_eq!(state(&hospital, &id).await, "quarantined", "{mood:?}");
        nobody_gets(&hospital, pair, &id, &format!("{mood:?}")).await;
        hospital.test.pass_minutes(40);
    }
    // Longer than any job is tried: the round takes it up again.
    clamd.set(Mood::HangsUp);
    hours_later(&hospital).await;
    assert_eq!(state(&hospital, &id).await, "quarantined");
    clamd.set(Mood::Finds);
    hours_later(&hospital).await;
    assert_eq!(state(&hospital, &id).await, "clean");
}

#[tokio::test]
async fn where_nobody_has_said_anything_about_a_scanner_pdfs_wait_and_pictures_do_not() {
    let hospital = Hospital::scanned_by(intake::Scanner::Missing).await;
    let patient = hospital.patient().await;
    let mine = hospital.program(patient).await;
    let paper = send(&mine, patient, ("a.pdf", &pdf())).await.is(201).field("id");
    let picture = send(&mine, patient, ("a.png", &png())).await.is(201).field("id");
    hours_later(&hospital).await;
    assert_eq!(state(&hospital, &paper).await, "quarantined");
    assert_eq!(state(&hospital, &picture).await, "clean");
}

#[tokio::test]
async fn without_a_scanner_on_purpose_a_pdf_says_that_nobody_looked() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let id = send(&hospital.program(patient).await, patient, ("a.pdf", &pdf())).await.is(201).field("id");
    hospital.doors.work().await;
    let page = hospital.browser(patient).await.get(&format!("/record/documents/{id}")).await.is(200).text();
    assert!(page.contains("Not scanned") && page.contains("no virus scanner has looked at it"), "{page}");
}
