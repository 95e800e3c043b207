//! Rows ready to show, shared by the patient's and the doctor's page.

use kernel::{
    Timestamp,
    ids::{AllergyId, ProblemId},
};
use web::{Ctx, PageFrame};

use super::{compose::Record, panel::TimelineEntry};
use crate::{
    allergies::{Allergies, Answer, Criticality, Severity},
    family_history::{self, FamilyHistory},
    problems::{Problem, ProblemStatus},
    social_history::{self, SocialHistory, Topic},
    vitals::Vitals,
};

/// A record, ready to show.
pub(crate) struct RecordRows {
    pub(crate) allergies: Vec<AllergyRow>,
    /// The day on which "none known" was said; empty otherwise.
    pub(crate) none_known_on: String,
    pub(crate) active: Vec<ProblemRow>,
    pub(crate) resolved: Vec<ProblemRow>,
    /// Name and value of each sign of the latest set.
    pub(crate) vitals: Vec<(String, String)>,
    /// When they were taken; empty without any.
    pub(crate) vitals_at: String,
    /// Relatives in words; one line says that nothing is known.
    pub(crate) family: Vec<String>,
    /// Topic and answer of social history.
    pub(crate) social: Vec<(String, String)>,
    pub(crate) timeline: Vec<TimelineRow>,
}

/// One allergy.
pub(crate) struct AllergyRow {
    pub(crate) id: AllergyId,
    pub(crate) substance: String,
    pub(crate) reaction: String,
    pub(crate) category: String,
    pub(crate) severity: String,
    /// Tone of the severity's chip.
    pub(crate) tone: &'static str,
    /// "May be life-threatening", else empty.
    pub(crate) danger: String,
    pub(crate) recorded_on: String,
    pub(crate) by_clinician: bool,
    /// "From record 7K3M-9QXT", else empty.
    pub(crate) from: String,
}

/// One diagnosis.
pub(crate) struct ProblemRow {
    pub(crate) id: ProblemId,
    pub(crate) name: String,
    pub(crate) code: String,
    pub(crate) recorded_on: String,
    pub(crate) hidden: bool,
    /// "From record 7K3M-9QXT", else empty.
    pub(crate) from: String,
}

/// One line of the timeline.
pub(crate) struct TimelineRow {
    pub(crate) icon: &'static str,
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) detail: String,
    pub(crate) href: Option<String>,
    pub(crate) on: String,
    /// "From record 7K3M-9QXT", else empty.
    pub(crate) from: String,
}

/// Where an entry of a joined record comes from, in words; empty for the record's own.
pub(crate) fn from_words(page: &PageFrame, from_record: Option<&str>) -> String {
    from_record.map(|number| page.tr("chart-joined-from", [("number", number)])).unwrap_or_default()
}

impl RecordRows {
    pub(crate) fn of(me: &Ctx, page: &PageFrame, record: &Record, sex: &str) -> Self {
        let rows = |status: ProblemStatus| {
            let of_status = record.problems.iter().filter(|problem| problem.status == status);
            of_status.map(|problem| problem_row(page, problem)).collect()
        };
        let latest = record.vitals.first();
        Self {
            allergies: allergy_rows(page, &record.allergies),
            none_known_on: none_known_at(&record.allergies).map(|at| page.day(at)).unwrap_or_default(),
            active: rows(ProblemStatus::Active),
            resolved: rows(ProblemStatus::Resolved),
            vitals: latest.map(|set| vital_rows(page, set)).unwrap_or_default(),
            vitals_at: latest.map(|set| taken(page, set)).unwrap_or_default(),
            family: family_lines(me, page, &record.family),
            social: social_lines(me, page, &record.social, sex),
            timeline: record.timeline.iter().map(|entry| timeline_row(page, entry)).collect(),
        }
    }
}

fn joined((title, detail): (String, String), from: &str) -> String {
    let parts = [title.as_str(), detail.as_str(), from];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn family_lines(me: &Ctx, page: &PageFrame, family: &FamilyHistory) -> Vec<String> {
    let standing = family.none_known().into_iter().chain(family.relatives().map(|(entry, _)| entry));
    standing
        .map(|entry| {
            joined(family_history::in_words(me, &entry.content), &from_words(page, entry.from_record.as_deref()))
        })
        .collect()
}

fn social_lines(me: &Ctx, page: &PageFrame, social: &SocialHistory, sex: &str) -> Vec<(String, String)> {
    let answered = Topic::ALL.iter().filter_map(|topic| Some((topic, social.answer(*topic)?)));
    answered
        .map(|(topic, entry)| {
            let from = from_words(page, entry.from_record.as_deref());
            let answer = joined(social_history::in_words(me, &entry.content, sex), &from);
            (me.t(format!("chart-topic-{}", topic.as_str())), answer)
        })
        .collect()
}

fn allergy_rows(page: &PageFrame, allergies: &Allergies) -> Vec<AllergyRow> {
    allergies
        .items
        .iter()
        .map(|allergy| AllergyRow {
            id: allergy.id,
            substance: allergy.content.substance.clone(),
            reaction: allergy.content.reaction.clone(),
            category: page.t(format!("chart-category-{}", allergy.content.category.as_str())),
            severity: page.t(format!("chart-severity-{}", allergy.content.severity.as_str())),
            tone: match allergy.content.severity {
                Severity::Severe => "crit",
                Severity::Moderate => "warn",
                Severity::Mild | Severity::Unknown => "",
            },
            danger: match allergy.content.criticality {
                Criticality::High => page.t("chart-criticality-high"),
                Criticality::Low | Criticality::Unknown => String::new(),
            },
            recorded_on: page.day(allergy.recorded_at),
            by_clinician: allergy.by_clinician,
            from: from_words(page, allergy.from_record.as_deref()),
        })
        .collect()
}

fn none_known_at(allergies: &Allergies) -> Option<Timestamp> {
    match allergies.answer {
        Answer::NoneKnown { at } => Some(at),
        Answer::NotAsked | Answer::Listed => None,
    }
}

fn problem_row(page: &PageFrame, problem: &Problem) -> ProblemRow {
    ProblemRow {
        id: problem.id,
        name: problem.content.name.clone(),
        code: problem.content.code.clone(),
        recorded_on: page.day(problem.recorded_at),
        hidden: problem.hidden,
        from: from_words(page, problem.from_record.as_deref()),
    }
}

fn taken(page: &PageFrame, set: &Vitals) -> String {
    joined((page.when(set.taken_at), String::new()), &from_words(page, set.from_record.as_deref()))
}

fn vital_rows(page: &PageFrame, vitals: &Vitals) -> Vec<(String, String)> {
    vitals.signs.printed().into_iter().map(|(sign, text)| (page.t(format!("chart-vital-{sign}")), text)).collect()
}

fn timeline_row(page: &PageFrame, entry: &TimelineEntry) -> TimelineRow {
    TimelineRow {
        icon: entry.icon,
        kind: page.t(entry.kind_key),
        title: entry.title.clone(),
        detail: entry.detail.clone(),
        href: entry.href.clone(),
        on: page.day(entry.at),
        from: from_words(page, entry.from_record.as_deref()),
    }
}
