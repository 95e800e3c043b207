//! Calendars that go out and calendars that come in: one's own appointments in one's own program, and times at which a doctor is busy
//! elsewhere.

use std::sync::{Arc, Mutex};

use calcard::{
    Entry, Parser,
    icalendar::{ICalendar, ICalendarComponent, ICalendarProperty, ICalendarStatus, ICalendarValue},
};
use kernel::Timestamp;
use serde_json::{Value, json};
use testkit::{Answer, Client};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinSet,
};

use crate::support::{Hospital, Person, Words, book, offer};

const FEED: &str = "/api/v1/calendar-feed";
const OUTSIDE: &str = "/api/v1/outside-calendars";

/// Opened by this person; the path under which programs ask for it.
async fn opened(client: &Client, names: bool) -> String {
    let url = client.post_json(FEED, &json!({ "names": names })).await.is(201).field("url");
    format!("/calendar/{}", url.rsplit('/').next().unwrap())
}

/// Read by somebody else's parser.
fn parsed(text: &str) -> ICalendar {
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "lines are folded");
    match Parser::new(text).entry() {
        Entry::ICalendar(calendar) => calendar,
        other => panic!("no calendar: {other:?}"),
    }
}

fn events(calendar: &ICalendar) -> Vec<&ICalendarComponent> {
    calendar.components.iter().filter(|component| component.component_type.is_event()).collect()
}

fn text_of(event: &ICalendarComponent, property: &ICalendarProperty) -> String {
    event.property(property).and_then(|entry| entry.values.first()?.as_text().map(str::to_owned)).unwrap_or_default()
}

