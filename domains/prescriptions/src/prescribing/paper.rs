//! The prescription on paper.

use documents::{Fact, Party, PrescribedLine, PrescriptionSheet, VerifyMark, prescription_pdf};
use kernel::{Fault, FaultKind};
use web::{Ctx, PageFrame};

use super::{
    model::{Prescription, Status},
    store::People,
    words,
};

/// Why no document was made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PaperError {
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

/// The PDF in the reader's language, made on a thread of its own.
pub(crate) async fn pdf(me: &Ctx, prescription: &Prescription, people: &People) -> Result<Vec<u8>, PaperError> {
    let sheet = sheet(me, prescription, people);
    let made = tokio::task::spawn_blocking(move || prescription_pdf(&sheet)).await;
    Ok(made.map_err(|_| PaperError::Stopped)??)
}

/// Where the QR code leads.
pub(crate) fn verify_url(me: &Ctx, code: &str) -> String {
    format!("{}/verify/{code}", me.app().base_url().as_str().trim_end_matches('/'))
}

fn sheet(me: &Ctx, prescription: &Prescription, people: &People) -> PrescriptionSheet {
    let page = me.page("prescriptions-paper-title");
    let locale = me.locale();
    let code = prescription.verify_code.clone().unwrap_or_default();
    PrescriptionSheet {
        language: locale.tag().to_owned(),
        right_to_left: locale.dir() == "rtl",
        brand: me.app().brand().to_owned(),
        title: page.t("prescriptions-paper-title"),
        warning: warning(&page, prescription),
        patient: patient(&page, people),
        prescriber: prescriber(&page, people),
        facts: facts(&page, prescription, people, &code),
        items_heading: page.t("prescriptions-paper-items"),
        medicine_label: page.t("prescriptions-paper-medicine"),
        quantity_label: page.t("prescriptions-quantity"),
        items: prescription
            .items
            .iter()
            .map(|item| PrescribedLine {
                name: words::medicine(locale, &item.content),
                directions: words::directions(locale, &item.content.directions),
                instructions: None,
                quantity: words::quantity_with_refills(locale, item),
            })
            .collect(),
        notes: (!prescription.header.notes.is_empty())
            .then(|| Fact::new(page.t("prescriptions-notes"), prescription.header.notes.clone())),
        signature: page.tr(
            "prescriptions-paper-signature",
            [
                ("name", people.prescriber_name.as_str()),
                ("at", prescription.signed_at.map(|at| page.when(at)).unwrap_or_default().as_str()),
            ],
        ),
        verify: VerifyMark {
            url: verify_url(me, &code),
            code: consultations::letters::grouped(&code),
            caption: page.t("prescriptions-paper-verify"),
            alternative: page.t("prescriptions-paper-qr"),
        },
        footer: page.t("prescriptions-paper-footer"),
    }
}

fn warning(page: &PageFrame, prescription: &Prescription) -> Option<String> {
    let key = match prescription.status {
        Status::Active => return None,
        Status::Draft => "prescriptions-warning-draft",
        Status::OnHold => "prescriptions-warning-on_hold",
        Status::Completed => "prescriptions-warning-completed",
        Status::Replaced => "prescriptions-warning-replaced",
        Status::Expired => "prescriptions-warning-expired",
        Status::Stopped => "prescriptions-warning-stopped",
        Status::Cancelled => "prescriptions-warning-cancelled",
    };
    Some(page.t(key))
}

fn patient(page: &PageFrame, people: &People) -> Party {
    let mut facts = vec![Fact::new(page.t("prescriptions-paper-record"), people.patient_record_no.clone())];
    if let Some(born) = people.patient_birth_date {
        facts.push(Fact::new(page.t("prescriptions-paper-born"), page.date(born)));
    }
    let sex = page.t(format!("chart-sex-{}", people.patient_sex));
    facts.push(Fact::new(page.t("prescriptions-paper-sex"), sex));
    Party { heading: page.t("prescriptions-paper-patient"), name: people.patient_name.clone(), facts }
}

fn prescriber(page: &PageFrame, people: &People) -> Party {
    let registration = format!("{} {}", people.prescriber_registration_body, people.prescriber_registration_no);
    let facts = [
        ("prescriptions-paper-qualification", people.prescriber_qualification.clone()),
        ("prescriptions-paper-registration", registration.trim().to_owned()),
        ("prescriptions-paper-city", people.prescriber_city.clone()),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    Party {
        heading: page.t("prescriptions-paper-prescriber"),
        name: people.prescriber_name.clone(),
        facts: facts.map(|(key, value)| Fact::new(page.t(key), value)).collect(),
    }
}

fn facts(page: &PageFrame, prescription: &Prescription, people: &People, code: &str) -> Vec<Fact> {
    let mut facts = vec![Fact::new(page.t("prescriptions-paper-number"), consultations::letters::grouped(code))];
    if let Some(at) = prescription.signed_at {
        facts.push(Fact::new(page.t("prescriptions-paper-date"), page.day(at)));
    }
    if let Some(until) = prescription.valid_until {
        facts.push(Fact::new(page.t("prescriptions-valid-until"), page.day(until)));
    }
    if let Some(mode) = &people.mode {
        facts.push(Fact::new(page.t("prescriptions-paper-mode"), page.t(format!("prescriptions-mode-{mode}"))));
    }
    facts
}
