//! Showing a document in the room: one that is checked, by either of the two, to both, and nothing new to anybody.

use futures::StreamExt as _;
use serde_json::{Value, json};
use testkit::Client;

use crate::support::{Hospital, Person, Story, Words, pdf, png};

async fn met() -> (Hospital, Story, Client, Client) {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    (hospital, story, mine, theirs)
}

async fn sent(client: &Client, patient: Person, title: &str, file: (&str, &[u8])) -> String {
    let path = format!("/api/v1/patients/{}/documents", patient.id);
    client.post_file(&path, &[("kind", "laboratory_report"), ("title", title)], file).await.is(201).field("id")
}

fn shows(story: &Story) -> String {
    format!("/api/v1/visits/{}/shows", story.visit)
}

async fn shown(client: &Client, story: &Story) -> Value {
    client.get(&shows(story)).await.is(200).json()["shown"].clone()
}

#[tokio::test]
async fn a_checked_document_is_shown_to_both_and_the_looking_is_on_record() {
    let (hospital, story, mine, theirs) = met().await;
    let waiting = sent(&mine, story.patient, "Blood test", ("blood.png", &png())).await;
    let show = async |client: &Client, document: &str| {
        client.post_json(&shows(&story), &json!({ "document_id": document })).await
    };
    show(&mine, &waiting).await.problem(409, "document_in_quarantine");
    hospital.doors.work().await;
    show(&mine, &waiting).await.is(201);
    let page = format!("/visits/{}/shown", story.visit);
    let seen = theirs.get(&page).await.is(200).text();
    assert!(seen.contains("Blood test"), "{seen}");
    assert!(seen.contains(&format!("/doctor/patients/{}/documents/{waiting}/preview", story.patient.id)));
    assert!(mine.get(&page).await.is(200).text().contains(&format!("/record/documents/{waiting}/preview")));
    let reads = format!(
        "select count(*) from audit_log where action = 'read' and object = 'documents' and actor = '{}' and patient_id = '{}'",
        story.doctor.id, story.patient.id
    );
    assert!(hospital.test.count(&reads).await >= 1);

    let paper = sent(&mine, story.patient, "Letter", ("letter.pdf", &pdf())).await;
    hospital.doors.work().await;
    show(&theirs, &paper).await.is(201);
    assert_eq!(shown(&mine, &story).await, json!(paper), "the later one takes its place");
    let seen = mine.get(&page).await.is(200).text();
    assert!(seen.contains(&format!("/record/documents/{paper}\"")) && !seen.contains("/preview"), "a PDF opens beside");
    mine.post_json(&format!("{}/ending", shows(&story)), &json!({})).await.is(200);
    assert_eq!(shown(&theirs, &story).await, Value::Null);
    let listed = theirs.get(&shows(&story)).await.is(200).json();
    let kinds: Vec<_> = listed["items"].as_array().unwrap().iter().map(|item| item["by"].clone()).collect();
    assert_eq!(kinds, ["patient", "doctor"]);
}

#[tokio::test]
async fn what_is_not_theirs_or_not_there_is_not_shown() {
    let (hospital, story, mine, theirs) = met().await;
    let stranger = hospital.patient().await;
    let strangers = hospital.program(stranger).await;
    let foreign = sent(&strangers, stranger, "Another's", ("a.png", &png())).await;
    let own = sent(&mine, story.patient, "Own", ("b.png", &png())).await;
    hospital.doors.work().await;
    for client in [&mine, &theirs] {
        client.post_json(&shows(&story), &json!({ "document_id": foreign })).await.is(404);
        client.post_json(&shows(&story), &json!({ "document_id": story.visit })).await.is(404);
    }
    for path in ["shows", "shown"] {
        strangers.get(&format!("/visits/{}/{path}", story.visit)).await.is(404);
    }
    strangers.post_json(&shows(&story), &json!({ "document_id": foreign })).await.is(404);
    let removal = format!("/api/v1/patients/{}/documents/{own}/removal", story.patient.id);
    mine.post_json(&shows(&story), &json!({ "document_id": own })).await.is(201);
    mine.post_json(&removal, &json!({})).await.is(200);
    let page = theirs.get(&format!("/visits/{}/shown", story.visit)).await.is(200).text();
    assert!(!page.contains("/preview") && !page.contains(">Own<"), "what is removed is not shown any more");
    mine.post_json(&shows(&story), &json!({ "document_id": own })).await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_show_at_once_the_later_ones_stays_and_the_end_of_the_visit_ends_it() {
    let (hospital, story, mine, theirs) = met().await;
    let one = sent(&mine, story.patient, "One", ("a.png", &png())).await;
    let two = sent(&mine, story.patient, "Two", ("b.png", &pdf())).await;
    hospital.doors.work().await;
    for _ in 0..5 {
        let (path, bodies) = (shows(&story), (json!({ "document_id": one }), json!({ "document_id": two })));
        let (a, b) = tokio::join!(mine.post_json(&path, &bodies.0), theirs.post_json(&path, &bodies.1));
        a.is(201);
        b.is(201);
        assert_eq!(hospital.test.count("select count(*) from visit_shows where stopped_at is null").await, 1);
    }
    theirs.post_json(&format!("/api/v1/visits/{}/ending", story.visit), &json!({})).await.is(200);
    assert_eq!(hospital.test.count("select count(*) from visit_shows where stopped_at is null").await, 0);
    mine.post_json(&shows(&story), &json!({ "document_id": one })).await.problem(409, "visit_closed");
    // The visit's record says it, for its two.
    let summary = theirs.get(&format!("/visits/{}/summary", story.visit)).await.is(200).text();
    assert!(summary.contains("showed a document") && summary.contains("One"), "{summary}");
}

#[tokio::test(flavor = "multi_thread")]
async fn open_pages_are_told_how_the_room_is_and_no_word_of_a_document() {
    let (hospital, story, mine, theirs) = met().await;
    let serving = hospital.serve().await;
    let token = hospital.session(story.doctor).await;
    let mut socket = serving.socket(&story.visit, &token, &serving.origin()).await.unwrap();
    let mut room = async |wanted: &dyn Fn(&Value) -> bool| {
        let look = async {
            while let Some(heard) = socket.next().await {
                let text = heard.unwrap().into_text().unwrap();
                let news: Value = serde_json::from_str(&text).unwrap();
                assert!(!text.contains("Blood test"), "{text}");
                if news["type"] == "room" && wanted(&news) {
                    return news;
                }
            }
            panic!("the socket closed")
        };
        tokio::time::timeout(std::time::Duration::from_secs(20), look).await.expect("the room is told")
    };
    room(&|news| news["sharing"].is_null() && news["shown"].is_null()).await;
    let document = sent(&mine, story.patient, "Blood test", ("blood.png", &png())).await;
    hospital.doors.work().await;
    mine.post_json(&shows(&story), &json!({ "document_id": document })).await.is(201);
    let news = room(&|news| !news["shown"].is_null()).await;
    assert_eq!((&news["lines"][0]["kind"], &news["lines"][0]["mine"]), (&json!("document"), &json!(false)));
    let share = format!("/api/v1/visits/{}/screen-share", story.visit);
    mine.post_json(&share, &json!({ "client": "laptop" })).await.is(201);
    let news = room(&|news| !news["sharing"].is_null()).await;
    assert_eq!((&news["sharing"]["role"], &news["sharing"]["mine"]), (&json!("patient"), &json!(false)));
    theirs.post_json(&share, &json!({ "client": "desk", "take_over": true })).await.is(201);
    room(&|news| news["sharing"]["mine"] == json!(true)).await;
}
