//! The record by date: everything in it once, filtered, in pages, for whoever may read it and as far as they may.

use kernel::Timestamp;
use serde_json::{Value, json};
use testkit::Client;

use crate::support::{Hospital, Story, Words, offer, png};

fn path(story: &Story, query: &str) -> String {
    format!("/api/v1/patients/{}/timeline{query}", story.patient.id)
}

async fn items(client: &Client, story: &Story, query: &str) -> Vec<Value> {
    let read = client.get(&path(story, query)).await.is(200).json();
    read["items"].as_array().unwrap().clone()
}

fn kinds(items: &[Value]) -> Vec<&str> {
    let mut kinds: Vec<_> = items.iter().map(|one| one["kind"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// A finished visit with something of every kind in the record.
async fn lived() -> (Hospital, Story) {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    hospital.sign_all(&story, &Words::default()).await;
    let chart = format!("/api/v1/patients/{}", story.patient.id);
    let given = json!({ "code": "03", "given_on": "2020-02-29", "given_by": "The school" });
    mine.post_json(&format!("{chart}/immunizations"), &given).await.is(201);
    let picture = ("left-elbow.png", png());
    mine.post_file(&format!("{chart}/documents"), &[("kind", "photo")], (picture.0, &picture.1)).await.is(201);
    let at = format!("/api/v1/visits/{}/commands", story.visit);
    let letter = theirs.post_json(&at, &json!({ "kind": "certificate", "text": "Was here" })).await.is(201).field("id");
    theirs.post_json(&format!("{at}/{letter}/commitment"), &json!({})).await.is(201);
    (hospital, story)
}

#[tokio::test]
async fn everything_stands_in_it_once_the_newest_first_and_the_log_knows_who_looked() {
    let (hospital, story) = lived().await;
    let mine = hospital.program(story.patient).await;
    let all = items(&mine, &story, "").await;
    let known = ["diagnosis", "document", "immunization", "letter", "measurement", "prescription", "visit"];
    assert_eq!(kinds(&all), known, "{all:#?}");
    let times: Vec<Timestamp> = all.iter().map(|one| one["at"].as_str().unwrap().parse().unwrap()).collect();
    assert!(times.windows(2).all(|pair| pair[0] >= pair[1]), "{times:?}");
    let of = |kind: &str| all.iter().filter(|one| one["kind"] == kind).collect::<Vec<_>>();
    assert_eq!(of("visit")[0]["title"], "Dr Nadia Karim");
    assert_eq!(of("letter")[0]["title"], "Was here");
    assert!(of("immunization")[0]["detail"].as_str().unwrap().contains("2020"), "{all:#?}");
    assert!(of("prescription")[0]["title"].as_str().is_some_and(|title| !title.is_empty()));
    assert_eq!(of("measurement").len(), 1, "of one day: {all:#?}");

    let looked = format!(
        "select count(*) from audit_log where object = 'timeline' and actor = '{}' and purpose = 'own_record'",
        story.patient.id
    );
    assert_eq!(hospital.test.count(&looked).await, 1);
    let page = hospital.browser(story.patient).await;
    assert!(page.get("/record").await.is(200).text().contains("/record/timeline"));
    let page = page.get("/record/timeline").await.is(200).text();
    assert!(page.contains("Was here") && page.contains(&format!("/visits/{}/summary", story.visit)), "{page}");
}

#[tokio::test]
async fn kinds_days_and_words_narrow_it_together_and_the_form_keeps_them() {
    let (hospital, story) = lived().await;
    let mine = hospital.program(story.patient).await;
    assert_eq!(kinds(&items(&mine, &story, "?kind=letter&kind=visit").await), ["letter", "visit"]);
    assert_eq!(kinds(&items(&mine, &story, "?words=was+here").await), ["letter"]);
    assert_eq!(kinds(&items(&mine, &story, "?words=NADIA&kind=visit").await), ["visit"]);
    assert_eq!(kinds(&items(&mine, &story, "?words=left-elbow").await), ["document"]);
    assert!(items(&mine, &story, "?words=unheard+of").await.is_empty());
    assert!(items(&mine, &story, "?until=2020-12-31").await.is_empty());
    assert!(!items(&mine, &story, "?from=2020-01-01&until=2099-12-31").await.is_empty());
    assert!(
        !items(&mine, &story, "?from=soon&kind=weather&cursor=never").await.is_empty(),
        "nonsense is not asked for"
    );
    let page = hospital.browser(story.patient).await;
    let page = page.get("/record/timeline?kind=letter&words=no+such+words&from=2020-01-01").await.is(200).text();
    assert!(page.contains("Nothing fits") && page.contains("value=\"no such words\""), "{page}");
    assert!(page.contains("value=\"letter\" checked") && page.contains("value=\"2020-01-01\""), "{page}");
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap_and_words_are_looked_for_further_back() {
    let (hospital, story) = lived().await;
    let chart = format!("/api/v1/patients/{}", story.patient.id);
    let mine = hospital.program(story.patient).await;
    for n in 0..40 {
        let given = json!({ "code": "03", "given_on": "2020-02-29", "given_by": format!("Room {n}") });
        mine.post_json(&format!("{chart}/immunizations"), &given).await.is(201);
    }
    let (mut seen, mut query, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let read = mine.get(&path(&story, &query)).await.is(200).json();
        seen.extend(read["items"].as_array().unwrap().iter().map(|one| format!("{}{}", one["kind"], one["id"])));
        pages += 1;
        let Some(cursor) = read["next_cursor"].as_str() else { break };
        query = format!("?cursor={cursor}");
    }
    let whole = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((seen.len(), pages), (whole, 2));
    assert!(whole >= 46, "{whole}");
    assert_eq!(items(&mine, &story, "?words=room+39").await.len(), 1);
    let first = hospital.browser(story.patient).await.get("/record/timeline?kind=immunization").await.is(200).text();
    assert!(
        first.contains("?kind=immunization&#38;cursor=") || first.contains("?kind=immunization&cursor="),
        "{first}"
    );
}

#[tokio::test]
async fn only_whoever_may_read_the_record_reads_it_and_nothing_that_is_hidden() {
    let (hospital, story) = lived().await;
    let theirs = hospital.program(story.doctor).await;
    assert!(kinds(&items(&theirs, &story, "").await).contains(&"diagnosis"));
    let page = hospital.browser(story.doctor).await;
    let chart = format!("/doctor/patients/{}", story.patient.id);
    assert!(page.get(&chart).await.is(200).text().contains(&format!("{chart}/timeline")));
    let page = page.get(&format!("{chart}/timeline?kind=diagnosis")).await.is(200).text();
    assert!(page.contains("Amina Rahman") && page.contains("dermatitis"), "{page}");

    let other = hospital.doctor(&offer()).await;
    let stranger = hospital.program(other).await;
    stranger.get(&path(&story, "")).await.is(404);
    hospital.browser(other).await.get(&format!("{chart}/timeline")).await.is(404);
    hospital.program(hospital.patient().await).await.get(&path(&story, "")).await.is(404);

    let mine = hospital.program(story.patient).await;
    let consent = json!({ "doctor_id": other.id });
    mine.post_json(&format!("/api/v1/patients/{}/consents", story.patient.id), &consent).await;
    let hide = hospital.browser(story.patient).await;
    hide.get(&format!("/visits/{}/summary", story.visit)).await.is(200);
    hide.post_form(&format!("/visits/{}/hiding", story.visit), &[]).await.is(303);
    let read = items(&stranger, &story, "").await;
    assert!(!read.is_empty() && !kinds(&read).contains(&"visit") && !kinds(&read).contains(&"letter"), "{read:#?}");
    assert!(kinds(&items(&mine, &story, "").await).contains(&"visit"), "one's own stays");
}
