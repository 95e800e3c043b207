//! Take a line of the answers into the record. Nothing goes there by itself.

use access::Actor;
use chart::{
    allergies::{self, Category, NewAllergy},
    family_history::{self, Deceased, Relationship, Relative},
    problems::{self, NewProblem},
    social_history::{self, SocialAnswer, Topic, Use},
};
use db::Tx;
use kernel::{
    FieldError,
    ids::{PatientId, VisitId},
};
use serde::Deserialize;
use vault::Vault;
use web::App;

use super::{
    IntakeError,
    model::Acceptable,
    open::{self, Sent},
    store,
};

/// Which line, and what the doctor decides about it.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Accept {
    /// The question.
    pub item: String,
    /// The line, as it was answered.
    pub line: String,
    /// Of an allergy.
    pub category: Option<Category>,
    /// ICD-10-CM, of an illness.
    pub code: String,
    /// Who of the family has or had it: a code of HL7 v3 RoleCode.
    pub relationship: Option<Relationship>,
}

/// How much and how long stays as it was known: the form asks for the status alone, and pack-years count for screening.
async fn tobacco(tx: &mut Tx, vault: &Vault, patient: PatientId, status: Use) -> Result<SocialAnswer, web::Error> {
    let standing = social_history::list_for(tx, vault, patient, chart::purpose::TREATMENT).await?;
    let (packs_per_day, years) = match standing.answer(Topic::Tobacco).map(|one| &one.content) {
        Some(SocialAnswer::Tobacco { packs_per_day, years, .. }) if status != Use::Never => (*packs_per_day, *years),
        _ => (None, None),
    };
    Ok(SocialAnswer::Tobacco { status, packs_per_day, years })
}

/// The fingerprint of a line of a question.
pub(super) fn mark(vault: &Vault, sent: &Sent, item: &str, line: &str) -> [u8; 32] {
    vault.mac("intake.line", format!("{}/{item}/{}", sent.appointment, line.to_lowercase()).as_bytes())
}

/// Take a line that differs from the record into it, once, as this visit's doctor.
pub async fn accept(app: &App, tx: &mut Tx, actor: &Actor, visit: VisitId, what: Accept) -> Result<(), web::Error> {
    let sent = open::for_doctor(app, tx, actor, visit).await?;
    let (form, _) = sent.versions.first().ok_or(IntakeError::NotFound)?;
    let item = form.find(&what.item).ok_or(IntakeError::NotFound)?;
    let kind = item.accept.ok_or(IntakeError::NotFound)?;
    let vault = app.vault();
    let mark = mark(vault, &sent, &what.item, &what.line);
    if sent.accepted.iter().any(|(item, known)| *item == what.item && known.as_slice() == mark) {
        return Err(IntakeError::AlreadyAccepted.into());
    }
    let stands = |change: &super::Change| change.added && change.link_id == what.item && change.line == what.line;
    if !sent.changes.iter().any(stands) {
        return Err(IntakeError::NotFound.into());
    }
    let patient = sent.patient;
    match kind {
        Acceptable::Allergy => {
            let category = what.category.ok_or_else(|| {
                IntakeError::Invalid(vec![FieldError::new("category", "consultations-error-intake-choose")])
            })?;
            let new = NewAllergy { substance: what.line.clone(), category, ..NewAllergy::default() };
            allergies::record(tx, vault, actor, patient, new).await?;
        }
        Acceptable::Problem => {
            let new = NewProblem {
                code: what.code.clone(),
                visit: Some(visit),
                note: what.line.clone(),
                ..NewProblem::default()
            };
            problems::record(tx, vault, actor, patient, new).await?;
        }
        Acceptable::Family => {
            let relationship = what.relationship.ok_or_else(|| {
                IntakeError::Invalid(vec![FieldError::new("relationship", "consultations-error-intake-choose")])
            })?;
            let relative = Relative {
                relationship,
                condition: what.line.clone(),
                code: None,
                age_at_onset: None,
                deceased: Deceased::Unknown,
                age_at_death: None,
                cause_of_death: String::new(),
            };
            family_history::record(tx, vault, actor, patient, relative).await?;
        }
        Acceptable::Tobacco => {
            let status = what.line.parse().map_err(|()| {
                IntakeError::Invalid(vec![FieldError::new("line", "consultations-error-intake-choose")])
            })?;
            let answer = tobacco(tx, vault, patient, status).await?;
            social_history::record(tx, vault, actor, patient, answer).await?;
        }
    }
    let whose = (sent.appointment, patient, actor.practitioner);
    store::insert_acceptance(tx, whose, &what.item, &mark).await?;
    Ok(())
}
