//! The pages' forms: without scripts, with words that are kept.

use super::{calls, sent};
use crate::support::{Hospital, Words, pdf, png};

#[tokio::test]
async fn the_form_takes_a_file_and_keeps_the_words_of_a_refusal() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let browser = hospital.browser(patient).await;
    let words = [("kind", "discharge"), ("title", "Letter of the clinic"), ("dated_on", "2026-02-03")];
    browser.get("/record/documents/new").await.is(200);
    let page = browser.post_file("/record/documents", &words, ("a.zip", b"PK\x03\x04")).await.is(422).text();
    for kept in ["Letter of the clinic", "2026-02-03", "value=\"discharge\" selected", "This is an archive"] {
        assert!(page.contains(kept), "{kept}: {page}");
    }
    let wrong = [("kind", ""), ("dated_on", "2199-01-01")];
    let page = browser.post_file("/record/documents", &wrong, ("", b"")).await.is(422).text();
    assert!(page.contains("Choose what kind of document it is") && page.contains("Choose a file"), "{page}");
    let done = browser.post_file("/record/documents", &words, ("a.pdf", &pdf())).await.is(303);
    assert_eq!(done.location(), "/record/documents");
    let page = browser.get("/record/documents").await.is(200).text();
    assert!(
        page.contains("Letter of the clinic") && page.contains("Being checked") && !page.contains("/content"),
        "{page}"
    );
    hospital.doors.work().await;
    let page = browser.get("/record/documents").await.is(200).text();
    assert!(page.contains("/content") && page.contains("Discharge letter"), "{page}");
    assert!(browser.get("/record").await.is(200).text().contains("Letter of the clinic"), "in the record, too");
}

#[tokio::test]
async fn what_was_removed_is_brought_back_with_one_click() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let id = sent(&hospital, patient, ("a.png", &png())).await;
    let browser = hospital.browser(patient).await;
    browser.get(&format!("/record/documents/{id}")).await.is(200);
    let describe = [("kind", "photo"), ("title", "Elbow"), ("dated_on", "")];
    browser.post_form(&format!("/record/documents/{id}"), &describe).await.is(303);
    let wrong = [("kind", "photo"), ("title", "Elbow"), ("dated_on", "tomorrow")];
    browser.post_form(&format!("/record/documents/{id}"), &wrong).await.is(422);
    let removed = browser.post_form(&format!("/record/documents/{id}/removal"), &[("reason", "mistake")]).await.is(303);
    assert_eq!(removed.location(), format!("/record/documents?undo={id}"));
    let page = browser.get(removed.location()).await.is(200).text();
    assert!(page.contains(&format!("/record/documents/{id}/restoration")) && !page.contains("Elbow"), "{page}");
    assert!(browser.get("/record/documents?removed=1").await.is(200).text().contains("Elbow"));
    browser.post_form(&format!("/record/documents/{id}/restoration"), &[]).await.is(303);
    assert!(browser.get("/record/documents").await.is(200).text().contains("Elbow"));
}

#[tokio::test]
async fn a_doctor_adds_a_letter_and_the_patient_sees_who_did() {
    let hospital = Hospital::open().await;
    let story = hospital.told(&Words::default()).await;
    let theirs = hospital.browser(story.doctor).await;
    let path = format!("/doctor/patients/{}/documents", story.patient.id);
    theirs.get(&path).await.is(200);
    theirs.post_file(&path, &[("kind", "referral")], ("a.svg", b"<svg/>")).await.is(422);
    theirs.post_file(&path, &[("kind", "referral"), ("title", "To the surgeon")], ("a.pdf", &pdf())).await.is(303);
    hospital.doors.work().await;
    let page = hospital.browser(story.patient).await.get("/record/documents").await.is(200).text();
    assert!(page.contains("To the surgeon") && page.contains("Dr Nadia Karim"), "{page}");
    let chart = theirs.get(&format!("/doctor/patients/{}", story.patient.id)).await.is(200).text();
    assert!(chart.contains("To the surgeon"), "{chart}");
    let mine = hospital.program(story.patient).await;
    let log = mine.get(&format!("/api/v1/patients/{}/access-log", story.patient.id)).await.is(200).text();
    assert!(log.contains("\"documents\""), "{log}");
    assert_eq!(mine.get(&calls(story.patient)).await.is(200).json()["items"][0]["by_clinician"], true);
}
