//! The letter after signing: that there is a summary, and where. Nothing of what it says.

use db::Context;
use identity::{
    accounts,
    letters::{Letter, Sender},
};
use kernel::ids::VisitId;
use notify::Notice;
use web::App;

use crate::visits::store;

/// Tells the patient of a signed visit, once.
pub(crate) async fn send(app: &App, visit: VisitId) -> Result<(), jobs::Failed> {
    tell(app, visit, News { prefix: "consultations-mail-summary", key: format!("visit-signed:{visit}") }).await
}

/// What there is to tell about the summary of a visit.
pub(crate) struct News {
    /// Of the letter's words.
    pub(crate) prefix: &'static str,
    /// The same key is told once.
    pub(crate) key: String,
}

/// Tells the patient, with a link to the summary.
pub(crate) async fn tell(app: &App, visit: VisitId, news: News) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("tell the patient of the summary of a visit")).await?;
    let Some(visit) = store::find(&mut tx, visit).await? else {
        return Ok(());
    };
    let Some(account) = visit.patient_account else {
        return Ok(());
    };
    let Some(to) = accounts::recipient(&mut tx, account).await? else {
        return Ok(());
    };
    let path = format!("/visits/{}/summary", visit.id);
    let args = [("doctor", visit.practitioner_name.as_str())];
    let letter = Letter { prefix: news.prefix, args: &args, code: None, path: Some(&path) };
    let sender = Sender::new(app);
    let (subject, mail) = sender.mail(&letter, &to);
    let sms = Some(format!("{subject} {}", sender.url(&path)));
    let notice = Notice {
        to: &to,
        kind: "consultations.summary",
        key: news.key,
        subject,
        link: Some(path.clone()),
        mail: Some(mail),
        sms,
    };
    notify::tell(&mut tx, notice).await?;
    Ok(tx.commit().await?)
}
