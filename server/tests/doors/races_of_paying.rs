//! The races between a hold, its money and its end, numbered as in the standard of booking.
//!
//! | no. | race | outcome |
//! |---|---|---|
//! | 1 | paid in the last minute, the news comes after the end | confirmed; a payment under way gets ten minutes, once |
//! | 2 | paid after the end, the time still free | taken up again |
//! | 3 | paid after the end, the time gone | another time with the same money at once, else all goes back within a minute |
//! | 4 | paid twice | the second goes back |
//! | 5 | the price changes meanwhile | the price of the booking holds |
//! | 6 | two tabs | one hold |
//! | 7 | the gateway is down | the hold stays to its end, and paying can be tried again |
//! | 8 | nothing to pay | confirmed at once |
//! | 9 | abandoned and booked again | must be paid again |
//! | 10 | unpaid and called off by either side | the link to pay is dead |
//! | 11 | never paid | blocks nobody after its end |

use std::sync::Arc;

use kernel::{Currency, Money};
use scheduling::{Mode, availability::Offer};
use serde_json::{Value, json};
use testkit::Client;

use crate::support::{Hospital, PRICE, Paying, Person, book, offer};

async fn appointment(client: &Client, id: &str) -> Value {
    client.get(&format!("/api/v1/appointments/{id}")).await.is(200).json()
}

async fn status(client: &Client, id: &str) -> String {
    appointment(client, id).await["status"].as_str().unwrap().to_owned()
}

async fn owed(client: &Client, id: &str) -> Value {
    client.get(&format!("/api/v1/appointments/{id}/payments")).await.is(200).json()
}

/// Somebody who holds ten o'clock, with the gateway's page open.
struct Payer<'a> {
    hospital: &'a Hospital,
    patient: Person,
    doctor: Person,
    held: String,
    paying: Paying,
}

impl<'a> Payer<'a> {
    async fn at(hospital: &'a Hospital) -> Self {
        let (patient, doctor) = (hospital.patient().await, hospital.doctor(&offer()).await);
        let client = hospital.program(patient).await;
        let held = book(&client, doctor, hospital.at("10:00")).await.is(201).field("id");
        let paying = hospital.checkout(&client, &held).await;
        Self { hospital, patient, doctor, held, paying }
    }

    /// A session sleeps in after half an hour: signed in anew.
    async fn client(&self) -> Client {
        self.hospital.program(self.patient).await
    }

    async fn status(&self) -> String {
        status(&self.client().await, &self.held).await
    }
}

#[tokio::test]
async fn race_01_money_of_the_last_minute_wins_though_its_news_comes_after_the_end() {
    let hospital = Hospital::open().await;
    let payer = Payer::at(&hospital).await;
    hospital.test.pass_minutes(29);
    hospital.press(&payer.paying, "approve").await;
    hospital.test.pass_minutes(2);

    // The hold is over, no news has come: whoever tidies up asks the gateway first.
    hospital.doors.work().await;

    assert_eq!(payer.status().await, "confirmed");
    let other = hospital.program(hospital.patient().await).await;
    book(&other, payer.doctor, hospital.at("10:00")).await.problem(409, "slot_taken");
    hospital.report(&payer.paying).await;
    hospital.doors.work().await;
    assert_eq!(payer.status().await, "confirmed");
    assert_eq!(hospital.test.count("select count(*) from journal_entries").await, 1);
    hospital.books_are_sound().await;
}

#[tokio::test]
async fn race_01_news_that_comes_before_anybody_tidies_confirms_too() {
    let hospital = Hospital::open().await;
    let payer = Payer::at(&hospital).await;
    hospital.test.pass_minutes(29);
    hospital.press(&payer.paying, "approve").await;
    hospital.test.pass_minutes(2);

    hospital.report(&payer.paying).await;
    hospital.doors.work().await;

    assert_eq!(payer.status().await, "confirmed");
    hospital.books_are_sound().await;
}

#[tokio::test]
async fn race_01_a_payment_under_way_keeps_the_time_ten_minutes_longer_and_confirms() {
    let hospital = Hospital::open().await;
    let payer = Payer::at(&hospital).await;
    hospital.test.pass_minutes(28);
    hospital.press_delay(&payer.paying, "300").await;
    hospital.report(&payer.paying).await;
    hospital.doors.work().await;
    hospital.test.pass_minutes(3);

    assert_eq!(payer.status().await, "held", "in its grace");
    let other = hospital.program(hospital.patient().await).await;
    book(&other, payer.doctor, hospital.at("10:00")).await.problem(409, "slot_taken");
    hospital.test.pass_minutes(3);
    hospital.doors.work().await;
    hospital.report(&payer.paying).await;
    hospital.doors.work().await;

    assert_eq!(payer.status().await, "confirmed");
    hospital.books_are_sound().await;
}

