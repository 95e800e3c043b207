//! A paid answer: the price first, then the patient's yes, one charge, the money, the answer.

use serde_json::{Value, json};
use testkit::Client;
use tokio::task::JoinSet;

use super::{WORDS, reply, say, told, written};
use crate::support::{Hospital, Paying, Story};

const REFUNDED: &str =
    "select count(*) from refunds r join charges c on c.id = r.charge_id where c.subject_kind = 'order'";

/// A thread in which the doctor has proposed five dollars: its path, and that of the price.
async fn proposed(hospital: &Hospital, story: &Story) -> (String, String) {
    let thread = written(hospital, story, WORDS).await;
    let prices = format!("/api/v1/threads/{thread}/e-visits");
    let theirs = hospital.program(story.doctor).await;
    theirs.post_json(&prices, &json!({})).await.is(422);
    let made = theirs.post_json(&prices, &json!({ "amount": 500 })).await.is(201).json();
    assert_eq!(made["items"][0]["price"], json!({ "amount": 500, "currency": "USD" }), "{made}");
    theirs.post_json(&prices, &json!({ "amount": 900 })).await.problem(409, "price_stands");
    let price = format!("{prices}/{}", made["items"][0]["id"].as_str().unwrap());
    (thread, price)
}

async fn state(client: &Client, thread: &str) -> Value {
    client.get(&format!("/api/v1/threads/{thread}")).await.is(200).json()["e_visits"][0].clone()
}

async fn pay_bill(hospital: &Hospital, story: &Story) {
    let mine = hospital.browser(story.patient).await;
    let bill = format!("/bills/{}", story.appointment);
    assert!(mine.get(&bill).await.is(200).text().contains("Pay $5.00"));
    let page = mine.post_form(&format!("{bill}/payment"), &[]).await.is(303).location().to_owned();
    let paying = Paying { checkout: page.rsplit('/').next().unwrap().to_owned() };
    hospital.press(&paying, "approve").await;
    hospital.report(&paying).await;
    hospital.doors.work().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_clicks_on_accept_one_charge_comes_and_the_answer_waits_for_the_money() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let (thread, price) = proposed(&hospital, &story).await;
    let orders = "select count(*) from charges where subject_kind = 'order'";
    assert_eq!(hospital.test.count(orders).await, 0, "nothing is owed before the yes");
    let page = hospital.browser(story.patient).await.get(&format!("/messages/{thread}")).await.is(200).text();
    assert!(page.contains("Accept for $5.00") && page.contains("Nothing is owed unless you accept"), "{page}");
    hospital.program(story.doctor).await.post_json(&format!("{price}/acceptance"), &json!({})).await.is(403);
    hospital
        .program(hospital.patient().await)
        .await
        .post_json(&format!("{price}/acceptance"), &json!({}))
        .await
        .is(404);
    let mut crowd = JoinSet::new();
    for _ in 0..8 {
        let (client, path) = (hospital.program(story.patient).await, format!("{price}/acceptance"));
        crowd.spawn(async move { client.post_json(&path, &json!({})).await });
    }
    for answer in crowd.join_all().await {
        assert_eq!(answer.is(200).json()["items"][0]["status"], "accepted");
    }
    assert_eq!(hospital.test.count(orders).await, 1);
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    mine.post_json(&format!("{price}/refusal"), &json!({})).await.problem(409, "price_gone");
    reply(&theirs, &thread, "Yes").await.problem(409, "waits_for_payment");
    reply(&mine, &thread, "I have accepted").await.is(201);

    pay_bill(&hospital, &story).await;
    assert!(state(&mine, &thread).await["paid_at"].is_string());
    let told = format!(
        "select kind from notices where account_id = '{}' and kind = 'correspondence.e_visit'",
        story.doctor.id
    );
    assert_eq!(hospital.test.texts(&told).await.len(), 1, "the doctor is told");
    reply(&theirs, &thread, "Yes, after an hour").await.is(201);
    theirs.post_json(&format!("{price}/removal"), &json!({})).await.problem(409, "price_gone");
    hospital.doors.work().await;
    assert!(state(&mine, &thread).await["answered_at"].is_string());
    let due = "select count(*) from payee_shares s join charges c on c.id = s.charge_id where c.subject_kind = 'order' and s.available_at is not null";
    assert_eq!(hospital.test.count(due).await, 1, "the doctor's share runs");
    assert_eq!(billing::ledger::verify(hospital.test.db()).await.unwrap().faults, []);
    let prices = format!("/api/v1/threads/{thread}/e-visits");
    theirs.post_json(&prices, &json!({ "amount": 700 })).await.is(201);
}

