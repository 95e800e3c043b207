//! What other rooms add to the timeline of a record.

use std::sync::Arc;

use async_trait::async_trait;
use db::Tx;
use kernel::{Locale, Timestamp, ids::PatientId};
use vault::Vault;

/// A room's part of the record.
#[async_trait]
pub trait RecordPanel: Send + Sync {
    /// The room's entries for this patient, in any order, with their audit rows of having been read. Row-level security of the
    /// transaction decides what may be seen; only the latest hundred or so are worth returning.
    async fn entries(&self, view: RecordView<'_>) -> Result<Vec<TimelineEntry>, web::Error>;
}

/// Whose record is opened, by whom.
pub struct RecordView<'a> {
    /// The reader's transaction.
    pub tx: &'a mut Tx,
    /// For opening sealed content.
    pub vault: &'a Vault,
    /// Whose record.
    pub patient: PatientId,
    /// Why, for the audit trail.
    pub purpose: &'static str,
    /// Whether a doctor reads: links then lead to the doctor's pages.
    pub for_doctor: bool,
    /// The reader's language.
    pub locale: Locale,
    /// Records that are joined into this one, with their numbers.
    pub joined: &'a [(PatientId, String)],
}

impl RecordView<'_> {
    /// The number of the joined record that this patient's rows come from; none for the record's own.
    pub fn from_record(&self, patient: PatientId) -> Option<String> {
        self.joined.iter().find(|(id, _)| *id == patient).map(|(_, number)| number.clone())
    }
}

/// One line of the timeline.
#[derive(Debug, Clone)]
pub struct TimelineEntry {
    /// When it happened.
    pub at: Timestamp,
    /// Name of its icon.
    pub icon: &'static str,
    /// Fluent key of its kind ("Visit", "Prescription").
    pub kind_key: &'static str,
    /// What it is, ready to show.
    pub title: String,
    /// More of it; may be empty.
    pub detail: String,
    /// Where it leads.
    pub href: Option<String>,
    /// The number of the joined record that it comes from; none for the record's own.
    pub from_record: Option<String>,
}

/// All panels, put into the application by the server (`app.part::<RecordPanels>()`).
#[derive(Clone, Default)]
pub struct RecordPanels(pub Vec<Arc<dyn RecordPanel>>);