#[tokio::test]
async fn race_01_a_payment_under_way_whose_news_was_lost_is_found_by_asking() {
    let hospital = Hospital::open().await;
    let payer = Payer::at(&hospital).await;
    hospital.test.pass_minutes(29);
    hospital.press_delay(&payer.paying, "300").await;
    hospital.test.pass_minutes(2);

    hospital.doors.work().await;

    assert_eq!(payer.status().await, "held", "the gateway said that money is on its way");
    hospital.test.pass_minutes(4);
    hospital.doors.work().await;
    hospital.report(&payer.paying).await;
    hospital.doors.work().await;
    assert_eq!(payer.status().await, "confirmed");
    hospital.books_are_sound().await;
}

#[tokio::test]
async fn race_01_the_grace_is_given_once_and_then_the_time_is_free() {
    let hospital = Hospital::open().await;
    let payer = Payer::at(&hospital).await;
    hospital.press_delay(&payer.paying, "2400").await;
    hospital.report(&payer.paying).await;
    hospital.doors.work().await;
    hospital.test.pass_minutes(39);
    hospital.doors.work().await;
    assert_eq!(payer.status().await, "held");

    hospital.test.pass_minutes(2);

    assert_eq!(payer.status().await, "expired");
    let quick = hospital.program(hospital.patient().await).await;
    let won = book(&quick, payer.doctor, hospital.at("10:00")).await.is(201).field("id");
    hospital.doors.work().await;
    hospital.report(&payer.paying).await;
    hospital.doors.work().await;
    hospital.test.pass_minutes(1);
    hospital.doors.work().await;
    assert_eq!(owed(&payer.client().await, &payer.held).await["status"], "refunded", "it came too late");
    hospital.pay(&quick, &won).await;
    assert_eq!(status(&quick, &won).await, "confirmed");
    hospital.books_are_sound().await;
}

#[tokio::test]
async fn race_02_money_that_comes_late_takes_the_time_up_again_while_it_is_free() {
    let hospital = Hospital::open().await;
    let payer = Payer::at(&hospital).await;
    hospital.test.pass_minutes(31);
    assert_eq!(payer.status().await, "expired");

    hospital.press(&payer.paying, "approve").await;
    hospital.report(&payer.paying).await;
    hospital.doors.work().await;

    let shown = appointment(&payer.client().await, &payer.held).await;
    assert_eq!((&shown["status"], &shown["payment_status"]), (&"confirmed".into(), &"captured".into()), "{shown}");
    hospital.books_are_sound().await;
}

/// Late money for a time that is gone; the one who has it now, and their hold.
async fn too_late(hospital: &Hospital) -> (Payer<'_>, Client, String) {
    let payer = Payer::at(hospital).await;
    hospital.test.pass_minutes(31);
    let quick = hospital.program(hospital.patient().await).await;
    let won = book(&quick, payer.doctor, hospital.at("10:00")).await.is(201).field("id");
    hospital.press(&payer.paying, "approve").await;
    hospital.report(&payer.paying).await;
    hospital.doors.work().await;
    (payer, quick, won)
}

#[tokio::test]
async fn race_03_money_for_a_time_that_is_gone_goes_back_whole_within_a_minute_and_three_times_are_told() {
    let hospital = Hospital::open().await;
    let (payer, quick, won) = too_late(&hospital).await;
    assert_eq!(payer.status().await, "expired");
    let choices = format!("/api/v1/appointments/{}/choices", payer.held);
    let offered = payer.client().await.get(&choices).await.is(200).json();
    assert_eq!((&offered["cause"], &offered["status"]), (&"slot_gone".into(), &"open".into()), "{offered}");
    assert_eq!(offered["same_doctor"].as_array().map(Vec::len), Some(3), "{offered}");
    let told = "select count(*) from jobs where name = 'scheduling.letter' and payload ->> 'occasion' = 'slot_gone'";
    let letters = "select count(*) from notices where kind = 'scheduling.slot_gone'";
    assert!(hospital.test.count(told).await + hospital.test.count(letters).await > 0);

    hospital.test.pass_minutes(1);
    hospital.doors.work().await;

    let owed = owed(&payer.client().await, &payer.held).await;
    let refund = &owed["refunds"][0];
    assert_eq!((&refund["amount"]["amount"], &refund["reason"]), (&PRICE.into(), &"slot_gone".into()), "{owed}");
    assert_eq!((&owed["status"], &refund["status"]), (&"refunded".into(), &"succeeded".into()), "{owed}");
    hospital.pay(&quick, &won).await;
    assert_eq!(status(&quick, &won).await, "confirmed");
    assert_eq!(hospital.test.count("select count(*) from refunds").await, 1);
    hospital.books_are_sound().await;
}

