//! Visits on the timeline of the record.

use async_trait::async_trait;
use chart::{RecordPanel, TimelineEntry, record::RecordView};

use super::{VisitState, store};

/// The visits' part of a patient's record.
#[derive(Debug, Clone, Copy, Default)]
pub struct VisitsPanel;

#[async_trait]
impl RecordPanel for VisitsPanel {
    async fn entries(&self, view: RecordView<'_>) -> Result<Vec<TimelineEntry>, web::Error> {
        let visits = store::list_for_patient(view.tx, view.patient, view.purpose, 100).await?;
        Ok(visits
            .into_iter()
            .map(|visit| TimelineEntry {
                at: visit.started_at,
                icon: match visit.mode.as_deref() {
                    Some("video") => "video",
                    Some("audio") => "phone",
                    Some("chat") => "message-square",
                    _ => "stethoscope",
                },
                kind_key: match visit.state {
                    VisitState::Open => "consultations-timeline-open",
                    VisitState::Ended => "consultations-timeline-ended",
                    VisitState::Signed => "consultations-timeline-signed",
                },
                title: visit.practitioner_name,
                detail: String::new(),
                href: Some(format!("/visits/{}/summary", visit.id)),
                from_record: view.from_record(visit.patient),
            })
            .collect())
    }
}
