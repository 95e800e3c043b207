use db::Tx;
use identity::{
    accounts,
    letters::{Letter, Sender},
};
use notify::{Notice, TellError};

use super::Practitioner;

/// Licence and identity are checked, and patients find the doctor.
pub(super) async fn published(tx: &mut Tx, sender: &Sender<'_>, doctor: &Practitioner) -> Result<(), TellError> {
    tell(tx, sender, doctor, ("people.published", "people-mail-published", "/doctor/availability")).await
}

/// The doctor is off the public pages; the reason stands in the account, not in the letter.
pub(super) async fn suspended(tx: &mut Tx, sender: &Sender<'_>, doctor: &Practitioner) -> Result<(), TellError> {
    tell(tx, sender, doctor, ("people.suspended", "people-mail-suspended", "/sign-in")).await
}

async fn tell(
    tx: &mut Tx,
    sender: &Sender<'_>,
    doctor: &Practitioner,
    (kind, prefix, path): (&'static str, &'static str, &str),
) -> Result<(), TellError> {
    let Some(to) = accounts::recipient(tx, doctor.account).await? else { return Ok(()) };
    let (subject, mail) = sender.mail(&Letter { prefix, args: &[], code: None, path: Some(path) }, &to);
    let key = format!("{kind}:{}:{}", doctor.id, doctor.version);
    let link = Some(path.to_owned());
    let sms = Some(format!("{subject} {}", sender.url(path)));
    notify::tell(tx, Notice { to: &to, kind, key, subject, link, mail: Some(mail), sms }).await
}
