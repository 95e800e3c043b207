//! The draft as it stands, checked against the record as it stands.

use access::Actor;
use chart::{allergies, purpose::TREATMENT};
use db::Tx;
use kernel::ids::VisitId;
use web::App;

use super::{Draft, DraftError, Medicines, Recorded, check, compose, store};
use crate::{
    notes::{NoteContent, find_for_visit},
    transcripts::{Line, Segment, store as transcripts},
    visits::{Side, Visit, store as visits},
};

/// A draft with what it came from.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub(super) visit: Visit,
    pub(super) draft: Draft,
    pub(super) lines: Vec<Line>,
    /// Name of the language model that wrote it; `None` for sentences as they were said.
    pub(super) model: Option<String>,
    /// More was said since the model wrote.
    pub(super) is_behind: bool,
    /// Who outside may be sent the words, as the patient was told.
    pub(super) recipient: Option<String>,
    pub(super) note_version: i32,
    pub(super) note: NoteContent,
}

/// What the draft is made of.
pub(super) struct Ground {
    pub(super) visit: Visit,
    pub(super) segments: Vec<Segment>,
    pub(super) recorded: Recorded,
    recipient: Option<String>,
    note_version: i32,
    note: NoteContent,
}

/// Everything that is needed, each part with its audit row; for the visit's doctor alone.
pub(super) async fn ground(app: &App, tx: &mut Tx, actor: &Actor, id: VisitId) -> Result<Ground, web::Error> {
    let Some((visit, Side::Doctor)) = visits::find_for(tx, actor, id).await? else {
        return Err(DraftError::NotFound.into());
    };
    let recipient = transcripts::find(tx, id).await?.ok_or(DraftError::NotFound)?.recipient;
    let segments =
        transcripts::list_segments(tx, app.vault(), (&visit, Some(TREATMENT)), 0).await.map_err(DraftError::from)?;
    let note = find_for_visit(tx, app.vault(), &visit, TREATMENT).await?;
    let note_version = note.as_ref().map_or(0, |note| note.version);
    let note = note.map(|note| note.content.into_inner()).unwrap_or_default();
    let allergies = allergies::list_for(tx, app.vault(), visit.patient, TREATMENT).await?;
    let (prescribed, medicines) = match app.try_part::<Medicines>() {
        Some(book) => (book.0.prescribed(tx, app.vault(), id).await?, book.0.names()),
        None => (Vec::new(), Vec::new()),
    };
    let text =
        [&note.reason, &note.history, &note.findings, &note.assessment, &note.plan].map(String::as_str).join("\n");
    let recorded = Recorded {
        note: text,
        vitals: note.vitals,
        allergies: allergies.items.into_iter().map(|allergy| allergy.content.substance).collect(),
        prescribed,
        medicines,
    };
    Ok(Ground { visit, segments, recorded, recipient, note_version, note })
}

/// The draft a model wrote, if one did; else the extractive one.
pub(super) async fn read(app: &App, tx: &mut Tx, actor: &Actor, id: VisitId) -> Result<Reading, web::Error> {
    let Ground { visit, segments, recorded, recipient, note_version, note } = ground(app, tx, actor, id).await?;
    let written = store::find(tx, app.vault(), &visit).await?;
    let last = segments.last().map_or(0, |segment| segment.number);
    let is_behind = written.as_ref().is_some_and(|(origin, _)| origin.heard_to < last);
    let (model, draft) = match written {
        Some((origin, draft)) => (Some(origin.model), draft),
        None => (None, compose(&segments)),
    };
    let draft = check(draft, &segments, &recorded);
    let lines = segments.iter().map(Line::from).collect();
    Ok(Reading { visit, draft, lines, model, is_behind, recipient, note_version, note })
}
