use std::{io::Write as _, time::Duration};

use flate2::{Compression, write::GzEncoder};
use kernel::Secret;

use super::doubles::{CALENDAR, Double, Names, answer, redirect, source};
use crate::{FetchError, Fetched, Fetcher, Kind, Login, Reach, Source};

fn here() -> Fetcher {
    Fetcher::new(Reach::WorldAndHere)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[tokio::test]
async fn a_calendar_is_fetched_with_its_tag_and_not_a_second_time_unchanged() {
    let double = Double::answering(|head| {
        if head.to_lowercase().contains("if-none-match: \"1\"") {
            answer("304 Not Modified", "", b"")
        } else {
            answer("200 OK", "etag: \"1\"\r\ncontent-type: text/html\r\n", CALENDAR.as_bytes())
        }
    })
    .await;
    let Ok(Fetched::Calendar { text, tag }) = here().fetch(&double.source("/a.ics")).await else {
        panic!("a calendar")
    };
    assert_eq!((text.as_str(), tag.as_deref()), (CALENDAR, Some("\"1\"")), "whatever its type is called");
    let again = Source { tag, ..double.source("/a.ics") };
    assert_eq!(here().fetch(&again).await, Ok(Fetched::Unchanged));
}

#[tokio::test]
async fn nothing_but_the_world_by_https_is_asked() {
    let world = Fetcher::new(Reach::World);
    for forbidden in [
        "http://cal.example/a.ics",
        "http://127.0.0.1:8443/a.ics",
        "https://127.0.0.1/a.ics",
        "https://127.1/a.ics",
        "https://0x7f000001/a.ics",
        "https://2130706433/a.ics",
        "https://[::1]/a.ics",
        "https://[::ffff:127.0.0.1]/a.ics",
        "https://[64:ff9b::a9fe:a9fe]/a.ics",
        "https://10.0.0.1/a.ics",
        "https://100.64.0.1/a.ics",
        "https://169.254.169.254/latest/meta-data/",
        "https://224.0.0.1/a.ics",
        "https://cal.example:22/a.ics",
        "https://cal.example:25/a.ics",
        "https://user:password@cal.example/a.ics",
        "ftp://cal.example/a.ics",
        "file:///etc/passwd",
        "gopher://cal.example/",
        "data:text/calendar,BEGIN:VCALENDAR",
    ] {
        assert!(!world.allows(&forbidden.parse().unwrap()), "{forbidden}");
        assert_eq!(world.fetch(&source(forbidden)).await, Err(FetchError::Forbidden), "{forbidden}");
    }
    for allowed in ["https://cal.example/a.ics", "https://cal.example:8443/a.ics", "https://1.1.1.1/a.ics"] {
        assert!(world.allows(&allowed.parse().unwrap()), "{allowed}");
    }
    // Tests may ask this very machine in the clear, by its address and by nothing else.
    assert!(here().allows(&"http://127.0.0.1:8080/a.ics".parse().unwrap()));
    for forbidden in ["http://localhost:8080/a.ics", "http://10.0.0.1:8080/a.ics", "http://cal.example:8080/"] {
        assert!(!here().allows(&forbidden.parse().unwrap()), "{forbidden}");
    }
}

#[tokio::test]
async fn a_name_that_leads_inside_is_refused_even_beside_public_addresses() {
    for inside in
        ["127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "::1", "::ffff:192.168.0.1", "fd00::1", "0.0.0.0"]
    {
        let names = Names::leading("cal.example", &[&["1.1.1.1", inside]]);
        let fetcher = Fetcher::asking(names, Reach::World);
        assert_eq!(fetcher.fetch(&source("https://cal.example/a.ics")).await, Err(FetchError::Forbidden), "{inside}");
    }
    let nobody = Fetcher::asking(Names::leading("cal.example", &[&[]]), Reach::World);
    assert_eq!(nobody.fetch(&source("https://cal.example/")).await, Err(FetchError::NoSuchHost));
    assert_eq!(nobody.fetch(&source("https://other.example/")).await, Err(FetchError::NoSuchHost));
}

#[tokio::test]
async fn a_name_is_asked_once_and_what_was_looked_at_is_what_is_connected_to() {
    let double = Double::serving(b"no TLS is spoken here".to_vec()).await;
    // It would lead elsewhere the second time.
    let names = Names::leading("rebind.example", &[&["127.0.0.1"], &["10.0.0.1"]]);
    let fetcher = Fetcher::asking(names.clone(), Reach::WorldAndHere);
    let asked = fetcher.fetch(&source(&format!("https://rebind.example:{}/a.ics", double.port))).await;
    assert_eq!(asked, Err(FetchError::Unreachable));
    assert_eq!(names.asked(), 1);
    assert_eq!(double.heard().len(), 1, "the connection went to the address of the first answer");
}

#[tokio::test]
async fn a_redirect_is_looked_at_like_the_first_address() {
    for inside in [
        "https://10.0.0.1/a.ics",
        "http://cal.example/",
        "file:///etc/passwd",
        "https://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/",
    ] {
        let double = Double::serving(redirect(inside)).await;
        assert_eq!(here().fetch(&double.source("/")).await, Err(FetchError::Forbidden), "{inside}");
        assert_eq!(double.heard().len(), 1);
    }
}

#[tokio::test]
async fn three_redirects_are_followed_and_no_fourth() {
    let step = |head: &str| {
        let number: usize = head.split(['/', ' ']).nth(2).and_then(|number| number.parse().ok()).unwrap_or_default();
        if number == 0 { answer("200 OK", "", CALENDAR.as_bytes()) } else { redirect(&format!("/{}", number - 1)) }
    };
    let double = Double::answering(step).await;
    assert!(matches!(here().fetch(&double.source("/3")).await, Ok(Fetched::Calendar { .. })));
    assert_eq!(here().fetch(&double.source("/4")).await, Err(FetchError::Redirects));
    assert_eq!(double.heard().len(), 8);
    let nowhere = Double::serving(answer("302 Found", "", b"")).await;
    assert_eq!(here().fetch(&nowhere.source("/")).await, Err(FetchError::Redirects));
}

#[tokio::test]
async fn the_password_goes_to_its_own_server_and_to_no_other() {
    let elsewhere = Double::serving(answer("200 OK", "", CALENDAR.as_bytes())).await;
    let to = format!("http://127.0.0.1:{}/b.ics", elsewhere.port);
    let home =
        Double::answering(move |head| if head.starts_with("GET /a") { redirect("/next") } else { redirect(&to) }).await;
    let login = Some(Login { user: "me".into(), password: Secret::new("secret".into()) });
    let source = Source { login, tag: Some("\"1\"".into()), ..home.source("/a.ics") };
    assert!(matches!(here().fetch(&source).await, Ok(Fetched::Calendar { .. })));
    let has = |head: &String, name: &str| head.to_lowercase().contains(name);
    assert!(home.heard().iter().all(|head| has(head, "authorization: basic")), "also after a redirect at home");
    assert_eq!(home.heard().len(), 2);
    assert!(elsewhere.heard().iter().all(|head| !has(head, "authorization") && !has(head, "if-none-match")));
}

#[tokio::test]
async fn what_is_too_large_is_not_read_to_its_end() {
    let large = [CALENDAR.as_bytes(), &vec![b' '; 2 * 1024 * 1024]].concat();
    let double = Double::serving(answer("200 OK", "", &large)).await;
    assert_eq!(here().fetch(&double.source("/")).await, Err(FetchError::TooLarge));
    let bomb = gzip(&[CALENDAR.as_bytes(), &vec![b' '; 200 * 1024 * 1024]].concat());
    assert!(bomb.len() < 1024 * 1024);
    let double = Double::serving(answer("200 OK", "content-encoding: gzip\r\n", &bomb)).await;
    assert_eq!(here().fetch(&double.source("/")).await, Err(FetchError::TooLarge));
    let double = Double::serving(answer("200 OK", "content-encoding: gzip\r\n", &gzip(CALENDAR.as_bytes()))).await;
    assert!(matches!(here().fetch(&double.source("/")).await, Ok(Fetched::Calendar { text, .. }) if text == CALENDAR));
}

#[tokio::test]
async fn whoever_is_slow_is_left() {
    let patience = Duration::from_millis(300);
    let silent = Double::serving(Vec::new()).await;
    assert_eq!(here().within(patience).fetch(&silent.source("/")).await, Err(FetchError::TooSlow));
    // A head at once, and a body that never comes: the promise of more keeps nobody waiting.
    let loris = Double::serving(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\nBEGIN:VCALENDAR\r\n".to_vec());
    let asked = here().within(patience).fetch(&loris.await.source("/")).await;
    assert!(matches!(asked, Err(FetchError::TooSlow | FetchError::Unreachable)), "{asked:?}");
}

#[tokio::test]
async fn every_other_answer_says_what_is_wrong() {
    for (status, wrong) in [
        ("401 Unauthorized", FetchError::Denied),
        ("403 Forbidden", FetchError::Denied),
        ("404 Not Found", FetchError::Gone),
        ("410 Gone", FetchError::Gone),
        ("500 Oops", FetchError::Status(500)),
    ] {
        let double = Double::serving(answer(status, "", CALENDAR.as_bytes())).await;
        assert_eq!(here().fetch(&double.source("/")).await, Err(wrong), "{status}");
    }
    for body in ["<!doctype html><title>Sign in</title>", "", "BEGIN:VCARD\r\nEND:VCARD"] {
        let double = Double::serving(answer("200 OK", "content-type: text/calendar\r\n", body.as_bytes())).await;
        assert_eq!(here().fetch(&double.source("/")).await, Err(FetchError::NoCalendar), "{body}");
    }
}

#[tokio::test]
async fn a_collection_is_asked_for_its_events() {
    let body = format!(
        "<?xml version=\"1.0\"?><d:multistatus xmlns:d=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\"><d:response><d:propstat>\
         <d:prop><c:calendar-data>{CALENDAR}</c:calendar-data></d:prop></d:propstat></d:response></d:multistatus>"
    );
    let double = Double::serving(answer("207 Multi-Status", "", body.as_bytes())).await;
    let source = Source { kind: Kind::CalDav, ..double.source("/calendars/me/") };
    let Ok(Fetched::Calendar { text, .. }) = here().fetch(&source).await else { panic!("a calendar") };
    assert!(text.contains("DTSTART:20261201T100000Z"));
    let asked = double.heard().remove(0).to_lowercase();
    assert!(asked.starts_with("report /calendars/me/") && asked.contains("depth: 1"), "{asked}");
}
