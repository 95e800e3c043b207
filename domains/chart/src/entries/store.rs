//! SQL of entries.

use db::Tx;
use kernel::{
    Timestamp,
    ids::{AccountId, HistoryEntryId, PatientId},
};
use serde::de::DeserializeOwned;
use vault::{At, Vault};

use super::model::{Entry, Section, Status};
use crate::ChartError;

pub(super) fn at(id: HistoryEntryId) -> At {
    At::new("history_entries", "content_sealed", id.uuid())
}

pub(super) fn reason_at(id: HistoryEntryId) -> At {
    At::new("history_entries", "reason_sealed", id.uuid())
}

/// Every version of every entry, the latest first, with the audit row of having read them.
pub(crate) async fn list_for<T: DeserializeOwned>(
    tx: &mut Tx,
    vault: &Vault,
    section: Section,
    patient: PatientId,
    purpose: &str,
) -> Result<Vec<Entry<T>>, ChartError> {
    let rows = sqlx::query!(
        r#"with seen as materialized (select audit.append('read', $3::text, null, $1, $2) as seq)
           select seen.seq as "seq!", e.id as "id?: HistoryEntryId", e.status as "status?", e.content_sealed as "content_sealed?",
                  e.replaces as "replaces: HistoryEntryId", e.recorded_role as "recorded_role?",
                  e.recorded_at as "recorded_at?: Timestamp", e.closed_at as "closed_at?: Timestamp", e.reason_sealed,
                  p.full_name as "author?", e.patient_id as "patient?: PatientId", o.record_no as "from_record?"
           from seen left join history_entries e on e.patient_id = any (app.joined($1)) and e.section = $3
                left join patients o on o.id = e.patient_id and e.patient_id <> $1
                left join practitioners p on p.account_id = e.recorded_by and e.recorded_role = 'clinician'
           order by e.closed_at desc nulls first, e.recorded_at desc, e.id desc"#,
        patient as PatientId,
        purpose,
        section.as_str()
    )
    .fetch_all(tx.conn())
    .await
    .map_err(db::Error::from)?;
    let mut list = Vec::with_capacity(rows.len());
    for row in rows {
        let (Some(id), Some(whose), Some(sealed), Some(recorded_at)) =
            (row.id, row.patient, row.content_sealed, row.recorded_at)
        else {
            continue;
        };
        let reason = match row.reason_sealed {
            Some(sealed) => Some(vault.open_text(tx, whose, reason_at(id), &sealed).await?.into_inner()),
            None => None,
        };
        list.push(Entry {
            id,
            content: vault.open_json::<T>(tx, whose, at(id), &sealed).await?.into_inner(),
            status: Status::of(row.status.as_deref().unwrap_or_default()),
            recorded_at,
            by_clinician: row.recorded_role.as_deref() == Some("clinician"),
            author: row.author,
            replaces: row.replaces,
            closed_at: row.closed_at,
            reason,
            from_record: row.from_record,
        });
    }
    Ok(list)
}

pub(super) struct NewRow<'a> {
    pub(super) id: HistoryEntryId,
    pub(super) patient: PatientId,
    pub(super) section: Section,
    pub(super) slot: Option<&'a str>,
    pub(super) sealed: &'a [u8],
    pub(super) replaces: Option<HistoryEntryId>,
    pub(super) by: AccountId,
    pub(super) role: &'static str,
    pub(super) purpose: &'static str,
}

pub(super) async fn insert(tx: &mut Tx, row: NewRow<'_>) -> Result<(), ChartError> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with added as (
               insert into history_entries (id, patient_id, section, slot, status, content_sealed, replaces, recorded_by, recorded_role,
                                            recorded_at)
               values ($1, $2, $3, $4, 'current', $5, $6, $7, $8, $9) returning id)
           select audit.append('write', $3, added.id, $2, $10) as "seq!" from added"#,
        row.id as HistoryEntryId,
        row.patient as PatientId,
        row.section.as_str(),
        row.slot,
        row.sealed,
        row.replaces as Option<HistoryEntryId>,
        row.by as AccountId,
        row.role,
        now as Timestamp,
        row.purpose
    )
    .fetch_one(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(())
}

pub(super) struct Locked {
    pub(super) stands: bool,
    pub(super) by_clinician: bool,
}

/// One entry, held until the transaction ends.
pub(super) async fn lock(
    tx: &mut Tx,
    patient: PatientId,
    section: Section,
    id: HistoryEntryId,
) -> Result<Option<Locked>, ChartError> {
    let row = sqlx::query!(
        "select status, recorded_role from history_entries where id = $1 and patient_id = $2 and section = $3 for update",
        id as HistoryEntryId,
        patient as PatientId,
        section.as_str()
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(row.map(|row| Locked { stands: row.status == "current", by_clinician: row.recorded_role == "clinician" }))
}

/// How an entry stopped standing.
pub(super) struct Close<'a> {
    pub(super) section: Section,
    pub(super) status: Status,
    /// What the audit trail calls it.
    pub(super) action: &'static str,
    pub(super) reason: Option<&'a [u8]>,
    pub(super) by: AccountId,
    pub(super) purpose: &'static str,
}

pub(super) async fn set_closed(
    tx: &mut Tx,
    patient: PatientId,
    id: HistoryEntryId,
    close: Close<'_>,
) -> Result<(), ChartError> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with changed as (
               update history_entries set status = $3, closed_by = $4, closed_at = $5, reason_sealed = $6, updated_at = $5
               where id = $1 and patient_id = $2 and status = 'current' returning id)
           select audit.append($7, $8, changed.id, $2, $9) as "seq!" from changed"#,
        id as HistoryEntryId,
        patient as PatientId,
        close.status.as_str(),
        close.by as AccountId,
        now as Timestamp,
        close.reason,
        close.action,
        close.section.as_str(),
        close.purpose
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(db::Error::from)?
    .ok_or(ChartError::AlreadyClosed)?;
    Ok(())
}

/// The entry that stands in a slot.
pub(super) async fn find_in_slot(
    tx: &mut Tx,
    patient: PatientId,
    section: Section,
    slot: &str,
) -> Result<Option<HistoryEntryId>, ChartError> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: HistoryEntryId" from history_entries
           where patient_id = $1 and section = $2 and slot = $3 and status = 'current'"#,
        patient as PatientId,
        section.as_str(),
        slot
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(db::Error::from)?)
}

/// Whether anything stands outside the slots.
pub(super) async fn any_listed(tx: &mut Tx, patient: PatientId, section: Section) -> Result<bool, ChartError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from history_entries
           where patient_id = any (app.joined($1)) and section = $2 and slot is null and status = 'current') as "any!""#,
        patient as PatientId,
        section.as_str()
    )
    .fetch_one(tx.conn())
    .await
    .map_err(db::Error::from)?)
}

/// Whoever writes into one section of one patient waits here for whoever does so at the same time.
pub(super) async fn lock_section(tx: &mut Tx, patient: PatientId, section: Section) -> Result<(), ChartError> {
    sqlx::query_scalar!(
        r#"select pg_advisory_xact_lock(hashtextextended($2::text || ':' || $1::uuid::text, 0))::text as "held""#,
        patient as PatientId,
        section.as_str()
    )
    .fetch_one(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(())
}
