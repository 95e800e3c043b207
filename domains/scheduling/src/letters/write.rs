use askama::Template;
use db::Tx;
use kernel::{Locale, Money, Timestamp, Zone};
use notify::{Attachment, Mail, Notice, Recipient};

use super::{Letter, Occasion, Reader, calendar_file};
use crate::{
    appointments::{Appointment, Near, Parties, alternatives, find, find_parties},
    choices::{self, Offered, Offers, offers},
    slots::Slot,
};

#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    #[error(transparent)]
    Tell(#[from] notify::TellError),
    #[error(transparent)]
    Invoice(#[from] billing::invoices::InvoiceError),
    #[error("a template of a letter failed: {0}")]
    Template(#[from] askama::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

struct Fact {
    label: String,
    value: String,
}

struct Link {
    href: String,
    label: String,
}

#[derive(Template)]
#[template(path = "letters/mail/appointment/body.html")]
struct Html<'a> {
    locale: &'static str,
    dir: &'static str,
    brand: &'a str,
    subject: &'a str,
    footer: &'a str,
    greeting: &'a str,
    paragraphs: &'a [String],
    facts: &'a [Fact],
    links: &'a [Link],
    button: &'a Link,
}

#[derive(Template)]
#[template(path = "letters/mail/appointment/body.txt", escape = "none")]
struct Text<'a> {
    brand: &'a str,
    footer: &'a str,
    greeting: &'a str,
    paragraphs: &'a [String],
    facts: &'a [Fact],
    links: &'a [Link],
    button: &'a Link,
}

#[derive(Template)]
#[template(path = "letters/mail/appointment/subject.txt", escape = "none")]
struct Subject<'a> {
    subject: &'a str,
}

/// Everything a letter is written from.
struct Case<'a> {
    letter: &'a Letter,
    appointment: &'a Appointment,
    parties: &'a Parties,
    to: &'a Recipient,
    base: String,
    /// Where there is something to choose.
    choose_until: Option<Timestamp>,
}

/// Write the letter and hand it to `notify`. Nothing is written where nobody can be reached.
pub(crate) async fn write(tx: &mut Tx, app: &web::App, letter: &Letter) -> Result<(), WriteError> {
    let Some(appointment) = find(tx, letter.appointment).await? else { return Ok(()) };
    let Some(parties) = find_parties(tx, letter.appointment).await? else { return Ok(()) };
    let account = match letter.reader {
        Reader::Doctor => Some(parties.doctor_account),
        Reader::Patient => parties.patient_account,
    };
    let Some(account) = account else { return Ok(()) };
    let Some(to) = identity::accounts::recipient(tx, account).await? else { return Ok(()) };
    let base = app.base_url().as_str().trim_end_matches('/').to_owned();
    let choose_until = match letter.occasion {
        Occasion::CalledOff | Occasion::Failed | Occasion::Missed { by_doctor: true } => {
            choices::store::find(tx, letter.appointment).await?.map(|choice| choice.choose_until)
        }
        _ => None,
    };
    let case = Case { letter, appointment: &appointment, parties: &parties, to: &to, base, choose_until };
    let (stem, kind) = letter.stem();
    let subject = Subject { subject: &case.t(&format!("scheduling-mail-{stem}-subject")) }.render()?;
    let attachments = attachments(tx, app, &case).await?;
    let links = match letter.occasion {
        Occasion::SlotGone => {
            let near = Near { doctor: appointment.practitioner, wished: appointment.starts_at, mode: appointment.mode };
            let others = alternatives(tx, &near).await?;
            case.links(&others)
        }
        Occasion::CalledOff | Occasion::Failed | Occasion::Missed { by_doctor: true } => {
            case.offered(&offers(tx, &appointment).await?)
        }
        _ => Vec::new(),
    };
    let mail = mail(&case, app.brand(), subject.trim(), &links, attachments)?;
    let sms = Some(format!("{}: {} {}{}", app.brand(), subject.trim(), case.base, case.path()));
    let notice = Notice {
        to: &to,
        kind,
        key: format!("appointment-{stem}:{}:{}", letter.appointment, letter.version),
        subject: subject.trim().to_owned(),
        link: Some(case.path()),
        mail: Some(mail),
        sms,
    };
    Ok(notify::tell(tx, notice).await?)
}

