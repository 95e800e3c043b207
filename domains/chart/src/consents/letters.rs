//! What doctor and patient hear of each other's wishes. No name in a subject: who shares a record with whom is nobody else's.

use db::Tx;
use identity::{
    accounts,
    letters::{Letter, Sender},
};
use kernel::ids::{AccountId, ConsentId, PatientId, PractitionerId};
use notify::{Notice, TellError};

/// The doctor may read a record now.
pub(super) async fn given(
    tx: &mut Tx,
    sender: &Sender<'_>,
    doctor: AccountId,
    (id, patient): (ConsentId, PatientId),
) -> Result<(), TellError> {
    let Some(to) = accounts::recipient(tx, doctor).await? else { return Ok(()) };
    let path = format!("/doctor/patients/{patient}");
    let letter = Letter { prefix: "chart-mail-shared", args: &[], code: None, path: Some(&path) };
    let (subject, mail) = sender.mail(&letter, &to);
    let key = format!("chart.consent:{id}");
    let notice =
        Notice { to: &to, kind: "chart.consent", key, subject, link: Some(path.clone()), mail: Some(mail), sms: None };
    notify::tell(tx, notice).await
}

/// A doctor asks the patient to show what is hidden.
pub(super) async fn asked(
    tx: &mut Tx,
    sender: &Sender<'_>,
    account: AccountId,
    (doctor, patient): (PractitionerId, PatientId),
    name: &str,
) -> Result<(), TellError> {
    let Some(to) = accounts::recipient(tx, account).await? else { return Ok(()) };
    let path = "/record/sharing";
    let letter = Letter { prefix: "chart-mail-hidden", args: &[("doctor", name)], code: None, path: Some(path) };
    let (subject, mail) = sender.mail(&letter, &to);
    let key = format!("chart.hidden:{patient}:{doctor}:{}", tx.now().date_in(&kernel::Zone::utc()));
    let link = Some(path.to_owned());
    let notice = Notice { to: &to, kind: "chart.consent", key, subject, link, mail: Some(mail), sms: None };
    notify::tell(tx, notice).await
}
