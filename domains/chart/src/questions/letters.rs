//! Privacy officers hear of a question, the patient of its answer.

use db::Tx;
use identity::{
    accounts,
    letters::{Letter, Sender},
};
use jobs::Job;
use kernel::ids::{AccessQuestionId, AccountId, PatientId};
use notify::{Notice, TellError};
use serde::{Deserialize, Serialize};

use crate::{break_glass, consents};

/// Tell the privacy officers that a patient asks: whoever asks does not see who they are.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TellOfficers {
    pub(crate) question: AccessQuestionId,
}

impl Job for TellOfficers {
    const NAME: &'static str = "chart.tell_officers";
}

/// In the system's context.
pub(crate) async fn asked(tx: &mut Tx, sender: &Sender<'_>, id: AccessQuestionId) -> Result<(), TellError> {
    let key = format!("chart.access_question:{id}");
    for officer in break_glass::store::list_officers(tx).await? {
        tell(tx, sender, officer, "chart.access_question", ("chart-mail-question", "/admin/privacy", &key)).await?;
    }
    Ok(())
}

/// To the patient, or who acts for them.
pub(super) async fn answered(
    tx: &mut Tx,
    sender: &Sender<'_>,
    patient: PatientId,
    id: AccessQuestionId,
) -> Result<(), TellError> {
    let Some(account) = consents::store::find_account(tx, patient).await? else { return Ok(()) };
    let key = format!("chart.access_answer:{id}");
    tell(tx, sender, account, "chart.access_answer", ("chart-mail-answer", "/record/access-log/questions", &key)).await
}

async fn tell(
    tx: &mut Tx,
    sender: &Sender<'_>,
    account: AccountId,
    kind: &'static str,
    (prefix, path, key): (&'static str, &str, &str),
) -> Result<(), TellError> {
    let Some(to) = accounts::recipient(tx, account).await? else { return Ok(()) };
    let (subject, mail) = sender.mail(&Letter { prefix, args: &[], code: None, path: Some(path) }, &to);
    let (key, link) = (key.to_owned(), Some(path.to_owned()));
    notify::tell(tx, Notice { to: &to, kind, key, subject, link, mail: Some(mail), sms: None }).await
}
