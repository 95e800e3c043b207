use db::Tx;
use notify::{Notice, Recipient, TellError};
use uuid::Uuid;

use super::Purpose;
use crate::letters::{Letter, Sender};

pub(crate) use crate::letters::password_changed;

/// The link to set a new password.
pub(super) async fn recovery(
    tx: &mut Tx,
    sender: &Sender<'_>,
    to: &Recipient,
    id: Uuid,
    path: &str,
) -> Result<(), TellError> {
    let minutes = Purpose::Recovery.minutes().to_string();
    let args = [("minutes", minutes.as_str())];
    send(
        tx,
        sender,
        to,
        (id, path),
        &Letter { prefix: "identity-mail-recovery", args: &args, code: None, path: Some(path) },
    )
    .await
}

/// The link with which a new member of staff comes in.
pub(super) async fn invitation(
    tx: &mut Tx,
    sender: &Sender<'_>,
    to: &Recipient,
    id: Uuid,
    path: &str,
) -> Result<(), TellError> {
    let days = (Purpose::Invitation.minutes() / (24 * 60)).to_string();
    let args = [("days", days.as_str())];
    send(
        tx,
        sender,
        to,
        (id, path),
        &Letter { prefix: "identity-mail-invitation", args: &args, code: None, path: Some(path) },
    )
    .await
}

/// By mail, or by text to those without an address; never into the app, whose reader may not be the owner.
async fn send(
    tx: &mut Tx,
    sender: &Sender<'_>,
    to: &Recipient,
    (id, path): (Uuid, &str),
    letter: &Letter<'_>,
) -> Result<(), TellError> {
    let outside = Recipient { account: None, ..to.clone() };
    let (subject, mail) = sender.mail(letter, to);
    let sms = to.email.is_none().then(|| format!("{subject} {}", sender.url(path)));
    let kind = "identity.link";
    notify::tell(
        tx,
        Notice { to: &outside, kind, key: format!("{kind}:{id}"), subject, link: None, mail: Some(mail), sms },
    )
    .await
}
