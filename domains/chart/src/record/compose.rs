//! Read all sections of one record, each with its audit row, and the timeline over them.

use db::Tx;
use kernel::ids::PatientId;

use super::panel::{RecordPanels, RecordView, TimelineEntry};
use crate::{
    allergies::{self, Allergies},
    documents::{self, Document},
    family_history::{self, FamilyHistory},
    immunizations::{self, Immunization},
    problems::{self, Problem, ProblemStatus},
    social_history::{self, SocialHistory},
    vitals::{self, Vitals},
};

/// One record, opened.
pub(crate) struct Record {
    pub(crate) allergies: Allergies,
    pub(crate) problems: Vec<Problem>,
    pub(crate) vitals: Vec<Vitals>,
    pub(crate) family: FamilyHistory,
    pub(crate) social: SocialHistory,
    /// The latest, newest first.
    pub(crate) documents: Vec<Document>,
    /// Newest first.
    pub(crate) timeline: Vec<TimelineEntry>,
    /// Records that are joined into this one, with their numbers.
    pub(crate) joined: Vec<(PatientId, String)>,
}

/// For whom a record is opened.
#[derive(Clone, Copy)]
pub(crate) struct Reader {
    pub(crate) purpose: &'static str,
    pub(crate) for_doctor: bool,
}

impl Record {
    /// The numbers of the records that are joined into this one, in one line.
    pub(crate) fn joined_numbers(&self) -> String {
        let numbers: Vec<&str> = self.joined.iter().map(|(_, number)| number.as_str()).collect();
        numbers.join(", ")
    }

    pub(crate) async fn open(
        me: &web::Ctx,
        tx: &mut Tx,
        patient: PatientId,
        reader: Reader,
    ) -> Result<Self, web::Error> {
        let vault = me.app().vault();
        let allergies = allergies::list_for(tx, vault, patient, reader.purpose).await?;
        let problems = problems::list_for(tx, vault, patient, reader.purpose).await?;
        let vitals = vitals::list_for(tx, vault, patient, reader.purpose, 20).await?;
        let immunizations = immunizations::list_for(tx, vault, patient, reader.purpose).await?;
        let family = family_history::list_for(tx, vault, patient, reader.purpose).await?;
        let social = social_history::list_for(tx, vault, patient, reader.purpose).await?;
        let documents =
            documents::store::list_for(tx, vault, patient, reader.purpose, documents::store::LATEST).await?;
        let joined = super::store::list_joined(tx, patient).await?;
        let mut timeline = own_entries(&problems, &vitals);
        timeline.extend(immunizations.iter().map(given));
        timeline.extend(document_entries(&documents, patient, reader.for_doctor));
        for panel in &me.app().part::<RecordPanels>().0 {
            let view = RecordView {
                tx,
                vault,
                patient,
                purpose: reader.purpose,
                for_doctor: reader.for_doctor,
                locale: me.locale(),
                joined: &joined,
            };
            timeline.extend(panel.entries(view).await?);
        }
        timeline.sort_by_key(|entry| std::cmp::Reverse(entry.at));
        Ok(Self { allergies, problems, vitals, family, social, documents, timeline, joined })
    }
}

fn given(one: &Immunization) -> TimelineEntry {
    TimelineEntry {
        at: one.content.given_on.starts_in(&kernel::Zone::utc()),
        icon: "syringe",
        kind_key: "chart-timeline-immunization",
        title: one.content.name.clone(),
        detail: one.content.given_by.clone(),
        href: None,
        from_record: one.from_record.clone(),
    }
}

fn own_entries(problems: &[Problem], vitals: &[Vitals]) -> Vec<TimelineEntry> {
    let found = problems.iter().map(|problem| TimelineEntry {
        at: problem.recorded_at,
        icon: "clipboard-list",
        kind_key: match problem.status {
            ProblemStatus::Active => "chart-timeline-problem",
            ProblemStatus::Resolved => "chart-timeline-problem-resolved",
        },
        title: problem.content.name.clone(),
        detail: problem.content.code.clone(),
        href: None,
        from_record: problem.from_record.clone(),
    });
    let measured = vitals.iter().map(|set| TimelineEntry {
        at: set.taken_at,
        icon: "heart-pulse",
        kind_key: "chart-timeline-vitals",
        title: set.signs.printed().into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" · "),
        detail: String::new(),
        href: None,
        from_record: set.from_record.clone(),
    });
    found.chain(measured).collect()
}

/// Where the pages of a patient's documents begin.
pub(crate) fn documents_of(patient: PatientId, for_doctor: bool) -> String {
    if for_doctor { format!("/doctor/patients/{patient}/documents") } else { "/record/documents".to_owned() }
}

fn document_entries(documents: &[Document], patient: PatientId, for_doctor: bool) -> Vec<TimelineEntry> {
    let base = documents_of(patient, for_doctor);
    let entry = |document: &Document| TimelineEntry {
        at: document.uploaded_at,
        icon: document.kind.icon(),
        kind_key: "chart-timeline-document",
        title: document.title.clone(),
        detail: String::new(),
        href: Some(format!("{base}/{}", document.id)),
        from_record: document.from_record.clone(),
    };
    documents.iter().map(entry).collect()
}
