//! Verify the trail, keep what was seen, and alarm the administrators if it is broken.

use db::Tx;
use identity::{
    accounts,
    letters::{Letter, Sender},
};
use jobs::Failed;
use notify::{Notice, TellError};
use web::App;

use crate::break_glass;

/// The job of every day.
pub async fn verify_daily(app: App) -> Result<(), Failed> {
    let seen = audit::verify(app.db(), &app.part::<audit::Anchors>()).await?;
    let mut tx = app.db().begin(&db::Context::system("audit.verify")).await?;
    audit::keep(&mut tx, &seen).await?;
    if !seen.is_sound() {
        for finding in &seen.findings {
            tracing::error!(%finding, "audit.trail_broken");
        }
        alarm(&mut tx, &Sender::new(&app), seen.findings.len()).await?;
    }
    Ok(tx.commit().await?)
}

/// Every administrator, once a day as long as it stays broken. It cannot be switched off.
async fn alarm(tx: &mut Tx, sender: &Sender<'_>, findings: usize) -> Result<(), TellError> {
    let (path, count) = ("/admin/audit", findings.to_string());
    let key = format!("audit.broken:{}", tx.now().date_in(&kernel::Zone::utc()));
    for account in break_glass::store::list_officers(tx).await? {
        let Some(to) = accounts::recipient(tx, account).await? else { continue };
        let args = [("count", count.as_str())];
        let letter = Letter { prefix: "chart-mail-trail", args: &args, code: None, path: Some(path) };
        let (subject, mail) = sender.mail(&letter, &to);
        let sms = Some(format!("{subject} {}", sender.url(path)));
        let (key, link) = (key.clone(), Some(path.to_owned()));
        notify::tell(tx, Notice { to: &to, kind: "audit.broken", key, subject, link, mail: Some(mail), sms }).await?;
    }
    Ok(())
}
