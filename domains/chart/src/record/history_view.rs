//! Entries of family and social history, ready to show.

use kernel::ids::{HistoryEntryId, PatientId};
use web::{Ctx, PageFrame};

use super::from_words;
use crate::entries::{Entry, Status};

/// Whose section is open, and to whom.
pub(crate) struct Whose {
    /// Where the section's pages begin.
    pub(crate) base: String,
    pub(crate) back: String,
    pub(crate) back_name: String,
    /// The patient's name; empty on their own page.
    pub(crate) name: String,
    pub(crate) may_write: bool,
    for_doctor: bool,
}

impl Whose {
    /// `/record/{path}`, or the doctor's path.
    pub(crate) fn base((patient, for_doctor): (PatientId, bool), path: &str) -> String {
        if for_doctor { format!("/doctor/patients/{patient}/{path}") } else { format!("/record/{path}") }
    }

    pub(crate) fn new(me: &Ctx, of: (PatientId, bool), path: &str, name: String, may_write: bool) -> Self {
        let (patient, for_doctor) = of;
        Self {
            base: Self::base(of, path),
            back: if for_doctor { format!("/doctor/patients/{patient}") } else { "/record".to_owned() },
            back_name: if for_doctor { name.clone() } else { me.t("chart-record-title") },
            name,
            may_write,
            for_doctor,
        }
    }
}

/// One version of one entry.
pub(crate) struct HistoryRow {
    pub(crate) id: HistoryEntryId,
    pub(crate) title: String,
    pub(crate) detail: String,
    /// By whom and when.
    pub(crate) written: String,
    /// "Replaced", "Entered in error"; empty while it stands.
    pub(crate) state: String,
    pub(crate) wrong: bool,
    pub(crate) reason: String,
    pub(crate) href: String,
    /// Whether the reader may replace it or take it back.
    pub(crate) may_change: bool,
}

pub(crate) fn history_row<T>(
    page: &PageFrame,
    whose: &Whose,
    entry: &Entry<T>,
    (title, detail): (String, String),
) -> HistoryRow {
    let by = match (&entry.author, entry.by_clinician) {
        (Some(name), _) => name.clone(),
        (None, true) => page.t("chart-by-clinician"),
        (None, false) if whose.for_doctor => page.t("chart-by-patient"),
        (None, false) => page.t("chart-by-you"),
    };
    let from = from_words(page, entry.from_record.as_deref());
    let from = if from.is_empty() { from } else { format!(" · {from}") };
    HistoryRow {
        id: entry.id,
        title,
        detail,
        written: format!("{by} · {}{from}", page.when(entry.recorded_at)),
        state: match entry.status {
            Status::Current => String::new(),
            Status::Replaced | Status::EnteredInError => page.t(format!("chart-entry-{}", entry.status.as_str())),
        },
        wrong: entry.status == Status::EnteredInError,
        reason: entry.reason.clone().unwrap_or_default(),
        href: format!("{}/{}", whose.base, entry.id),
        may_change: whose.may_write
            && entry.status == Status::Current
            && entry.from_record.is_none()
            && (whose.for_doctor || !entry.by_clinician),
    }
}
