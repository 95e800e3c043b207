//! JSON: who opened a record, line by line, for the patient and who acts for them.

use axum::extract::Path;
use kernel::{
    Page, PageRequest, Timestamp,
    ids::{AccountId, PatientId},
};
use serde::{Deserialize, Serialize};
use web::{Patient, Query};

use super::store::{self, Access, After};
use crate::{ChartError, purpose, questions::Line};

/// One look, or one change.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct AccessLine {
    /// Names the line, to question it.
    line: String,
    at: Timestamp,
    actor: Option<AccountId>,
    /// The name, where a doctor did it.
    doctor: Option<String>,
    roles: Vec<String>,
    action: String,
    section: String,
    purpose: String,
    /// Whether it was done under emergency access.
    emergency: bool,
    outcome: String,
}

impl From<Access> for AccessLine {
    fn from(row: Access) -> Self {
        Self {
            line: Line { shard: row.shard, seq: row.seq }.to_string(),
            at: row.at,
            actor: row.actor,
            doctor: row.practitioner,
            roles: row.roles.iter().flat_map(|roles| roles.split(',')).map(str::to_owned).collect(),
            action: row.action,
            section: row.object,
            emergency: row.purpose == purpose::BREAK_GLASS,
            purpose: row.purpose,
            outcome: row.outcome,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// `true` lists what this account did itself as well.
    own: bool,
    limit: Option<i64>,
    cursor: Option<String>,
}

/// `GET /api/v1/patients/{patient}/access-log`
pub(crate) async fn access_log(
    me: Patient,
    Path(patient): Path<PatientId>,
    Query(wanted): Query<Wanted>,
) -> web::Result {
    if !me.actor().patients.contains(&patient) {
        return Err(ChartError::NotFound.into());
    }
    let except = (!wanted.own).then_some(me.actor().account);
    let after = After::parse(wanted.cursor.as_deref().unwrap_or_default());
    let page = PageRequest::of(wanted.limit.unwrap_or(20), None);
    let mut tx = me.begin().await?;
    let rows = store::list_accesses(&mut tx, patient, except, after, page.limit() + 1).await?;
    tx.commit().await?;
    web::json(&Page::from_rows(rows, &page, |row| After::of(row).to_string()).map(AccessLine::from))
}
