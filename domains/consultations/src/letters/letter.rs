//! Who is told of a paper: the patient, if the summary was there before it; the doctor of this hospital that a patient is referred to.

use db::Context;
use identity::{
    accounts,
    letters::{Letter, Sender},
};
use notify::Notice;
use web::App;

use super::store;
use crate::{
    commands::{PaperIssued, Status, store as rows},
    summary::{News, tell},
};

/// Tells each once. A referral that was withdrawn meanwhile is told to nobody.
pub(crate) async fn issued(app: &App, news: PaperIssued) -> Result<(), jobs::Failed> {
    if news.after_signing {
        tell(app, news.visit, News { prefix: "consultations-mail-paper", key: format!("paper:{}", news.command) })
            .await?;
    }
    let mut tx = app.db().begin(&Context::system("tell a doctor of a referral")).await?;
    let row = rows::find(&mut tx, app.vault(), news.command).await?;
    let to = row.filter(|row| row.status == Status::Committed).and_then(|row| row.content.expose().opens_to());
    let Some(to) = to else { return Ok(()) };
    let Some(account) = store::find_account(&mut tx, to).await? else { return Ok(()) };
    let Some(to) = accounts::recipient(&mut tx, account).await? else { return Ok(()) };
    let path = "/doctor/referrals".to_owned();
    let letter = Letter { prefix: "consultations-mail-referral", args: &[], code: None, path: Some(&path) };
    let (subject, mail) = Sender::new(app).mail(&letter, &to);
    let notice = Notice {
        to: &to,
        kind: "consultations.referral",
        key: format!("referral:{}", news.command),
        subject,
        link: Some(path),
        mail: Some(mail),
        sms: None,
    };
    notify::tell(&mut tx, notice).await?;
    Ok(tx.commit().await?)
}
