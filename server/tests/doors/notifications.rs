//! What people want to hear: set on the page and by program, kept by every letter, and left by a link. What administrators see of it.

use access::Role;
use http::Method;
use kernel::{Timestamp, ids::AccountId};
use notify::{Mail, Notice};
use serde_json::json;
use testkit::Client;

use crate::support::{Hospital, Person};

const WISHES: &str = "/api/v1/notification-preferences";

impl Hospital {
    /// As a room would tell this person something.
    async fn tells(&self, person: Person, kind: &'static str, key: &str) {
        let mut tx = self.test.system().await;
        let to = identity::accounts::recipient(&mut tx, AccountId::from_uuid(person.id)).await.unwrap().unwrap();
        let mail = Mail { text: format!("Body of {key}"), html: "<p>Body</p>".to_owned(), attachments: Vec::new() };
        let notice = Notice {
            to: &to,
            kind,
            key: key.to_owned(),
            subject: format!("Word of {key}"),
            link: Some("/notifications".to_owned()),
            mail: Some(mail),
            sms: Some(format!("Word of {key}")),
        };
        notify::tell(&mut tx, notice).await.unwrap();
        tx.commit().await.unwrap();
        self.doors.work().await;
    }

    /// Subjects of what arrived at an address, oldest first; the texts of text messages, which have no subject.
    async fn arrived(&self, to: &str) -> Vec<String> {
        let mut posted = self.mailbox(to).await;
        posted.reverse();
        let word = |letter: notify::mailbox::Posted| {
            if letter.subject.is_empty() { letter.text } else { letter.subject }
        };
        posted.into_iter().map(word).collect()
    }

    async fn mailbox(&self, to: &str) -> Vec<notify::mailbox::Posted> {
        let mut tx = self.test.system().await;
        notify::mailbox::list(&mut tx, &self.vault, Some(to), 50).await.unwrap()
    }

    /// Put the clock to this time of tomorrow, UTC.
    async fn tomorrow_at(&self, wall: &str) {
        let now = self.test.now().await;
        let day = now.date_in(&kernel::Zone::utc()).plus_days(1);
        let wanted: Timestamp = format!("{day}T{wall}:00Z").parse().unwrap();
        self.test.pass_minutes(wanted.minutes_since(now) + 1);
    }
}

fn mail(person: Person) -> String {
    format!("{}@x.test", person.id)
}

