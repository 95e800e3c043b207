use super::{CANARY, House, amina};
use crate::{Channel, Config, Recipient, Transports, mailbox};

#[tokio::test]
async fn in_demonstration_mode_every_letter_ends_up_in_the_mailbox() {
    let house = House::new().await;
    let karim =
        Recipient { email: Some("Karim@example.org".into()), phone: Some("+8801".into()), account: None, ..amina() };
    house.tell(&amina(), "confirmed:1").await;
    house.db.clock().shift_seconds(60);
    house.tell(&karim, "confirmed:2").await;
    assert_eq!(house.deliver_all(&Transports::mailbox()).await, 0);

    let mut tx = house.system().await;
    let all = mailbox::list(&mut tx, &house.vault, None, 10).await.unwrap();
    assert_eq!(all.len(), 3);
    let his = mailbox::list(&mut tx, &house.vault, Some("karim@EXAMPLE.org"), 10).await.unwrap();
    let [letter] = &his[..] else { panic!("one letter") };
    assert_eq!(
        (letter.channel, letter.to.as_str(), letter.text.as_str()),
        (Channel::Email, "Karim@example.org", CANARY)
    );
    assert_eq!(letter.attachments[0].bytes, b"%PDF-1.7 canary");
    assert_eq!(mailbox::find(&mut tx, &house.vault, letter.id).await.unwrap().as_ref(), Some(letter));
}

fn settings(pairs: &'static [(&'static str, &'static str)]) -> impl Fn(&str) -> Option<String> {
    move |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
}

#[test]
fn outside_demonstration_mode_mail_must_be_configured() {
    assert!(Config::read(true, &settings(&[])).is_ok());
    let wrong = Config::read(false, &settings(&[])).unwrap_err();
    assert_eq!(wrong[0].setting, "BEDSIDE_SMTP_URL");
    let wrong = Config::read(
        false,
        &settings(&[("BEDSIDE_SMTP_URL", "smtp://mail.example.org"), ("BEDSIDE_TWILIO_ACCOUNT_SID", "AC1")]),
    );
    assert_eq!(wrong.unwrap_err().len(), 2, "all mistakes at once");
}

#[test]
fn mail_leaves_in_the_clear_only_for_this_very_machine() {
    assert!(
        Config::read(
            false,
            &settings(&[
                ("BEDSIDE_SMTP_URL", "smtp+plain://localhost:2525"),
                ("BEDSIDE_MAIL_FROM", "care@example.org")
            ])
        )
        .is_ok()
    );
    let remote = Config::read(
        false,
        &settings(&[("BEDSIDE_SMTP_URL", "smtp+plain://mail.example.org"), ("BEDSIDE_MAIL_FROM", "care@example.org")]),
    );
    assert!(remote.is_err());
    let login = Config::read(
        false,
        &settings(&[
            ("BEDSIDE_SMTP_URL", "smtps://me%40x:p%2Bw+1@mail.example.org"),
            ("BEDSIDE_MAIL_FROM", "care@example.org"),
        ]),
    );
    let crate::EmailBy::Smtp(smtp) = login.unwrap().email else { panic!("smtp") };
    let (user, password) = smtp.login.unwrap();
    assert_eq!((user.as_str(), password.expose().as_str(), smtp.port), ("me@x", "p+w+1", 465));
}
