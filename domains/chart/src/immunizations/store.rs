//! SQL of immunizations.

use db::Tx;
use kernel::{
    LocalDate, Timestamp,
    ids::{AccountId, ImmunizationId, PatientId},
};
use vault::{At, Vault};

use super::model::{Immunization, ImmunizationContent};
use crate::ChartError;

pub(crate) fn at(id: ImmunizationId) -> At {
    At::new("immunizations", "content_sealed", id.uuid())
}

/// Those that stand, the latest given first, with the audit row of having read them.
pub async fn list_for(
    tx: &mut Tx,
    vault: &Vault,
    patient: PatientId,
    purpose: &str,
) -> Result<Vec<Immunization>, ChartError> {
    let rows = sqlx::query!(
        r#"with seen as materialized (select audit.append('read', 'immunizations', null, $1, $2) as seq)
           select seen.seq as "seq!", i.id as "id?: ImmunizationId", i.content_sealed as "content_sealed?",
                  i.recorded_role as "recorded_role?", i.recorded_at as "recorded_at?: Timestamp",
                  i.patient_id as "patient?: PatientId", o.record_no as "from_record?"
           from seen left join immunizations i on i.patient_id = any (app.joined($1)) and i.status = 'completed'
           left join patients o on o.id = i.patient_id and i.patient_id <> $1 order by i.recorded_at desc, i.id desc"#,
        patient as PatientId,
        purpose
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
        let content = vault.open_json::<ImmunizationContent>(tx, whose, at(id), &sealed).await?.into_inner();
        let by_clinician = row.recorded_role.as_deref() == Some("clinician");
        list.push(Immunization { id, content, recorded_at, by_clinician, from_record: row.from_record });
    }
    list.sort_by_key(|one| std::cmp::Reverse(one.content.given_on.jiff()));
    Ok(list)
}

pub(super) struct NewRow<'a> {
    pub(super) id: ImmunizationId,
    pub(super) patient: PatientId,
    pub(super) sealed: &'a [u8],
    pub(super) by: AccountId,
    pub(super) role: &'static str,
    pub(super) purpose: &'static str,
}

pub(super) async fn insert(tx: &mut Tx, row: NewRow<'_>) -> Result<(), ChartError> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with added as (
               insert into immunizations (id, patient_id, status, content_sealed, recorded_by, recorded_role, recorded_at)
               values ($1, $2, 'completed', $3, $4, $5, $6) returning id)
           select audit.append('write', 'immunizations', added.id, $2, $7) as "seq!" from added"#,
        row.id as ImmunizationId,
        row.patient as PatientId,
        row.sealed,
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
pub(super) async fn lock(tx: &mut Tx, patient: PatientId, id: ImmunizationId) -> Result<Option<Locked>, ChartError> {
    let row = sqlx::query!(
        "select status, recorded_role from immunizations where id = $1 and patient_id = any (app.joined($2)) for update",
        id as ImmunizationId,
        patient as PatientId
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(row.map(|row| Locked { stands: row.status == "completed", by_clinician: row.recorded_role == "clinician" }))
}

pub(super) async fn set_withdrawn(
    tx: &mut Tx,
    patient: PatientId,
    id: ImmunizationId,
    purpose: &'static str,
) -> Result<(), ChartError> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with changed as (
               update immunizations set status = 'entered_in_error', updated_at = $3
               where id = $1 and patient_id = any (app.joined($2)) and status = 'completed' returning id)
           select audit.append('withdraw', 'immunizations', changed.id, $2, $4) as "seq!" from changed"#,
        id as ImmunizationId,
        patient as PatientId,
        now as Timestamp,
        purpose
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(db::Error::from)?
    .ok_or(ChartError::AlreadyClosed)?;
    Ok(())
}

pub(super) async fn find_birth_date(tx: &mut Tx, patient: PatientId) -> Result<Option<LocalDate>, ChartError> {
    Ok(sqlx::query_scalar!(
        r#"select birth_date as "born: LocalDate" from patients where id = $1"#,
        patient as PatientId
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(db::Error::from)?
    .flatten())
}
