//! Measurements over time: who sees them, what is refused and what is asked about, units, periods, and many values.

use std::{fmt::Write as _, time::Instant};

use serde_json::{Value, json};
use vault::At;

use crate::support::{Hospital, Story, Words, offer};

fn api(story: &Story) -> String {
    format!("/api/v1/patients/{}/vitals", story.patient.id)
}

fn taken(signs: Value, at: kernel::Timestamp) -> Value {
    json!({ "signs": signs, "taken_at": at })
}

#[tokio::test]
async fn the_charts_show_each_measure_with_its_range_and_a_table_beside_it() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let mine = hospital.program(story.patient).await;
    let now = hospital.test.now().await;
    for (days, signs) in [
        (400, json!({ "height": 170.0 })),
        (20, json!({ "systolic": 118.0, "diastolic": 76.0, "weight": 80.0 })),
        (2, json!({ "systolic": 152.0, "diastolic": 96.0, "glucose": 5.5 })),
    ] {
        mine.post_json(&api(&story), &taken(signs, now.plus_days(-days))).await.is(201);
    }
    let browser = hospital.browser(story.patient).await;
    let page = browser.get("/record/vitals").await.is(200).text();
    for part in [
        "152/96 mmHg",
        "27.7 kg/m²",
        "class=\"chart-high\"",
        "class=\"chart-band\"",
        "90–119 / 60–79 mmHg",
        "2025 AHA/ACC",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(page.contains("title=\"Above the usual range\">H<"), "the table says it in a letter: {page}");
    assert!(!page.contains("170 cm"), "measured more than a year ago");
    let all = browser.get("/record/vitals?period=all").await.is(200).text();
    assert!(all.contains("170 cm"));
    let month = browser.get("/record/vitals?period=30d&page=99").await.is(200).text();
    assert!(month.contains("152/96"), "a page that is not there is the last one");
    let theirs = hospital.browser(story.doctor).await;
    let base = format!("/doctor/patients/{}/vitals", story.patient.id);
    assert!(theirs.get(&base).await.is(200).text().contains("152/96 mmHg"));
    let chart = theirs.get(&format!("/doctor/patients/{}", story.patient.id)).await.is(200).text();
    assert!(chart.contains(&base) && browser.get("/record").await.text().contains("/record/vitals"));
    let room = theirs.get(&format!("/visits/{}", story.visit)).await.is(200).text();
    assert!(room.contains(&base), "the workspace leads there");
    let stranger = hospital.browser(hospital.doctor(&offer()).await).await;
    stranger.get(&base).await.is(404);
    stranger.get(&format!("{base}/new")).await.is(404);
}

#[tokio::test]
async fn what_is_impossible_is_refused_and_what_is_unusual_is_asked_about() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let mine = hospital.program(story.patient).await;
    let (impossible, unusual) = (json!({ "signs": { "pulse": 900.0 } }), json!({ "signs": { "pulse": 190.0 } }));
    mine.post_json(&api(&story), &impossible).await.is(422);
    let refused = mine.post_json(&api(&story), &unusual).await.is(422).json();
    assert_eq!(refused["errors"][0]["field"], "pulse");
    let confirmed = json!({ "signs": { "pulse": 190.0 }, "confirmed": true });
    mine.post_json(&api(&story), &confirmed).await.is(201);
    let mut impossible = impossible;
    impossible["confirmed"] = json!(true);
    mine.post_json(&api(&story), &impossible).await.is(422);

    let browser = hospital.browser(story.patient).await;
    browser.get("/record/vitals/new").await.is(200);
    let typed = [("pulse", "39"), ("temperature", "36.8")];
    let asked = browser.post_form("/record/vitals", &typed).await.is(422).text();
    assert!(asked.contains("name=\"confirmed\"") && asked.contains("value=\"36.8\""), "{asked}");
    let typed = [("pulse", "39"), ("temperature", "36.8"), ("confirmed", "on")];
    browser.post_form("/record/vitals", &typed).await.is(303);
    let both = [("pulse", "999"), ("temperature", "41")];
    let refused = browser.post_form("/record/vitals", &both).await.is(422).text();
    assert!(!refused.contains("name=\"confirmed\""), "nothing to confirm while something is impossible");
}