impl Case<'_> {
    fn t(&self, key: &str) -> String {
        web::words::t(self.to.locale, key)
    }

    fn tr(&self, key: &str, args: &[(&str, &str)]) -> String {
        web::words::tr(self.to.locale, key, args)
    }

    fn zone(&self) -> &Zone {
        match self.letter.reader {
            Reader::Doctor => &self.parties.doctor_zone,
            Reader::Patient => &self.to.zone,
        }
    }

    /// Where the reader goes on.
    fn path(&self) -> String {
        let id = self.letter.appointment;
        match (self.letter.reader, &self.letter.occasion) {
            (Reader::Doctor, Occasion::Requested) => "/doctor/requests".to_owned(),
            (Reader::Patient, Occasion::Approved) => format!("/appointments/{id}/checkout"),
            (Reader::Patient, Occasion::Offered) => format!("/appointments/{id}/offer"),
            (Reader::Patient, Occasion::CalledOff | Occasion::Failed | Occasion::Missed { by_doctor: true }) => {
                format!("/appointments/{id}/choices")
            }
            (Reader::Patient, Occasion::Rejected(_) | Occasion::SlotGone) => {
                format!("/doctors/{}", self.parties.doctor_slug)
            }
            _ => format!("/appointments/{id}"),
        }
    }

    fn facts(&self) -> Vec<Fact> {
        let a = self.appointment;
        let mut facts = vec![Fact {
            label: self.t("scheduling-fact-when"),
            value: web::words::when(self.to.locale, self.zone(), a.starts_at),
        }];
        if let (Reader::Patient, false, Some(patient)) =
            (self.letter.reader, self.parties.own_account, &self.parties.patient)
        {
            facts.push(Fact { label: self.t("scheduling-fact-patient"), value: patient.clone() });
        }
        if self.letter.reader == Reader::Patient {
            facts.push(Fact { label: self.t("scheduling-fact-doctor"), value: self.parties.doctor.clone() });
        }
        facts.push(Fact { label: self.t("scheduling-fact-mode"), value: self.t(a.mode.label_key()) });
        if let (Some(place), Some(address)) = (&self.parties.place, &self.parties.address) {
            facts.push(Fact { label: self.t("scheduling-fact-place"), value: format!("{place}, {address}") });
        }
        if self.letter.reader == Reader::Patient && !a.price.is_zero() {
            let price = web::words::money(self.to.locale, a.price);
            facts.push(Fact { label: self.t("scheduling-fact-price"), value: price });
        }
        facts
    }

    fn paragraphs(&self) -> Vec<String> {
        let (stem, _) = self.letter.stem();
        let urgent = self.letter.occasion == Occasion::Confirmed && self.appointment.is_paid_later();
        let lead = match self.letter.reader {
            Reader::Patient if urgent => self.t("scheduling-mail-urgent-lead"),
            Reader::Patient | Reader::Doctor => self.t(&format!("scheduling-mail-{stem}-lead")),
        };
        let mut lines = vec![lead];
        match &self.letter.occasion {
            Occasion::Approved => {
                if let Some(end) = self.appointment.hold_expires_at {
                    let until = web::words::when(self.to.locale, self.zone(), end);
                    lines.push(self.tr("scheduling-mail-pay-until", &[("until", &until)]));
                }
            }
            Occasion::Offered => {
                if let Some(end) = self.appointment.hold_expires_at {
                    let until = web::words::when(self.to.locale, self.zone(), end);
                    lines.push(self.tr("scheduling-mail-kept-until", &[("until", &until)]));
                }
            }
            Occasion::Rejected(why) => {
                if let Some(why) = crate::appointments::Decline::from_code(why) {
                    lines.push(self.t(why.label_key()));
                }
            }
            Occasion::Cancelled { refunded } if self.letter.reader == Reader::Patient => {
                lines.push(self.refund_line(*refunded));
            }
            Occasion::CalledOff | Occasion::Failed | Occasion::Missed { by_doctor: true }
                if self.choose_until.is_some()
                    && !self.appointment.price.is_zero()
                    && !self.appointment.is_paid_later() =>
            {
                let money = web::words::money(self.to.locale, self.appointment.price);
                let until = self.choose_until.map(|end| web::words::when(self.to.locale, self.zone(), end));
                let args = [("money", money.as_str()), ("until", until.as_deref().unwrap_or_default())];
                lines.push(self.tr("scheduling-mail-called-off-money", &args));
            }
            Occasion::Confirmed if self.letter.reader == Reader::Patient => {
                lines.push(self.t("scheduling-mail-confirmed-prepare"));
            }
            _ => {}
        }
        lines
    }

    fn refund_line(&self, refunded: i64) -> String {
        if refunded == 0 {
            return self.t("scheduling-mail-no-refund");
        }
        let money = web::words::money(self.to.locale, Money::new(refunded, self.appointment.price.currency));
        self.tr("scheduling-mail-refund", &[("money", &money)])
    }

    /// Three times that may be taken instead, on the page where one click takes them.
    fn offered(&self, offers: &Offers) -> Vec<Link> {
        let three = offers.same.iter().take(1).chain(&offers.others).chain(offers.same.iter().skip(1)).take(3);
        let link = |offered: &Offered| Link {
            href: format!("{}{}", self.base, self.path()),
            label: format!(
                "{} · {}",
                web::words::when(self.to.locale, self.zone(), offered.slot.starts_at),
                offered.doctor_name
            ),
        };
        three.map(link).collect()
    }

    fn links(&self, slots: &[Slot]) -> Vec<Link> {
        let book = |slot: &Slot| Link {
            href: format!(
                "{}/book?doctor={}&service={}&starts_at={}",
                self.base, self.parties.doctor_slug, slot.service, slot.starts_at
            ),
            label: web::words::when(self.to.locale, self.zone(), slot.starts_at),
        };
        slots.iter().map(book).collect()
    }
}

