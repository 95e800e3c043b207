//! The invitation by mail or text message: who invites, and the link; nothing of why.

use db::Tx;
use identity::{
    accounts::Address,
    letters::{Letter, Sender},
};
use notify::{Notice, Recipient, Way};
use web::Ctx;

use super::{GuestError, Invited};

pub(super) async fn send(tx: &mut Tx, me: &Ctx, invited: &Invited, to: &Address) -> Result<(), GuestError> {
    let (email, phone) = match to {
        Address::Email(email) => (Some(email.clone()), None),
        Address::Phone(phone) => (None, Some(phone.clone())),
    };
    let recipient =
        Recipient { account: None, email, phone, locale: me.locale(), zone: me.zone().clone(), name: String::new() };
    let path = invited.path();
    let args = [("doctor", invited.doctor.as_str())];
    let letter = Letter { prefix: "consultations-mail-guest", args: &args, code: None, path: Some(&path) };
    let sender = Sender::new(me.app());
    let (subject, mail) = sender.mail(&letter, &recipient);
    let sms = Some(format!("{subject} {}", sender.url(&path)));
    let key = format!("guest-invited:{}", invited.id);
    // The link is a key: it stands in no notice.
    let notice =
        Notice { to: &recipient, kind: "consultations.guest", key, subject, link: None, mail: Some(mail), sms };
    notify::tell_as(tx, notice, &[Way::Email, Way::Sms]).await?;
    Ok(())
}
