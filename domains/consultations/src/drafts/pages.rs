//! HTML: the draft beside the note, and the words it came from.

use askama::Template;
use axum::extract::Path;
use kernel::ids::VisitId;
use serde::Deserialize;
use web::{Doctor, MultiForm, PageFrame};

use super::{
    Doubt, DraftError, Section,
    read::{self, Reading},
    write,
};
use crate::{
    notes::{NoteContent, SaveNote, save},
    visits::{VisitError, VisitState},
};

/// One sentence, ready to show.
struct Row {
    /// Names the sentence.
    mark: String,
    /// Chosen beforehand: it was said like this, and nothing is doubtful about it.
    chosen: bool,
    text: String,
    sources: Vec<i32>,
    doubts: Vec<String>,
}

struct Group {
    section: Section,
    heading: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "drafts/pages/draft.html")]
struct DraftPage {
    page: PageFrame,
    reading: Reading,
    groups: Vec<Group>,
    /// What, in words; what was said; in which sentence; where.
    omissions: Vec<(String, String, String, i32)>,
    /// Where it came from.
    origin: String,
    /// A model is there, and the patient was told of it.
    has_model: bool,
}

/// `GET /visits/{visit}/draft`
pub(crate) async fn show(me: Doctor, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    let reading = read::read(me.app(), &mut tx, me.actor(), id).await?;
    tx.commit().await?;
    let groups = Section::ALL
        .into_iter()
        .map(|section| Group {
            section,
            heading: me.t(format!("consultations-note-{}", section.code())),
            rows: rows(&me, &reading, section),
        })
        .filter(|group| !group.rows.is_empty())
        .collect();
    let omissions = reading.draft.omissions.iter().map(|one| {
        let what = me.t(format!("consultations-draft-omitted-{}", one.what.code()));
        (what, one.said.clone(), one.quote.clone(), one.source)
    });
    let origin = match &reading.model {
        None => me.t("consultations-draft-origin-said"),
        Some(model) => me.tr("consultations-draft-origin-model", [("model", model.as_str())]),
    };
    web::render(&DraftPage {
        omissions: omissions.collect(),
        page: me.page("consultations-draft-title"),
        groups,
        origin,
        has_model: me
            .app()
            .try_part::<writers::Writer>()
            .is_some_and(|writer| writer.recipient().is_none_or(|to| reading.recipient.as_deref() == Some(to))),
        reading,
    })
}

fn rows(me: &Doctor, reading: &Reading, section: Section) -> Vec<Row> {
    let sentences = reading.draft.sentences.iter().filter(|sentence| sentence.section == section);
    sentences
        .map(|sentence| Row {
            mark: sentence.mark(),
            chosen: sentence.doubts.is_empty() && reading.model.is_none(),
            text: sentence.text.clone(),
            sources: sentence.sources.clone(),
            doubts: sentence.doubts.iter().map(|doubt| in_words(me, doubt)).collect(),
        })
        .collect()
}

fn in_words(me: &Doctor, doubt: &Doubt) -> String {
    let say = |key: &'static str, values: &[(&'static str, &str)]| me.tr(key, values);
    match doubt {
        Doubt::Unsure { words } => say("consultations-draft-unsure", &[("words", words)]),
        Doubt::SoundsLike { heard, meant } => {
            say("consultations-draft-sounds-like", &[("heard", heard), ("meant", meant)])
        }
        Doubt::Differs { what, said, recorded } => {
            // Vital signs have names; a medicine is its own.
            let known = chart::vitals::Sign::ALL.iter().any(|sign| sign.as_str() == what);
            let what = if known { me.t(format!("chart-vital-{what}")) } else { what.clone() };
            if recorded.is_empty() {
                say("consultations-draft-not-recorded", &[("what", &what), ("said", said)])
            } else {
                say("consultations-draft-differs", &[("what", &what), ("said", said), ("recorded", recorded)])
            }
        }
        Doubt::NotPrescribed { medicine } => say("consultations-draft-not-prescribed", &[("medicine", medicine)]),
        Doubt::AllergyNotRecorded { substance } => {
            say("consultations-draft-allergy-not-recorded", &[("substance", substance)])
        }
        Doubt::Unsupported { what } => say("consultations-draft-unsupported", &[("what", what)]),
    }
}

/// What was pressed, and the marks of the sentences that were chosen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Pressed {
    /// `take` or `write`.
    action: String,
    take: Vec<String>,
}

/// `POST /visits/{visit}/draft`: the chosen sentences go into the note, or the model writes.
pub(crate) async fn post(me: Doctor, Path(id): Path<VisitId>, MultiForm(pressed): MultiForm<Pressed>) -> web::Result {
    if pressed.action == "write" {
        write(me.app(), me.actor(), id).await?;
        me.flash_ok("consultations-draft-flash-written");
        return Ok(me.redirect(&format!("/visits/{id}/draft")));
    }
    let mut tx = me.begin().await?;
    let reading = read::read(me.app(), &mut tx, me.actor(), id).await?;
    if reading.visit.state == VisitState::Signed {
        return Err(VisitError::Illegal(VisitState::Signed).into());
    }
    // What was chosen is what was read: a sentence that is no longer there was never chosen.
    let there = |mark: &String| reading.draft.sentences.iter().any(|sentence| sentence.mark() == *mark);
    if !pressed.take.iter().all(there) {
        return Err(DraftError::Stale.into());
    }
    let content = with_chosen(&reading, &pressed.take);
    let command = SaveNote { visit: id, read_at: Some(reading.note_version), content };
    save(&mut tx, me.app().vault(), me.actor(), command).await?;
    tx.commit().await?;
    me.flash_ok("consultations-draft-flash-taken");
    Ok(me.redirect(&format!("/visits/{id}#note")))
}

/// The note with these sentences after what stands in it; one that stands there already is not added again.
fn with_chosen(reading: &Reading, chosen: &[String]) -> NoteContent {
    let mut content = reading.note.clone();
    for sentence in &reading.draft.sentences {
        let field = match sentence.section {
            Section::Reason => &mut content.reason,
            Section::History => &mut content.history,
            Section::Findings => &mut content.findings,
            Section::Assessment => &mut content.assessment,
            Section::Plan => &mut content.plan,
        };
        if chosen.contains(&sentence.mark()) && !field.contains(&sentence.text) {
            if !field.is_empty() {
                field.push('\n');
            }
            field.push_str(&sentence.text);
        }
    }
    content
}
