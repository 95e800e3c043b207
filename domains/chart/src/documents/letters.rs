//! Who sent a document hears that it was refused. Neither its name nor what was found stands in the letter.

use db::Tx;
use identity::{
    accounts,
    letters::{Letter, Sender},
};
use notify::{Notice, TellError};

use super::store::Waiting;

pub(super) async fn refused(tx: &mut Tx, sender: &Sender<'_>, waiting: &Waiting) -> Result<(), TellError> {
    let Some(to) = accounts::recipient(tx, waiting.uploaded_by).await? else { return Ok(()) };
    let path = if waiting.by_clinician {
        format!("/doctor/patients/{}/documents", waiting.patient)
    } else {
        format!("/record/documents?patient={}", waiting.patient)
    };
    let letter = Letter { prefix: "chart-mail-document-refused", args: &[], code: None, path: Some(&path) };
    let (subject, mail) = sender.mail(&letter, &to);
    let key = format!("chart.document_refused:{}", waiting.id);
    let kind = "chart.document_refused";
    let notice = Notice { to: &to, kind, key, subject, link: Some(path.clone()), mail: Some(mail), sms: None };
    notify::tell(tx, notice).await
}
