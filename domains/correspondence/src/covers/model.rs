use kernel::{
    Timestamp,
    ids::{PractitionerId, ThreadCoverId},
};
use serde::Serialize;

/// Some days on which one doctor answers for another.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Cover {
    pub id: ThreadCoverId,
    pub doctor_id: PractitionerId,
    pub doctor: String,
    pub cover_id: PractitionerId,
    pub cover: String,
    pub starts_at: Timestamp,
    /// Not itself.
    pub ends_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

impl Cover {
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.ended_at.is_some() || self.ends_at <= now
    }

    pub fn is_running(&self, now: Timestamp) -> bool {
        !self.is_over(now) && self.starts_at <= now
    }
}
