//! Tell the patient that a prescription was signed: a notice and a letter with a link, and nothing of its content.

use db::Context;
use identity::letters::{Letter, Sender};
use kernel::ids::PrescriptionId;
use notify::Notice;
use serde::{Deserialize, Serialize};

use super::store;

/// Its words in the locale files begin so: `…-subject`, `…-text`, `…-action`, `…-footer`.
const LETTER: &str = "prescriptions-mail-signed-";

/// A prescription was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrescriptionSigned {
    /// Which.
    pub prescription: PrescriptionId,
}

impl jobs::Event for PrescriptionSigned {
    const NAME: &'static str = "prescriptions.signed";
}

/// Tell the patient; told twice, they hear it once.
pub(crate) async fn patient(app: &web::App, signed: PrescriptionSigned) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("tell the patient of a signed prescription")).await?;
    let account = store::find_people(&mut tx, signed.prescription).await?.and_then(|people| people.patient_account);
    let Some(account) = account else { return Ok(()) };
    let Some(to) = identity::accounts::recipient(&mut tx, account).await? else { return Ok(()) };
    let path = format!("/prescriptions/{}", signed.prescription);
    let sender = Sender::new(app);
    let letter = Letter { prefix: LETTER.trim_end_matches('-'), args: &[], code: None, path: Some(&path) };
    let (subject, mail) = sender.mail(&letter, &to);
    let sms = Some(format!("{subject} {}", sender.url(&path)));
    let notice = Notice {
        to: &to,
        kind: "prescriptions.signed",
        key: format!("prescription-signed:{}", signed.prescription),
        subject,
        link: Some(path),
        mail: Some(mail),
        sms,
    };
    notify::tell(&mut tx, notice).await?;
    tx.commit().await?;
    Ok(())
}
