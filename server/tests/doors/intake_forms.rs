//! Answers before a visit: who answers and reads, drafts and versions, conditions, red flags, what the doctor accepts.

use kernel::Timestamp;
use serde_json::{Value, json};
use testkit::Client;

use crate::support::{Hospital, Person, Words, offer};

struct Booked {
    patient: Person,
    doctor: Person,
    appointment: String,
    starts_at: Timestamp,
}

async fn booked(hospital: &Hospital) -> Booked {
    let (patient, doctor, appointment, starts_at) = hospital.confirmed("10:00", &Words::default()).await;
    Booked { patient, doctor, appointment, starts_at }
}

impl Booked {
    fn api(&self) -> String {
        format!("/api/v1/appointments/{}/intake", self.appointment)
    }

    fn page(&self) -> String {
        format!("/appointments/{}/intake", self.appointment)
    }

    /// The visit begins.
    async fn admitted(&self, hospital: &Hospital) -> String {
        hospital.wait_until(2, self.starts_at).await;
        let (mine, theirs) = (hospital.program(self.patient).await, hospital.program(self.doctor).await);
        let at = format!("/api/v1/appointments/{}", self.appointment);
        mine.post_json(&format!("{at}/arrival"), &json!({})).await.is(200);
        theirs.post_json(&format!("{at}/visit"), &json!({})).await.is(201).field("visit_id")
    }
}

/// A whole answer to the form of dermatology.
fn skin(revision: i64, more: Value) -> Value {
    let mut answers = json!({
        "chest_pain": ["no"], "breath": ["no"], "main": ["An itching rash"], "where": ["arms", "legs"], "since": ["weeks"],
        "blisters": ["no"],
    });
    answers.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({ "form": "dermatology", "form_version": 1, "revision": revision, "answers": answers })
}

async fn send(client: &Client, booked: &Booked, body: &Value) -> testkit::Answer {
    client.post_json(&format!("{}/submission", booked.api()), body).await
}

#[tokio::test]
async fn answers_are_filled_in_drafted_sent_and_kept_in_every_version() {
    let hospital = Hospital::open().await;
    let booked = booked(&hospital).await;
    let mine = hospital.program(booked.patient).await;
    let chart = format!("/api/v1/patients/{}", booked.patient.id);
    mine.post_json(&format!("{chart}/allergies"), &json!({ "substance": "Peanuts" })).await.is(201);
    mine.post_json(&format!("{chart}/vitals"), &json!({ "signs": { "weight": 70.5 } })).await.is(201);
    let form = mine.get(&booked.api()).await.is(200).json();
    assert_eq!((&form["questionnaire"]["id"], &form["revision"]), (&json!("dermatology"), &json!(0)), "{form}");
    assert_eq!(form["answers"], json!({ "allergies": ["Peanuts"], "weight": ["70.5"] }));
    // A draft may be incomplete; what is not asked is not kept.
    let half =
        json!({ "form": "dermatology", "form_version": 1, "answers": { "itch": ["no"], "itch_night": ["yes"] } });
    let kept = mine.put_json(&booked.api(), &half).await.is(200).json();
    assert_eq!((&kept["status"], &kept["answers"]), (&json!("in-progress"), &json!({ "itch": ["no"] })), "{kept}");
    let refused =
        send(&mine, &booked, &json!({ "form": "dermatology", "form_version": 1, "revision": 1, "answers": {} })).await;
    assert!(refused.is(422).json()["errors"].as_array().unwrap().iter().any(|error| error["field"] == "main"));
    let sent = send(&mine, &booked, &skin(1, json!({}))).await.is(200).json();
    assert_eq!(
        (&sent["status"], &sent["sent_version"], &sent["revision"]),
        (&json!("completed"), &json!(1), &json!(2))
    );
    send(&mine, &booked, &skin(1, json!({}))).await.problem(409, "stale_version");
    let again = send(&mine, &booked, &skin(2, json!({ "tried": ["A cream"] }))).await.is(200).json();
    assert_eq!(again["sent_version"], 2);
    let clear = "select count(*) from intake_responses where position('itching'::bytea in content_sealed) > 0";
    assert_eq!(hospital.test.count(clear).await, 0);
    let visit = booked.admitted(&hospital).await;
    let mine = hospital.program(booked.patient).await;
    send(&mine, &booked, &skin(3, json!({}))).await.problem(409, "intake_closed");
    let theirs = hospital.program(booked.doctor).await;
    let read = theirs.get(&format!("/api/v1/visits/{visit}/intake")).await.is(200).json();
    let numbers: Vec<_> =
        read["versions"].as_array().unwrap().iter().map(|one| one["number"].as_i64().unwrap()).collect();
    assert_eq!(numbers, [2, 1], "{read}");
    let rows =
        "select count(*) from audit_log where object = 'intake_response' and action = 'read' and purpose = 'treatment'";
    assert_eq!(hospital.test.count(rows).await, 1);
    let log = hospital.browser(booked.patient).await.get("/record/access-log").await.is(200).text();
    assert!(log.contains("Answers before a visit"), "{log}");
    theirs.post_json(&format!("/api/v1/visits/{visit}/ending"), &json!({})).await.is(200);
    let summary = format!("/visits/{visit}/summary");
    let (mine, theirs) = (hospital.browser(booked.patient).await, hospital.browser(booked.doctor).await);
    let shown = mine.get(&summary).await.is(200).text();
    assert!(shown.contains("Your answers before the visit"), "{shown}");
    assert!(shown.contains(&format!("href=\"{}\"", booked.page())), "the summary leads there: {shown}");
    assert!(mine.get(&booked.page()).await.is(200).text().contains("A cream"));
    let shown = theirs.get(&summary).await.is(200).text();
    assert!(shown.contains(&format!("href=\"/visits/{visit}/intake\"")), "the doctor's as well: {shown}");
}

