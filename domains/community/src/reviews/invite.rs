//! Letters about reviews: the invitation an hour after the visit, and what a moderator decided.

use askama::Template;
use db::Context;
use jobs::{Failed, Job, When};
use kernel::ids::{AppointmentId, ReviewId};
use notify::{Mail, Notice, Recipient};
use scheduling::AppointmentEnded;
use serde::{Deserialize, Serialize};
use web::{App, Jobs};

use super::{model::Status, store};

const INVITE_AFTER_MINUTES: i64 = 60;
const DOCTORS_AT_ONCE: i64 = 500;

/// Ask the patient of a finished visit for a review.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Invite {
    pub appointment: AppointmentId,
}

impl Job for Invite {
    const NAME: &'static str = "community.invite";
}

/// Tell the author what became of the review.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct TellAuthor {
    pub review: ReviewId,
    pub version: i32,
}

impl Job for TellAuthor {
    const NAME: &'static str = "community.tell_author";
}

pub(super) fn jobs() -> Jobs {
    Jobs::new()
        .on_event::<AppointmentEnded, _, _>("community.plan_invitation", plan)
        .on::<Invite, _, _>(invite)
        .on::<TellAuthor, _, _>(tell_author)
        .every("community.fade_scores", 60, fade)
}

async fn plan(app: App, ended: AppointmentEnded) -> Result<(), Failed> {
    let mut tx = app.db().begin(&Context::system("community.plan_invitation")).await?;
    let job = Invite { appointment: ended.appointment };
    let when = When::At(tx.now().plus_minutes(INVITE_AFTER_MINUTES));
    jobs::enqueue_once(&mut tx, &job, &ended.appointment.to_string(), when).await?;
    Ok(tx.commit().await?)
}

/// Nobody is asked who has spoken already, or whose visit turned out not to have been one.
async fn invite(app: App, job: Invite) -> Result<(), Failed> {
    let mut tx = app.db().begin(&Context::system("community.invite")).await?;
    let Some(invited) = store::find_invited(&mut tx, job.appointment).await? else { return Ok(()) };
    if invited.reviewed || invited.status != "fulfilled" {
        return Ok(());
    }
    let Some(to) = identity::accounts::recipient(&mut tx, invited.account).await? else { return Ok(()) };
    let path = format!("/appointments/{}/review", job.appointment);
    let letter =
        Letter { app: &app, to: &to, prefix: "community-invite", doctor: &invited.practitioner_name, reason: "" };
    let (subject, mail) = letter.write(&path);
    let sms = Some(letter.text_message(&subject, &path));
    let notice = Notice {
        to: &to,
        kind: "community.invite",
        key: format!("review-invite:{}", job.appointment),
        subject,
        link: Some(path),
        mail: Some(mail),
        sms,
    };
    notify::tell(&mut tx, notice).await?;
    Ok(tx.commit().await?)
}

async fn tell_author(app: App, job: TellAuthor) -> Result<(), Failed> {
    let mut tx = app.db().begin(&Context::system("community.tell_author")).await?;
    // Withdrawn or changed meanwhile: nothing to say any more.
    let Some(review) = store::find_review(&mut tx, job.review).await? else { return Ok(()) };
    if review.version != job.version {
        return Ok(());
    }
    let Some(account) = store::find_author_account(&mut tx, job.review).await? else { return Ok(()) };
    let Some(to) = identity::accounts::recipient(&mut tx, account).await? else { return Ok(()) };
    let prefix = match (review.status, &review.redacted_to) {
        (Status::Rejected, _) => "community-rejected",
        (_, Some(_)) => "community-redacted",
        _ => "community-published",
    };
    let reason = review.reason.unwrap_or_default();
    let letter = Letter { app: &app, to: &to, prefix, doctor: &review.practitioner_name, reason: &reason };
    let path = format!("/appointments/{}/review", review.appointment);
    let (subject, mail) = letter.write(&path);
    let sms = Some(letter.text_message(&subject, &path));
    let notice = Notice {
        to: &to,
        kind: "community.moderated",
        key: format!("review-moderated:{}:{}", job.review, job.version),
        subject,
        link: Some(path),
        mail: Some(mail),
        sms,
    };
    notify::tell(&mut tx, notice).await?;
    Ok(tx.commit().await?)
}

/// Older reviews weigh less: the scores of doctors who get no new ones are computed anew once a day.
async fn fade(app: App) -> Result<(), Failed> {
    let mut tx = app.db().begin(&Context::system("community.fade_scores")).await?;
    let yesterday = tx.now().plus_days(-1);
    store::rate_stale(&mut tx, yesterday, DOCTORS_AT_ONCE).await?;
    Ok(tx.commit().await?)
}

/// A letter whose words are `<prefix>-subject`, `-text` and `-action`.
struct Letter<'a> {
    app: &'a App,
    to: &'a Recipient,
    prefix: &'static str,
    doctor: &'a str,
    reason: &'a str,
}

#[derive(Template)]
#[template(path = "reviews/mail/review/body.html")]
struct Html<'a> {
    locale: &'static str,
    dir: &'static str,
    brand: &'a str,
    subject: &'a str,
    footer: String,
    greeting: String,
    text: String,
    reason: &'a str,
    action: String,
    url: String,
}

#[derive(Template)]
#[template(path = "reviews/mail/review/body.txt", escape = "none")]
struct Text<'a> {
    letter: &'a Html<'a>,
}

impl Letter<'_> {
    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.app.base_url().as_str().trim_end_matches('/'))
    }

    fn text_message(&self, subject: &str, path: &str) -> String {
        format!("{subject} {}", self.url(path))
    }

    fn write(&self, path: &str) -> (String, Mail) {
        let Self { app, to, prefix, doctor, reason } = *self;
        let args = [("doctor", doctor), ("name", to.name.as_str()), ("brand", app.brand())];
        let word = |suffix: &str| web::words::tr(to.locale, &format!("{prefix}-{suffix}"), &args);
        let subject = word("subject");
        let html = Html {
            locale: to.locale.tag(),
            dir: to.locale.dir(),
            brand: app.brand(),
            subject: &subject,
            footer: web::words::tr(to.locale, "community-mail-footer", &args),
            greeting: web::words::tr(to.locale, "community-mail-greeting", &args),
            text: word("text"),
            reason,
            action: word("action"),
            url: self.url(path),
        };
        let body = html.render().unwrap_or_default();
        let text = Text { letter: &html }.render().unwrap_or_default();
        (subject, Mail { text, html: body, attachments: Vec::new() })
    }
}
