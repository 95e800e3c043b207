//! The paper itself.

use documents::{Fact, LetterSheet, Party, VerifyMark, letter_pdf};
use kernel::{Fault, FaultKind};
use web::{Ctx, PageFrame};

use super::{grouped, store::People};
use crate::commands::{self, Command, CommandRow, Status};

/// Why no document was made.
#[derive(Debug, thiserror::Error)]
pub(super) enum PaperError {
    /// The press failed.
    #[error(transparent)]
    Press(#[from] documents::DocumentError),
    /// The press was stopped.
    #[error("the document was not finished")]
    Stopped,
}

impl Fault for PaperError {
    fn kind(&self) -> FaultKind {
        FaultKind::Internal
    }
}

/// The PDF in the reader's language, made on a thread of its own. What the doctor wrote stays as written.
pub(super) async fn pdf(me: &Ctx, row: &CommandRow, people: &People) -> Result<Vec<u8>, PaperError> {
    let sheet = sheet(me, row, people);
    let made = tokio::task::spawn_blocking(move || letter_pdf(&sheet)).await;
    Ok(made.map_err(|_| PaperError::Stopped)??)
}

fn sheet(me: &Ctx, row: &CommandRow, people: &People) -> LetterSheet {
    let page = me.page("consultations-letters-title");
    let locale = me.locale();
    let code = row.verify_code.clone().unwrap_or_default();
    let command = row.content.expose();
    let issued = row.committed_at.map(|at| page.when(at)).unwrap_or_default();
    LetterSheet {
        language: locale.tag().to_owned(),
        right_to_left: locale.dir() == "rtl",
        brand: me.app().brand().to_owned(),
        title: page.t(format!("consultations-letter-{}", row.kind.code())),
        warning: (row.status == Status::EnteredInError).then(|| page.t("consultations-letter-withdrawn")),
        patient: patient(&page, people),
        author: author(&page, people),
        facts: vec![
            Fact::new(page.t("consultations-letter-number"), grouped(&code)),
            Fact::new(page.t("consultations-letter-issued"), issued.clone()),
        ],
        opening: opening(&page, command, people),
        sections: commands::details(&page, command).into_iter().map(|(label, text)| Fact::new(label, text)).collect(),
        signature: page
            .tr("consultations-letter-signature", [("name", people.author_name.as_str()), ("when", issued.as_str())]),
        verify: VerifyMark {
            url: format!("{}/papers/{code}", me.app().base_url().as_str().trim_end_matches('/')),
            code: grouped(&code),
            caption: page.t("consultations-letter-verify"),
            alternative: page.t("consultations-letter-qr"),
        },
        footer: page.t("consultations-letter-footer"),
    }
}

/// The sentence at the head of it.
fn opening(page: &PageFrame, command: &Command, people: &People) -> String {
    let name = people.patient_name.as_str();
    match command {
        Command::SickNote { from, until, .. } => page.tr(
            "consultations-letter-sick-text",
            [("name", name), ("from", page.date(*from).as_str()), ("until", page.date(*until).as_str())],
        ),
        Command::Refer { .. } => page
            .tr("consultations-letter-refer-text", [("name", name), ("to", commands::title(page, command).as_str())]),
        Command::Order { .. } => page.tr("consultations-letter-order-text", [("name", name)]),
        _ => page.tr("consultations-letter-certificate-text", [("name", name)]),
    }
}

fn patient(page: &PageFrame, people: &People) -> Party {
    let mut facts = Vec::new();
    if let Some(born) = people.patient_birth_date {
        facts.push(Fact::new(page.t("consultations-letter-born"), page.date(born)));
    }
    facts.push(Fact::new(page.t("consultations-letter-record"), people.patient_record_no.clone()));
    Party { heading: page.t("consultations-letter-patient"), name: people.patient_name.clone(), facts }
}

fn author(page: &PageFrame, people: &People) -> Party {
    let registration = format!("{} {}", people.author_registration_body, people.author_registration_no);
    let facts = [
        ("consultations-letter-qualification", people.author_qualification.clone()),
        ("consultations-letter-registration", registration.trim().to_owned()),
        ("consultations-letter-city", people.author_city.clone()),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    Party {
        heading: page.t("consultations-letter-author"),
        name: people.author_name.clone(),
        facts: facts.map(|(key, value)| Fact::new(page.t(key), value)).collect(),
    }
}
