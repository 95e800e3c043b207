use db::Tx;
use kernel::{
    Page, PageRequest, Timestamp,
    ids::{AccountId, PatientId},
};
use uuid::Uuid;

use crate::store;

/// One line of a patient's own access log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub at: Timestamp,
    /// Who; `None` for the program itself.
    pub actor: Option<AccountId>,
    /// Role names they acted in, comma-separated; `system` for the program.
    pub roles: Option<String>,
    /// The patient they acted for, when not themselves.
    pub on_behalf: Option<PatientId>,
    pub action: String,
    /// The section of the record.
    pub object: String,
    pub object_id: Option<Uuid>,
    /// Why.
    pub purpose: String,
    pub outcome: String,
    pub(crate) shard: i16,
    pub(crate) seq: i64,
}

/// Who saw or changed this patient's record, newest first. Row-level security shows it to the patient and to administrators.
pub async fn who_saw(tx: &mut Tx, patient: PatientId, page: &PageRequest) -> Result<Page<Seen>, db::Error> {
    let after = page.cursor.as_ref().and_then(|cursor| parse_cursor(&cursor.0));
    let rows = store::list_seen(tx, patient, after, page.limit() + 1).await?;
    Ok(Page::from_rows(rows, page, |row| format!("{}.{}.{}", row.at.micros(), row.shard, row.seq)))
}

/// A cursor that was tampered with starts from the top.
fn parse_cursor(text: &str) -> Option<(Timestamp, i16, i64)> {
    let mut parts = text.split('.');
    let micros = parts.next()?.parse().ok()?;
    let shard = parts.next()?.parse().ok()?;
    let seq = parts.next()?.parse().ok()?;
    parts.next().is_none().then_some((Timestamp::from_micros(micros), shard, seq))
}