#[tokio::test]
async fn of_two_that_send_at_once_one_is_told_that_the_other_was_first() {
    let hospital = Hospital::open().await;
    let booked = booked(&hospital).await;
    let (one, other) = (hospital.program(booked.patient).await, hospital.program(booked.patient).await);
    let (first, second) = (skin(0, json!({ "tried": ["This"] })), skin(0, json!({ "tried": ["That"] })));
    let (one, other) = tokio::join!(send(&one, &booked, &first), send(&other, &booked, &second));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(hospital.test.count("select count(*) from intake_responses").await, 1);
}

#[tokio::test]
async fn a_draft_is_the_patients_own_a_stranger_finds_nothing_and_a_guardian_answers_for_a_child() {
    let hospital = Hospital::open().await;
    let booked = booked(&hospital).await;
    let (mine, theirs) = (hospital.program(booked.patient).await, hospital.program(booked.doctor).await);
    mine.put_json(&booked.api(), &skin(0, json!({}))).await.is(200);
    for stranger in [hospital.patient().await, hospital.doctor(&offer()).await] {
        let stranger = hospital.program(stranger).await;
        let status = stranger.get(&booked.api()).await.status.as_u16();
        assert!(matches!(status, 403 | 404), "{status}");
    }
    theirs.get(&booked.api()).await.is(403);
    let visit = booked.admitted(&hospital).await;
    let door = format!("/api/v1/visits/{visit}/intake");
    let theirs = hospital.program(booked.doctor).await;
    assert_eq!(theirs.get(&door).await.is(200).json()["versions"], json!([]), "a draft is not read");
    let summary = hospital.browser(booked.doctor).await.get(&format!("/visits/{visit}/summary")).await.is(200).text();
    assert!(!summary.contains("/intake"), "nor led to: {summary}");
    let stranger = hospital.doctor(&offer()).await;
    hospital.program(stranger).await.get(&door).await.is(404);
    // The patient closes the record to the doctor.
    let path = format!("/api/v1/patients/{}/consents/{}/revocation", booked.patient.id, booked.doctor.id);
    hospital.program(booked.patient).await.post_json(&path, &json!({})).await.is(200);
    theirs.get(&door).await.is(404);

    let parent = hospital.patient().await;
    let mine = hospital.program(parent).await;
    let born = hospital.test.now().await.date_in(&kernel::Zone::utc()).plus_days(-5 * 365 - 100);
    let child = json!({ "full_name": "Ayaan Rahman", "birth_date": born, "relation": "parent" });
    let child = mine.post_json("/api/v1/dependants", &child).await.is(201).field("patient_id");
    let doctor = hospital.doctor(&offer()).await;
    let wish =
        json!({ "doctor_id": doctor.id, "starts_at": hospital.at("15:00"), "mode": "video", "patient_id": child });
    let appointment = mine.post_json("/api/v1/appointments", &wish).await.is(201).field("id");
    hospital.pay(&mine, &appointment).await;
    let form = mine.get(&format!("/api/v1/appointments/{appointment}/intake")).await.is(200).json();
    assert_eq!(form["questionnaire"]["id"], "paediatrics", "a child is asked as one, whatever the specialty");
}

