use super::{
    CANARY, House, a_notice, amina,
    doubles::{a_mail_server, a_twilio, speaking_to},
};
use crate::{Channel, Recipient, TellError, suppression, tell};

const TAKEN: &str = r#"{"sid":"SM1"}"#;

/// Without an account there are no wishes: every way is taken.
fn with_phone() -> Recipient {
    Recipient { account: None, phone: Some("+8801700000000".into()), ..amina() }
}

fn states(deliveries: &[(String, String, Option<String>)]) -> Vec<&str> {
    deliveries.iter().map(|(state, _, _)| state.as_str()).collect()
}

#[tokio::test]
async fn a_letter_goes_out_by_both_channels_once() {
    let house = House::new().await;
    let (mail, twilio) = (a_mail_server("250 ok").await, a_twilio(201, TAKEN).await);
    let transports = speaking_to(&mail, &twilio);
    house.tell(&with_phone(), "confirmed:1").await;
    house.tell(&with_phone(), "confirmed:1").await;
    assert_eq!(house.deliver_all(&transports).await, 0);
    assert_eq!(house.deliver_all(&transports).await, 0, "a settled letter is left alone");

    let deliveries = house.deliveries().await;
    assert_eq!(states(&deliveries), ["sent", "sent"]);
    let [message] = &mail.heard()[..] else { panic!("one mail") };
    let message_id =
        deliveries.iter().find_map(|(_, channel, id)| (channel == "email").then(|| id.clone()).flatten()).unwrap();
    assert!(message.contains(&format!("Message-ID: {message_id}")), "{message}");
    assert!(message_id.ends_with("@bedside.example>"));
    for part in [
        "Subject: Your visit is confirmed",
        "amina@example.org",
        "Amina Karim",
        CANARY,
        "text/html",
        "invoice.pdf",
        "application/pdf",
    ] {
        assert!(message.contains(part), "{part} is missing in {message}");
    }
    let [text] = &twilio.heard()[..] else { panic!("one text message") };
    assert!(text.starts_with("POST /2010-04-01/Accounts/AC1/Messages.json"));
    assert!(text.to_lowercase().contains("authorization: basic qumxonrva2vu"), "{text}");
    assert!(text.contains("To=%2B8801700000000") && text.contains("From=%2B15550100"), "{text}");
}

#[tokio::test]
async fn what_waits_to_be_sent_lies_sealed() {
    let house = House::new().await;
    house.tell(&with_phone(), "confirmed:1").await;
    let mut tx = house.system().await;
    let clear = sqlx::query_scalar!(
        r#"select count(*) as "count!" from (
               select d::text as t from deliveries d union all select j::text from jobs j union all select n::text from notices n) x
           where position('canary' in t) > 0 or position(encode('canary'::bytea, 'hex') in t) > 0 or position('amina@' in t) > 0
                 or position('88017' in t) > 0"#
    );
    assert_eq!(clear.fetch_one(tx.conn()).await.unwrap(), 0);
}

#[tokio::test]
async fn an_address_that_does_not_exist_is_not_written_to_again() {
    let house = House::new().await;
    let (mail, twilio) =
        (a_mail_server("550 no such user").await, a_twilio(400, r#"{"code":21610,"message":"stopped"}"#).await);
    let transports = speaking_to(&mail, &twilio);
    house.tell(&with_phone(), "confirmed:1").await;
    house.deliver_all(&transports).await;
    assert_eq!(states(&house.deliveries().await), ["refused", "refused"]);

    house.tell(&with_phone(), "confirmed:2").await;
    house.deliver_all(&transports).await;
    assert_eq!(states(&house.deliveries().await), ["refused", "refused", "suppressed", "suppressed"]);
    assert_eq!(twilio.heard().len(), 1);

    let mut tx = house.system().await;
    assert!(suppression::is_suppressed(&mut tx, Channel::Email, "AMINA@example.org").await.unwrap());
    suppression::lift(&mut tx, Channel::Email, "amina@example.org").await.unwrap();
    assert!(!suppression::is_suppressed(&mut tx, Channel::Email, "amina@example.org").await.unwrap());
}

#[tokio::test]
async fn a_passing_trouble_is_tried_again_and_a_stale_letter_is_given_up() {
    let house = House::new().await;
    let (busy, limited) = (a_mail_server("451 later").await, a_twilio(429, "{}").await);
    house.tell(&with_phone(), "confirmed:1").await;
    assert_eq!(house.deliver_all(&speaking_to(&busy, &limited)).await, 2);
    assert_eq!(states(&house.deliveries().await), ["waiting", "waiting"]);
    let (mail, twilio) = (a_mail_server("250 ok").await, a_twilio(201, TAKEN).await);
    assert_eq!(house.deliver_all(&speaking_to(&mail, &twilio)).await, 0);
    assert_eq!(states(&house.deliveries().await), ["sent", "sent"]);

    house.tell(&amina(), "waiting:1").await;
    house.db.clock().shift_seconds(25 * 3600);
    house.deliver_all(&speaking_to(&mail, &twilio)).await;
    assert_eq!(house.deliveries().await[2].0, "failed");
    assert_eq!(mail.heard().len(), 1);
}

#[tokio::test]
async fn health_content_in_a_subject_or_a_text_message_is_refused() {
    let house = House::new().await;
    let to = with_phone();
    for (subject, sms) in [("Take amoxicillin 500 mg", "ok"), ("A subject", "Your diagnosis: L20.9")] {
        let mut tx = house.system().await;
        let mut notice = a_notice(&to, "x");
        notice.subject = subject.into();
        notice.sms = Some(sms.into());
        assert!(matches!(tell(&mut tx, notice).await, Err(TellError::TooTelling { .. })), "{subject} / {sms}");
    }
}

#[tokio::test]
async fn without_a_vault_nothing_is_written() {
    let house = House::new().await;
    let to = amina();
    let mut tx = house.server.db.begin(&db::Context::system("test")).await.unwrap();
    assert!(matches!(tell(&mut tx, a_notice(&to, "x")).await, Err(TellError::NoVault)));
}

#[tokio::test]
async fn letters_swapped_in_the_database_go_to_nobody() {
    let house = House::new().await;
    let karim = Recipient { email: Some("karim@example.org".into()), ..amina() };
    house.tell(&amina(), "confirmed:1").await;
    house.tell(&karim, "confirmed:2").await;
    let swap = "update deliveries d set letter_sealed = o.letter_sealed from deliveries o where o.id <> d.id";
    house.server.force(swap).await;
    let (mail, twilio) = (a_mail_server("250 ok").await, a_twilio(201, TAKEN).await);
    assert_eq!(house.deliver_all(&speaking_to(&mail, &twilio)).await, 2);
    assert!(mail.heard().is_empty());
}
