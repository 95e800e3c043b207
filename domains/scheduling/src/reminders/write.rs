use askama::Template;
use kernel::Zone;
use notify::{Mail, Notice, Recipient};

use super::store::AgendaLine;
use crate::appointments::{Appointment, Parties};

#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    #[error(transparent)]
    Tell(#[from] notify::TellError),
    #[error("a template of a letter failed: {0}")]
    Template(#[from] askama::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

struct Fact {
    label: String,
    value: String,
}

#[derive(Template)]
#[template(path = "reminders/mail/soon/body.html")]
struct Html<'a> {
    locale: &'static str,
    dir: &'static str,
    brand: &'a str,
    subject: &'a str,
    footer: &'a str,
    greeting: &'a str,
    lead: &'a str,
    facts: &'a [Fact],
    href: &'a str,
    button: &'a str,
}

#[derive(Template)]
#[template(path = "reminders/mail/soon/body.txt", escape = "none")]
struct Text<'a> {
    brand: &'a str,
    footer: &'a str,
    greeting: &'a str,
    lead: &'a str,
    facts: &'a [Fact],
    href: &'a str,
    button: &'a str,
}

/// One reader of one reminder.
pub(super) struct Case<'a> {
    pub(super) app: &'a web::App,
    pub(super) to: &'a Recipient,
    pub(super) appointment: &'a Appointment,
    pub(super) parties: &'a Parties,
    /// The patient reads, not who booked for them.
    pub(super) own: bool,
}

pub(super) fn reminder<'a>(case: &Case<'a>, lead_min: i32) -> Result<Notice<'a>, WriteError> {
    let Case { app, to, appointment, parties, own } = *case;
    let (t, tr) = words(to);
    let when = web::words::when(to.locale, &to.zone, appointment.starts_at);
    let subject = tr("scheduling-reminder-subject", &[("when", &when)]);
    let mut facts = Vec::new();
    if let (false, Some(patient)) = (own, &parties.patient) {
        facts.push(Fact { label: t("scheduling-reminder-for"), value: patient.clone() });
    }
    facts.push(Fact { label: t("scheduling-fact-when"), value: when });
    facts.push(Fact { label: t("scheduling-fact-doctor"), value: parties.doctor.clone() });
    facts.push(Fact { label: t("scheduling-fact-mode"), value: t(appointment.mode.label_key()) });
    if let (Some(place), Some(address)) = (&parties.place, &parties.address) {
        facts.push(Fact { label: t("scheduling-fact-place"), value: format!("{place}, {address}") });
    }
    let lead = t(if parties.place.is_some() { "scheduling-reminder-lead-place" } else { "scheduling-reminder-lead" });
    let path = format!("/appointments/{}", appointment.id);
    let letter = Letter { app, to, subject: &subject, lead: &lead, facts: &facts, path: &path };
    Ok(Notice {
        to,
        kind: "scheduling.reminder",
        key: format!("reminder:{}:{}:{lead_min}", appointment.id, appointment.starts_at.unix_seconds()),
        mail: Some(letter.mail("scheduling-mail-button-open")?),
        sms: Some(letter.text_message()),
        link: Some(path),
        subject,
    })
}

/// The day of a doctor: when and how, never who or why.
pub(super) fn agenda<'a>(
    app: &web::App,
    to: &'a Recipient,
    zone: &Zone,
    lines: &[AgendaLine],
    key: String,
) -> Result<Notice<'a>, WriteError> {
    let (t, tr) = words(to);
    let count = lines.len().to_string();
    let subject = tr("scheduling-agenda-subject", &[("count", &count)]);
    let first = lines.first().map(|line| web::words::when(to.locale, zone, line.starts_at)).unwrap_or_default();
    let lead = tr("scheduling-agenda-lead", &[("first", &first)]);
    let facts: Vec<Fact> = lines
        .iter()
        .map(|line| Fact {
            label: format!("{} – {}", web::words::time(zone, line.starts_at), web::words::time(zone, line.ends_at)),
            value: [Some(t(line.mode.label_key())), line.place.clone()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", "),
        })
        .collect();
    let letter = Letter { app, to, subject: &subject, lead: &lead, facts: &facts, path: "/doctor" };
    let (mail, sms) = (letter.mail("scheduling-agenda-open")?, letter.text_message());
    Ok(Notice {
        to,
        kind: "scheduling.agenda",
        key,
        link: Some("/doctor".to_owned()),
        mail: Some(mail),
        sms: Some(sms),
        subject,
    })
}

type Word<'a> = Box<dyn Fn(&str) -> String + 'a>;
type Words<'a> = Box<dyn Fn(&str, &[(&str, &str)]) -> String + 'a>;

fn words(to: &Recipient) -> (Word<'_>, Words<'_>) {
    (Box::new(|key| web::words::t(to.locale, key)), Box::new(|key, args| web::words::tr(to.locale, key, args)))
}

struct Letter<'a> {
    app: &'a web::App,
    to: &'a Recipient,
    subject: &'a str,
    lead: &'a str,
    facts: &'a [Fact],
    path: &'a str,
}

impl Letter<'_> {
    fn href(&self) -> String {
        format!("{}{}", self.app.base_url().as_str().trim_end_matches('/'), self.path)
    }

    fn text_message(&self) -> String {
        format!("{}: {} {}", self.app.brand(), self.subject, self.href())
    }

    fn mail(&self, button: &str) -> Result<Mail, WriteError> {
        let Self { app, to, subject, lead, facts, path: _ } = *self;
        let (t, tr) = words(to);
        let greeting = tr("scheduling-mail-greeting", &[("name", &to.name)]);
        let footer = tr("scheduling-reminder-footer", &[("brand", app.brand())]);
        let (href, button) = (self.href(), t(button));
        let html = Html {
            locale: to.locale.tag(),
            dir: to.locale.dir(),
            brand: app.brand(),
            subject,
            footer: &footer,
            greeting: &greeting,
            lead,
            facts,
            href: &href,
            button: &button,
        };
        let text = Text {
            brand: app.brand(),
            footer: &footer,
            greeting: &greeting,
            lead,
            facts,
            href: &href,
            button: &button,
        };
        Ok(Mail { text: text.render()?, html: html.render()?, attachments: Vec::new() })
    }
}
