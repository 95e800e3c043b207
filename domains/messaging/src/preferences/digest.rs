use askama::Template;
use db::Tx;
use jobs::{Job, When};
use kernel::ids::AccountId;
use notify::{Mail, Notice, Recipient, Way, digest::Line, leaving::DIGEST};
use serde::{Deserialize, Serialize};
use web::App;

/// Somebody's daily letter is due.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Digest {
    pub(crate) account: AccountId,
}

impl Job for Digest {
    const NAME: &'static str = "messaging.digest";
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum DigestError {
    #[error(transparent)]
    Tell(#[from] notify::TellError),
    #[error("a template of a letter failed: {0}")]
    Template(#[from] askama::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

const AT_ONCE: i64 = 500;

/// A job for each letter that is due.
pub(crate) async fn gather(tx: &mut Tx) -> Result<(), db::Error> {
    for account in notify::digest::due(tx, AT_ONCE).await? {
        jobs::enqueue(tx, &Digest { account }, When::Now).await?;
    }
    Ok(())
}

/// What came together since the last one. Whoever comes second finds nothing left to say.
pub(crate) async fn write(tx: &mut Tx, app: &App, job: Digest) -> Result<(), DigestError> {
    let lines = notify::digest::take(tx, job.account).await?;
    let Some(to) = identity::accounts::recipient(tx, job.account).await?.filter(|_| !lines.is_empty()) else {
        return Ok(());
    };
    let count = lines.len().to_string();
    let subject = web::words::tr(to.locale, "messaging-mail-digest-subject", &[("count", &count)]);
    let mail = mail(app, &to, &subject, &lines)?;
    let key = format!("digest:{}", tx.now().micros());
    let link = Some("/notifications".to_owned());
    let notice = Notice { to: &to, kind: DIGEST, key, subject, link, mail: Some(mail), sms: None };
    Ok(notify::tell_as(tx, notice, &[Way::Email]).await?)
}

struct Told {
    subject: String,
    when: String,
    href: String,
}

#[derive(Template)]
#[template(path = "preferences/mail/digest/body.html")]
struct Html<'a> {
    locale: &'static str,
    dir: &'static str,
    brand: &'a str,
    subject: &'a str,
    footer: &'a str,
    greeting: &'a str,
    lines: &'a [Told],
    href: &'a str,
    button: &'a str,
}

#[derive(Template)]
#[template(path = "preferences/mail/digest/body.txt", escape = "none")]
struct Text<'a> {
    brand: &'a str,
    footer: &'a str,
    greeting: &'a str,
    lines: &'a [Told],
    href: &'a str,
    button: &'a str,
}

fn mail(app: &App, to: &Recipient, subject: &str, lines: &[Line]) -> Result<Mail, askama::Error> {
    let base = app.base_url().as_str().trim_end_matches('/');
    let url = |path: &str| format!("{base}{path}");
    let told = |line: &Line| Told {
        subject: line.subject.clone(),
        when: web::words::when(to.locale, &to.zone, line.told_at),
        href: url(line.link.as_deref().unwrap_or("/notifications")),
    };
    let lines: Vec<Told> = lines.iter().map(told).collect();
    let brand = app.brand();
    let greeting = web::words::tr(to.locale, "messaging-mail-digest-greeting", &[("name", &to.name)]);
    let footer = web::words::tr(to.locale, "messaging-mail-digest-footer", &[("brand", brand)]);
    let button = web::words::t(to.locale, "messaging-mail-digest-button");
    let href = url("/notifications");
    let html = Html {
        locale: to.locale.tag(),
        dir: to.locale.dir(),
        brand,
        subject,
        footer: &footer,
        greeting: &greeting,
        lines: &lines,
        href: &href,
        button: &button,
    };
    let text = Text { brand, footer: &footer, greeting: &greeting, lines: &lines, href: &href, button: &button };
    Ok(Mail { text: text.render()?, html: html.render()?, attachments: Vec::new() })
}
