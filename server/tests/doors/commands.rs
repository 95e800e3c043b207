//! Commands of the note: staged, committed once, folded into what is signed, withdrawn; the papers they issue; whom a referral lets in.

use http::Method;
use serde_json::{Value, json};
use testkit::Client;

use crate::support::{Hospital, Person, Story, Words, offer};

fn path(story: &Story) -> String {
    format!("/api/v1/visits/{}/commands", story.visit)
}

fn sick(hospital_day: &str) -> Value {
    json!({ "kind": "sick_note", "from": hospital_day, "until": hospital_day, "diagnosis": "" })
}

fn refer(to: Person, agreed: bool) -> Value {
    json!({ "kind": "refer", "specialty": "cardiology", "to": to.id, "to_name": "Not this name", "question": "A murmur?",
            "urgency": "urgent", "agreed": agreed })
}

async fn today(hospital: &Hospital) -> String {
    hospital.test.now().await.date_in(&kernel::Zone::utc()).to_string()
}

async fn staged(theirs: &Client, story: &Story, command: &Value) -> String {
    theirs.post_json(&path(story), command).await.is(201).field("id")
}

async fn committed(theirs: &Client, story: &Story, command: &Value) -> Value {
    let id = staged(theirs, story, command).await;
    theirs.post_json(&format!("{}/{id}/commitment", path(story)), &json!({})).await.is(201).json()
}

#[tokio::test]
async fn what_is_staged_does_nothing_and_stands_in_the_way_of_the_signature() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let theirs = hospital.program(story.doctor).await;
    let diagnosis = staged(&theirs, &story, &json!({ "kind": "diagnose", "code": "J00", "on_list": true })).await;
    let advice = staged(&theirs, &story, &json!({ "kind": "instruct", "text": "Keep the elbows dry" })).await;
    assert_eq!(hospital.test.count("select count(*) from problems").await, 1, "the story's own");
    let note = json!({ "assessment": "Eczema", "plan": "Cream" });
    theirs.put_json(&format!("/api/v1/visits/{}/note", story.visit), &note).await.is(200);
    let signature = format!("/api/v1/visits/{}/signature", story.visit);
    let refused = theirs.post_json(&signature, &json!({})).await.is(422).json();
    assert_eq!(refused["errors"][0]["field"], "commands", "{refused}");

    theirs.post_json(&format!("{}/{diagnosis}/commitment", path(&story)), &json!({})).await.is(201);
    theirs.post_json(&signature, &json!({})).await.is(422);
    theirs.delete(&format!("{}/{advice}", path(&story))).await.is(204);
    theirs.delete(&format!("{}/{advice}", path(&story))).await.is(404);
    theirs.post_json(&signature, &json!({})).await.is(201);
    let mine = hospital.program(story.patient).await;
    let summary = mine.get(&format!("/api/v1/visits/{}/summary", story.visit)).await.is(200).json();
    assert_eq!(summary["diagnoses"][0]["code"], "J00", "the note took it in, and its signature fits");
    assert_eq!(summary["plan"], "Cream");
    assert_eq!(hospital.test.count("select count(*) from problems where status = 'active'").await, 2);
}

#[tokio::test]
async fn a_signed_note_takes_papers_and_nothing_else_and_the_patient_is_told_once() {
    let hospital = Hospital::open().await;
    let story = hospital.told(&Words::default()).await;
    let theirs = hospital.program(story.doctor).await;
    for late in [
        json!({ "kind": "diagnose", "code": "J00" }),
        json!({ "kind": "instruct", "text": "Rest" }),
        json!({ "kind": "follow_up", "on": "2100-01-01" }),
    ] {
        theirs.post_json(&path(&story), &late).await.problem(409, "illegal_transition");
    }
    let paper = committed(&theirs, &story, &sick(&today(&hospital).await)).await;
    let again = format!("{}/{}/commitment", path(&story), paper["id"].as_str().unwrap());
    assert_eq!(theirs.post_json(&again, &json!({})).await.is(201).json()["verify_code"], paper["verify_code"]);
    hospital.doors.work().await;
    assert_eq!(hospital.test.count("select count(*) from notices where event_key like 'paper:%'").await, 1);
    let mine = hospital.browser(story.patient).await;
    let listed = mine.get("/letters").await.is(200).text();
    assert!(listed.contains(&format!("/letters/{}.pdf", paper["id"].as_str().unwrap())), "{listed}");
    let file = mine.get(&format!("/letters/{}.pdf", paper["id"].as_str().unwrap())).await.is(200);
    assert!(file.text().starts_with("%PDF-1."), "a paper");
}

