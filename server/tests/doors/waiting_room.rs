//! The waiting room: its order, stepping out and being called back, whose turn comes, and how long it takes.

use kernel::Timestamp;
use serde_json::{Value, json};

use crate::support::{Hospital, Person, book, offer};

/// A doctor for whom several wait, in the order of their times: each is booked, paid, and here.
struct Day {
    hospital: Hospital,
    doctor: Person,
    waiting: Vec<(Person, String)>,
}

impl Day {
    async fn with(how_many: usize) -> Self {
        let hospital = Hospital::open().await;
        let doctor = hospital.doctor(&offer()).await;
        let mut waiting = Vec::new();
        let mut first: Option<Timestamp> = None;
        for (number, patient) in hospital.patients(how_many).await.into_iter().enumerate() {
            let starts_at = hospital.at(&format!("{:02}:{:02}", 10 + number / 2, number % 2 * 30));
            first = first.or(Some(starts_at));
            let mine = hospital.program(patient).await;
            let appointment = book(&mine, doctor, starts_at).await.is(201).field("id");
            hospital.pay(&mine, &appointment).await;
            waiting.push((patient, appointment));
        }
        let now = hospital.test.now().await;
        hospital.test.pass_minutes(first.unwrap().minutes_since(now) - 5);
        // Checking in opens some minutes before one's own time; these have all come at once.
        let here = "update appointments set visit_status = 'waiting', arrived_at = now() + interval '1 year' where status = 'confirmed'";
        hospital.test.force(here).await;
        Self { hospital, doctor, waiting }
    }

    async fn ask(&self, who: usize) -> Value {
        let (patient, appointment) = &self.waiting[who];
        let mine = self.hospital.program(*patient).await;
        mine.post_json(&format!("/api/v1/appointments/{appointment}/presence"), &json!({})).await.is(200).json()
    }

    async fn places(&self) -> Vec<i64> {
        let mut places = Vec::new();
        for who in 0..self.waiting.len() {
            places.push(self.ask(who).await["queue_position"].as_i64().unwrap());
        }
        places
    }

    async fn patient_does(&self, who: usize, what: &str) -> u16 {
        let (patient, appointment) = &self.waiting[who];
        let mine = self.hospital.program(*patient).await;
        mine.post_json(&format!("/api/v1/appointments/{appointment}/{what}"), &json!({})).await.status.as_u16()
    }

    async fn doctor_does(&self, who: usize, what: &str, body: Value) -> u16 {
        let theirs = self.hospital.program(self.doctor).await;
        theirs.post_json(&format!("/api/v1/appointments/{}/{what}", self.waiting[who].1), &body).await.status.as_u16()
    }

    async fn told(&self, who: usize, key: &str) -> i64 {
        self.hospital.doors.work().await;
        let sql = format!(
            "select count(*) from notices where account_id = '{}' and event_key like '{key}:%'",
            self.waiting[who].0.id
        );
        self.hospital.test.count(&sql).await
    }
}

#[tokio::test]
async fn the_most_urgent_come_first_then_the_promised_times() {
    let day = Day::with(3).await;
    assert_eq!(day.places().await, [1, 2, 3]);
    assert_eq!(day.doctor_does(2, "acuity", json!({ "acuity": 2 })).await, 200);
    assert_eq!(day.places().await, [2, 3, 1]);
    assert_eq!(day.doctor_does(2, "acuity", json!({ "acuity": 6 })).await, 422);
    assert_eq!(day.doctor_does(1, "acuity", json!({ "acuity": 1 })).await, 200);
    assert_eq!(day.places().await, [3, 1, 2]);
    let trail = "select count(*) from audit_log where action = 'triaged'";
    assert_eq!(day.hospital.test.count(trail).await, 2);
}

#[tokio::test]
async fn a_patient_does_not_say_how_urgent_it_is_nor_calls_anybody_back() {
    let day = Day::with(2).await;
    let (patient, appointment) = &day.waiting[1];
    let mine = day.hospital.program(*patient).await;
    for (what, body) in [("acuity", json!({ "acuity": 1 })), ("calling-back", json!({}))] {
        mine.post_json(&format!("/api/v1/appointments/{appointment}/{what}"), &body).await.is(403);
    }
    let stranger = day.hospital.program(day.hospital.doctor(&offer()).await).await;
    let other = day.hospital.program(day.waiting[0].0).await;
    for (client, what, body) in [
        (&stranger, "acuity", json!({ "acuity": 1 })),
        (&stranger, "calling-back", json!({})),
        (&other, "stepping-out", json!({})),
        (&other, "coming-back", json!({})),
    ] {
        client.post_json(&format!("/api/v1/appointments/{appointment}/{what}"), &body).await.is(404);
    }
    assert_eq!(day.hospital.test.count("select count(*) from waiting_places").await, 0);
}

