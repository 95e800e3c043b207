//! The storyboard: who this is and what must not be overlooked.

use chart::{
    allergies::{self, Answer},
    problems::{self, ProblemStatus},
    purpose::TREATMENT,
    vitals,
};
use db::Tx;
use kernel::ids::VisitId;
use people::patients;
use web::{Ctx, PageFrame};

use crate::visits::{self, Visit, VisitError};

/// What stands at the side of the note.
pub(crate) struct Story {
    pub(crate) name: String,
    pub(crate) initials: String,
    /// Age, sex at birth, date of birth, record number.
    pub(crate) facts: Vec<String>,
    pub(crate) allergies: Vec<(String, String)>,
    pub(crate) severe: bool,
    /// The day on which "none known" was said.
    pub(crate) none_known: Option<String>,
    pub(crate) problems: Vec<(String, String)>,
    pub(crate) vitals: Vec<(String, String)>,
    pub(crate) vitals_on: Option<String>,
    /// Visit, day and doctor.
    pub(crate) past: Vec<(VisitId, String, String)>,
}

impl Story {
    /// Reads every section, each with its audit row.
    pub(crate) async fn open(me: &Ctx, page: &PageFrame, tx: &mut Tx, visit: &Visit) -> Result<Self, web::Error> {
        let vault = me.app().vault();
        let brief = patients::brief(tx, visit.patient).await?.ok_or(VisitError::NotFound)?;
        let allergies = allergies::list_for(tx, vault, visit.patient, TREATMENT).await?;
        let problems = problems::list_for(tx, vault, visit.patient, TREATMENT).await?;
        let latest = vitals::latest_for(tx, vault, visit.patient, TREATMENT).await?;
        let past = visits::list_for_patient(tx, visit.patient, TREATMENT, 8).await?;
        let today = tx.now().date_in(me.zone());
        let mut facts = Vec::new();
        if let Some(born) = brief.birth_date {
            let years = born.age_on(today).to_string();
            facts.push(me.tr("chart-age", [("years", years.as_str())]));
        }
        facts.push(me.t(format!("chart-sex-{}", brief.sex_at_birth.code())));
        facts.push(brief.record_no.clone());
        Ok(Self {
            initials: crate::rooms::initials(&brief.full_name),
            name: brief.full_name,
            facts,
            severe: allergies.items.iter().any(|allergy| allergy.content.severity == allergies::Severity::Severe),
            none_known: match allergies.answer {
                Answer::NoneKnown { at } => Some(page.day(at)),
                Answer::NotAsked | Answer::Listed => None,
            },
            allergies: allergies
                .items
                .into_iter()
                .map(|allergy| (allergy.content.substance, allergy.content.reaction))
                .collect(),
            problems: problems
                .into_iter()
                .filter(|problem| problem.status == ProblemStatus::Active)
                .map(|problem| (problem.content.name, problem.content.code))
                .collect(),
            vitals_on: latest.as_ref().map(|set| page.day(set.taken_at)),
            vitals: latest
                .map(|set| set.signs.printed())
                .unwrap_or_default()
                .into_iter()
                .map(|(sign, text)| (me.t(format!("chart-vital-{sign}")), text))
                .collect(),
            past: past
                .into_iter()
                .filter(|other| other.id != visit.id)
                .map(|other| (other.id, page.day(other.started_at), other.practitioner_name))
                .collect(),
        })
    }
}