/// The way out that stands in a letter.
fn way_out(letter: &notify::mailbox::Posted) -> String {
    let url = letter.text.split_whitespace().find(|word| word.contains("/unsubscribe/")).expect("a way out");
    url.split_once("/unsubscribe/").map(|(_, token)| format!("/unsubscribe/{token}")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_switched_off_on_the_page_is_not_sent_and_what_is_mandatory_still_is() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let browser = hospital.browser(patient).await;
    let page = browser.get("/account/notifications").await.is(200).text();
    assert!(page.contains("Always in the app") && page.contains("name=\"reviews.email\""));
    assert!(!page.contains("name=\"visits.app\""), "nobody is offered a switch that does nothing");
    assert!(!page.contains(".sms\""), "there is no phone to send a text to");

    let ticks = [("security.email", "on"), ("money.email", "on"), ("visits.email", "on"), ("reminders.app", "on")];
    browser.post_form("/account/notifications", &ticks).await.is(303);
    hospital.tells(patient, "community.invitation", "a").await;
    hospital.tells(patient, "scheduling.reminder", "b").await;
    hospital.tells(patient, "scheduling.cancelled", "c").await;
    assert_eq!(hospital.arrived(&mail(patient)).await, ["Word of c"]);
    let seen = hospital.program(patient).await.get("/api/v1/notices").await.is(200).json();
    let told: Vec<_> = seen["items"].as_array().unwrap().iter().map(|notice| notice["kind"].clone()).collect();
    assert_eq!(told, ["scheduling.cancelled", "scheduling.reminder"], "reviews are off, reminders stand in the app");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_silences_what_must_reach_them_by_page_or_by_program() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let browser = hospital.browser(patient).await;
    browser.get("/account/notifications").await.is(200);
    let refused = browser.post_form("/account/notifications", &[("money.email", "on")]).await.is(422).text();
    assert!(refused.contains("Choose e-mail or text message"), "{refused}");
    let program = hospital.program(patient).await;
    let silent = json!({ "topics": { "security": { "email": false } } });
    program.put_json(WISHES, &silent).await.problem(422, "invalid");
    let nowhere = json!({ "topics": { "visits": { "app": false } } });
    program.put_json(WISHES, &nowhere).await.problem(422, "invalid");
    for wrong in [
        json!({ "topics": { "weather": { "email": true } } }),
        json!({ "topics": { "reviews": { "pigeon": true } } }),
        json!({ "quiet_hours": { "from": "22:00", "until": "22:00" } }),
        json!({ "digest_at": "24:00" }),
        json!({ "letters_locale": "tlh" }),
    ] {
        program.put_json(WISHES, &wrong).await.problem(422, "invalid");
    }
    assert_eq!(hospital.test.count("select count(*) from notice_preferences").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_message_takes_the_place_of_mail_where_that_is_wished() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    hospital.test.force(&format!("update accounts set phone = '+8801700000001' where id = '{}'", patient.id)).await;
    let program = hospital.program(patient).await;
    let wish = json!({ "topics": { "money": { "email": false, "sms": true } } });
    let set = program.put_json(WISHES, &wish).await.is(200).json();
    assert_eq!(set["topics"]["money"], json!({ "app": true, "email": false, "sms": true }));
    assert_eq!(program.get(WISHES).await.is(200).json(), set);
    hospital.tells(patient, "billing.refunded", "a").await;
    assert_eq!(hospital.arrived("+8801700000001").await, ["Word of a"]);
    assert!(hospital.arrived(&mail(patient)).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn quiet_hours_hold_back_what_can_wait_and_a_wish_made_meanwhile_holds_too() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let program = hospital.program(patient).await;
    let quiet = json!({ "quiet_hours": { "from": "22:00", "until": "07:00" } });
    program.put_json(WISHES, &quiet).await.is(200);
    hospital.tomorrow_at("23:30").await;
    hospital.tells(patient, "billing.refunded", "waits").await;
    hospital.tells(patient, "community.invitation", "waits, and is not wanted then").await;
    hospital.tells(patient, "scheduling.cancelled", "cannot wait").await;
    assert_eq!(hospital.arrived(&mail(patient)).await, ["Word of cannot wait"]);

    let off = json!({ "topics": { "reviews": { "email": false } } });
    hospital.program(patient).await.put_json(WISHES, &off).await.is(200);
    hospital.test.pass_minutes(7 * 60 + 35);
    hospital.doors.work().await;
    assert_eq!(hospital.arrived(&mail(patient)).await, ["Word of cannot wait", "Word of waits"]);
    assert_eq!(hospital.test.count("select count(*) from deliveries where state = 'void'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_daily_letter_gathers_what_can_wait_once() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    hospital.program(patient).await.put_json(WISHES, &json!({ "digest_at": "18:00" })).await.is(200);
    hospital.tomorrow_at("12:00").await;
    for key in ["first", "second", "second"] {
        hospital.tells(patient, "community.invitation", key).await;
    }
    hospital.tells(patient, "billing.refunded", "money").await;
    assert_eq!(hospital.arrived(&mail(patient)).await, ["Word of money"], "what is mandatory is not gathered");
    hospital.test.pass_minutes(6 * 60 + 10);
    for _ in 0..2 {
        hospital.doors.work().await;
        hospital.test.pass_minutes(10);
    }
    let arrived = hospital.mailbox(&mail(patient)).await;
    assert_eq!(arrived.len(), 2);
    let daily = &arrived[0];
    assert!(daily.text.contains("Word of first") && daily.text.contains("Word of second"), "{}", daily.text);
    assert_eq!(daily.text.matches("Word of second").count(), 1);

    // The way out of the daily letter leaves all that it gathers.
    hospital.doors.visitor().post_fields(&way_out(daily), &[("List-Unsubscribe", "One-Click")]).await.is(200);
    hospital.tells(patient, "community.invitation", "third").await;
    hospital.test.pass_minutes(24 * 60);
    hospital.doors.work().await;
    assert_eq!(hospital.mailbox(&mail(patient)).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_left_in_one_click_without_signing_in_and_only_by_its_own_link() {
    let hospital = Hospital::open().await;
    let (patient, other) = (hospital.patient().await, hospital.patient().await);
    hospital.tells(patient, "community.invitation", "a").await;
    hospital.tells(patient, "billing.refunded", "b").await;
    let letters = hospital.mailbox(&mail(patient)).await;
    assert!(!letters[0].text.contains("/unsubscribe/"), "what is mandatory has no way out");
    let link = way_out(&letters[1]);

    // A program that opens every link changes nothing.
    let visitor = hospital.doors.visitor();
    let page = visitor.get(&link).await.is(200).text();
    assert!(page.contains("Reviews") && !page.contains("Amina") && !page.contains("x.test"), "it names nobody");
    assert_eq!(hospital.test.count("select count(*) from notice_preferences").await, 0);

    // A mail program brings no cookies.
    for _ in 0..2 {
        let body = "List-Unsubscribe=One-Click".as_bytes().to_vec();
        hospital
            .doors
            .visitor()
            .ask(Method::POST, &link, Some(("application/x-www-form-urlencoded", body)))
            .await
            .is(200);
    }
    hospital.tells(patient, "community.invitation", "c").await;
    hospital.tells(other, "community.invitation", "c").await;
    assert_eq!(hospital.mailbox(&mail(patient)).await.len(), 2);
    assert_eq!(hospital.mailbox(&mail(other)).await.len(), 1, "others are not asked");

    let mut forged = link.clone().into_bytes();
    let last = forged.len() - 1;
    forged[last] = if forged[last] == b'A' { b'B' } else { b'A' };
    let forged = String::from_utf8(forged).unwrap();
    visitor.get(&forged).await.is(404);
    hospital.doors.visitor().post_fields(&forged, &[]).await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_comes_by_every_way_that_is_on_in_the_language_of_letters_and_not_too_often() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let program = hospital.program(patient).await;
    program.put_json(WISHES, &json!({ "letters_locale": "ar" })).await.is(200);
    let sent = program.post_json(&format!("{WISHES}/test"), &json!({})).await.is(200).json();
    assert_eq!(sent, json!({ "ways": ["app", "email"] }));
    hospital.doors.work().await;
    assert_eq!(hospital.arrived(&mail(patient)).await, ["هذه رسالة تجربة"]);
    let browser = hospital.browser(patient).await;
    assert!(browser.get("/account/notifications").await.is(200).text().contains("<html lang=\"en\""));
    for _ in 0..2 {
        browser.post_form("/account/notifications/test", &[]).await.is(303);
    }
    browser.post_form("/account/notifications/test", &[]).await.is(429);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sees_how_far_letters_came_and_sends_what_failed_again() {
    let hospital = Hospital::open().await;
    let (patient, admin) = (hospital.patient().await, hospital.member(Role::Administrator).await);
    hospital.tells(patient, "billing.refunded", "a canary of words").await;
    hospital.test.force("update deliveries set state = 'failed', last_error = 'not delivered within a day'").await;
    let id = hospital.test.texts("select id::text from deliveries").await.remove(0);
    hospital.test.pass_minutes(3 * 24 * 60);
    let desk: Client = hospital.browser(admin).await;
    let page = desk.get("/admin/deliveries?state=failed&channel=email&room=billing").await.is(200).text();
    assert!(page.contains("Amina Rahman") && page.contains("not delivered within a day"));
    assert!(!page.contains("canary"), "what a letter says stays sealed");
    for none in ["state=sent", "channel=sms", "room=identity"] {
        let page = desk.get(&format!("/admin/deliveries?{none}")).await.is(200).text();
        assert!(!page.contains("not delivered within a day"), "{none}");
    }
    desk.post_form(&format!("/admin/deliveries/{id}/retry"), &[]).await.is(303);
    hospital.doors.work().await;
    let view = hospital.program(admin).await.get("/api/v1/admin/deliveries").await.is(200).json();
    assert_eq!(view["items"][0]["state"], "sent", "three days later it counts as fresh: {view}");
    let again = hospital.program(admin).await;
    let again = again.post_json(&format!("/api/v1/admin/deliveries/{id}/retry"), &json!({})).await;
    again.problem(409, "delivery_not_now");
    let audited = "select count(*) from audit_log where action = 'retried'";
    assert_eq!(hospital.test.count(audited).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_bounced_is_left_alone_until_an_administrator_lifts_that() {
    let hospital = Hospital::open().await;
    let (patient, admin) = (hospital.patient().await, hospital.member(Role::Administrator).await);
    let mut tx = hospital.test.system().await;
    let address = mail(patient).to_uppercase();
    notify::suppression::suppress(&mut tx, notify::Channel::Email, &address, notify::suppression::Reason::Bounced)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    hospital.tells(patient, "billing.refunded", "a").await;
    assert!(hospital.arrived(&mail(patient)).await.is_empty());
    let desk = hospital.browser(admin).await;
    let page = desk.get("/admin/deliveries/addresses").await.is(200).text();
    assert!(page.contains("Amina Rahman") && page.contains("Nobody is there"));
    let id = hospital.test.texts("select id::text from deliveries where state = 'suppressed'").await.remove(0);
    let api = hospital.program(admin).await;
    let left = api.post_json(&format!("/api/v1/admin/deliveries/{id}/retry"), &json!({})).await;
    left.problem(409, "delivery_address_suppressed");
    desk.post_form(&format!("/admin/deliveries/{id}/lifting"), &[]).await.is(303);
    hospital.doors.work().await;
    assert_eq!(hospital.arrived(&mail(patient)).await, ["Word of a"]);
    assert_eq!(hospital.test.count("select count(*) from suppressed_addresses").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_are_leafed_through_without_losing_or_repeating_one() {
    let hospital = Hospital::open().await;
    let (patient, admin) = (hospital.patient().await, hospital.member(Role::Administrator).await);
    for n in 0..7 {
        hospital.tells(patient, "billing.refunded", &format!("letter {n}")).await;
    }
    let api = hospital.program(admin).await;
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = api.get(&format!("/api/v1/admin/deliveries?limit=3&cursor={cursor}")).await.is(200).json();
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = next.to_owned();
    }
    let all = hospital.test.texts("select id::text from deliveries order by id desc").await;
    assert_eq!(seen, all);
}
