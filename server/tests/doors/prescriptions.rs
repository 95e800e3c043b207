//! Prescriptions from the draft to the last fill: what interrupts a signature, what becomes of what was signed, who may have how much of it.

use access::Role;
use prescriptions::{
    fills::{self, Claim, ClaimError, Claimed},
    prescribing::{Links, ReadError, Signed, Status, content_hash, find_for, review_for_dispensing},
};
use serde_json::{Value, json};
use testkit::Client;

use crate::support::{Hospital, Story, Words};

const CETIRIZINE: &str = "1014678";

async fn drafted(theirs: &Client, visit: &str, items: Value) -> String {
    let path = format!("/api/v1/visits/{visit}/prescriptions");
    theirs.post_json(&path, &json!({ "items": items })).await.is(201).field("id")
}

async fn signed(theirs: &Client, id: &str, body: Value) -> Value {
    theirs.post_json(&format!("/api/v1/prescriptions/{id}/signature"), &body).await.is(201).json()
}

fn drug(q: &str) -> &'static str {
    prescriptions::formulary::search(q, 1).first().unwrap().code
}

fn item(q: &str, frequency: &str, days: u16) -> Value {
    json!({ "drug": drug(q), "dose": 1.0, "frequency": frequency, "duration_days": days })
}

/// The draft of the story signed, with its code.
async fn with_code(hospital: &Hospital, story: &Story) -> String {
    let theirs = hospital.program(story.doctor).await;
    signed(&theirs, &story.prescription, json!({})).await["verify_code"].as_str().unwrap().to_owned()
}

