//! Prescriptions on the timeline of a record.

use async_trait::async_trait;
use chart::{RecordPanel, TimelineEntry, record::RecordView};

use super::{read, words};

/// Put into `chart::RecordPanels` by the server.
#[derive(Debug, Clone, Copy, Default)]
pub struct PrescriptionsPanel;

#[async_trait]
impl RecordPanel for PrescriptionsPanel {
    async fn entries(&self, view: RecordView<'_>) -> Result<Vec<TimelineEntry>, web::Error> {
        let list = read::list_for_patient(view.tx, view.vault, view.patient, view.purpose, 50).await?;
        let entries = list.into_iter().flatten().filter_map(|prescription| {
            let names: Vec<String> =
                prescription.items.iter().map(|item| words::medicine(view.locale, &item.content)).collect();
            Some(TimelineEntry {
                at: prescription.signed_at?,
                icon: "pill",
                kind_key: "prescriptions-timeline",
                title: names.join(" · "),
                detail: words::status(view.locale, prescription.status),
                href: Some(format!("/prescriptions/{}", prescription.id)),
                from_record: view.from_record(prescription.patient),
            })
        });
        Ok(entries.collect())
    }
}
