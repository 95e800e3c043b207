use db::{ResultExt, Tx};
use kernel::{
    Timestamp,
    ids::{AccountId, PatientId, ProblemId, VisitId},
};
use vault::{At, Vault};

use super::model::{Problem, ProblemContent, ProblemStatus};
use crate::ChartError;

/// The problems that stand and those resolved, active first, with the audit row of having read them.
pub async fn list_for(
    tx: &mut Tx,
    vault: &Vault,
    patient: PatientId,
    purpose: &str,
) -> Result<Vec<Problem>, ChartError> {
    let rows = sqlx::query!(
        r#"with seen as materialized (select audit.append('read', 'problems', null, $1, $2) as seq)
           select seen.seq as "seq!", p.id as "id?: ProblemId", p.status as "status?", p.content_sealed as "content_sealed?",
                  p.recorded_at as "recorded_at?: Timestamp", p.closed_at as "closed_at?: Timestamp",
                  p.hidden_at is not null as "hidden!", p.patient_id as "patient?: PatientId", o.record_no as "from_record?"
           from seen left join problems p on p.patient_id = any (app.joined($1)) and p.status <> 'entered_in_error'
           left join patients o on o.id = p.patient_id and p.patient_id <> $1
           order by p.status, p.recorded_at desc, p.id desc"#,
        patient as PatientId,
        purpose
    )
    .fetch_all(tx.conn())
    .await
    .map_err(db::Error::from)?;
    let mut problems = Vec::with_capacity(rows.len());
    for row in rows {
        let (Some(id), Some(whose), Some(sealed), Some(recorded_at)) =
            (row.id, row.patient, row.content_sealed, row.recorded_at)
        else {
            continue;
        };
        let content = vault.open_json::<ProblemContent>(tx, whose, at(id), &sealed).await?.into_inner();
        let status =
            if row.status.as_deref() == Some("active") { ProblemStatus::Active } else { ProblemStatus::Resolved };
        let (closed_at, hidden, from_record) = (row.closed_at, row.hidden, row.from_record);
        problems.push(Problem { id, content, status, recorded_at, closed_at, hidden, from_record });
    }
    Ok(problems)
}

pub(crate) fn at(id: ProblemId) -> At {
    At::new("problems", "content_sealed", id.uuid())
}

pub(super) struct NewRow<'a> {
    pub(super) id: ProblemId,
    pub(super) patient: PatientId,
    pub(super) visit: Option<VisitId>,
    pub(super) mark: &'a [u8],
    pub(super) sealed: &'a [u8],
    pub(super) by: AccountId,
    pub(super) purpose: &'static str,
}

pub(super) async fn insert(tx: &mut Tx, row: NewRow<'_>) -> Result<(), ChartError> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with added as (
               insert into problems (id, patient_id, visit_id, status, code_mark, content_sealed, recorded_by, recorded_at)
               values ($1, $2, $3, 'active', $4, $5, $6, $7) returning id)
           select audit.append('write', 'problems', added.id, $2, $8) as "seq!" from added"#,
        row.id as ProblemId,
        row.patient as PatientId,
        row.visit as Option<VisitId>,
        row.mark,
        row.sealed,
        row.by as AccountId,
        now as Timestamp,
        row.purpose
    )
    .fetch_one(tx.conn())
    .await
    .on_constraint("problems_once", || ChartError::AlreadyListed)?;
    Ok(())
}

/// Whether this diagnosis stands in the list: asked before inserting, so that a refusal does not spoil the transaction.
pub(super) async fn is_listed(tx: &mut Tx, patient: PatientId, mark: &[u8]) -> Result<bool, ChartError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from problems where patient_id = $1 and code_mark = $2 and status = 'active') as "listed!""#,
        patient as PatientId,
        mark
    )
    .fetch_one(tx.conn())
    .await
    .map_err(db::Error::from)?)
}

/// Closes an active problem; false when there is no such active one.
pub(super) async fn set_closed(
    tx: &mut Tx,
    patient: PatientId,
    id: ProblemId,
    status: &'static str,
    purpose: &'static str,
) -> Result<bool, ChartError> {
    let now = tx.now();
    let closed = sqlx::query_scalar!(
        r#"with changed as (
               update problems set status = $3, closed_at = $4, updated_at = $4
               where id = $1 and patient_id = any (app.joined($2)) and status = 'active' returning id)
           select audit.append('close', 'problems', changed.id, $2, $5) as "seq!" from changed"#,
        id as ProblemId,
        patient as PatientId,
        status,
        now as Timestamp,
        purpose
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(closed.is_some())
}

pub(super) async fn exists(tx: &mut Tx, patient: PatientId, id: ProblemId) -> Result<bool, ChartError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from problems where id = $1 and patient_id = any (app.joined($2))) as "there!""#,
        id as ProblemId,
        patient as PatientId
    )
    .fetch_one(tx.conn())
    .await
    .map_err(db::Error::from)?)
}

/// Hidden from others than the patient, or not: by a function that changes nothing else. Whose diagnosis it is; none where it is
/// not of a patient of this account.
pub(super) async fn set_hidden(tx: &mut Tx, id: ProblemId, hide: bool) -> Result<Option<PatientId>, ChartError> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"select app.hide_problem($1, $2, $3) as "patient: PatientId""#,
        id as ProblemId,
        hide,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await
    .on_constraint("problems_once", || ChartError::AlreadyListed)
}
