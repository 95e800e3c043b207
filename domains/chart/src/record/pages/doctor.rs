//! The doctor's view of a patient: one page, for doctors with a care link; for everybody else it does not exist.

use askama::Template;
use axum::extract::Path;
use kernel::ids::PatientId;
use serde::Deserialize;
use web::{Ctx, Doctor, PageFrame, Query};

use crate::{
    ChartError, break_glass, consents,
    documents::{self, DocumentRow},
    icd10, purpose,
    record::{
        compose::{Reader, Record, documents_of},
        store,
        view::RecordRows,
        who::Basis,
    },
};

/// Which form stands open, and what was looked for in it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// Words or a code of a diagnosis to add.
    pub(crate) q: String,
}

/// Documents on the chart page; the rest stands in their list.
const DOCUMENTS: usize = 5;

/// The chart page. Also shown again, with status 422, by the forms on it.
#[derive(Template)]
#[template(path = "record/pages/doctor.html")]
#[expect(clippy::struct_excessive_bools, reason = "why the record is open, and what follows")]
pub(crate) struct ChartPage {
    pub(crate) page: PageFrame,
    patient: PatientId,
    /// Where the pages of this chart begin.
    patient_base: String,
    name: String,
    /// Record number, age, sex at birth.
    facts: Vec<String>,
    record: RecordRows,
    documents: Vec<DocumentRow>,
    categories: Vec<(&'static str, String)>,
    severities: Vec<(&'static str, String)>,
    pub(crate) form: AllergyFields,
    q: String,
    found: Vec<icd10::Code>,
    /// A care link; by consent and in an emergency a record is read only.
    may_write: bool,
    by_consent: bool,
    /// To check a trainee's note.
    by_supervision: bool,
    /// Until when emergency access lasts; empty without one.
    emergency_until: String,
    sees_hidden: bool,
    /// Numbers of the records that are joined into this one; empty without any.
    joined: String,
}

/// What was typed into the allergy form.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct AllergyFields {
    pub(crate) substance: String,
    pub(crate) category: String,
    pub(crate) reaction: String,
    pub(crate) severity: String,
    pub(crate) criticality: String,
}

/// `GET /doctor/patients/{patient}`
pub(crate) async fn show(me: Doctor, Path(patient): Path<PatientId>, Query(wanted): Query<Wanted>) -> web::Result {
    let mut tx = me.begin().await?;
    let survivor = store::survivor(&mut tx, patient).await?;
    let moved = survivor != patient && store::cares_for(&mut tx, patient).await?;
    tx.commit().await?;
    if moved {
        return Ok(me.redirect(&format!("/doctor/patients/{survivor}")));
    }
    web::render(&ChartPage::open(&me, patient, &wanted.q).await?)
}

impl ChartPage {
    /// Read the whole chart, with its audit rows.
    pub(crate) async fn open(me: &Ctx, patient: PatientId, q: &str) -> Result<Self, web::Error> {
        let mut tx = me.begin().await?;
        let header = store::find_header(&mut tx, patient).await?.ok_or(ChartError::NotFound)?;
        let today = tx.now().date_in(me.zone());
        let basis = store::basis(&mut tx, patient).await?;
        let emergency = match me.actor().practitioner {
            Some(doctor) => break_glass::find_open(&mut tx, doctor, patient).await?,
            None => None,
        };
        let sees_hidden = consents::store::sees_hidden(&mut tx, patient).await?;
        let reader = Reader { purpose: purpose::TREATMENT, for_doctor: true };
        let record = Record::open(me, &mut tx, patient, reader).await?;
        tx.commit().await?;
        let age = header.birth_date.map(|born| born.age_on(today).to_string());
        let mut facts = vec![header.record_no];
        facts.extend(age.map(|age| web::i18n::text(me.locale(), "chart-age", &[("years", age.as_str())])));
        facts.push(me.t(format!("chart-sex-{}", header.sex_at_birth)));
        let page = me.page("chart-doctor-title");
        let latest = record.documents.get(..DOCUMENTS).unwrap_or(&record.documents);
        let documents = documents::rows(me, &page, latest, &documents_of(patient, true));
        let joined = record.joined_numbers();
        let record = RecordRows::of(me, &page, &record, &header.sex_at_birth);
        Ok(Self {
            joined,
            may_write: basis == Some(Basis::CareLink),
            by_consent: basis == Some(Basis::Consent),
            by_supervision: basis == Some(Basis::Supervision),
            emergency_until: emergency.map(|(_, until)| page.time(until)).unwrap_or_default(),
            sees_hidden,
            page,
            patient_base: format!("/doctor/patients/{patient}"),
            patient,
            name: header.full_name,
            facts,
            record,
            documents,
            categories: crate::allergies::categories(me),
            severities: crate::allergies::severities(me),
            form: AllergyFields::default(),
            q: q.to_owned(),
            found: icd10::search(q, 8),
        })
    }
}