#[tokio::test]
async fn eight_commitments_at_once_are_one() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let theirs = hospital.program(story.doctor).await;
    let id = staged(&theirs, &story, &json!({ "kind": "diagnose", "code": "J00", "on_list": true })).await;
    let at = format!("{}/{id}/commitment", path(&story));
    let nothing = json!({});
    let all = futures::future::join_all((0..8).map(|_| theirs.post_json(&at, &nothing))).await;
    let times: std::collections::BTreeSet<_> =
        all.into_iter().map(|answer| answer.is(201).json()["committed_at"].to_string()).collect();
    assert_eq!(times.len(), 1, "{times:?}");
    assert_eq!(hospital.test.count("select count(*) from problems where status = 'active'").await, 2);
    let trail = "select count(*) from audit_log where action = 'committed' and object = 'visit_command'";
    assert_eq!(hospital.test.count(trail).await, 1);
}

#[tokio::test]
async fn two_windows_do_not_overwrite_each_other() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let theirs = hospital.program(story.doctor).await;
    let id = staged(&theirs, &story, &json!({ "kind": "certificate", "text": "First" })).await;
    let at = format!("{}/{id}", path(&story));
    let change =
        |version: i32, text: &str| json!({ "version": version, "command": { "kind": "certificate", "text": text } });
    assert_eq!(theirs.put_json(&at, &change(1, "Second")).await.is(200).json()["version"], 2);
    assert_eq!(theirs.put_json(&at, &change(1, "Third")).await.problem(409, "stale_version")["version"], 2);
    let other = json!({ "version": 2, "command": { "kind": "instruct", "text": "Third" } });
    theirs.put_json(&at, &other).await.is(422);
    theirs.post_json(&format!("{at}/commitment"), &json!({})).await.is(201);
    theirs.put_json(&at, &change(3, "Fourth")).await.problem(409, "illegal_transition");
    theirs.delete(&at).await.problem(409, "illegal_transition");
    for _ in 1..30 {
        staged(&theirs, &story, &json!({ "kind": "certificate", "text": "Another" })).await;
    }
    let one_more = json!({ "kind": "certificate", "text": "One too many" });
    theirs.post_json(&path(&story), &one_more).await.problem(409, "too_many_commands");
}

#[tokio::test]
async fn nobody_changes_a_committed_command_unnoticed() {
    let hospital = Hospital::open().await;
    let story = hospital.told(&Words::default()).await;
    let theirs = hospital.program(story.doctor).await;
    let first = committed(&theirs, &story, &json!({ "kind": "certificate", "text": "Was here" })).await;
    let second = committed(&theirs, &story, &json!({ "kind": "certificate", "text": "Was not here" })).await;
    let (one, other) = (first["id"].as_str().unwrap(), second["id"].as_str().unwrap());
    let check = format!("/papers/{}", first["verify_code"].as_str().unwrap());
    let visitor = hospital.doors.visitor();
    assert!(visitor.get(&check).await.is(200).text().contains("This paper stands"));
    let exchanged = format!(
        "update visit_commands a set content_sealed = b.content_sealed from visit_commands b where a.id = '{one}' and b.id = '{other}'"
    );
    let later = format!("update visit_commands set committed_at = committed_at + interval '1 day' where id = '{one}'");
    for trick in [&later, &exchanged] {
        let guarded = hospital.test.refusal(trick).await;
        assert!(guarded.contains("does not change"), "{guarded}");
        hospital
            .test
            .force(&format!(
                "alter table visit_commands disable trigger all; {trick}; alter table visit_commands enable trigger all"
            ))
            .await;
        assert!(visitor.get(&check).await.is(200).text().contains("This paper was altered"), "{trick}");
        let mine = hospital.browser(story.patient).await;
        assert_eq!(mine.get(&format!("/letters/{one}.pdf")).await.status, 500, "{trick}");
    }
    let gone = hospital.test.refusal(&format!("delete from visit_commands where id = '{other}'")).await;
    assert!(gone.contains("stays"), "{gone}");
}

