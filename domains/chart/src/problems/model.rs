//! A diagnosis of the problem list.

use kernel::{
    LocalDate, Timestamp,
    ids::{ProblemId, VisitId},
};
use serde::{Deserialize, Serialize};

/// What is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ProblemContent {
    /// ICD-10-CM code, with its dot.
    pub code: String,
    /// Its description at the time.
    pub name: String,
    /// When it began, where known.
    pub onset: Option<LocalDate>,
    /// A remark; may be empty.
    pub note: String,
}

/// A diagnosis to add.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProblem {
    /// ICD-10-CM code, with or without its dot.
    pub code: String,
    /// When it began, where known.
    #[serde(default)]
    pub onset: Option<LocalDate>,
    /// At most 500 characters.
    #[serde(default)]
    pub note: String,
    /// The visit it was found at, where it was.
    #[serde(default)]
    pub visit: Option<VisitId>,
}

/// Where a problem stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProblemStatus {
    /// It is there.
    Active,
    /// It is over.
    Resolved,
}

/// One entry.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Problem {
    /// Its id.
    pub id: ProblemId,
    /// What is said.
    #[serde(flatten)]
    pub content: ProblemContent,
    /// Where it stands.
    pub status: ProblemStatus,
    /// When it was written down.
    pub recorded_at: Timestamp,
    /// When it was resolved.
    pub closed_at: Option<Timestamp>,
    /// Whether the patient has hidden it from doctors who did not write it.
    pub hidden: bool,
    /// The number of the joined record in which it stands; none for the record's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_record: Option<String>,
}
