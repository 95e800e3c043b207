//! Who hears of a join and of its end, in plain words and without anything of health: whoever is told about either record.

use db::Tx;
use identity::{
    accounts,
    letters::{Letter, Sender},
};
use kernel::ids::{PatientId, RecordJoinId};
use notify::{Notice, TellError};

use super::store;

const KIND: &str = "people.records_joined";

pub(super) async fn joined(
    tx: &mut Tx,
    sender: &Sender<'_>,
    id: RecordJoinId,
    both: [PatientId; 2],
) -> Result<(), TellError> {
    tell(tx, sender, both, ("people-mail-joined", format!("{KIND}:{id}"))).await
}

pub(super) async fn parted(
    tx: &mut Tx,
    sender: &Sender<'_>,
    id: RecordJoinId,
    both: [PatientId; 2],
) -> Result<(), TellError> {
    tell(tx, sender, both, ("people-mail-parted", format!("{KIND}:{id}:parted"))).await
}

async fn tell(
    tx: &mut Tx,
    sender: &Sender<'_>,
    both: [PatientId; 2],
    (prefix, key): (&'static str, String),
) -> Result<(), TellError> {
    const PATH: &str = "/record";
    for account in store::list_told(tx, both).await? {
        let Some(to) = accounts::recipient(tx, account).await? else { continue };
        let (subject, mail) = sender.mail(&Letter { prefix, args: &[], code: None, path: Some(PATH) }, &to);
        let sms = Some(format!("{subject} {}", sender.url(PATH)));
        let link = Some(PATH.to_owned());
        let notice = Notice { to: &to, kind: KIND, key: key.clone(), subject, link, mail: Some(mail), sms };
        notify::tell(tx, notice).await?;
    }
    Ok(())
}