#[tokio::test]
async fn the_public_page_tells_that_a_paper_stands_and_nothing_of_an_illness() {
    let hospital = Hospital::open().await;
    let story = hospital.told(&Words::default()).await;
    let theirs = hospital.program(story.doctor).await;
    let day = today(&hospital).await;
    let note = json!({ "kind": "sick_note", "from": day, "until": day, "capacity": "limited", "text": "No lifting", "diagnosis": "Backache" });
    let paper = committed(&theirs, &story, &note).await;
    let (id, code) = (paper["id"].as_str().unwrap(), paper["verify_code"].as_str().unwrap());
    let visitor = hospital.doors.visitor();
    let page = visitor.get(&format!("/papers/{code}")).await.is(200).text();
    assert!(page.contains("This paper stands") && page.contains("A. R."), "{page}");
    assert!(!page.contains("Backache") && !page.contains("lifting") && !page.contains("Amina Rahman"), "{page}");
    // Typed in on the page of prescriptions, by whoever knows only that one.
    assert_eq!(visitor.get(&format!("/verify/{code}")).await.is(303).location(), format!("/papers/{code}"));
    let withdrawal = format!("{}/{id}/withdrawal", path(&story));
    theirs.post_json(&withdrawal, &json!({ "reason": " " })).await.is(422);
    theirs.post_json(&withdrawal, &json!({ "reason": "The wrong patient" })).await.is(201);
    theirs.post_json(&withdrawal, &json!({ "reason": "The wrong patient" })).await.problem(409, "illegal_transition");
    let page = visitor.get(&format!("/papers/{code}")).await.is(200).text();
    assert!(page.contains("This paper was withdrawn") && !page.contains("wrong patient"), "{page}");
    visitor.get("/papers/00000000000000000000").await.is(404);
}

/// An open visit, and then the present again: what a link opens, the database judges by its own clock.
async fn met_now(hospital: &Hospital) -> Story {
    let began = hospital.test.now().await;
    let story = hospital.met(&Words::default()).await;
    let passed = hospital.test.now().await.minutes_since(began);
    hospital.test.pass_minutes(-passed);
    story
}

#[tokio::test]
async fn a_referral_opens_the_record_where_the_patient_agreed_and_closes_it_at_once() {
    let hospital = Hospital::open().await;
    let story = met_now(&hospital).await;
    let (theirs, other) = (hospital.program(story.doctor).await, hospital.doctor(&offer()).await);
    let colleague = hospital.program(other).await;
    let chart = format!("/api/v1/patients/{}/allergies", story.patient.id);
    let to_me = async || colleague.get("/api/v1/referrals").await.is(200).json()["items"].clone();

    let asked = committed(&theirs, &story, &refer(other, false)).await;
    assert_eq!(asked["command"]["to_name"], "Dr Nadia Karim", "the colleague's own name");
    colleague.get(&chart).await.is(404);
    assert_eq!(to_me().await, json!([]), "not agreed");

    let agreed = committed(&theirs, &story, &refer(other, true)).await;
    colleague.get(&chart).await.is(200);
    assert_eq!(to_me().await[0]["step"], "sent");
    assert_eq!(to_me().await[0]["command"]["question"], "A murmur?");
    let id = agreed["id"].as_str().unwrap();
    assert!(colleague.get(&format!("/letters/{id}.pdf")).await.is(200).text().starts_with("%PDF"));
    let stranger = hospital.program(hospital.doctor(&offer()).await).await;
    stranger.get(&format!("/letters/{id}.pdf")).await.is(404);

    let withdrawal = format!("{}/{id}/withdrawal", path(&story));
    theirs.post_json(&withdrawal, &json!({ "reason": "Seen elsewhere" })).await.is(201);
    colleague.get(&chart).await.is(404);
    colleague.get(&format!("/letters/{id}.pdf")).await.is(404);
    assert_eq!(to_me().await, json!([]));
    theirs.post_json(&path(&story), &refer(story.doctor, true)).await.is(422);
}