#[tokio::test]
async fn who_steps_out_keeps_the_place_and_is_called_back() {
    let day = Day::with(3).await;
    assert_eq!(day.doctor_does(2, "calling-back", json!({})).await, 409, "nobody has stepped out");
    assert_eq!(day.patient_does(2, "stepping-out").await, 200);
    // Long without a heartbeat, and the place is kept: for oneself and for those behind.
    day.hospital.test.force("update presences set seen_at = now() - interval '1 hour'; update appointments set arrived_at = now() - interval '1 hour'").await;
    // Those before are still there.
    day.ask(0).await;
    day.ask(1).await;
    let (patient, appointment) = &day.waiting[2];
    let page = day.hospital.browser(*patient).await;
    let shown = page.get(&format!("/appointments/{appointment}/waiting-room")).await.is(200).text();
    assert!(shown.contains("You have stepped out") || shown.contains("Come back now"), "{shown}");
    assert_eq!(day.told(2, "back").await, 0);
    assert_eq!(day.doctor_does(2, "calling-back", json!({})).await, 200);
    assert_eq!(day.doctor_does(2, "calling-back", json!({})).await, 200);
    assert_eq!(day.told(2, "back").await, 1, "twice is once");
    let called = day.ask(2).await;
    assert_eq!((&called["away"], &called["called_back"]), (&json!(true), &json!(true)));
    let listed = day.hospital.browser(day.doctor).await.get("/doctor").await.is(200).text();
    assert!(listed.contains("Called back"), "{listed}");
    assert_eq!(day.patient_does(2, "coming-back").await, 200);
    let back = day.ask(2).await;
    assert_eq!((&back["away"], &back["called_back"]), (&json!(false), &json!(false)));
}

#[tokio::test]
async fn who_is_gone_does_not_hold_up_the_queue_and_gets_the_place_again() {
    let day = Day::with(2).await;
    day.ask(0).await;
    day.ask(1).await;
    let first = day.waiting[0].0.id;
    day.hospital
        .test
        .force(&format!("update presences set seen_at = now() - interval '31 seconds' where account_id = '{first}'"))
        .await;
    assert_eq!(day.ask(1).await["queue_position"], 1, "the page of the first was closed");
    assert_eq!(day.ask(0).await["queue_position"], 1, "and opened again");
    assert_eq!(day.ask(1).await["queue_position"], 2);
}

#[tokio::test]
async fn those_whose_turn_comes_are_told_once() {
    let day = Day::with(5).await;
    for who in 0..5 {
        day.ask(who).await;
    }
    assert_eq!(day.patient_does(1, "stepping-out").await, 200);
    let theirs = day.hospital.program(day.doctor).await;
    theirs.post_json(&format!("/api/v1/appointments/{}/visit", day.waiting[0].1), &json!({})).await.is(201);
    assert_eq!(day.told(1, "back").await, 1, "next, and out");
    assert_eq!((day.told(2, "next").await, day.told(3, "next").await, day.told(4, "next").await), (1, 1, 0));
    assert_eq!(day.doctor_does(4, "acuity", json!({ "acuity": 1 })).await, 200);
    assert_eq!((day.told(4, "next").await, day.told(3, "next").await), (1, 1));
}

#[tokio::test]
async fn the_wait_is_a_range_from_what_visits_lately_took() {
    let day = Day::with(3).await;
    let planned = day.ask(2).await["wait_max"].as_i64().unwrap();
    assert!(planned >= 65, "at least until the promised time: {planned}");
    // Twenty visits of the same service took six minutes each.
    let service = day.hospital.test.texts("select service_id::text from appointments limit 1").await.remove(0);
    day.hospital
        .test
        .force(&format!(
            "insert into appointments (id, patient_id, practitioner_id, service_id, booked_by, mode, status, visit_status, starts_at, busy_from,
                 ends_at, busy_until, admitted_at, ended_at, price_amount, currency, patient_zone)
             select gen_random_uuid(), a.patient_id, a.practitioner_id, '{service}', a.booked_by, a.mode, 'fulfilled', 'signed',
                 now() - n * interval '1 day', now() - n * interval '1 day', now() - n * interval '1 day' + interval '30 minutes',
                 now() - n * interval '1 day' + interval '30 minutes', now() - n * interval '1 day',
                 now() - n * interval '1 day' + interval '6 minutes', 0, a.currency, a.patient_zone
             from (select * from appointments limit 1) a, generate_series(1, 20) n"
        ))
        .await;
    let late = "update appointments set starts_at = starts_at - interval '1 hour', ends_at = ends_at - interval '1 hour',
        busy_from = busy_from - interval '1 hour', busy_until = busy_until - interval '1 hour' where visit_status = 'waiting'";
    day.hospital.test.force(late).await;
    let last = day.ask(2).await;
    let (shortest, longest) = (last["wait_min"].as_i64().unwrap(), last["wait_max"].as_i64().unwrap());
    assert!(shortest < longest && longest <= 20, "two before, six minutes each: {last}");
}

#[tokio::test]
async fn those_behind_somebody_who_cancels_are_nearer_and_are_told() {
    let day = Day::with(4).await;
    for who in 0..4 {
        day.ask(who).await;
    }
    assert_eq!((day.told(3, "next").await, day.ask(3).await["queue_position"].clone()), (0, json!(4)));
    assert_eq!(day.patient_does(1, "cancellation").await, 200);
    assert_eq!(day.ask(3).await["queue_position"], json!(3));
    assert_eq!(day.told(3, "next").await, 1);
}
