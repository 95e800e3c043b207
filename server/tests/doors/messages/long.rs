//! A conversation longer than a page: the newest first, and the way to what was said before.

use serde_json::{Value, json};

use super::{new_id, reply, told, unread, written};
use crate::support::{Hospital, Story, offer};

/// What stands in one message and in no other.
fn words(number: i64) -> String {
    format!("Question {number:03} of many.")
}

/// A thread of the story's patient with so many messages. Between ten and ten they wait, as the limit asks.
async fn filled(hospital: &Hospital, story: &Story, count: i64) -> String {
    let thread = written(hospital, story, &words(1)).await;
    for first in (2..=count).step_by(10) {
        hospital.test.pass_minutes(15);
        let mine = hospital.program(story.patient).await;
        for number in first..=count.min(first + 9) {
            reply(&mine, &thread, &words(number)).await.is(201);
        }
    }
    thread
}

/// The numbers of the messages on a page.
fn shown(page: &str) -> Vec<i64> {
    page.split("id=\"message-").skip(1).map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect()
}

/// Where the link of this id leads.
fn link(page: &str, id: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("id=\"{id}\""))?;
    let (_, rest) = rest.split_once("href=\"")?;
    rest.split('"').next().map(str::to_owned)
}

/// The numbers of the messages of an answer.
fn numbers(read: &Value) -> Vec<i64> {
    read["messages"].as_array().unwrap().iter().map(|one| one["number"].as_i64().unwrap()).collect()
}

fn range(first: i64, last: i64) -> Vec<i64> {
    (first..=last).collect()
}

#[tokio::test]
async fn both_are_shown_the_newest_fifty_and_led_to_what_was_said_before() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let thread = filled(&hospital, &story, 62).await;
    for (who, rooms) in [(story.patient, "/messages"), (story.doctor, "/doctor/messages")] {
        let (address, browser) = (format!("{rooms}/{thread}"), hospital.browser(who).await);
        let newest = browser.get(&address).await.is(200).text();
        assert_eq!(shown(&newest), range(13, 62), "{rooms}");
        assert!(newest.contains(&words(62)) && newest.contains(&words(13)) && !newest.contains(&words(12)), "{newest}");
        assert!(newest.contains("/replies") && newest.contains(&format!("src=\"{address}\"")), "{newest}");
        assert_eq!((link(&newest, "later-messages"), link(&newest, "newest-messages")), (None, None));

        let earlier = link(&newest, "earlier-messages").unwrap();
        let first = browser.get(&earlier).await.is(200).text();
        assert_eq!(shown(&first), range(1, 12), "{rooms}");
        assert!(first.contains(&words(1)), "{first}");
        assert_eq!((link(&first, "earlier-messages"), link(&first, "later-messages")), (None, None));
        assert_eq!(link(&first, "newest-messages"), Some(address.clone()));
        assert!(first.contains(&format!("src=\"{earlier}\"")), "with news it stays where it is: {first}");
        assert!(!first.contains("/replies"), "one answers below what is newest: {first}");

        let some = browser.get(&format!("{address}?before=5")).await.is(200).text();
        let later = link(&some, "later-messages").unwrap();
        assert_eq!((shown(&some), shown(&browser.get(&later).await.is(200).text())), (range(1, 4), range(5, 54)));

        let elsewhere = format!("1790000000000000.{thread}");
        for wrong in ["", "nonsense", "0", "1", "-4", "63", "99999999999999", elsewhere.as_str()] {
            let page = browser.get(&format!("{address}?before={wrong}")).await.is(200).text();
            assert_eq!(shown(&page), range(13, 62), "what is no place leads to the newest: {wrong}");
        }
    }
    let mine = hospital.browser(story.patient).await;
    let text = mine.get(&format!("/messages/{thread}/export.txt")).await.is(200).text();
    assert!(text.contains(&words(1)) && text.contains(&words(62)), "it is taken away whole: {text}");
    assert_eq!(numbers(&mine.get(&format!("/messages/{thread}/export.json")).await.is(200).json()), range(1, 62));
    let (stranger, other) = (hospital.patient().await, hospital.doctor(&offer()).await);
    hospital.browser(stranger).await.get(&format!("/messages/{thread}?before=13")).await.is(404);
    hospital.browser(other).await.get(&format!("/doctor/messages/{thread}?before=13")).await.is(404);
    for who in [stranger, other] {
        hospital.program(who).await.get(&format!("/api/v1/threads/{thread}?cursor=13")).await.is(404);
    }
}

