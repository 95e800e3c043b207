//! Tell the patient that a request for a refill was denied or deferred (of an approval they hear by the new prescription), and defer
//! what nobody answered in time.

use db::Context;
use identity::letters::{Letter, Sender};
use kernel::ids::RefillRequestId;
use notify::Notice;
use serde::{Deserialize, Serialize};

use super::store;

/// A request was denied or deferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefillAnswered {
    /// Which.
    pub request: RefillRequestId,
}

impl jobs::Event for RefillAnswered {
    const NAME: &'static str = "prescriptions.refill_answered";
}

/// Tell the patient; told twice, they hear it once. The letter says that there is an answer, and not of what.
pub(super) async fn patient(app: web::App, answered: RefillAnswered) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("tell the patient of an answer to a request")).await?;
    let Some(told) = store::find_told(&mut tx, answered.request).await? else { return Ok(()) };
    let Some(account) = told.account else { return Ok(()) };
    let Some(to) = identity::accounts::recipient(&mut tx, account).await? else { return Ok(()) };
    let path = format!("/prescriptions/{}", told.prescription);
    let sender = Sender::new(&app);
    let letter = Letter { prefix: "prescriptions-mail-refill", args: &[], code: None, path: Some(&path) };
    let (subject, mail) = sender.mail(&letter, &to);
    let sms = Some(format!("{subject} {}", sender.url(&path)));
    let notice = Notice {
        to: &to,
        kind: "prescriptions.signed",
        key: format!("refill-answered:{}:{}", answered.request, told.status),
        subject,
        link: Some(path),
        mail: Some(mail),
        sms,
    };
    notify::tell(&mut tx, notice).await?;
    tx.commit().await?;
    Ok(())
}

/// After 48 hours without an answer a request is deferred, and the patient told, so that they can book a visit or ask elsewhere.
pub(super) async fn defer_overdue(app: web::App) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("defer overdue requests for refills")).await?;
    for request in store::set_overdue(&mut tx).await? {
        jobs::publish(&mut tx, &RefillAnswered { request }).await?;
    }
    tx.commit().await?;
    Ok(())
}