#[tokio::test]
async fn the_patient_closes_what_a_referral_opened_and_its_author_hears_only_the_step() {
    let hospital = Hospital::open().await;
    let story = met_now(&hospital).await;
    let (theirs, other) = (hospital.program(story.doctor).await, hospital.doctor(&offer()).await);
    committed(&theirs, &story, &refer(other, true)).await;
    hospital.doors.work().await;
    let told =
        format!("select count(*) from notices where account_id = '{}' and kind = 'consultations.referral'", other.id);
    assert_eq!(hospital.test.count(&told).await, 1);
    let mine = hospital.program(story.patient).await;
    let by_me = async || theirs.get("/api/v1/referrals?by=me").await.is(200).json()["items"][0]["step"].clone();
    assert_eq!(by_me().await, "sent");
    let wish = json!({ "doctor_id": other.id, "starts_at": hospital.at("18:00"), "mode": "video" });
    let appointment = mine.post_json("/api/v1/appointments", &wish).await.is(201).field("id");
    assert_eq!(by_me().await, "sent", "held is not booked");
    hospital.pay(&mine, &appointment).await;
    assert_eq!(by_me().await, "booked");
    let page = hospital.browser(story.doctor).await.get("/doctor/referrals?by=me").await.is(200).text();
    assert!(page.contains("Booked") && !page.contains(&appointment), "{page}");

    let chart = format!("/api/v1/patients/{}/allergies", story.patient.id);
    let colleague = hospital.program(other).await;
    colleague.get(&chart).await.is(200);
    let revocation = format!("/api/v1/patients/{}/consents/{}/revocation", story.patient.id, other.id);
    mine.post_json(&revocation, &json!({})).await.is(200);
    colleague.get(&chart).await.is(404);
    assert_eq!(colleague.get("/api/v1/referrals").await.is(200).json()["items"], json!([]));
}

#[tokio::test]
async fn whoever_may_no_longer_read_opens_the_record_to_nobody_and_nothing_opens_what_the_patient_closed() {
    let hospital = Hospital::open().await;
    let story = met_now(&hospital).await;
    let (theirs, other) = (hospital.program(story.doctor).await, hospital.doctor(&offer()).await);
    let (mine, colleague) = (hospital.program(story.patient).await, hospital.program(other).await);
    let chart = format!("/api/v1/patients/{}/allergies", story.patient.id);
    let close_to = async |doctor: Person| {
        let path = format!("/api/v1/patients/{}/consents/{}/revocation", story.patient.id, doctor.id);
        mine.post_json(&path, &json!({})).await.is(200);
    };
    committed(&theirs, &story, &refer(other, true)).await;
    colleague.get(&chart).await.is(200);
    close_to(other).await;
    committed(&theirs, &story, &refer(other, true)).await;
    colleague.get(&chart).await.is(404);

    close_to(story.doctor).await;
    let third = hospital.doctor(&offer()).await;
    let id = staged(&theirs, &story, &refer(third, true)).await;
    let refused = theirs.post_json(&format!("{}/{id}/commitment", path(&story)), &json!({})).await.is(422).json();
    assert_eq!(refused["errors"][0]["field"], "agreed", "{refused}");
    hospital.program(third).await.get(&chart).await.is(404);
    assert_eq!(hospital.test.count("select count(*) from care_links where source_kind = 'referral'").await, 2);
}

#[tokio::test]
async fn what_was_changed_or_has_grown_old_since_it_was_read_is_not_committed() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let theirs = hospital.program(story.doctor).await;
    let id = staged(&theirs, &story, &sick(&today(&hospital).await)).await;
    let at = format!("{}/{id}/commitment", path(&story));
    theirs.post_json(&at, &json!({ "version": 2 })).await.problem(409, "stale_version");
    hospital.test.pass_minutes(10 * 24 * 60);
    let later = hospital.program(story.doctor).await;
    let refused = later.post_json(&at, &json!({ "version": 1 })).await.is(422).json();
    assert_eq!(refused["errors"][0]["field"], "from", "{refused}");
    let far = json!({ "kind": "sick_note", "from": "2099-01-01", "until": "2099-01-02" });
    later.post_json(&path(&story), &far).await.is(422);
}