#[tokio::test]
async fn page_by_page_nothing_comes_twice_or_is_lost_when_a_message_comes_in_between() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let thread = filled(&hospital, &story, 55).await;
    let path = format!("/api/v1/threads/{thread}");
    let (mine, theirs) = (hospital.program(story.patient).await, hospital.program(story.doctor).await);
    let newest = mine.get(&path).await.is(200).json();
    assert_eq!((numbers(&newest), &newest["next_cursor"]), (range(6, 55), &json!("6")), "the oldest first");
    reply(&theirs, &thread, "In between").await.is(201);
    let next = format!("{path}?cursor={}", newest["next_cursor"].as_str().unwrap());
    let rest = mine.get(&next).await.is(200).json();
    assert_eq!((numbers(&rest), &rest["next_cursor"]), (range(1, 5), &Value::Null));
    assert_eq!(rest["messages"][4]["text"], words(5));

    let (mut seen, mut query) = (Vec::new(), "?limit=20".to_owned());
    loop {
        let read = mine.get(&format!("{path}{query}")).await.is(200).json();
        seen = [numbers(&read), seen].concat();
        let Some(cursor) = read["next_cursor"].as_str() else { break };
        query = format!("?limit=20&cursor={cursor}");
        if seen.len() == 20 {
            reply(&theirs, &thread, "And once more").await.is(201);
        }
    }
    assert_eq!(seen, range(1, 56), "what came meanwhile stands on the newest page");
    for wrong in ["nonsense", "0", "58", new_id().as_str()] {
        let read = mine.get(&format!("{path}?cursor={wrong}")).await.is(200).json();
        assert_eq!(numbers(&read), range(8, 57), "{wrong}");
    }
}

#[tokio::test]
async fn an_earlier_page_is_read_as_far_as_it_goes_and_each_page_stands_in_the_log() {
    let hospital = Hospital::open().await;
    let story = told(&hospital).await;
    let thread = filled(&hospital, &story, 55).await;
    let address = format!("/doctor/messages/{thread}");
    let (browser, theirs) = (hospital.browser(story.doctor).await, hospital.program(story.doctor).await);
    assert_eq!(unread(&theirs).await, 55);
    let reads = format!(
        "select count(*) from audit_log where object = 'messages' and action = 'read' and actor = '{}'",
        story.doctor.id
    );
    let before = hospital.test.count(&reads).await;
    let newest = browser.get(&address).await.is(200).text();
    assert_eq!(unread(&theirs).await, 55, "five unread ones stand on no page yet");
    let first = link(&newest, "unread-messages").unwrap();
    let first = browser.get(&first).await.is(200).text();
    assert_eq!(shown(&first), range(1, 50));
    assert_eq!(unread(&theirs).await, 5, "what was not shown is not read");
    assert_eq!(link(&browser.get(&address).await.is(200).text(), "unread-messages"), None);
    assert_eq!(unread(&theirs).await, 0);
    browser.get(&format!("{address}?before=6")).await.is(200);
    assert_eq!(unread(&theirs).await, 0, "a mark never goes back");
    assert_eq!(hospital.test.count(&reads).await, before + 4);
    let seen = hospital.browser(story.patient).await.get(&format!("/messages/{thread}?before=6")).await.is(200).text();
    assert_eq!(seen.matches("Seen by the team").count(), 5, "{seen}");
}
