//! Prescriptions on the timeline of a record.

use async_trait::async_trait;
use chart::{RecordPanel, TimelineEntry, record::RecordView};
use kernel::Locale;

use super::{Prescription, read, words};

/// Put into `chart::RecordPanels` by the server.
#[derive(Debug, Clone, Copy, Default)]
pub struct PrescriptionsPanel;

#[async_trait]
impl RecordPanel for PrescriptionsPanel {
    async fn entries(&self, view: RecordView<'_>) -> Result<Vec<TimelineEntry>, web::Error> {
        let list = read::list_for_patient(view.tx, view.vault, view.patient, view.purpose, 50).await?;
        let entries = list.into_iter().flatten().filter_map(|prescription| {
            let (title, detail) = in_words(view.locale, &prescription);
            Some(TimelineEntry {
                at: prescription.signed_at?,
                icon: "pill",
                kind_key: "prescriptions-timeline",
                title,
                detail,
                href: Some(format!("/prescriptions/{}", prescription.id)),
                from_record: view.from_record(prescription.patient),
            })
        });
        Ok(entries.collect())
    }
}

/// The medicines of a prescription, and how it stands.
pub fn in_words(locale: Locale, prescription: &Prescription) -> (String, String) {
    let names: Vec<String> = prescription.items.iter().map(|item| words::medicine(locale, &item.content)).collect();
    (names.join(" · "), words::status(locale, prescription.status))
}
