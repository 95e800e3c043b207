//! The letter to the doctor about a red flag before a visit: that there is one, and on which day.

use db::Context;
use identity::{
    accounts,
    letters::{Letter, Sender},
};
use notify::Notice;
use web::App;

use super::{RedFlagAnswered, store};

pub(crate) async fn red_flag(app: &App, news: RedFlagAnswered) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("tell a doctor of a red flag before a visit")).await?;
    let Some((account, day)) = store::find_doctors_day(&mut tx, news.appointment).await? else { return Ok(()) };
    let Some(to) = accounts::recipient(&mut tx, account).await? else { return Ok(()) };
    let path = format!("/doctor?day={day}");
    let letter = Letter { prefix: "consultations-mail-red-flag", args: &[], code: None, path: Some(&path) };
    let sender = Sender::new(app);
    let (subject, mail) = sender.mail(&letter, &to);
    let sms = Some(format!("{subject} {}", sender.url(&path)));
    let notice = Notice {
        to: &to,
        kind: "consultations.red_flag",
        key: format!("red-flag:{}", news.appointment),
        subject,
        link: Some(path),
        mail: Some(mail),
        sms,
    };
    notify::tell(&mut tx, notice).await?;
    Ok(tx.commit().await?)
}