#[tokio::test]
async fn a_price_that_is_declined_or_runs_out_is_kept_and_nothing_is_owed() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let (thread, price) = proposed(&hospital, &story).await;
    let mine = hospital.program(story.patient).await;
    mine.post_json(&format!("{price}/refusal"), &json!({})).await.is(200);
    mine.post_json(&format!("{price}/acceptance"), &json!({})).await.problem(409, "price_gone");
    let theirs = hospital.program(story.doctor).await;
    reply(&theirs, &thread, "Then in short: yes").await.is(201);
    let prices = format!("/api/v1/threads/{thread}/e-visits");
    let second = theirs.post_json(&prices, &json!({ "amount": 600 })).await.is(201).json();
    let second = second["items"][1]["id"].as_str().unwrap().to_owned();
    hospital.test.pass_minutes(8 * 24 * 60);
    let mine = hospital.program(story.patient).await;
    mine.post_json(&format!("{prices}/{second}/acceptance"), &json!({})).await.problem(409, "price_gone");
    let theirs = hospital.program(story.doctor).await;
    let all = theirs.post_json(&prices, &json!({ "amount": 700 })).await.is(201).json();
    let states: Vec<_> = all["items"].as_array().unwrap().iter().map(|one| one["status"].as_str().unwrap()).collect();
    assert_eq!(states, ["declined", "expired", "proposed"]);
    assert_eq!(hospital.test.count("select count(*) from charges where subject_kind = 'order'").await, 0);
}

#[tokio::test]
async fn what_is_taken_back_is_void_and_money_that_comes_all_the_same_goes_back() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let (thread, price) = proposed(&hospital, &story).await;
    let mine = hospital.program(story.patient).await;
    mine.post_json(&format!("{price}/acceptance"), &json!({})).await.is(200);
    let browser = hospital.browser(story.patient).await;
    let bill = format!("/bills/{}", story.appointment);
    browser.get(&bill).await.is(200);
    let page = browser.post_form(&format!("{bill}/payment"), &[]).await.is(303).location().to_owned();
    let paying = Paying { checkout: page.rsplit('/').next().unwrap().to_owned() };
    hospital.press(&paying, "approve").await;
    let theirs = hospital.program(story.doctor).await;
    theirs.post_json(&format!("{price}/removal"), &json!({})).await.is(200);
    reply(&theirs, &thread, "I answer for nothing").await.is(201);
    hospital.report(&paying).await;
    hospital.doors.work().await;
    hospital.doors.work().await;
    assert_eq!(hospital.test.count(REFUNDED).await, 1);
    assert_eq!(state(&mine, &thread).await["status"], "withdrawn");
    assert_eq!(billing::ledger::verify(hospital.test.db()).await.unwrap().faults, []);
}

#[tokio::test]
async fn what_is_paid_waits_for_the_team_and_may_be_taken_back_until_it_is_answered() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let (thread, price) = proposed(&hospital, &story).await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    reply(&theirs, &thread, "Please see the price").await.is(201);
    mine.post_json(&format!("{price}/acceptance"), &json!({})).await.is(200);
    assert_eq!(theirs.get("/api/v1/doctor/threads").await.is(200).json()["items"], json!([]));
    pay_bill(&hospital, &story).await;
    let waiting = theirs.get("/api/v1/doctor/threads").await.is(200).json();
    assert_eq!((&waiting["items"][0]["id"], &waiting["items"][0]["status"]), (&json!(thread), &json!("waiting_team")));
    let page = hospital.browser(story.doctor).await.get(&format!("/doctor/messages/{thread}")).await.is(200).text();
    assert!(page.contains("/removal"), "{page}");
    theirs.post_json(&format!("{price}/removal"), &json!({})).await.is(200);
    hospital.doors.work().await;
    hospital.doors.work().await;
    assert_eq!(hospital.test.count(REFUNDED).await, 1);
    assert_eq!(state(&mine, &thread).await["status"], "withdrawn");
    theirs.post_json(&format!("{price}/removal"), &json!({})).await.problem(409, "price_gone");
    reply(&theirs, &thread, "For nothing: yes").await.is(201);
    assert_eq!(billing::ledger::verify(hospital.test.db()).await.unwrap().faults, []);
}

#[tokio::test]
async fn money_that_comes_after_the_time_of_the_price_goes_back() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let (thread, price) = proposed(&hospital, &story).await;
    let mine = hospital.program(story.patient).await;
    mine.post_json(&format!("{price}/acceptance"), &json!({})).await.is(200);
    hospital.test.force("update e_visits set ends_at = created_at - interval '1 day'").await;
    pay_bill(&hospital, &story).await;
    hospital.doors.work().await;
    assert_eq!(hospital.test.count(REFUNDED).await, 1);
    assert_eq!(
        hospital.test.count("select count(*) from e_visits where status = 'expired' and paid_at is null").await,
        1
    );
    assert_eq!(state(&mine, &thread).await["paid_at"], Value::Null);
    assert_eq!(billing::ledger::verify(hospital.test.db()).await.unwrap().faults, []);
}