#[tokio::test]
async fn only_its_doctor_stages_commits_and_withdraws() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let theirs = hospital.program(story.doctor).await;
    let id = staged(&theirs, &story, &json!({ "kind": "certificate", "text": "Was here" })).await;
    let mine = hospital.program(story.patient).await;
    mine.get(&format!("/letters/{id}.pdf")).await.is(404);
    mine.get(&path(&story)).await.is(403);
    let stranger = hospital.program(hospital.doctor(&offer()).await).await;
    for (method, at, body) in [
        (Method::GET, path(&story), None),
        (Method::POST, path(&story), Some(json!({ "kind": "certificate", "text": "Mine" }))),
        (Method::POST, format!("{}/{id}/commitment", path(&story)), Some(json!({}))),
        (Method::POST, format!("{}/{id}/withdrawal", path(&story)), Some(json!({ "reason": "Mine" }))),
        (Method::DELETE, format!("{}/{id}", path(&story)), None),
    ] {
        let body = body.map(|body| ("application/json", body.to_string().into_bytes()));
        assert_eq!(stranger.ask(method, &at, body).await.status, 404, "{at}");
    }
    let kept = "select count(*) from visit_commands where status = 'staged'";
    assert_eq!(hospital.test.count(kept).await, 1);
}

#[tokio::test]
async fn the_form_keeps_what_was_typed_finds_colleagues_and_commits() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let other = hospital.doctor(&offer()).await;
    let browser = hospital.browser(story.doctor).await;
    let at = format!("/visits/{}/commands", story.visit);
    assert!(browser.get(&at).await.is(200).text().contains("Type a slash"));
    assert!(browser.get(&format!("{at}?new=%2Fsick%20note")).await.is(200).text().contains("name=\"until\""));
    assert!(browser.get(&format!("{at}?new=cough")).await.is(200).text().contains("There is no command “cough”"));
    let find = [("kind", "refer"), ("specialty", "dermatology"), ("question", "Typed & kept"), ("action", "find")];
    let found = browser.post_form(&at, &find).await.is(200).text();
    assert!(found.contains(&other.id.to_string()) && found.contains("Typed &#38; kept"), "{found}");
    assert!(!found.contains(&format!("value=\"{}\"", story.doctor.id)), "not oneself");
    let none = [("kind", "refer"), ("question", "Typed & kept"), ("action", "commit")];
    let again = browser.post_form(&at, &none).await.is(422).text();
    assert!(again.contains("Typed &#38; kept") && again.contains("Choose the specialty"), "{again}");
    let wrong = [("kind", "sick_note"), ("from", "now"), ("until", "2100-01-01"), ("diagnosis", "Typed & kept")];
    assert!(browser.post_form(&at, &wrong).await.is(422).text().contains("Typed &#38; kept"));
    let code = [("kind", "diagnose"), ("icd10", "nonsense"), ("action", "commit")];
    assert!(browser.post_form(&at, &code).await.is(422).text().contains("id=\"icd10-error\""));
    let id = other.id.to_string();
    let whole = [
        ("kind", "refer"),
        ("specialty", "dermatology"),
        ("to", id.as_str()),
        ("question", "Patch test?"),
        ("agreed", "on"),
        ("action", "commit"),
    ];
    assert_eq!(browser.post_form(&at, &whole).await.is(303).location(), at);
    browser.post_form(&at, &[("kind", "instruct"), ("text", "Rest"), ("action", "stage")]).await.is(303);
    browser.post_form(&at, &[("kind", "follow_up"), ("on", "2100-01-01"), ("action", "stage")]).await.is(303);
    assert!(browser.get(&at).await.is(200).text().contains("Commit all 2 staged commands"));
    browser.post_form(&format!("{at}/commitment"), &[]).await.is(303);
    assert_eq!(hospital.test.count("select count(*) from visit_commands where status = 'committed'").await, 3);
    let checklist = browser.get(&format!("/visits/{}/checklist", story.visit)).await.is(200).text();
    assert_eq!(checklist.matches("data-done=\"true\"").count(), 2, "plan and follow-up: {checklist}");
}