#[tokio::test]
async fn a_red_flag_shows_the_patient_where_to_turn_and_marks_the_doctors_day_also_as_a_draft() {
    let hospital = Hospital::open().await;
    let booked = booked(&hospital).await;
    let (browser, doctor) = (hospital.browser(booked.patient).await, hospital.browser(booked.doctor).await);
    let appointment = browser.get(&format!("/appointments/{}", booked.appointment)).await.is(200).text();
    assert!(appointment.contains(&booked.page()), "the appointment leads there");
    let form = browser.get(&booked.page()).await.is(200).text();
    assert!(form.contains("Where?") && !form.contains("This cannot wait"), "{form}");
    let day = booked.starts_at.date_in(&kernel::Zone::utc());
    let day = format!("/doctor?day={day}");
    assert!(!doctor.get(&day).await.is(200).text().contains("Red flag answered"));
    let typed =
        [("form", "dermatology"), ("form_version", "1"), ("revision", "0"), ("chest_pain", "yes"), ("main", "A & B")];
    browser.post_form(&booked.page(), &typed).await.is(303);
    let form = browser.get(&booked.page()).await.is(200).text();
    assert!(form.contains("This cannot wait") && form.contains("/emergency") && form.contains("A &#38; B"), "{form}");
    let shown = doctor.get(&day).await.is(200).text();
    assert!(shown.contains("Red flag answered"), "{shown}");
    hospital.doors.work().await;
    let told = format!(
        "select count(*) from notices where account_id = '{}' and kind = 'consultations.red_flag'",
        booked.doctor.id
    );
    assert_eq!(hospital.test.count(&told).await, 1, "the doctor need not have the day open");
    let typed =
        [("form", "dermatology"), ("form_version", "1"), ("revision", "1"), ("chest_pain", "yes"), ("main", "A")];
    browser.post_form(&booked.page(), &typed).await.is(303);
    hospital.doors.work().await;
    assert_eq!(hospital.test.count(&told).await, 1, "and is told once a visit");
    // Refused, and what was typed stands; a question that became due is there.
    let typed = [
        ("form", "dermatology"),
        ("form_version", "1"),
        ("revision", "2"),
        ("chest_pain", "no"),
        ("mole", "yes"),
        ("main", "Kept <so>"),
        ("action", "send"),
    ];
    let refused = browser.post_form(&booked.page(), &typed).await.is(422).text();
    assert!(refused.contains("Kept &#60;so&#62;") && refused.contains("How has it changed?"), "{refused}");
    let typed = [("form", "dermatology"), ("form_version", "1"), ("revision", "0"), ("main", "From another page")];
    let stale = browser.post_form(&booked.page(), &typed).await.is(409).text();
    assert!(stale.contains("From another page") && stale.contains("Somebody changed these answers"), "{stale}");
}

