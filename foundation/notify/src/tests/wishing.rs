//! What people want, when they sleep, and what is called off; workers that die or come in twos.

use std::collections::BTreeMap;

use db::{Context, Tx};
use kernel::{Timestamp, Zone, ids::DeliveryId};

use super::{
    House, a_notice, amina,
    doubles::{a_mail_server, a_twilio, speaking_to},
};
use crate::{
    Daily, Deliver, Notice, Quiet, Reach, Recipient, Terms, Topic, Way, WishError, Wishes, deliver, digest,
    leaving::WayOut, tell_on, void, wish,
};

const BOTH: Reach = Reach { email: true, phone: true };

fn with_phone() -> Recipient {
    Recipient { phone: Some("+8801700000000".into()), zone: Zone::utc(), ..amina() }
}

fn of_kind<'a>(kind: &'static str, to: &'a Recipient, key: &str) -> Notice<'a> {
    Notice { kind, ..a_notice(to, key) }
}

impl House {
    async fn wishes(&self, otherwise: &[(Topic, Way, bool)], quiet: Option<Quiet>) -> Result<(), WishError> {
        let otherwise = otherwise.iter().map(|(topic, way, on)| ((*topic, *way), *on)).collect::<BTreeMap<_, _>>();
        let mut tx = self.as_account(amina().account.unwrap()).await;
        wish(&mut tx, BOTH, &Wishes { otherwise, quiet, ..Wishes::default() }).await?;
        Ok(tx.commit().await?)
    }

