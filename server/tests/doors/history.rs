//! Family and social history: written by the patient and the treating doctor, every version kept, taken back with a reason.

use serde_json::{Value, json};

use crate::support::{Hospital, Story, Words, offer};

fn path(story: &Story, section: &str) -> String {
    format!("/api/v1/patients/{}/{section}", story.patient.id)
}

fn mother() -> Value {
    json!({ "relationship": "MTH", "condition": "Breast cancer", "code": "C50.919", "age_at_onset": 44, "deceased": "yes",
            "age_at_death": 51, "cause_of_death": "The cancer" })
}

fn tobacco(status: &str) -> Value {
    json!({ "topic": "tobacco", "status": status, "packs_per_day": 0.75, "years": 30.0 })
}

fn states(list: &Value) -> Vec<&str> {
    list["entries"].as_array().unwrap().iter().map(|entry| entry["status"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn both_write_family_history_and_every_version_stays_readable() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    let family = path(&story, "family-history");
    let none = format!("{family}/none-known");
    mine.post_json(&none, &json!({})).await.is(200);
    let first = mine.post_json(&family, &mother()).await.is(201).field("id");
    theirs.post_json(&none, &json!({})).await.problem(409, "family_listed");
    let mut later = mother();
    later["age_at_onset"] = json!(46);
    let second = theirs.post_json(&format!("{family}/{first}/versions"), &later).await.is(201).field("id");
    mine.post_json(&format!("{family}/{first}/versions"), &mother()).await.problem(409, "illegal_transition");
    mine.post_json(&format!("{family}/{second}/versions"), &mother()).await.is(403);
    let read = mine.get(&family).await.is(200).json();
    assert_eq!(states(&read), ["current", "replaced", "replaced"], "{read}");
    let newest = &read["entries"][0];
    assert_eq!((&newest["author"], &newest["replaces"]), (&json!("Dr Nadia Karim"), &json!(first)), "{read}");
    assert_eq!(read["entries"][1]["content"]["age_at_onset"], 44);
    let back = format!("{family}/{second}/withdrawal");
    theirs.post_json(&back, &json!({ "reason": " " })).await.is(422);
    mine.post_json(&back, &json!({ "reason": "Not hers" })).await.is(403);
    let read = theirs.post_json(&back, &json!({ "reason": "Another patient's" })).await.is(200).json();
    assert_eq!(states(&read), ["entered_in_error", "replaced", "replaced"]);
    assert_eq!(read["entries"][0]["reason"], "Another patient's");
    theirs.post_json(&back, &json!({ "reason": "Again" })).await.problem(409, "illegal_transition");
    let clear = "select count(*) from history_entries where position('cancer'::bytea in content_sealed) > 0
                 or position('Another'::bytea in reason_sealed) > 0";
    assert_eq!(hospital.test.count(clear).await, 0);
    let rows = "select action || ' ' || object from audit_log where object = 'family_history' and action <> 'read' order by at, seq";
    let rows = hospital.test.texts(rows).await;
    assert_eq!(rows.iter().filter(|row| *row == "write family_history").count(), 3, "{rows:?}");
    assert_eq!(rows.iter().filter(|row| *row == "replace family_history").count(), 2, "{rows:?}");
    assert_eq!(rows.last().map(String::as_str), Some("withdraw family_history"), "{rows:?}");
}

#[tokio::test]
async fn social_history_has_one_answer_a_topic_and_its_scores_are_worked_out() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    let social = path(&story, "social-history");
    let (never, current) = (tobacco("never"), tobacco("current"));
    let (one, other) = tokio::join!(mine.post_json(&social, &never), theirs.post_json(&social, &current));
    one.is(201);
    other.is(201);
    let read = mine.get(&social).await.is(200).json();
    assert_eq!(states(&read), ["current", "replaced"], "one stands, whoever came last: {read}");
    theirs.post_json(&social, &current).await.is(201);
    let alcohol = json!({ "topic": "alcohol", "how_often": 2, "how_many": 1, "six_or_more": 1 });
    mine.post_json(&social, &alcohol).await.is(201);
    let read = theirs.get(&social).await.is(200).json();
    assert_eq!((&read["pack_years"], &read["audit_c"]["score"]), (&json!(22.5), &json!(4)), "{read}");
    assert_eq!(read["audit_c"]["positive"], true);
    let wrong = json!({ "topic": "alcohol", "how_often": 9, "how_many": 0, "six_or_more": 0 });
    let refused = mine.post_json(&social, &wrong).await.is(422).json();
    assert_eq!(refused["errors"][0]["field"], "how_often");
    // The patient does not take back what the doctor wrote, and may answer anew.
    let by_doctor = read["entries"].as_array().unwrap().iter().find(|entry| entry["by_clinician"] == true).unwrap();
    let back = format!("{social}/{}/withdrawal", by_doctor["id"].as_str().unwrap());
    mine.post_json(&back, &json!({ "reason": "Not so" })).await.is(403);
    mine.post_json(&social, &tobacco("former")).await.is(201);
    let standing = "select count(*) from history_entries where slot = 'tobacco' and status = 'current'";
    assert_eq!(hospital.test.count(standing).await, 1);
}

#[tokio::test]
async fn a_stranger_finds_nothing_a_consent_reads_only_and_a_guardian_writes_for_a_child() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let mine = hospital.program(story.patient).await;
    let other = hospital.doctor(&offer()).await;
    let theirs = hospital.program(other).await;
    let (family, social) = (path(&story, "family-history"), path(&story, "social-history"));
    mine.post_json(&family, &mother()).await.is(201);
    for path in [&family, &social] {
        theirs.get(path).await.is(404);
    }
    theirs.post_json(&family, &mother()).await.is(404);
    theirs.get(&format!("/doctor/patients/{}/family-history", story.patient.id)).await.is(404);
    let consents = format!("/api/v1/patients/{}/consents", story.patient.id);
    mine.post_json(&consents, &json!({ "doctor_id": other.id })).await.is(201);
    theirs.get(&family).await.is(200);
    theirs.post_json(&family, &mother()).await.is(403);
    theirs.post_json(&social, &tobacco("never")).await.is(403);
    mine.post_json(&format!("{consents}/{}/revocation", other.id), &json!({})).await.is(200);
    theirs.get(&family).await.is(404);
    let born = hospital.test.now().await.date_in(&kernel::Zone::utc()).plus_days(-5 * 365 - 100);
    let child = json!({ "full_name": "Ayaan Rahman", "birth_date": born, "relation": "parent" });
    let child = mine.post_json("/api/v1/dependants", &child).await.is(201).field("patient_id");
    let family = format!("/api/v1/patients/{child}/family-history");
    mine.post_json(&family, &mother()).await.is(201);
    hospital.program(hospital.patient().await).await.get(&family).await.is(404);
}

