//! A document: what is known of it, and what may be said about it.

use intake::Kind as Media;
use kernel::{
    FieldError, LocalDate, Timestamp,
    ids::{AppointmentId, DocumentId},
};
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($type:ident: $($variant:ident = $code:literal),+ $(,)?) => {
        impl $type {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The code, as in JSON, forms and the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == code)
            }
        }
    };
}

/// What kind of document it is, after the document ontology of LOINC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// LOINC 11502-2.
    LaboratoryReport,
    /// X-ray, ultrasound, MRI: pictures and reports. LOINC 18748-4.
    Imaging,
    /// LOINC 57133-1.
    Referral,
    /// LOINC 18842-5.
    Discharge,
    /// LOINC 11369-6.
    Vaccination,
    /// An identity or insurance card. LOINC 64290-0.
    IdentityCard,
    /// Of a complaint. LOINC 72170-4.
    Photo,
    #[default]
    Other,
}

codes!(DocumentKind: LaboratoryReport = "laboratory_report", Imaging = "imaging", Referral = "referral",
    Discharge = "discharge", Vaccination = "vaccination", IdentityCard = "identity_card", Photo = "photo", Other = "other");

impl DocumentKind {
    /// Name of its icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::LaboratoryReport => "flask-conical",
            Self::Imaging => "scan-line",
            Self::Referral => "mail",
            Self::Discharge => "hospital",
            Self::Vaccination => "syringe",
            Self::IdentityCard => "id-card",
            Self::Photo => "image",
            Self::Other => "file-text",
        }
    }
}

/// Whether it may be given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentState {
    /// It waits for the scanner.
    Quarantined,
    Clean,
    /// The scanner found something; the file is gone.
    Refused,
}

codes!(DocumentState: Quarantined = "quarantined", Clean = "clean", Refused = "refused");

/// Why a document was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Removal {
    #[default]
    Mistake,
    /// It is about somebody else.
    WrongPerson,
    Duplicate,
    /// It is not for doctors here.
    Private,
}

codes!(Removal: Mistake = "mistake", WrongPerson = "wrong_person", Duplicate = "duplicate", Private = "private");

/// What is sealed beside the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Names {
    /// Empty where its file name will do.
    pub(crate) title: String,
    pub(crate) filename: String,
}

/// What is said about a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Description {
    pub kind: DocumentKind,
    /// At most 120 characters; may be empty.
    pub title: String,
    /// The date that it bears.
    pub dated_on: Option<LocalDate>,
}

/// Characters of a title.
const LONGEST: usize = 120;
/// Nobody alive has an older document.
const OLDEST: (i16, i8, i8) = (1900, 1, 1);

impl Description {
    /// As it may be kept, or what is wrong by field. `today` is the reader's.
    pub(crate) fn check(self, today: LocalDate) -> Result<Self, Vec<FieldError>> {
        let title: String = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut errors = Vec::new();
        if title.chars().count() > LONGEST {
            errors.push(FieldError::new("title", "chart-document-error-title").with("most", LONGEST));
        }
        let oldest = LocalDate::from_ymd(OLDEST.0, OLDEST.1, OLDEST.2);
        if self.dated_on.is_some_and(|day| day > today || oldest.is_some_and(|oldest| day < oldest)) {
            errors.push(FieldError::new("dated_on", "chart-document-error-date"));
        }
        let title = title.chars().filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')).collect();
        if errors.is_empty() { Ok(Self { title, ..self }) } else { Err(errors) }
    }
}

/// What is known of a document.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of it, and the API gives them as they are")]
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Document {
    pub id: DocumentId,
    pub state: DocumentState,
    pub kind: DocumentKind,
    /// What it is called; its file name where nobody gave it a title.
    pub title: String,
    pub filename: String,
    /// `application/pdf`, `image/jpeg` or `image/png`.
    pub media_type: &'static str,
    /// Bytes of what is kept.
    pub bytes: i64,
    /// Of a PDF.
    pub pages: Option<i32>,
    /// Of what is kept, in hexadecimal.
    pub sha256: String,
    /// Whether it was looked through for viruses.
    pub scanned: bool,
    pub has_preview: bool,
    pub dated_on: Option<LocalDate>,
    pub appointment_id: Option<AppointmentId>,
    pub uploaded_at: Timestamp,
    pub by_clinician: bool,
    /// The doctor who added it, where one did.
    pub doctor: Option<String>,
    pub removed_at: Option<Timestamp>,
    pub removal: Option<Removal>,
    /// Whether the reader put it there.
    pub own: bool,
    /// The number of the joined record in which it stands; none for the record's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_record: Option<String>,
}

impl Document {
    pub(crate) fn is_pdf(&self) -> bool {
        self.media_type == Media::Pdf.mime()
    }
}

/// Who may describe, remove and restore: the patient's side what came from it, a doctor what they added.
pub(crate) const fn may_change(of_patient: bool, by_clinician: bool, own: bool) -> bool {
    if of_patient { !by_clinician } else { own }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> LocalDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_description_has_a_short_title_and_a_day_that_was() {
        let said = |title: &str, dated_on| Description { title: title.into(), dated_on, ..Description::default() };
        let kept = said("  Blood\u{202e}   test ", Some(day("2026-05-17"))).check(day("2026-05-17")).unwrap();
        assert_eq!(kept.title, "Blood test");
        let errors = said(&"x".repeat(121), Some(day("2026-05-18"))).check(day("2026-05-17")).unwrap_err();
        assert_eq!(errors.iter().map(|error| error.field.as_ref()).collect::<Vec<_>>(), ["title", "dated_on"]);
        assert!(said("", Some(day("1899-12-31"))).check(day("2026-05-17")).is_err());
    }

    #[test]
    fn who_put_it_there_may_change_it() {
        assert!(may_change(true, false, false), "a parent what the other parent added");
        assert!(!may_change(true, true, false));
        assert!(may_change(false, true, true));
        assert!(!may_change(false, true, false) && !may_change(false, false, false));
    }
}