#[tokio::test]
async fn units_are_kept_per_person_and_a_form_is_read_in_the_units_it_was_shown_in() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let browser = hospital.browser(story.patient).await;
    browser.get("/record/vitals").await.is(200);
    let chosen = [("temperature", "[degF]"), ("weight", "[lb_av]"), ("height", "[in_i]"), ("glucose", "mg/dL")];
    browser.post_form("/record/vitals/units", &chosen).await.is(303);
    let form = browser.get("/record/vitals/new").await.is(200).text();
    assert!(form.contains("°F") && form.contains("[degF] [lb_av] [in_i] mg/dL"), "{form}");
    let typed =
        [("units", "[degF] [lb_av] [in_i] mg/dL"), ("temperature", "98.6"), ("weight", "154"), ("glucose", "99")];
    browser.post_form("/record/vitals", &typed).await.is(303);
    let kept = hospital.program(story.patient).await.get(&api(&story)).await.is(200).json();
    let signs = &kept["items"][0]["signs"];
    assert_eq!(
        (&signs["temperature"], &signs["weight"], &signs["glucose"]),
        (&json!(37.0), &json!(69.85), &json!(5.5))
    );
    let page = browser.get("/record/vitals").await.is(200).text();
    assert!(page.contains("98.6 °F") && page.contains("154 lb") && page.contains("99.1 mg/dL"), "{page}");
    let doctor = hospital.browser(story.doctor).await;
    let theirs = doctor.get(&format!("/doctor/patients/{}/vitals", story.patient.id)).await.is(200).text();
    assert!(theirs.contains("37 °C") && theirs.contains("69.8 kg"), "{theirs}");
}

#[tokio::test]
async fn five_thousand_values_are_drawn_thinned_and_said_to_be_and_the_table_is_paged() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let patient = kernel::ids::PatientId::from_uuid(story.patient.id);
    let now = hospital.test.now().await;
    let mut tx = hospital.test.system().await;
    let mut rows = String::new();
    for n in 0..5000_u32 {
        let id = tx.id::<kernel::ids::VitalsId>();
        let pulse = if n == 2500 { 171.0 } else { 60.0 + f64::from(n % 30) };
        let at = At::new("vitals", "content_sealed", id.uuid());
        let sealed = hospital.vault.seal_json(&mut tx, patient, at, &json!({ "pulse": pulse })).await.unwrap();
        let _ = write!(
            rows,
            "{}('{id}', '{patient}', 'recorded', '\\x{}', '{}', 'patient', to_timestamp({}))",
            if n == 0 { "" } else { "," },
            hex::encode(sealed),
            story.patient.id,
            now.plus_minutes(-i64::from(n) * 100).micros() / 1_000_000
        );
    }
    tx.commit().await.unwrap();
    let insert =
        "insert into vitals (id, patient_id, status, content_sealed, recorded_by, recorded_role, taken_at) values ";
    hospital.test.force(&format!("{insert}{rows}")).await;
    let browser = hospital.browser(story.patient).await;
    browser.get("/record/vitals").await.is(200);
    let began = Instant::now();
    let page = browser.get("/record/vitals").await.is(200).text();
    let took = began.elapsed();
    assert!(page.contains("are too many for one drawing"), "{page}");
    assert!(page.contains("Sets 1 to 50 of 5,001"), "{page}");
    assert_eq!(page.matches("class=\"chart-high\"").count(), 1, "the one that lies outside is drawn");
    assert!(page.len() < 200_000, "{} bytes", page.len());
    // An unoptimised program on a machine with much else to do; it takes a fraction of this.
    assert!(took.as_secs() < 5, "{took:?}");
    let second = browser.get("/record/vitals?page=2").await.is(200).text();
    assert!(second.contains("Sets 51 to 100 of 5,001"), "{second}");
}