fn sequence(event: &ICalendarComponent) -> i64 {
    match event.property(&ICalendarProperty::Sequence).and_then(|entry| entry.values.first()) {
        Some(ICalendarValue::Integer(number)) => *number,
        other => panic!("no sequence: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_program_reads_that_there_is_an_appointment_and_never_why() {
    let hospital = Hospital::open().await;
    let words = Words::default();
    let (patient, doctor, appointment, starts_at) = hospital.confirmed("10:00", &words).await;
    let stranger = hospital.patient().await;
    let (mine, theirs) = (hospital.program(patient).await, hospital.program(doctor).await);
    for client in [&mine, &theirs] {
        let path = opened(client, false).await;
        let answer = hospital.doors.visitor().get(&path).await.is(200);
        assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "private, max-age=300");
        let calendar = parsed(&answer.text());
        let [event] = events(&calendar)[..] else { panic!("one appointment") };
        assert_eq!(text_of(event, &ICalendarProperty::Summary), "Appointment");
        assert!(event.uid().unwrap().starts_with(&appointment));
        let start = starts_at.jiff().strftime("%Y%m%dT%H%M%SZ").to_string();
        assert!(answer.text().contains(&format!("DTSTART:{start}")), "{}", answer.text());
        for never in [words.reason.as_str(), "Amina", "Nadia"] {
            assert!(!answer.text().contains(never), "{never}");
        }
    }
    let empty = opened(&hospital.program(stranger).await, true).await;
    assert!(events(&parsed(&hospital.doors.visitor().get(&empty).await.is(200).text())).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_shown_only_to_those_who_ask_for_it() {
    let hospital = Hospital::open().await;
    let (patient, doctor, _, _) = hospital.confirmed("10:00", &Words::default()).await;
    let summary = async |path: &str| {
        let calendar = parsed(&hospital.doors.visitor().get(path).await.is(200).text());
        text_of(events(&calendar)[0], &ICalendarProperty::Summary)
    };
    let theirs = opened(&hospital.program(doctor).await, true).await;
    assert_eq!(summary(&theirs).await, "Appointment: Amina Rahman");
    let mine = opened(&hospital.program(patient).await, false).await;
    let browser = hospital.browser(patient).await;
    assert!(browser.get("/account/calendar").await.is(200).text().contains("Take the address back"));
    browser.post_form("/account/calendar/names", &[("names", "on")]).await.is(303);
    assert_eq!(summary(&mine).await, "Appointment: Dr Nadia Karim");
    browser.post_form("/account/calendar/names", &[]).await.is(303);
    assert_eq!(summary(&mine).await, "Appointment");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unchanged_calendar_is_not_sent_again_and_a_cancelled_visit_says_so_for_a_month() {
    let hospital = Hospital::open().await;
    let (patient, _, appointment, _) = hospital.confirmed("10:00", &Words::default()).await;
    let mine = hospital.program(patient).await;
    let path = opened(&mine, false).await;
    let program = hospital.doors.visitor();
    let first = program.get(&path).await.is(200);
    let tag = first.header("etag").to_owned();
    let known = hospital.doors.visitor().with_header("if-none-match", &format!("\"other\", W/{tag}"));
    assert!(known.get(&path).await.is(304).text().is_empty());

    mine.post_json(&format!("/api/v1/appointments/{appointment}/cancellation"), &json!({})).await.is(200);
    let after = known.get(&path).await.is(200);
    assert_ne!(after.header("etag"), tag);
    let (before, now) = (parsed(&first.text()), parsed(&after.text()));
    let (was, is) = (events(&before)[0], events(&now)[0]);
    assert_eq!((was.status(), is.status()), (Some(&ICalendarStatus::Confirmed), Some(&ICalendarStatus::Cancelled)));
    assert_eq!(was.uid(), is.uid());
    assert!(sequence(is) > sequence(was));

    hospital.test.pass_minutes(34 * 24 * 60);
    assert!(events(&parsed(&known.get(&path).await.is(200).text())).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_was_taken_back_is_as_if_it_had_never_been() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let mine = hospital.program(patient).await;
    let program = hospital.doors.visitor();
    program.get("/").await.is(200);
    let said = async |path: &str| {
        let answer: Answer = program.get(path).await.is(404);
        answer.text().replace(answer.header("x-request-id"), "").replace(path, "")
    };
    let absent = said(&format!("/calendar/{}.ics", "A".repeat(43))).await;

    let first = opened(&mine, false).await;
    program.get(&first).await.is(200);
    let second = opened(&mine, false).await;
    assert_eq!(said(&first).await, absent, "another address takes its place");
    program.get(&second).await.is(200);
    mine.delete(FEED).await.is(204);
    mine.delete(FEED).await.is(204);
    assert_eq!(said(&second).await, absent);
    assert_eq!(mine.get(FEED).await.is(200).json()["open"], false);

    let third = opened(&mine, false).await;
    hospital.test.force(&format!("update accounts set status = 'disabled' where id = '{}'", patient.id)).await;
    assert_eq!(said(&third).await, absent, "a closed account shows nothing");
    let kept = hospital.test.texts("select encode(token_mac, 'escape') from calendar_feeds").await.join("");
    for path in [&first, &second, &third] {
        let token = path.rsplit('/').next().unwrap().trim_end_matches(".ics");
        assert!(!kept.contains(token), "the database knows no token");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_asks_too_often_waits() {
    let hospital = Hospital::open().await;
    let path = opened(&hospital.program(hospital.patient().await).await, false).await;
    let program = hospital.doors.visitor();
    for _ in 0..30 {
        program.get(&path).await.is(200);
    }
    assert!(!program.get(&path).await.is(429).header("retry-after").is_empty());
    hospital.test.pass_minutes(2);
    program.get(&path).await.is(200);
}

/// Somebody else's calendar server, on this machine.
struct Elsewhere {
    port: u16,
    /// Status and body of the next answers.
    says: Arc<Mutex<(&'static str, String)>>,
    _running: JoinSet<()>,
}

impl Elsewhere {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let says = Arc::new(Mutex::new(("200 OK", String::new())));
        let mouth = Arc::clone(&says);
        let mut running = JoinSet::new();
        running.spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let mut head = [0; 8192];
                let _ = socket.read(&mut head).await;
                let (status, body) = mouth.lock().unwrap().clone();
                let answer =
                    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
                let _ = socket.write_all(answer.as_bytes()).await;
            }
        });
        Self { port, says, _running: running }
    }

    fn says(&self, status: &'static str, body: String) {
        *self.says.lock().unwrap() = (status, body);
    }

    /// Busy for half an hour.
    fn busy_at(&self, starts_at: Timestamp) {
        let utc = |at: Timestamp| at.jiff().strftime("%Y%m%dT%H%M%SZ").to_string();
        let event = format!(
            "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:{}\r\nDTEND:{}\r\nSUMMARY:Canary of a title\r\nLOCATION:Canary of a place\r\nEND:VEVENT\r\n",
            utc(starts_at),
            utc(starts_at.plus_minutes(30))
        );
        self.says("200 OK", format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event}END:VCALENDAR\r\n"));
    }

    fn body(&self) -> Value {
        let url = format!("http://127.0.0.1:{}/canary-of-an-address.ics", self.port);
        json!({ "name": "Family", "kind": "file", "url": url, "user": "me", "password": "canary of a password" })
    }
}

impl Hospital {
    async fn offers(&self, doctor: Person, starts_at: Timestamp) -> bool {
        let asked = format!("/api/v1/doctors/{}/slots?from={starts_at}&to={}", doctor.id, starts_at.plus_minutes(1));
        let slots = self.doors.visitor().get(&asked).await.is(200).json();
        slots["items"].as_array().unwrap().iter().any(|slot| slot["starts_at"] == starts_at.to_string())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_at_which_a_doctor_is_busy_elsewhere_is_neither_offered_nor_booked() {
    let hospital = Hospital::open().await;
    let (doctor, patient) = (hospital.doctor(&offer()).await, hospital.patient().await);
    let (theirs, mine) = (hospital.program(doctor).await, hospital.program(patient).await);
    let (taken, free) = (hospital.at("10:00"), hospital.at("11:00"));
    let elsewhere = Elsewhere::open().await;
    elsewhere.busy_at(taken);
    assert!(hospital.offers(doctor, taken).await);
    let id = theirs.post_json(OUTSIDE, &elsewhere.body()).await.is(201).field("id");
    hospital.doors.work().await;
    assert!(!hospital.offers(doctor, taken).await && hospital.offers(doctor, free).await);
    book(&mine, doctor, taken).await.problem(409, "slot_taken");
    let held = book(&mine, doctor, free).await.is(201).field("id");
    let moved =
        mine.post_json(&format!("/api/v1/appointments/{held}/rescheduling"), &json!({ "starts_at": taken })).await;
    assert_ne!(moved.status, 200, "nor is anything moved there");

    // It follows: what is moved elsewhere is free here.
    elsewhere.busy_at(hospital.at("12:00"));
    hospital.test.pass_minutes(16);
    hospital.doors.work().await;
    assert!(hospital.offers(doctor, taken).await && !hospital.offers(doctor, hospital.at("12:00")).await);
    hospital.program(doctor).await.delete(&format!("{OUTSIDE}/{id}")).await.is(204);
    assert!(hospital.offers(doctor, hospital.at("12:00")).await, "what was removed counts no more");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_calendar_elsewhere_only_times_are_kept_and_its_address_is_sealed() {
    let hospital = Hospital::open().await;
    let doctor = hospital.doctor(&offer()).await;
    let elsewhere = Elsewhere::open().await;
    elsewhere.busy_at(hospital.at("10:00"));
    let theirs = hospital.program(doctor).await;
    theirs.post_json(OUTSIDE, &elsewhere.body()).await.is(201);
    hospital.doors.work().await;
    let seen = theirs.get(OUTSIDE).await.is(200);
    assert_eq!((&seen.json()[0]["health"], &seen.json()[0]["busy_count"]), (&json!("up_to_date"), &json!(1)));
    let page = hospital.browser(doctor).await.get("/doctor/calendars").await.is(200).text();
    assert!(page.contains("Up to date") && page.contains("1 busy time"), "{page}");
    let rows = "select c::text || encode(c.source_sealed, 'escape') || b::text || coalesce((select string_agg(j::text, '') from jobs j), '')
                from outside_calendars c join outside_busy b on b.calendar_id = c.id";
    let kept = hospital.test.texts(rows).await.join("\n");
    assert!(!kept.is_empty());
    for all in [kept, seen.text(), page] {
        assert!(!all.to_lowercase().contains("canary"), "{all}");
    }
    let other = hospital.doctor(&offer()).await;
    assert_eq!(hospital.program(other).await.get(OUTSIDE).await.is(200).json(), json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_that_does_not_answer_is_told_of_once_and_counts_for_three_days() {
    let hospital = Hospital::open().await;
    let doctor = hospital.doctor(&offer()).await;
    let elsewhere = Elsewhere::open().await;
    let taken = hospital.at("10:00").plus_days(10);
    elsewhere.busy_at(taken);
    let theirs = hospital.program(doctor).await;
    let id = theirs.post_json(OUTSIDE, &elsewhere.body()).await.is(201).field("id");
    hospital.doors.work().await;
    elsewhere.says("500 Oops", String::new());
    let told = "select count(*) from notices where kind = 'scheduling.calendar_in_trouble'";
    let mut counts = Vec::new();
    for _ in 0..5 {
        theirs.post_json(&format!("{OUTSIDE}/{id}/fetching"), &json!({})).await.is(204);
        hospital.doors.work().await;
        counts.push(hospital.test.count(told).await);
    }
    assert_eq!(counts, [0, 0, 1, 1, 1]);
    theirs.post_json(&format!("{OUTSIDE}/{id}/fetching"), &json!({})).await.is(429);
    assert!(!hospital.offers(doctor, taken).await, "what it said before counts");
    let page = hospital.browser(doctor).await.get("/doctor/calendars").await.is(200).text();
    assert!(page.contains("Not reached") && page.contains("The server answers with an error"));

    hospital.test.pass_minutes(3 * 24 * 60 + 10);
    hospital.doors.work().await;
    assert!(hospital.offers(doctor, taken).await, "but not for ever");
    let theirs = hospital.program(doctor).await;
    assert_eq!(theirs.get(OUTSIDE).await.is(200).json()[0]["health"], "lost");
    elsewhere.busy_at(taken);
    theirs.post_json(&format!("{OUTSIDE}/{id}/fetching"), &json!({})).await.is(204);
    hospital.doors.work().await;
    assert!(!hospital.offers(doctor, taken).await, "it answers again");
    assert_eq!(theirs.get(OUTSIDE).await.is(200).json()[0]["failures"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_that_lead_inside_are_refused_where_they_are_typed() {
    let hospital = Hospital::open().await;
    let doctor = hospital.doctor(&offer()).await;
    let theirs = hospital.program(doctor).await;
    for url in [
        "https://10.0.0.1/a.ics",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:192.168.0.1]/a.ics",
        "http://cal.example/a.ics",
        "https://me:secret@cal.example/a.ics",
        "file:///etc/passwd",
        "nonsense",
    ] {
        let body = json!({ "name": "Family", "kind": "file", "url": url });
        theirs.post_json(OUTSIDE, &body).await.problem(422, "invalid");
    }
    let browser = hospital.browser(doctor).await;
    browser.get("/doctor/calendars").await.is(200);
    let typed = [("name", "Family"), ("kind", "file"), ("url", "https://10.0.0.1/a.ics")];
    let page = browser.post_form("/doctor/calendars", &typed).await.is(422).text();
    assert!(page.contains("Enter a public address") && page.contains("value=\"Family\""));
    for n in 0..5 {
        let body = json!({ "name": "Family", "kind": "caldav", "url": format!("webcal://cal{n}.example/") });
        theirs.post_json(OUTSIDE, &body).await.is(201);
    }
    let sixth = json!({ "name": "Family", "kind": "file", "url": "https://cal.example/" });
    theirs.post_json(OUTSIDE, &sixth).await.problem(422, "invalid");
    assert_eq!(hospital.test.count("select count(*) from outside_calendars").await, 5);
}