fn mail(
    case: &Case<'_>,
    brand: &str,
    subject: &str,
    links: &[Link],
    attachments: Vec<Attachment>,
) -> Result<Mail, WriteError> {
    let (stem, _) = case.letter.stem();
    let greeting = case.tr("scheduling-mail-greeting", &[("name", &case.to.name)]);
    let footer = case.tr("scheduling-mail-footer", &[("brand", brand)]);
    let button = Link {
        href: format!("{}{}", case.base, case.path()),
        label: case.t(match stem {
            "approved" => "scheduling-mail-button-pay",
            "offered" => "scheduling-mail-button-offer",
            "called-off" | "failed" | "doctor-absent" => "scheduling-mail-button-choose",
            "rejected" | "slot-gone" => "scheduling-mail-button-other-times",
            "doctor-requested" => "scheduling-mail-button-answer",
            _ => "scheduling-mail-button-open",
        }),
    };
    let (paragraphs, facts) = (case.paragraphs(), case.facts());
    let locale: Locale = case.to.locale;
    let html = Html {
        locale: locale.tag(),
        dir: locale.dir(),
        brand,
        subject,
        footer: &footer,
        greeting: &greeting,
        paragraphs: &paragraphs,
        facts: &facts,
        links,
        button: &button,
    };
    let text = Text {
        brand,
        footer: &footer,
        greeting: &greeting,
        paragraphs: &paragraphs,
        facts: &facts,
        links,
        button: &button,
    };
    Ok(Mail { text: text.render()?, html: html.render()?, attachments })
}

/// The calendar file wherever a time was made, moved or called off; the invoice with the confirmation.
async fn attachments(tx: &mut Tx, app: &web::App, case: &Case<'_>) -> Result<Vec<Attachment>, WriteError> {
    let mut attachments = Vec::new();
    let locale = case.to.locale;
    let has_calendar = match case.letter.occasion {
        Occasion::Confirmed | Occasion::Moved => true,
        Occasion::Cancelled { .. } | Occasion::CalledOff => case.appointment.version > 2,
        _ => false,
    };
    if has_calendar {
        let file = calendar_file(app, locale, case.appointment, case.parties, tx.now());
        attachments.push(Attachment {
            filename: "appointment.ics".to_owned(),
            content_type: "text/calendar; charset=utf-8".to_owned(),
            bytes: file.into_bytes(),
        });
    }
    if case.letter.reader == Reader::Patient
        && case.letter.occasion == Occasion::Confirmed
        && let Some(charge) = case.appointment.charge
        && let Some(invoice) =
            billing::invoices::pdf_for_charge(tx, app.brand(), charge, locale, case.to.zone.clone()).await?
    {
        attachments.push(Attachment {
            filename: invoice.filename,
            content_type: "application/pdf".to_owned(),
            bytes: invoice.bytes,
        });
    }
    Ok(attachments)
}