#[tokio::test]
async fn race_03_one_tap_takes_another_time_with_the_same_money() {
    let hospital = Hospital::open().await;
    let (payer, _, _) = too_late(&hospital).await;
    let choices = format!("/api/v1/appointments/{}/choices", payer.held);
    let nearest = payer.client().await.get(&choices).await.is(200).json()["same_doctor"][0].clone();
    let wish = json!({ "doctor_id": nearest["doctor_id"], "service_id": nearest["service_id"], "starts_at": nearest["starts_at"] });

    let taken = payer.client().await.post_json(&choices, &wish).await.is(201).field("id");
    let again = payer.client().await.post_json(&choices, &wish).await.is(201).field("id");
    hospital.doors.work().await;
    hospital.test.pass_minutes(2);
    hospital.doors.work().await;

    assert_eq!(taken, again);
    assert_eq!(status(&payer.client().await, &taken).await, "confirmed");
    assert_eq!(hospital.test.count("select count(*) from refunds").await, 0);
    assert_eq!(hospital.test.count("select count(*) from payments").await, 1);
    hospital.books_are_sound().await;
}

#[tokio::test]
async fn race_04_the_second_payment_of_one_hold_goes_back() {
    let hospital = Hospital::open().await;
    let payer = Payer::at(&hospital).await;
    // We believed the first attempt to have failed; its page can still take money.
    hospital.test.force("update payments set status = 'failed'").await;
    let second = hospital.checkout(&payer.client().await, &payer.held).await;
    assert_ne!(payer.paying.checkout, second.checkout);
    hospital.press(&payer.paying, "approve").await;
    hospital.press(&second, "approve").await;

    let (first_news, second_news) = tokio::join!(hospital.report(&payer.paying), hospital.report(&second));
    let ((), ()) = (first_news, second_news);
    hospital.doors.work().await;

    assert_eq!(payer.status().await, "confirmed");
    let owed = owed(&payer.client().await, &payer.held).await;
    assert_eq!(owed["refunds"].as_array().map(Vec::len), Some(1), "{owed}");
    assert_eq!(owed["refunds"][0]["reason"], "double_payment", "{owed}");
    assert_eq!(owed["refunds"][0]["amount"]["amount"], PRICE, "{owed}");
    hospital.books_are_sound().await;
}

