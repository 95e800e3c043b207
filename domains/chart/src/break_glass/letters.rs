//! Who hears of an emergency access: the patient (or who acts for them) and the privacy officers, in the same transaction.

use access::Actor;
use db::Tx;
use identity::{
    accounts,
    letters::{Letter, Sender},
};
use kernel::ids::{AccountId, PractitionerId};
use notify::{Notice, TellError};

use super::{
    begin::Begun,
    model::{Access, Outcome},
    store,
};
use crate::consents;

const KIND: &str = "chart.emergency_access";

/// Somebody opened a record in an emergency. In the system's context.
pub(super) async fn begun(
    tx: &mut Tx,
    sender: &Sender<'_>,
    actor: &Actor,
    doctor: PractitionerId,
    begun: &Begun,
) -> Result<(), TellError> {
    let name = store::find_doctor_name(tx, doctor).await?.unwrap_or_else(|| actor.name.clone());
    let args = [("doctor", name.as_str())];
    let key = format!("{KIND}:{}", begun.id);
    if let Some(account) = consents::store::find_account(tx, begun.patient).await? {
        tell(tx, sender, account, ("chart-mail-emergency", "/record/access-log", &key), &args).await?;
    }
    for officer in store::list_officers(tx).await? {
        tell(tx, sender, officer, ("chart-mail-emergency-officer", "/admin/privacy", &key), &args).await?;
    }
    Ok(())
}

/// What was found, to the patient.
pub(super) async fn reviewed(
    tx: &mut Tx,
    sender: &Sender<'_>,
    access: &Access,
    outcome: Outcome,
) -> Result<(), TellError> {
    let Some(account) = consents::store::find_account(tx, access.patient).await? else { return Ok(()) };
    let prefix = match outcome {
        Outcome::Justified => "chart-mail-reviewed-justified",
        Outcome::NotJustified => "chart-mail-reviewed-not-justified",
        Outcome::Unclear => "chart-mail-reviewed-unclear",
    };
    let key = format!("{KIND}:{}:reviewed", access.id);
    let args = [("doctor", access.doctor.as_str())];
    tell(tx, sender, account, (prefix, "/record/access-log", &key), &args).await
}

async fn tell(
    tx: &mut Tx,
    sender: &Sender<'_>,
    account: AccountId,
    (prefix, path, key): (&'static str, &str, &str),
    args: &[(&str, &str)],
) -> Result<(), TellError> {
    let Some(to) = accounts::recipient(tx, account).await? else { return Ok(()) };
    let (subject, mail) = sender.mail(&Letter { prefix, args, code: None, path: Some(path) }, &to);
    let sms = Some(format!("{subject} {}", sender.url(path)));
    let (key, link) = (key.to_owned(), Some(path.to_owned()));
    notify::tell(tx, Notice { to: &to, kind: KIND, key, subject, link, mail: Some(mail), sms }).await
}