#[tokio::test]
async fn pages_look_for_a_code_keep_what_was_typed_and_show_versions() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let browser = hospital.browser(story.patient).await;
    let chart = browser.get("/record").await.is(200).text();
    assert!(chart.contains("/record/family-history") && chart.contains("/record/social-history"));
    browser.get("/record/family-history").await.is(200);
    let typed = [("relationship", "FTH"), ("condition", "heart attack"), ("step", "find")];
    let found = browser.post_form("/record/family-history", &typed).await.is(200).text();
    assert!(found.contains("unspecified (I21.9)") && found.contains("heart attack"), "{found}");
    assert_eq!(hospital.test.count("select count(*) from history_entries").await, 0, "looking saves nothing");
    let typed = [("relationship", "FTH"), ("condition", "Gout & pain"), ("age_at_onset", "old")];
    let again = browser.post_form("/record/family-history", &typed).await.is(422).text();
    assert!(again.contains("Gout &#38; pain") && again.contains("Enter an age from 0 to 120"), "{again}");
    let typed = [("relationship", "FTH"), ("condition", "Gout"), ("age_at_onset", "50")];
    browser.post_form("/record/family-history", &typed).await.is(303);
    let page = browser.get("/record/family-history").await.is(200).text();
    assert!(page.contains("Father: Gout"), "{page}");
    browser.get("/record/social-history/tobacco").await.is(200);
    let typed = [("status", ""), ("packs_per_day", "half")];
    let again = browser.post_form("/record/social-history/tobacco", &typed).await.is(422).text();
    assert!(again.contains("Choose an answer.") && again.contains("value=\"half\""), "{again}");
    for status in ["current", "former"] {
        let typed = [("status", status), ("packs_per_day", "1,5"), ("years", "10")];
        browser.post_form("/record/social-history/tobacco", &typed).await.is(303);
    }
    let page = browser.get("/record/social-history/tobacco").await.is(200).text();
    assert!(page.contains("15 pack-years") && page.contains("Replaced"), "{page}");
    browser.get("/record/social-history/astrology").await.is(404);
    let id =
        hospital.test.texts("select id::text from history_entries where slot = 'tobacco' and status = 'current'").await;
    let back = format!("/record/social-history/tobacco/{}/withdrawal", id[0]);
    let again = browser.post_form(&back, &[("reason", "")]).await.is(422).text();
    assert!(again.contains("Say why the entry is wrong"), "{again}");
    browser.post_form(&back, &[("reason", "I never smoked")]).await.is(303);
    let doctor = hospital.browser(story.doctor).await;
    let page =
        doctor.get(&format!("/doctor/patients/{}/social-history/tobacco", story.patient.id)).await.is(200).text();
    assert!(page.contains("I never smoked") && page.contains("Entered in error"), "{page}");
    let chart = doctor.get(&format!("/doctor/patients/{}", story.patient.id)).await.is(200).text();
    assert!(chart.contains("Father: Gout"), "{chart}");
}