#[tokio::test]
async fn race_05_a_price_that_changes_meanwhile_changes_nothing_for_who_holds() {
    let hospital = Hospital::open().await;
    let payer = Payer::at(&hospital).await;
    hospital.test.force("update services set price_amount = price_amount * 3").await;

    hospital.press(&payer.paying, "approve").await;
    hospital.report(&payer.paying).await;
    hospital.doors.work().await;

    assert_eq!(payer.status().await, "confirmed");
    let paid = owed(&payer.client().await, &payer.held).await;
    assert_eq!(paid["payments"][0]["amount"]["amount"], PRICE, "{paid}");
    let other = hospital.program(hospital.patient().await).await;
    let dearer = book(&other, payer.doctor, hospital.at("12:00")).await.is(201).field("id");
    assert_eq!(owed(&other, &dearer).await["price"]["amount"], 3 * PRICE);
    hospital.books_are_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn race_06_two_tabs_of_one_person_get_the_same_hold_and_one_page_to_pay() {
    let hospital = Arc::new(Hospital::open().await);
    let (doctor, patient) = (hospital.doctor(&offer()).await, hospital.patient().await);
    let starts_at = hospital.at("10:00");
    let (one, two) = (hospital.program(patient).await, hospital.program(patient).await);

    let (first, second) = tokio::join!(book(&one, doctor, starts_at), book(&two, doctor, starts_at));

    let held = first.is(201).field("id");
    assert_eq!(held, second.is(201).field("id"));
    assert_eq!(hospital.test.count("select count(*) from charges").await, 1);
    let (left, right) = tokio::join!(hospital.checkout(&one, &held), hospital.checkout(&two, &held));
    assert_eq!(left.checkout, right.checkout);
    assert_eq!(hospital.test.count("select count(*) from payments").await, 1);
}

#[tokio::test]
async fn race_07_a_gateway_that_is_down_costs_nobody_their_hold_and_paying_works_again_later() {
    let hospital = Hospital::open().await;
    let (patient, doctor) = (hospital.patient().await, hospital.doctor(&offer()).await);
    let client = hospital.program(patient).await;
    let held = hospital.held(patient, doctor, "10:00").await;
    hospital.test.force("alter table sandbox_checkouts rename to out_of_reach").await;

    let refused = client.post_json(&format!("/api/v1/appointments/{held}/payments"), &json!({})).await;
    assert_eq!(refused.status, 503, "{}", refused.text());
    let browser = hospital.browser(patient).await;
    browser.get(&format!("/appointments/{held}/checkout")).await.is(200);
    let page = browser.post_form(&format!("/appointments/{held}/payment"), &[]).await;
    assert_eq!(page.status, 503);
    assert!(page.text().contains(&format!("action=\"/appointments/{held}/payment\"")), "a button to try again");
    hospital.test.pass_minutes(20);
    assert_eq!(status(&client, &held).await, "held");
    hospital.test.force("alter table out_of_reach rename to sandbox_checkouts").await;

    hospital.pay(&client, &held).await;

    assert_eq!(status(&client, &held).await, "confirmed");
    assert_eq!(hospital.test.count("select count(*) from payments").await, 1);
    hospital.books_are_sound().await;
}

#[tokio::test]
async fn race_07_a_gateway_that_is_down_at_the_end_holds_nothing_up() {
    let hospital = Hospital::open().await;
    let payer = Payer::at(&hospital).await;
    hospital.test.force("alter table sandbox_checkouts rename to out_of_reach").await;
    hospital.test.pass_minutes(31);

    hospital.doors.work().await;

    assert_eq!(payer.status().await, "expired");
    let quick = hospital.program(hospital.patient().await).await;
    book(&quick, payer.doctor, hospital.at("10:00")).await.is(201);
    hospital.test.force("alter table out_of_reach rename to sandbox_checkouts").await;
    hospital.books_are_sound().await;
}

#[tokio::test]
async fn race_08_what_costs_nothing_is_confirmed_at_once() {
    let hospital = Hospital::open().await;
    let free = Offer::plain(Mode::Video, 30, Money::zero(Currency::USD));
    let (patient, doctor) = (hospital.patient().await, hospital.doctor(&free).await);
    let client = hospital.program(patient).await;

    let booked = book(&client, doctor, hospital.at("10:00")).await.is(201);

    assert_eq!(booked.field("status"), "confirmed");
    hospital.test.pass_minutes(31);
    hospital.doors.work().await;
    let client = hospital.program(patient).await;
    assert_eq!(status(&client, &booked.field("id")).await, "confirmed");
    assert_eq!(hospital.test.count("select count(*) from charges").await, 0);
    hospital.books_are_sound().await;
}

#[tokio::test]
async fn race_09_who_abandons_a_hold_and_books_again_must_pay_again() {
    let hospital = Hospital::open().await;
    let payer = Payer::at(&hospital).await;
    let path = format!("/api/v1/appointments/{}/cancellation", payer.held);
    payer.client().await.post_json(&path, &json!({})).await.is(200);

    let again = book(&payer.client().await, payer.doctor, hospital.at("10:00")).await.is(201);

    let second = again.field("id");
    assert_ne!(second, payer.held);
    assert_eq!(again.field("status"), "held");
    hospital.doors.work().await;
    assert_eq!(status(&payer.client().await, &second).await, "held", "nothing of the first pays the second");
    let owes = owed(&payer.client().await, &second).await;
    assert_eq!((&owes["status"], &owes["payment_status"]), (&"open".into(), &Value::Null), "{owes}");
    hospital.pay(&payer.client().await, &second).await;
    assert_eq!(status(&payer.client().await, &second).await, "confirmed");
    hospital.books_are_sound().await;
}

#[tokio::test]
async fn race_09_a_hold_that_lapsed_and_is_booked_again_must_be_paid_too() {
    let hospital = Hospital::open().await;
    let payer = Payer::at(&hospital).await;
    hospital.test.pass_minutes(31);

    let again = book(&payer.client().await, payer.doctor, hospital.at("10:00")).await.is(201);

    assert_ne!(again.field("id"), payer.held);
    assert_eq!(again.field("status"), "held");
    hospital.doors.work().await;
    assert_eq!(status(&payer.client().await, &again.field("id")).await, "held");
    hospital.test.pass_minutes(31);
    assert_eq!(status(&payer.client().await, &again.field("id")).await, "expired");
}

#[tokio::test]
async fn race_10_what_either_side_calls_off_unpaid_cannot_be_paid_any_more() {
    let hospital = Hospital::open().await;
    for by_doctor in [false, true] {
        let payer = Payer::at(&hospital).await;
        let who = if by_doctor { hospital.program(payer.doctor).await } else { payer.client().await };
        let path = format!("/api/v1/appointments/{}/cancellation", payer.held);
        who.post_json(&path, &json!({})).await.is(200);

        let pay =
            payer.client().await.post_json(&format!("/api/v1/appointments/{}/payments", payer.held), &json!({})).await;
        assert!(pay.status == 404 || pay.status == 409, "{}", pay.text());
        hospital.doors.work().await;

        assert_eq!(hospital.at_gateway(&payer.paying).await, "expired", "by doctor: {by_doctor}");
        let page = hospital.doors.visitor().get(&format!("/sandbox/pay/{}", payer.paying.checkout)).await.is(200);
        assert!(!page.text().contains("value=\"approve\""), "no button to pay");
        let theirs = payer.status().await;
        assert_eq!(theirs, if by_doctor { "cancelled_by_doctor" } else { "released" });
    }
    assert_eq!(hospital.test.count("select count(*) from journal_entries").await, 0);
    hospital.books_are_sound().await;
}

#[tokio::test]
async fn race_10_money_of_the_moment_before_the_link_died_goes_back() {
    let hospital = Hospital::open().await;
    let payer = Payer::at(&hospital).await;
    hospital.press(&payer.paying, "approve").await;
    let path = format!("/api/v1/appointments/{}/cancellation", payer.held);
    payer.client().await.post_json(&path, &json!({})).await.is(200);

    hospital.report(&payer.paying).await;
    hospital.doors.work().await;

    assert_eq!(payer.status().await, "released");
    assert_eq!(owed(&payer.client().await, &payer.held).await["status"], "refunded");
    hospital.books_are_sound().await;
}

#[tokio::test]
async fn race_11_an_unpaid_hold_blocks_nobody_after_thirty_minutes_though_no_job_runs() {
    let hospital = Hospital::open().await;
    let doctor = hospital.doctor(&offer()).await;
    let (slow, quick) = (hospital.patient().await, hospital.patient().await);
    let starts_at = hospital.at("10:00");
    let lost = hospital.held(slow, doctor, "10:00").await;

    hospital.test.pass_minutes(29);
    book(&hospital.program(quick).await, doctor, starts_at).await.problem(409, "slot_taken");
    hospital.test.pass_minutes(1);

    let theirs = hospital.program(slow).await;
    assert_eq!(status(&theirs, &lost).await, "expired");
    let open = hospital.doors.visitor().get(&format!("/api/v1/doctors/{}/slots", doctor.id)).await.is(200).text();
    assert!(open.contains(&starts_at.to_string()), "{starts_at} is open again: {open}");
    let won = book(&hospital.program(quick).await, doctor, starts_at).await.is(201);
    assert_eq!(won.field("status"), "held");
    assert_eq!(status(&theirs, &lost).await, "expired");
    let pay = theirs.post_json(&format!("/api/v1/appointments/{lost}/payments"), &json!({})).await;
    assert_eq!(pay.status, 409, "{}", pay.text());
}

#[tokio::test]
async fn nobody_hoards_two_times_of_a_doctor_or_three_in_all() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let (first, second, third) =
        (hospital.doctor(&offer()).await, hospital.doctor(&offer()).await, hospital.doctor(&offer()).await);
    let client = hospital.program(patient).await;
    let here = book(&client, first, hospital.at("10:00")).await.is(201).field("id");

    let again = book(&client, first, hospital.at("11:00")).await.problem(409, "hold_open");
    let elsewhere = book(&client, second, hospital.at("12:00")).await.is(201).field("id");
    let too_many = book(&client, third, hospital.at("14:00")).await.problem(409, "too_many_holds");

    assert_eq!(again["appointment_id"], here.as_str());
    let open: Vec<_> = too_many["appointment_ids"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(open.len() == 2 && open.contains(&here.as_str()) && open.contains(&elsewhere.as_str()), "{open:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_hoards_by_asking_for_ten_times_at_once() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let client = hospital.program(patient).await;
    let mut storm = tokio::task::JoinSet::new();
    for n in 0..10 {
        let (client, doctor) = (client.clone(), hospital.doctor(&offer()).await);
        let starts_at = hospital.at("10:00").plus_minutes(n * 30);
        storm.spawn(async move { book(&client, doctor, starts_at).await.status });
    }

    let mut held = 0;
    for status in storm.join_all().await {
        assert!(status == 201 || status == 409, "{status}");
        held += i64::from(status == 201);
    }

    assert_eq!(held, 2);
    assert_eq!(hospital.test.count("select count(*) from appointments").await, 2);
}