async fn claim(hospital: &Hospital, code: &str, quantity: Option<i32>) -> Result<Claimed, ClaimError> {
    let mut tx = hospital.test.system().await;
    let wanted = Claim { code: code.to_owned(), position: 1, quantity, place: "Pharmacy at the bridge".to_owned() };
    let claimed = fills::claim(&mut tx, &hospital.vault, wanted).await?;
    tx.commit().await?;
    Ok(claimed)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interaction_interrupts_until_a_reason_is_given_and_is_counted_without_names() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let theirs = hospital.program(story.doctor).await;
    let both = json!([item("sertraline 50", "QD", 30), item("phenelzine", "TID", 30)]);
    let id = drafted(&theirs, &story.visit, both.clone()).await;
    let path = format!("/api/v1/prescriptions/{id}/signature");
    let refused = theirs.post_json(&path, &json!({})).await;
    let problem = refused.problem(409, "override_needed");
    let alert = &problem["alerts"][0];
    assert_eq!(alert["row"], "interaction.onc-ssri-maoi");
    assert_eq!(alert["severity"], "contraindicated");
    let reason = json!({ "overrides": [{ "alert": alert["id"], "reason": "Fourteen days have passed" }] });
    let view = signed(&theirs, &id, reason).await;
    assert_eq!(view["overrides"][0]["reason"], "Fourteen days have passed");
    // Another one is heeded: the medicine is taken off.
    let heeded = drafted(&theirs, &story.visit, json!([item("tranylcypromine", "BID", 10)])).await;
    theirs
        .post_json(&format!("/api/v1/prescriptions/{heeded}/signature"), &json!({}))
        .await
        .problem(409, "override_needed");

    let nour = hospital.member(Role::Administrator).await;
    let report = hospital.program(nour).await.get("/api/v1/admin/medicine-alerts").await.is(200).json();
    let of = |rule: &str| {
        let line = report["items"].as_array().unwrap().iter().find(|line| line["rule"] == rule).cloned();
        line.map(|line| (line["shown"].as_i64().unwrap(), line["overridden"].as_i64().unwrap()))
    };
    assert_eq!(of("interaction.onc-ssri-maoi"), Some((2, 1)), "{report:#}");
    let page = hospital.browser(nour).await.get("/admin/medicine-alerts").await.is(200).text();
    assert!(page.contains("interaction.onc-ssri-maoi") && page.contains("50 %"));
    assert_eq!(hospital.test.count("select count(*) from audit_log where action = 'override'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_doctor_asks_before_prescribing_changes_what_is_said() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    hospital
        .test
        .force(&format!("update patients set sex_at_birth = 'female' where id = '{}'", story.patient.id))
        .await;
    let theirs = hospital.program(story.doctor).await;
    let facts = format!("/api/v1/patients/{}/prescribing-facts", story.patient.id);
    theirs.post_json(&facts, &json!({ "creatinine": 88.0 })).await.is(422);
    let known = json!({
        "creatinine": 300.0, "creatinine_unit": "umol_l", "pregnant": "yes", "other_medicines": "Warfarin 5 mg at night",
    });
    let view = theirs.post_json(&facts, &known).await.is(201).json();
    assert!(view["egfr"].as_u64().unwrap() < 30, "{view:#}");
    let items =
        json!([item("metformin 500", "BID", 30), item("lisinopril 10", "QD", 30), item("ibuprofen 400", "TID", 3)]);
    let id = drafted(&theirs, &story.visit, items).await;
    let shown = theirs.get(&format!("/api/v1/prescriptions/{id}")).await.is(200).json();
    let rules: Vec<String> = shown["alerts"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|alert| alert["hard"] == true)
        .map(|alert| format!("{} {}", alert["rule"].as_str().unwrap(), alert["ingredient"].as_str().unwrap()))
        .collect();
    for expected in ["kidney metformin", "pregnancy lisinopril", "interaction ibuprofen", "kidney ibuprofen"] {
        assert!(rules.iter().any(|rule| rule == expected), "{expected} in {rules:?}");
    }
    let page = hospital.browser(story.doctor).await.get(&format!("/visits/{}/prescription", story.visit)).await.is(200);
    assert!(page.text().contains("Warfarin 5 mg at night"));
    let other = hospital.doctor(&crate::support::offer()).await;
    hospital.program(other).await.get(&facts).await.is(404);
    hospital.program(other).await.post_json(&facts, &json!({})).await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_allergy_that_is_told_after_the_signature_is_found_before_it_is_dispensed() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let theirs = hospital.program(story.doctor).await;
    let id = drafted(&theirs, &story.visit, json!([item("amoxicillin 500 capsule", "TID", 7)])).await;
    signed(&theirs, &id, json!({})).await;
    let mine = hospital.program(story.patient).await;
    let allergies = format!("/api/v1/patients/{}/allergies", story.patient.id);
    mine.post_json(&allergies, &json!({ "substance": "Penicillin", "category": "medicine" })).await.is(201);
    let mut tx = hospital.test.system().await;
    let alerts = review_for_dispensing(&mut tx, &hospital.vault, id.parse().unwrap()).await.unwrap();
    assert_eq!(alerts.first().map(|alert| alert.rule.as_str()), Some("allergy-penicillins"));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_pharmacies_that_claim_the_same_fill_one_has_it() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let code = with_code(&hospital, &story).await;
    let claims = futures::future::join_all((0..12).map(|_| claim(&hospital, &code, None))).await;
    let won: Vec<&Claimed> = claims.iter().flatten().collect();
    assert_eq!(won.len(), 1);
    assert_eq!((won[0].quantity, won[0].remaining), (10, 0));
    let refused = claims
        .iter()
        .filter(|claim| matches!(claim, Err(ClaimError::NotValid(Status::Completed) | ClaimError::NothingLeft)));
    assert_eq!(refused.count(), 11);
    assert_eq!(hospital.test.count("select sum(quantity)::int8 from prescription_fills").await, 10);
    let page = hospital.doors.visitor().get(&format!("/verify/{code}")).await.is(200).text();
    assert!(page.contains("0 tablets") && page.contains("Dispensed"));
    let view =
        hospital.program(story.patient).await.get(&format!("/api/v1/prescriptions/{}", story.prescription)).await;
    assert_eq!(view.is(200).field("status"), "completed");
}

#[tokio::test(flavor = "multi_thread")]
async fn fills_come_in_parts_and_refills_when_three_quarters_are_gone() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let theirs = hospital.program(story.doctor).await;
    let item = json!({ "drug": CETIRIZINE, "dose": 1.0, "frequency": "QD", "duration_days": 8, "refills": 1 });
    let id = drafted(&theirs, &story.visit, json!([item])).await;
    let code = signed(&theirs, &id, json!({})).await["verify_code"].as_str().unwrap().to_owned();
    assert!(matches!(claim(&hospital, &code, Some(9)).await, Err(ClaimError::TooMuch(8))));
    assert_eq!(claim(&hospital, &code, Some(5)).await.unwrap().remaining, 11);
    assert!(matches!(claim(&hospital, &code, Some(4)).await, Err(ClaimError::TooMuch(3))));
    claim(&hospital, &code, None).await.unwrap();
    assert!(matches!(claim(&hospital, &code, None).await, Err(ClaimError::TooEarly(_))));
    let verify = format!("/verify/{code}");
    assert!(hospital.doors.visitor().get(&verify).await.is(200).text().contains("8 tablets"));
    // While a refill remains, the patient need not ask the doctor.
    let asking = format!("/api/v1/prescriptions/{id}/refill-requests");
    hospital.program(story.patient).await.post_json(&asking, &json!({})).await.problem(409, "refills_remain");
    hospital.test.pass_minutes(6 * 24 * 60);
    let second = claim(&hospital, &code, None).await.unwrap();
    assert_eq!((second.fill, second.quantity, second.remaining), (2, 8, 0));
    assert!(matches!(claim(&hospital, &code, None).await, Err(ClaimError::NotValid(Status::Completed))));
    assert_eq!(hospital.test.count("select count(*) from audit_log where action = 'dispense'").await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn holding_releasing_replacing_and_expiring_decide_what_may_be_dispensed() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let code = with_code(&hospital, &story).await;
    let theirs = hospital.program(story.doctor).await;
    let at = format!("/api/v1/prescriptions/{}", story.prescription);
    theirs.post_json(&format!("{at}/hold"), &json!({})).await.is(200);
    assert!(matches!(claim(&hospital, &code, None).await, Err(ClaimError::NotValid(Status::OnHold))));
    theirs.post_json(&format!("{at}/hold"), &json!({})).await.problem(409, "illegal_transition");
    theirs.post_json(&format!("{at}/release"), &json!({})).await.is(200);
    let copy = theirs.post_json(&format!("{at}/replacement"), &json!({})).await.is(201).json();
    assert_eq!(copy["replaces"], story.prescription.as_str());
    assert!(copy["alerts"].as_array().unwrap().iter().all(|alert| alert["rule"] != "taken-already"), "{copy:#}");
    let new = signed(&theirs, copy["id"].as_str().unwrap(), json!({})).await;
    assert_eq!(theirs.get(&at).await.is(200).field("status"), "replaced");
    assert!(matches!(claim(&hospital, &code, None).await, Err(ClaimError::NotValid(Status::Replaced))));
    theirs.post_json(&format!("{at}/release"), &json!({})).await.problem(409, "illegal_transition");
    let new_code = new["verify_code"].as_str().unwrap();
    hospital.test.pass_minutes(30 * 24 * 60 + 1);
    assert!(matches!(claim(&hospital, new_code, None).await, Err(ClaimError::NotValid(Status::Expired))));
    assert!(matches!(claim(&hospital, "0000", None).await, Err(ClaimError::Read(ReadError::NotFound))));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_superuser_changes_is_noticed_by_every_reader_and_not_dispensed() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let code = with_code(&hospital, &story).await;
    hospital
        .test
        .force(&format!(
            "set session_replication_role = replica;
             update prescription_items set quantity = 100 where prescription_id = '{}';
             set session_replication_role = origin",
            story.prescription
        ))
        .await;
    let mine = hospital.program(story.patient).await;
    mine.get(&format!("/api/v1/prescriptions/{}", story.prescription)).await.problem(409, "prescription_altered");
    assert!(matches!(claim(&hospital, &code, None).await, Err(ClaimError::Read(ReadError::Altered(_)))));
    let page = hospital.doors.visitor().get(&format!("/verify/{code}")).await.is(200).text();
    assert!(page.contains("cannot be trusted"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn not_even_whoever_knows_every_word_and_writes_every_row_can_sign() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let code = with_code(&hospital, &story).await;
    let mut tx = hospital.test.system().await;
    let mut read = find_for(&mut tx, &hospital.vault, story.prescription.parse().unwrap(), "system").await.unwrap();
    tx.commit().await.unwrap();
    read.items[0].quantity = 100;
    let forged = Signed {
        id: read.id,
        visit: read.visit,
        patient: read.patient,
        practitioner: read.practitioner,
        version: read.version,
        signed_at: read.signed_at.unwrap(),
        valid_until: read.valid_until.unwrap().plus_seconds(1),
        verify_code: &code,
        header: &read.header,
        items: &read.items,
        links: Links::default(),
    };
    // The hash of what it should say, but no key to mark it with; plain hashes hold for thirty days from a signature of before them.
    let hash = hex::encode(content_hash(&forged).unwrap());
    hospital
        .test
        .force(&format!(
            "set session_replication_role = replica;
             update prescription_items set quantity = 100 where prescription_id = '{0}';
             update prescriptions set content_hash = '\\x{hash}', valid_until = valid_until + interval '1 second' where id = '{0}';
             set session_replication_role = origin",
            story.prescription
        ))
        .await;
    assert!(matches!(claim(&hospital, &code, None).await, Err(ClaimError::Read(ReadError::Altered(_)))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refill_is_asked_for_in_time_once_and_approved_by_a_signature() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    with_code(&hospital, &story).await;
    let asking = format!("/api/v1/prescriptions/{}/refill-requests", story.prescription);
    let mine = hospital.program(story.patient).await;
    mine.post_json(&asking, &json!({})).await.problem(409, "too_early");
    let page =
        hospital.browser(story.patient).await.get(&format!("/prescriptions/{}", story.prescription)).await.is(200);
    assert!(page.text().contains("You can ask for a refill from"));
    hospital.test.pass_minutes(8 * 24 * 60);
    let browser = hospital.browser(story.patient).await;
    let shown = browser.get(&format!("/prescriptions/{}", story.prescription)).await.is(200);
    assert!(shown.text().contains("Ask for a refill"));
    let form = format!("/prescriptions/{}/refill-requests", story.prescription);
    browser.post_form(&form, &[("note", "Two tablets are left")]).await.is(303);
    let mine = hospital.program(story.patient).await;
    mine.post_json(&asking, &json!({})).await.problem(409, "already_asked");
    let other = hospital.patient().await;
    hospital.program(other).await.post_json(&asking, &json!({})).await.is(404);

    let theirs = hospital.program(story.doctor).await;
    let queue = theirs.get("/api/v1/doctor/refill-requests").await.is(200).json();
    assert_eq!(queue["items"][0]["note"], "Two tablets are left");
    let page = hospital.browser(story.doctor).await.get("/doctor/refills").await.is(200).text();
    assert!(page.contains("Two tablets are left") && page.contains("Amina Rahman"));
    let deciding = format!("/api/v1/prescriptions/{}/refill-decisions", story.prescription);
    let stranger = hospital.doctor(&crate::support::offer()).await;
    hospital.program(stranger).await.post_json(&deciding, &json!({ "decision": "approve" })).await.is(404);
    let decided = theirs.post_json(&deciding, &json!({ "decision": "approve" })).await.is(201).json();
    assert_eq!(decided["status"], "approved");
    let renewed = decided["renewed_as"].as_str().unwrap();
    let view = mine.get(&format!("/api/v1/prescriptions/{renewed}")).await.is(200).json();
    assert_eq!((view["status"].as_str(), view["renews"].as_str()), (Some("active"), Some(story.prescription.as_str())));
    theirs.post_json(&deciding, &json!({ "decision": "deny" })).await.problem(409, "no_open_request");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_answers_is_deferred_after_two_days_and_may_still_be_changed() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    with_code(&hospital, &story).await;
    hospital.test.pass_minutes(8 * 24 * 60);
    let mine = hospital.program(story.patient).await;
    let asking = format!("/api/v1/prescriptions/{}/refill-requests", story.prescription);
    mine.post_json(&asking, &json!({})).await.is(201);
    hospital.test.pass_minutes(48 * 60 + 20);
    hospital.doors.work().await;
    let mine = hospital.program(story.patient).await;
    let listed = mine.get("/api/v1/refill-requests").await.is(200).json();
    assert_eq!(
        (listed["items"][0]["status"].as_str(), listed["items"][0]["reason"].as_str()),
        (Some("deferred"), Some("no_answer"))
    );
    let told = hospital.test.count("select count(*) from notices where subject = 'Your doctor has answered you'").await;
    assert_eq!(told, 1);

    // The doctor makes a copy, changes it, and signs: the request is answered by it.
    let theirs = hospital.browser(story.doctor).await;
    theirs.get("/doctor/refills").await.is(200);
    let deciding = format!("/prescriptions/{}/refill-decisions", story.prescription);
    theirs.post_form(&deciding, &[("decision", "change")]).await.is(303);
    let program = hospital.program(story.doctor).await;
    let drafts =
        hospital.test.texts("select id::text from prescriptions where status = 'draft' and renews is not null").await;
    let extra = json!({ "drug": drug("loratadine 10 tablet"), "frequency": "QD", "duration_days": 5 });
    program.post_json(&format!("/api/v1/prescriptions/{}/items", drafts[0]), &extra).await.is(201);
    let body = program.get(&format!("/api/v1/prescriptions/{}", drafts[0])).await.is(200).json();
    let overrides: Vec<Value> = body["alerts"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|alert| alert["hard"] == true)
        .map(|alert| json!({ "alert": alert["id"], "reason": "Discussed" }))
        .collect();
    signed(&program, &drafts[0], json!({ "overrides": overrides })).await;
    let listed = mine.get("/api/v1/refill-requests").await.is(200).json();
    assert_eq!(listed["items"][0]["status"], "changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn controlled_substances_need_an_authenticator_app_and_some_laws_need_more() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let theirs = hospital.program(story.doctor).await;
    let id = drafted(&theirs, &story.visit, json!([item("tramadol 50", "BID", 3)])).await;
    let path = format!("/api/v1/prescriptions/{id}/signature");
    let refused = theirs.post_json(&path, &json!({})).await.is(422);
    assert!(refused.text().contains("authenticator app"), "{}", refused.text());
    hospital.test.force(&format!("update practitioners set country = 'IN' where id = '{}'", story.doctor.id)).await;
    theirs.post_json(&path, &json!({})).await.problem(409, "restricted");
    let page = hospital.browser(story.doctor).await;
    let form = format!("/visits/{}/prescription", story.visit);
    page.get(&form).await.is(200);
    let refused = page.post_form(&format!("{form}/signature"), &[]).await.is(422).text();
    assert!(refused.contains("may not be prescribed at a distance"), "{refused}");
}

/// What an authenticator app shows now for this secret.
fn shown_by_app(readable: &str, now: kernel::Timestamp) -> String {
    let key = data_encoding::BASE32_NOPAD.decode(readable.replace(' ', "").as_bytes()).unwrap();
    let app = totp_rs::Builder::new()
        .with_algorithm(totp_rs::Algorithm::SHA1)
        .with_digits(6)
        .with_secret(key)
        .build()
        .unwrap();
    app.generate(u64::try_from(now.unix_seconds()).unwrap()).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn with_an_app_a_controlled_substance_is_signed_by_a_code_that_is_worth_nothing_afterwards() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let account = kernel::ids::AccountId::from_uuid(story.doctor.id);
    let mut tx = hospital.test.system().await;
    let enrolment =
        identity::factors::totp::start(&mut tx, &hospital.vault, account, "Bedside", "Nadia").await.unwrap();
    let readable = enrolment.readable.expose().clone();
    let first = shown_by_app(&readable, tx.now());
    identity::factors::totp::confirm(&mut tx, &hospital.vault, account, &first).await.unwrap();
    tx.commit().await.unwrap();
    hospital.test.pass_minutes(2);

    let theirs = hospital.program(story.doctor).await;
    let id = drafted(&theirs, &story.visit, json!([item("tramadol 50", "BID", 3)])).await;
    let path = format!("/api/v1/prescriptions/{id}/signature");
    theirs.post_json(&path, &json!({})).await.is(422);
    theirs.post_json(&path, &json!({ "code": first })).await.is(422);
    let code = shown_by_app(&readable, hospital.test.now().await);
    signed(&theirs, &id, json!({ "code": code })).await;
    let again = drafted(&theirs, &story.visit, json!([item("zolpidem 10", "QHS", 3)])).await;
    theirs.post_json(&format!("/api/v1/prescriptions/{again}/signature"), &json!({ "code": code })).await.is(422);
    let view = theirs.get(&format!("/api/v1/prescriptions/{again}")).await.is(200);
    assert_eq!(view.field("status"), "draft");
}
