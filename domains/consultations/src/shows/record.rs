//! What was shared, shown and sent at a visit, as its record says it afterwards.

use std::collections::HashMap;

use chart::documents::{self, Document, DocumentState};
use db::Tx;
use kernel::ids::DocumentId;
use vault::Vault;
use web::PageFrame;

use super::{ShowError, store};
use crate::visits::{Side, Visit};

/// One line of it, ready to show.
pub(crate) struct RecordLine {
    pub(crate) icon: &'static str,
    /// "10:12", or "10:12–10:15".
    pub(crate) when: String,
    pub(crate) text: String,
    /// What the document is called; may be empty.
    pub(crate) title: String,
    /// Where it is opened; may be empty.
    pub(crate) href: String,
    /// A small picture of it; may be empty.
    pub(crate) preview: String,
    pub(crate) is_photo: bool,
}

/// Where this side opens the patient's documents.
pub(super) fn base(visit: &Visit, side: Side) -> String {
    match side {
        Side::Patient => "/record/documents".to_owned(),
        Side::Doctor => format!("/doctor/patients/{}/documents", visit.patient),
    }
}

/// All of a visit; where documents are named, the reading is on record.
pub(crate) async fn record(
    tx: &mut Tx,
    vault: &Vault,
    page: &PageFrame,
    (visit, side): (&Visit, Side),
) -> Result<Vec<RecordLine>, ShowError> {
    let happened = store::list(tx, visit.id).await?;
    let named: Vec<DocumentId> = happened.iter().filter_map(|one| one.document).collect();
    let known = if named.is_empty() {
        Vec::new()
    } else {
        documents::list_of(tx, vault, visit.patient, side.purpose(), &named).await?
    };
    let known: HashMap<DocumentId, Document> = known.into_iter().map(|document| (document.id, document)).collect();
    let base = base(visit, side);
    Ok(happened.iter().map(|one| line(page, visit, one, known_of(&known, one), &base)).collect())
}

fn known_of<'a>(known: &'a HashMap<DocumentId, Document>, one: &store::Happened) -> Option<&'a Document> {
    one.document.and_then(|id| known.get(&id))
}

fn line(page: &PageFrame, visit: &Visit, one: &store::Happened, document: Option<&Document>, base: &str) -> RecordLine {
    let name = match one.role.as_str() {
        "patient" => visit.patient_name.clone(),
        "doctor" => visit.practitioner_name.clone(),
        guest => page.t(format!("consultations-guest-role-{guest}")),
    };
    let is_photo = one.kind == "photo";
    let icon = match one.kind.as_str() {
        "screen" => "screen-share",
        "photo" => "camera",
        _ => "file-text",
    };
    let kind = match document.map(|document| document.state) {
        Some(DocumentState::Quarantined) if is_photo => "photo-quarantined",
        Some(DocumentState::Refused) if is_photo => "photo-refused",
        _ => one.kind.as_str(),
    };
    let from = page.time(one.at);
    let when = match one.until.map(|until| page.time(until)) {
        Some(until) if until != from => format!("{from}–{until}"),
        _ => from,
    };
    let open = document.filter(|document| document.state == DocumentState::Clean);
    RecordLine {
        icon,
        when,
        text: page.tr(format!("consultations-record-{kind}"), [("name", name.as_str())]),
        title: document.map(|document| document.title.clone()).unwrap_or_default(),
        href: open.map(|document| format!("{base}/{}", document.id)).unwrap_or_default(),
        preview: open
            .filter(|document| document.has_preview)
            .map(|document| format!("{base}/{}/preview", document.id))
            .unwrap_or_default(),
        is_photo,
    }
}
