use db::Tx;
use kernel::{
    Fault, FaultKind, FieldError, LocalDate,
    ids::{AccountId, CheckId, DocumentId},
};

use super::{Practitioner, store};
use crate::{
    papers::{self, PaperKind},
    text::{self, Kept},
};

/// The check as it was typed.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct CheckForm {
    pub kind: String,
    pub document: String,
    pub outcome: String,
    pub looked_at: String,
    pub remark: String,
    pub valid_until: String,
}

/// What an administrator found.
#[derive(Clone, Debug)]
pub struct NewCheck {
    pub kind: PaperKind,
    pub document: Option<DocumentId>,
    pub passed: bool,
    /// The register, the original, the call: where it was looked up.
    pub looked_at: String,
    pub remark: String,
    pub valid_until: Option<LocalDate>,
}

#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    #[error("this paper is not the doctor's")]
    ForeignPaper,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for CheckError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::ForeignPaper => FaultKind::NotFound,
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Record a check, with who and when. A passed one sets the date that patients see; a failed one takes it away.
pub async fn check(
    tx: &mut Tx,
    by: AccountId,
    doctor: &Practitioner,
    found: &NewCheck,
    today: LocalDate,
) -> Result<CheckId, CheckError> {
    if let Some(document) = found.document {
        let papers = papers::list(tx, doctor.id).await?;
        if !papers.iter().any(|paper| paper.id == document && paper.kind == found.kind) {
            return Err(CheckError::ForeignPaper);
        }
    }
    let id = store::insert_check(tx, doctor.id, by, found).await?;
    store::set_checked_on(tx, doctor.id, found.kind, found.passed.then_some(today)).await?;
    let entry = audit::Entry {
        action: if found.passed { "check_passed" } else { "check_failed" },
        object: found.kind.audit_object(),
        object_id: doctor.id.uuid(),
        patient: None,
        purpose: "operations",
    };
    audit::record(tx, entry).await?;
    Ok(id)
}

impl CheckForm {
    pub fn check(&self, today: LocalDate) -> Result<NewCheck, Vec<FieldError>> {
        let mut kept = Kept::default();
        let kind = kept.take(self.kind.parse().map_err(|()| FieldError::new("kind", "people-check-kind-missing")));
        let document = kept.take(self.document());
        let passed = kept.take(match self.outcome.as_str() {
            "passed" => Ok(true),
            "failed" => Ok(false),
            _ => Err(FieldError::new("outcome", "people-check-outcome-missing")),
        });
        let looked_at = kept.take(text::required("looked_at", &self.looked_at, 300, "people-check-looked-at-missing"));
        let remark = kept.take(text::optional("remark", &self.remark, 1000)).flatten().unwrap_or_default();
        let valid_until = kept.take(self.valid_until(today)).flatten();
        match (kind, document, passed, looked_at, kept.errors.is_empty()) {
            (Some(kind), Some(document), Some(passed), Some(looked_at), true) => {
                Ok(NewCheck { kind, document, passed, looked_at, remark, valid_until })
            }
            _ => Err(kept.errors),
        }
    }

    fn document(&self) -> Result<Option<DocumentId>, FieldError> {
        match self.document.trim() {
            "" => Ok(None),
            id => id.parse().map(Some).map_err(|_| FieldError::new("document", "people-check-document-wrong")),
        }
    }

    fn valid_until(&self, today: LocalDate) -> Result<Option<LocalDate>, FieldError> {
        match self.valid_until.trim() {
            "" => Ok(None),
            typed => match typed.parse::<LocalDate>() {
                Ok(date) if date > today => Ok(Some(date)),
                Ok(_) => Err(FieldError::new("valid_until", "people-check-valid-until-past")),
                Err(_) => Err(FieldError::new("valid_until", "people-check-valid-until-wrong")),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_says_what_was_looked_at() {
        let today = LocalDate::from_ymd(2026, 11, 21).expect("a day");
        let form = CheckForm { kind: "licence".into(), outcome: "passed".into(), ..CheckForm::default() };
        let fields: Vec<_> = form.check(today).expect_err("wrong").into_iter().map(|e| e.message_key).collect();
        assert_eq!(fields, ["people-check-looked-at-missing"]);
        let form = CheckForm { looked_at: "BMDC register".into(), valid_until: "2026-11-21".into(), ..form };
        let fields: Vec<_> = form.check(today).expect_err("wrong").into_iter().map(|e| e.message_key).collect();
        assert_eq!(fields, ["people-check-valid-until-past"]);
        let form = CheckForm { valid_until: "2027-11-21".into(), ..form };
        assert!(form.check(today).expect("right").passed);
    }
}
