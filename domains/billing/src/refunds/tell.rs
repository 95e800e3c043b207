//! The patient hears that money went back.

use askama::Template;
use db::{Context, Tx};
use notify::{Mail, Notice};

use super::{Refund, RefundSettled, store};
use crate::{invoices, words::Words};

#[derive(Template)]
#[template(path = "refunds/mail/refunded/body.txt", escape = "none")]
struct RefundedText<'a> {
    greeting: &'a str,
    text: &'a str,
    reason: &'a str,
    see: &'a str,
    link: &'a str,
    note_label: &'a str,
    /// Number and address of the credit note.
    note: &'a Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "refunds/mail/refunded/body.html")]
struct RefundedHtml<'a> {
    locale: &'static str,
    dir: &'static str,
    brand: &'a str,
    subject: &'a str,
    footer: &'a str,
    greeting: &'a str,
    text: &'a str,
    reason: &'a str,
    see: &'a str,
    link: &'a str,
    note_label: &'a str,
    /// Number and address of the credit note.
    note: &'a Option<(String, String)>,
}

/// Once per refund. A patient without an account (a dependant) has nobody to tell.
async fn refunded(tx: &mut Tx, app: &web::App, refund: &Refund) -> Result<(), jobs::Failed> {
    let Some(account) = store::find_account_of(tx, refund.patient).await? else { return Ok(()) };
    let Some(to) = identity::accounts::recipient(tx, account).await? else { return Ok(()) };
    let words = Words::of(to.locale, to.zone.clone());
    let amount = words.money(refund.money);
    let subject = words.tr("billing-refund-subject", &[("amount", &amount)]);
    let greeting = words.tr("billing-refund-greeting", &[("name", &to.name)]);
    let text = words.tr("billing-refund-text", &[("amount", &amount)]);
    let reason = words.t(&format!("billing-refund-reason-{}", refund.reason.as_str()));
    let see = words.t("billing-refund-see");
    let base = app.base_url().to_string();
    let base = base.trim_end_matches('/');
    let link = format!("{base}/bills");
    let note = invoices::store::find_credit_note(tx, refund.id).await?;
    let note = note.map(|(id, number)| (number, format!("{base}/invoices/{id}.pdf")));
    let note_label = words.t("billing-credit-note");
    let html = RefundedHtml {
        locale: to.locale.tag(),
        dir: to.locale.dir(),
        brand: app.brand(),
        subject: &subject,
        footer: app.brand(),
        greeting: &greeting,
        text: &text,
        reason: &reason,
        see: &see,
        link: &link,
        note_label: &note_label,
        note: &note,
    };
    let plain = RefundedText {
        greeting: &greeting,
        text: &text,
        reason: &reason,
        see: &see,
        link: &link,
        note_label: &note_label,
        note: &note,
    };
    let mail = Mail { text: plain.render()?, html: html.render()?, attachments: Vec::new() };
    let sms = Some(format!("{subject} {link}"));
    let notice = Notice {
        to: &to,
        kind: "billing.refunded",
        key: format!("billing.refunded.{}", refund.id),
        subject,
        link: Some("/bills".to_owned()),
        mail: Some(mail),
        sms,
    };
    notify::tell(tx, notice).await?;
    Ok(())
}

pub(super) fn jobs(jobs: web::Jobs) -> web::Jobs {
    jobs.on_event::<RefundSettled, _, _>("billing.tell_of_refund", |app: web::App, event: RefundSettled| async move {
        let mut tx = app.db().begin(&Context::system("refund notice")).await?;
        if let Some(refund) = store::find(&mut tx, event.refund).await? {
            refunded(&mut tx, &app, &refund).await?;
        }
        Ok(tx.commit().await?)
    })
}