#[tokio::test]
async fn the_doctor_sees_what_differs_and_accepts_it_once_and_nothing_goes_into_the_record_by_itself() {
    let hospital = Hospital::open().await;
    let booked = booked(&hospital).await;
    let mine = hospital.program(booked.patient).await;
    let chart = format!("/api/v1/patients/{}", booked.patient.id);
    mine.post_json(&format!("{chart}/allergies"), &json!({ "substance": "Peanuts" })).await.is(201);
    let more = json!({ "allergies": ["Latex"], "problems": ["asthma"], "family": ["Mother: diabetes"], "medicines": ["Ibuprofen 400 mg"] });
    send(&mine, &booked, &skin(0, more)).await.is(200);
    assert_eq!(mine.get(&format!("{chart}/allergies")).await.json()["items"].as_array().unwrap().len(), 1);
    let visit = booked.admitted(&hospital).await;
    let theirs = hospital.program(booked.doctor).await;
    let door = format!("/api/v1/visits/{visit}/intake");
    let read = theirs.get(&door).await.is(200).json();
    let said: Vec<_> = read["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["line"].as_str().unwrap(), one["added"] == true))
        .collect();
    for change in
        [("Latex", true), ("Peanuts", false), ("asthma", true), ("Mother: diabetes", true), ("Ibuprofen 400 mg", true)]
    {
        assert!(said.contains(&change), "{change:?} in {said:?}");
    }
    let accept = format!("{door}/acceptances");
    let latex = json!({ "item": "allergies", "line": "Latex", "category": "environment" });
    theirs.post_json(&accept, &latex).await.is(200);
    theirs.post_json(&accept, &latex).await.problem(409, "intake_accepted");
    theirs.post_json(&accept, &json!({ "item": "allergies", "line": "Never said" })).await.is(404);
    theirs.post_json(&accept, &json!({ "item": "problems", "line": "asthma", "code": "nothing" })).await.is(422);
    let read = theirs
        .post_json(&accept, &json!({ "item": "problems", "line": "asthma", "code": "J45.909" }))
        .await
        .is(200)
        .json();
    assert!(!read["changes"].to_string().to_lowercase().contains("asthma"), "it stands under its name: {read}");
    hospital.program(booked.patient).await.post_json(&accept, &latex).await.is(403);
    let allergies = theirs.get(&format!("{chart}/allergies")).await.json();
    assert_eq!(allergies["items"].as_array().unwrap().len(), 2, "{allergies}");
    let browser = hospital.browser(booked.doctor).await;
    let desk = browser.get(&format!("/visits/{visit}")).await.is(200).text();
    assert!(desk.contains(&format!("/visits/{visit}/intake")), "the workspace shows it");
    let panel = browser.get(&format!("/visits/{visit}/intake")).await.is(200).text();
    assert!(panel.contains("says also “Mother: diabetes”") && panel.contains("An itching rash"), "{panel}");
    let typed = [("item", "family"), ("line", "Mother: diabetes")];
    browser.post_form(&format!("/visits/{visit}/intake/acceptances"), &typed).await.is(422);
    browser.get(&format!("/visits/{visit}/intake")).await.is(200);
    let typed = [("item", "family"), ("line", "Mother: diabetes"), ("relationship", "MTH")];
    browser.post_form(&format!("/visits/{visit}/intake/acceptances"), &typed).await.is(303);
    assert_eq!(hospital.test.count("select count(*) from history_entries where section = 'family_history'").await, 1);
    assert_eq!(hospital.test.count("select count(*) from intake_acceptances").await, 3);
}

#[tokio::test]
async fn the_doctor_reads_what_was_sent_before_the_visit_is_open_and_that_is_in_the_log() {
    let hospital = Hospital::open().await;
    let booked = booked(&hospital).await;
    let mine = hospital.program(booked.patient).await;
    let page = format!("/doctor/appointments/{}/intake", booked.appointment);
    let theirs = hospital.browser(booked.doctor).await;
    let shown = theirs.get(&format!("/appointments/{}", booked.appointment)).await.is(200).text();
    assert!(shown.contains(&page), "the appointment leads there: {shown}");
    mine.put_json(&booked.api(), &skin(0, json!({ "allergies": ["Latex"] }))).await.is(200);
    assert!(!theirs.get(&page).await.is(200).text().contains("Latex"), "a draft is the patient's own");
    send(&mine, &booked, &skin(1, json!({ "allergies": ["Latex"] }))).await.is(200);
    let shown = theirs.get(&page).await.is(200).text();
    assert!(shown.contains("Latex") && !shown.contains("/acceptances"), "{shown}");
    let reads = format!(
        "select count(*) from audit_log where object = 'intake_response' and action = 'read' and actor = '{}'",
        booked.doctor.id
    );
    assert_eq!(hospital.test.count(&reads).await, 2, "each reading");
    hospital.browser(hospital.doctor(&offer()).await).await.get(&page).await.is(404);
    hospital.browser(booked.patient).await.get(&page).await.is(403);
}