#[tokio::test]
async fn what_is_urgent_is_answered_though_nothing_is_paid() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let (thread, price) = proposed(&hospital, &story).await;
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    mine.post_json(&format!("{price}/acceptance"), &json!({})).await.is(200);
    reply(&theirs, &thread, "Yes").await.problem(409, "waits_for_payment");
    let mut urgent = say("Now I have chest pains");
    urgent["send_anyway"] = json!(true);
    mine.post_json(&format!("/api/v1/threads/{thread}/messages"), &urgent).await.is(201);
    let page = hospital.browser(story.doctor).await.get(&format!("/doctor/messages/{thread}")).await.is(200).text();
    assert!(page.contains(&format!("/doctor/messages/{thread}/replies")), "the form is there: {page}");
    reply(&theirs, &thread, "Call an ambulance now").await.is(201);
    reply(&theirs, &thread, "And the first question").await.problem(409, "waits_for_payment");
}

/// Paid, and the days pass in which it was to be answered.
async fn paid(hospital: &Hospital) -> (Story, String) {
    let story = told(hospital).await;
    let (thread, price) = proposed(hospital, &story).await;
    let mine = hospital.program(story.patient).await;
    mine.post_json(&format!("{price}/acceptance"), &json!({})).await.is(200);
    pay_bill(hospital, &story).await;
    assert!(state(&mine, &thread).await["answer_due_at"].is_string());
    (story, thread)
}

#[tokio::test]
async fn what_nobody_answers_in_time_goes_back_by_itself_and_once() {
    let hospital = Hospital::open().await;
    let (story, thread) = paid(&hospital).await;
    hospital.doors.work().await;
    assert_eq!(hospital.test.count(REFUNDED).await, 0, "there is time");
    hospital.test.pass_minutes(21 * 24 * 60);
    for _ in 0..3 {
        hospital.doors.work().await;
    }
    assert_eq!(hospital.test.count(REFUNDED).await, 1);
    let mine = hospital.program(story.patient).await;
    assert_eq!(state(&mine, &thread).await["status"], "unanswered");
    let page = hospital.browser(story.patient).await.get(&format!("/messages/{thread}")).await.is(200).text();
    assert!(page.contains("Nobody answered in time: $5.00 goes back"), "{page}");
    let told = "select count(*) from notices where event_key like 'e-visit-unanswered:%'";
    assert_eq!(hospital.test.count(told).await, 2, "each side, once");
    reply(&hospital.program(story.doctor).await, &thread, "Late, and for nothing").await.is(201);
    hospital.doors.work().await;
    assert_eq!(hospital.test.count("select count(*) from e_visits where answered_at is not null").await, 0);
    assert_eq!(hospital.test.count(REFUNDED).await, 1);
    assert_eq!(billing::ledger::verify(hospital.test.db()).await.unwrap().faults, []);
}

#[tokio::test]
async fn what_has_no_job_of_its_own_goes_back_by_the_sweep() {
    let hospital = Hospital::open().await;
    let (story, thread) = paid(&hospital).await;
    hospital.doors.work().await;
    hospital.test.force("delete from jobs where name = 'correspondence.give_back_unanswered'").await;
    hospital.test.pass_minutes(21 * 24 * 60);
    for _ in 0..3 {
        hospital.doors.work().await;
    }
    assert_eq!(hospital.test.count(REFUNDED).await, 1);
    assert_eq!(state(&hospital.program(story.patient).await, &thread).await["status"], "unanswered");
}

#[tokio::test]
async fn what_is_answered_in_time_is_not_given_back() {
    let hospital = Hospital::open().await;
    let (story, thread) = paid(&hospital).await;
    reply(&hospital.program(story.doctor).await, &thread, "Here it is").await.is(201);
    hospital.test.pass_minutes(21 * 24 * 60);
    hospital.doors.work().await;
    assert_eq!(hospital.test.count(REFUNDED).await, 0);
    let mine = hospital.program(story.patient).await;
    assert_eq!(state(&mine, &thread).await["status"], "accepted");
}

/// The last answer and the clock at once: it is answered and kept, or given back and not answered, and never both.
#[tokio::test(flavor = "multi_thread")]
async fn a_late_answer_and_the_money_going_back_do_not_both_happen() {
    for round in 0..4 {
        let hospital = Hospital::open().await;
        let (story, thread) = paid(&hospital).await;
        hospital.test.pass_minutes(21 * 24 * 60);
        let theirs = hospital.program(story.doctor).await;
        tokio::join!(hospital.doors.work(), async {
            tokio::time::sleep(std::time::Duration::from_millis(round * 12)).await;
            reply(&theirs, &thread, "In the last moment").await.is(201);
        });
        hospital.doors.work().await;
        let answered = hospital.test.count("select count(*) from e_visits where answered_at is not null").await;
        assert_eq!(answered + hospital.test.count(REFUNDED).await, 1, "round {round}");
        assert_eq!(billing::ledger::verify(hospital.test.db()).await.unwrap().faults, []);
    }
}