    async fn told(&self, kind: &'static str, key: &str, terms: Terms) {
        // Whoever tells is somebody else: a patient's booking tells a doctor.
        let mut tx = self.db.begin(&Context::anonymous()).await.unwrap();
        tell_on(&mut tx, of_kind(kind, &with_phone(), key), terms).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn notices(&self) -> i64 {
        let mut tx = self.system().await;
        sqlx::query_scalar!(r#"select count(*) as "count!" from notices"#).fetch_one(tx.conn()).await.unwrap()
    }

    async fn first(&self) -> Deliver {
        let mut tx = self.system().await;
        let id = sqlx::query_scalar!("select id from deliveries order by id limit 1").fetch_one(tx.conn()).await;
        Deliver { delivery: DeliveryId::from_uuid(id.unwrap()) }
    }

    async fn due(&self) -> Option<Timestamp> {
        let mut tx = self.system().await;
        sqlx::query_scalar!(r#"select min(due_at) as "at: Timestamp" from jobs where name = 'notify.deliver'"#)
            .fetch_one(tx.conn())
            .await
            .unwrap()
    }

    /// Put the clock to this time of tomorrow, UTC.
    async fn at(&self, wall: &str) -> Timestamp {
        let now = self.now().await;
        let wanted: Timestamp = format!("{}T{wall}:00Z", now.date_in(&Zone::utc()).plus_days(1)).parse().unwrap();
        self.db.clock().shift_seconds(wanted.seconds_since(now));
        wanted
    }

    async fn now(&self) -> Timestamp {
        let tx: Tx = self.system().await;
        tx.now()
    }
}

fn channels(deliveries: &[(String, String, Option<String>)]) -> Vec<(&str, &str)> {
    deliveries.iter().map(|(state, channel, _)| (channel.as_str(), state.as_str())).collect()
}

/// Of one notice: its deliveries are made in one moment, so that their order is anybody's guess.
fn sorted<'a>(mut channels: Vec<(&'a str, &'a str)>) -> Vec<(&'a str, &'a str)> {
    channels.sort_unstable();
    channels
}

#[tokio::test]
async fn a_letter_takes_the_ways_that_its_reader_wants() {
    let house = House::new().await;
    house.wishes(&[(Topic::Reminders, Way::App, false), (Topic::Reminders, Way::Sms, true)], None).await.unwrap();
    house.told("scheduling.reminder", "a", Terms::default()).await;
    assert_eq!(sorted(channels(&house.deliveries().await)), [("email", "waiting"), ("sms", "waiting")]);
    assert_eq!(house.notices().await, 0);
    house.told("scheduling.agenda", "b", Terms::default()).await;
    assert_eq!(house.deliveries().await.len(), 2, "nobody asked for the agenda");
}

#[tokio::test]
async fn safety_security_and_money_change_their_way_and_never_fall_silent() {
    let house = House::new().await;
    for topic in [Topic::Security, Topic::Money, Topic::Visits] {
        let silent = house.wishes(&[(topic, Way::Email, false)], None).await;
        assert!(matches!(silent, Err(WishError::Mandatory(refused)) if refused == topic));
        let nowhere = house.wishes(&[(topic, Way::App, false)], None).await;
        assert!(matches!(nowhere, Err(WishError::Mandatory(refused)) if refused == topic));
    }
    house.wishes(&[(Topic::Money, Way::Email, false), (Topic::Money, Way::Sms, true)], None).await.unwrap();
    house.told("billing.refunded", "a", Terms::default()).await;
    assert_eq!(channels(&house.deliveries().await), [("sms", "waiting")]);
    assert_eq!(house.notices().await, 1);
}

#[tokio::test]
async fn quiet_hours_keep_what_can_wait_until_the_morning_and_never_what_cannot() {
    let house = House::new().await;
    let (mail, twilio) = (a_mail_server("250 ok").await, a_twilio(201, r#"{"sid":"SM1"}"#).await);
    let transports = speaking_to(&mail, &twilio);
    house.wishes(&[], Quiet::parse("22:00", "07:00")).await.unwrap();
    let night = house.at("23:30").await;
    house.told("billing.refunded", "can wait", Terms::default()).await;
    assert_eq!(house.due().await, Some(night.plus_minutes(7 * 60 + 30)));
    house.deliver_all(&transports).await;
    assert!(mail.heard().is_empty(), "nobody is woken for a refund");

    house.told("scheduling.cancelled", "cannot wait", Terms::default()).await;
    let soon = Terms { latest: Some(night.plus_minutes(60)), ..Terms::default() };
    house.told("scheduling.reminder", "useless in the morning", soon).await;
    house.deliver_all(&transports).await;
    assert_eq!(mail.heard().len(), 2);

    house.db.clock().shift_seconds(7 * 3600 + 1860);
    house.deliver_all(&transports).await;
    assert_eq!(mail.heard().len(), 3, "in the morning the rest comes, and counts as fresh");
}

#[tokio::test]
async fn what_was_called_off_or_is_over_is_not_sent() {
    let house = House::new().await;
    let (mail, twilio) = (a_mail_server("250 ok").await, a_twilio(201, r#"{"sid":"SM1"}"#).await);
    let transports = speaking_to(&mail, &twilio);
    let of = |thread: &str| Terms { thread: Some(thread.into()), ..Terms::default() };
    house.told("scheduling.reminder", "old time", of("reminder:1")).await;
    house.told("scheduling.reminder", "other visit", of("reminder:2")).await;
    let mut tx = house.system().await;
    assert_eq!(void(&mut tx, "reminder:1").await.unwrap(), 1);
    tx.commit().await.unwrap();
    let over = Terms { void_after: Some(house.now().await.plus_minutes(5)), ..Terms::default() };
    house.told("scheduling.reminder", "late", over).await;
    house.db.clock().shift_seconds(600);
    house.deliver_all(&transports).await;
    assert_eq!(channels(&house.deliveries().await), [("email", "void"), ("email", "sent"), ("email", "void")]);
    assert_eq!(mail.heard().len(), 1);
}

#[tokio::test]
async fn two_workers_with_one_letter_send_it_once() {
    let house = House::new().await;
    let (mail, twilio) = (a_mail_server("250 ok").await, a_twilio(201, r#"{"sid":"SM1"}"#).await);
    let transports = speaking_to(&mail, &twilio);
    for round in 0..5 {
        house.tell(&amina(), &format!("round:{round}")).await;
    }
    // Which of them left a letter to the other does not matter.
    let _ = tokio::join!(house.deliver_all(&transports), house.deliver_all(&transports));
    house.deliver_all(&transports).await;
    assert_eq!(mail.heard().len(), 5);
    assert!(house.deliveries().await.iter().all(|(state, _, _)| state == "sent"));
}

#[tokio::test]
async fn a_worker_that_died_with_a_text_message_in_its_hand_sends_no_second_one() {
    let house = House::new().await;
    let (mail, twilio) = (a_mail_server("250 ok").await, a_twilio(201, r#"{"sid":"SM1"}"#).await);
    let transports = speaking_to(&mail, &twilio);
    house.wishes(&[(Topic::Reminders, Way::Email, false), (Topic::Reminders, Way::Sms, true)], None).await.unwrap();
    house.told("scheduling.reminder", "a", Terms::default()).await;
    house.server.force("update deliveries set handed_at = now()").await;
    let job = house.first().await;
    assert!(deliver(&house.db, &house.vault, &transports, job).await.is_err(), "it may still be at work");
    house.db.clock().shift_seconds(301);
    deliver(&house.db, &house.vault, &transports, job).await.unwrap();
    assert_eq!(channels(&house.deliveries().await), [("sms", "unclear")]);
    assert!(twilio.heard().is_empty());
}

#[tokio::test]
async fn a_mail_whose_worker_died_is_handed_over_again_under_the_same_id() {
    let house = House::new().await;
    let (mail, twilio) = (a_mail_server("250 ok").await, a_twilio(201, r#"{"sid":"SM1"}"#).await);
    let transports = speaking_to(&mail, &twilio);
    house.tell(&amina(), "a").await;
    house.deliver_all(&transports).await;
    house.server.force("update deliveries set state = 'waiting', settled_at = null, provider_ref = null").await;
    house.db.clock().shift_seconds(301);
    house.deliver_all(&transports).await;
    let id = |message: &str| message.lines().find(|line| line.starts_with("Message-ID:")).map(str::to_owned);
    let heard = mail.heard();
    assert_eq!(heard.len(), 2);
    assert_eq!(id(&heard[0]), id(&heard[1]), "one letter to its reader's program");
}

#[tokio::test]
async fn nobody_sees_or_changes_what_another_wants() {
    let house = House::new().await;
    house.wishes(&[(Topic::Reviews, Way::App, false)], Quiet::parse("22:00", "07:00")).await.unwrap();
    let mut tx = house.as_account(kernel::ids::AccountId::from_uuid(uuid::Uuid::from_u128(77))).await;
    let seen = sqlx::query_scalar!(
        r#"select (select count(*) from notice_preferences) + (select count(*) from quiet_hours) as "count!""#
    );
    assert_eq!(seen.fetch_one(tx.conn()).await.unwrap(), 0);
}

#[tokio::test]
async fn an_optional_letter_shows_the_way_out_to_its_readers_program_and_a_mandatory_one_has_none() {
    let house = House::new().await;
    let (mail, twilio) = (a_mail_server("250 ok").await, a_twilio(201, r#"{"sid":"SM1"}"#).await);
    let way_out = WayOut { base_url: "https://bedside.example".to_owned(), words: |_| "No more of these".to_owned() };
    let transports = speaking_to(&mail, &twilio).with_way_out(way_out);
    house.told("community.invitation", "optional", Terms::default()).await;
    house.told("billing.refunded", "mandatory", Terms::default()).await;
    house.deliver_all(&transports).await;
    let heard = mail.heard();
    let (with, without): (Vec<_>, Vec<_>) = heard.iter().partition(|letter| letter.contains("List-Unsubscribe"));
    assert_eq!((with.len(), without.len()), (1, 1));
    assert!(with[0].contains("\r\nList-Unsubscribe: <https://bedside.example/unsubscribe/"), "{}", with[0]);
    assert!(with[0].contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
    assert!(with[0].contains("No more of these") && !without[0].contains("unsubscribe"));
}

#[tokio::test]
async fn what_is_gathered_is_taken_by_one_worker_and_not_at_all_when_called_off() {
    let house = House::new().await;
    let account = amina().account.unwrap();
    let mut tx = house.as_account(account).await;
    wish(&mut tx, BOTH, &Wishes { digest: Daily::parse("18:00"), ..Wishes::default() }).await.unwrap();
    tx.commit().await.unwrap();
    house.at("12:00").await;
    house.told("community.invitation", "stays", Terms::default()).await;
    let off = Terms { thread: Some("visit:1".into()), ..Terms::default() };
    house.told("consultations.summary", "is called off", off).await;
    assert!(house.deliveries().await.is_empty());
    let mut tx = house.system().await;
    assert!(digest::due(&mut tx, 10).await.unwrap().is_empty(), "not before its time");
    assert_eq!(void(&mut tx, "visit:1").await.unwrap(), 1);
    tx.commit().await.unwrap();
    house.at("18:00").await;
    let take = async || {
        let mut tx = house.system().await;
        let lines = digest::take(&mut tx, account).await.unwrap();
        tx.commit().await.unwrap();
        lines.len()
    };
    let (one, other) = tokio::join!(take(), take());
    assert_eq!((one + other, take().await), (1, 0));
}
