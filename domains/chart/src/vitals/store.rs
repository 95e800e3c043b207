use db::Tx;
use kernel::{
    LocalDate, Timestamp,
    ids::{AccountId, PatientId, VisitId, VitalsId},
};
use vault::{At, Vault};

use super::{
    Units,
    model::{VitalSigns, Vitals},
    units,
};
use crate::ChartError;

/// The latest `limit` sets of vital signs, newest first, with the audit row of having read them.
pub async fn list_for(
    tx: &mut Tx,
    vault: &Vault,
    patient: PatientId,
    purpose: &str,
    limit: i64,
) -> Result<Vec<Vitals>, ChartError> {
    let rows = sqlx::query!(
        r#"with seen as materialized (select audit.append('read', 'vitals', null, $1, $2) as seq)
           select seen.seq as "seq!", v.id as "id?: VitalsId", v.content_sealed as "content_sealed?",
                  v.taken_at as "taken_at?: Timestamp", v.recorded_role as "recorded_role?", v.visit_id as "visit_id?: VisitId",
                  v.patient_id as "patient?: PatientId", o.record_no as "from_record?"
           from seen left join lateral (select one.* from unnest(app.joined($1)) r (id) cross join lateral (
                   select w.id, w.content_sealed, w.taken_at, w.recorded_role, w.visit_id, w.patient_id
                   from vitals w where w.patient_id = r.id and w.status = 'recorded' order by w.taken_at desc, w.id desc limit $3) one
                   order by one.taken_at desc, one.id desc limit $3) v on true
           left join patients o on o.id = v.patient_id and v.patient_id <> $1
           order by v.taken_at desc, v.id desc limit $3"#,
        patient as PatientId,
        purpose,
        limit
    )
    .fetch_all(tx.conn())
    .await
    .map_err(db::Error::from)?;
    let mut vitals = Vec::with_capacity(rows.len());
    for row in rows {
        let (Some(id), Some(whose), Some(sealed), Some(taken_at)) =
            (row.id, row.patient, row.content_sealed, row.taken_at)
        else {
            continue;
        };
        let signs = vault.open_json::<VitalSigns>(tx, whose, at(id), &sealed).await?.into_inner();
        let by_clinician = row.recorded_role.as_deref() == Some("clinician");
        let (visit, from_record) = (row.visit_id, row.from_record);
        vitals.push(Vitals { id, signs, taken_at, by_clinician, visit, from_record });
    }
    Ok(vitals)
}

/// The latest set, with the audit row of having read it.
pub async fn latest_for(
    tx: &mut Tx,
    vault: &Vault,
    patient: PatientId,
    purpose: &str,
) -> Result<Option<Vitals>, ChartError> {
    Ok(list_for(tx, vault, patient, purpose, 1).await?.into_iter().next())
}

pub(crate) fn at(id: VitalsId) -> At {
    At::new("vitals", "content_sealed", id.uuid())
}

pub(super) struct NewRow<'a> {
    pub(super) id: VitalsId,
    pub(super) patient: PatientId,
    pub(super) visit: Option<VisitId>,
    pub(super) sealed: &'a [u8],
    pub(super) by: AccountId,
    pub(super) role: &'static str,
    pub(super) taken_at: Timestamp,
    pub(super) purpose: &'static str,
}

pub(super) async fn insert(tx: &mut Tx, row: NewRow<'_>) -> Result<(), ChartError> {
    sqlx::query_scalar!(
        r#"with added as (
               insert into vitals (id, patient_id, visit_id, status, content_sealed, recorded_by, recorded_role, taken_at)
               values ($1, $2, $3, 'recorded', $4, $5, $6, $7) returning id)
           select audit.append('write', 'vitals', added.id, $2, $8) as "seq!" from added"#,
        row.id as VitalsId,
        row.patient as PatientId,
        row.visit as Option<VisitId>,
        row.sealed,
        row.by as AccountId,
        row.role,
        row.taken_at as Timestamp,
        row.purpose
    )
    .fetch_one(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(())
}

/// Takes back the sets of one visit: its note is being written again.
pub(super) async fn set_replaced_for_visit(tx: &mut Tx, patient: PatientId, visit: VisitId) -> Result<(), ChartError> {
    let now = tx.now();
    sqlx::query!(
        "update vitals set status = 'entered_in_error', updated_at = $3
         where patient_id = $1 and visit_id = $2 and status = 'recorded'",
        patient as PatientId,
        visit as VisitId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(())
}

/// Date of birth and sex at birth of a patient whose record is open to the reader.
pub(super) async fn find_person(tx: &mut Tx, patient: PatientId) -> Result<(Option<LocalDate>, String), ChartError> {
    let row = sqlx::query!(
        r#"select birth_date as "born: LocalDate", sex_at_birth from patients where id = $1"#,
        patient as PatientId
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(row.map(|row| (row.born, row.sex_at_birth)).unwrap_or_default())
}

/// In which units this account reads.
pub(super) async fn find_units(tx: &mut Tx, account: AccountId) -> Result<Units, ChartError> {
    let row = sqlx::query!(
        "select temperature, weight, height, glucose from measure_units where account_id = $1",
        account as AccountId
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(row.map_or_else(Units::default, |row| Units {
        temperature: units::Temperature::of(&row.temperature),
        weight: units::Weight::of(&row.weight),
        height: units::Height::of(&row.height),
        glucose: units::Glucose::of(&row.glucose),
    }))
}

pub(super) async fn set_units(tx: &mut Tx, account: AccountId, units: Units) -> Result<(), ChartError> {
    let now = tx.now();
    sqlx::query!(
        "insert into measure_units (account_id, temperature, weight, height, glucose) values ($1, $2, $3, $4, $5)
         on conflict (account_id) do update set temperature = excluded.temperature, weight = excluded.weight,
             height = excluded.height, glucose = excluded.glucose, updated_at = $6",
        account as AccountId,
        units.temperature.as_str(),
        units.weight.as_str(),
        units.height.as_str(),
        units.glucose.as_str(),
        now as Timestamp
    )
    .execute(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(())
}
