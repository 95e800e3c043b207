use access::Actor;
use db::{Error, Tx, Whose};
use kernel::{
    LocalDate, Phi, Sex, Timestamp,
    ids::{AccountId, PatientId},
};
use vault::{At, Vault};

use super::{
    EmergencyContact, NewPatient, PatientProfile,
    profile::{Birthday, ProfileChange},
};

/// What stands beside an appointment: enough to recognize the person.
#[derive(Clone, Debug)]
pub struct Brief {
    pub id: PatientId,
    pub account: Option<AccountId>,
    pub record_no: String,
    pub full_name: String,
    pub preferred_name: Option<String>,
    pub birth_date: Option<LocalDate>,
    pub sex_at_birth: Sex,
}

pub(super) fn blood_group_at(patient: PatientId) -> At {
    At::new("patients", "blood_group_sealed", patient.uuid())
}

pub(super) async fn insert(tx: &mut Tx, id: PatientId, record_no: &str, new: &NewPatient<'_>) -> Result<(), Error> {
    tx.changes_standing(Whose::Of(new.account));
    let now = tx.now();
    sqlx::query!(
        r#"insert into patients (id, account_id, record_no, full_name, birth_date, phone, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $7)"#,
        id as PatientId,
        new.account as AccountId,
        record_no,
        new.full_name,
        new.birth_date as Option<LocalDate>,
        new.phone,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A patient that the actor speaks for. Foreign is none.
pub async fn find_for(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    patient: PatientId,
) -> Result<Option<PatientProfile>, vault::Error> {
    let row = sqlx::query!(
        r#"select record_no, full_name, preferred_name, birth_date as "birth_date: LocalDate", sex_at_birth, phone, country,
                  emergency_name, emergency_phone, emergency_relation, blood_group_sealed, version
           from patients where id = $1 and id = any($2) and deleted_at is null"#,
        patient as PatientId,
        &actor.patients as &[PatientId],
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(Error::from)?;
    let Some(row) = row else { return Ok(None) };
    let blood_group = match &row.blood_group_sealed {
        Some(sealed) => {
            vault.open_text(tx, patient, blood_group_at(patient), sealed).await?.expose().parse().ok().map(Phi::new)
        }
        None => None,
    };
    let emergency = row.emergency_name.zip(row.emergency_phone).map(|(name, phone)| EmergencyContact {
        name,
        phone,
        relation: row.emergency_relation.unwrap_or_default(),
    });
    Ok(Some(PatientProfile {
        id: patient,
        record_no: row.record_no,
        full_name: row.full_name,
        preferred_name: row.preferred_name,
        birth_date: row.birth_date,
        sex_at_birth: row.sex_at_birth.parse().unwrap_or(Sex::Unknown),
        phone: row.phone,
        country: row.country,
        emergency,
        blood_group,
        version: row.version,
    }))
}

/// Name and birth of one patient, as far as the context may see: own, cared for, or known from an appointment.
pub async fn brief(tx: &mut Tx, patient: PatientId) -> Result<Option<Brief>, Error> {
    Ok(list_briefs(tx, &[patient]).await?.pop())
}

/// The same for many, in one statement; in no particular order.
pub async fn list_briefs(tx: &mut Tx, patients: &[PatientId]) -> Result<Vec<Brief>, Error> {
    let rows = sqlx::query!(
        r#"select id as "id: PatientId", account_id as "account: AccountId", record_no, full_name, preferred_name,
                  birth_date as "birth_date: LocalDate", sex_at_birth
           from patients where id = any($1) and deleted_at is null"#,
        patients as &[PatientId],
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Brief {
            id: row.id,
            account: row.account,
            record_no: row.record_no,
            full_name: row.full_name,
            preferred_name: row.preferred_name,
            birth_date: row.birth_date,
            sex_at_birth: row.sex_at_birth.parse().unwrap_or(Sex::Unknown),
        })
        .collect())
}

/// False when somebody saved a newer version, or the patient is not the context's.
/// Whether the record is this account's own; else its day of birth.
pub(super) async fn find_birth_date(tx: &mut Tx, patient: PatientId, account: AccountId) -> Result<Birthday, Error> {
    let row = sqlx::query!(
        r#"select exists (select from patients o where o.account_id = $2 and o.deleted_at is null and app.survivor(o.id) = p.id) as "is_own!",
                  p.birth_date as "birth_date: LocalDate"
           from patients p where p.id = $1"#,
        patient as PatientId,
        account as AccountId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map_or(Birthday::OfAnother(None), |row| {
        if row.is_own { Birthday::Own } else { Birthday::OfAnother(row.birth_date) }
    }))
}

pub(super) async fn set_profile(
    tx: &mut Tx,
    patient: PatientId,
    change: &ProfileChange,
    blood_group_sealed: Option<&[u8]>,
) -> Result<bool, Error> {
    let now = tx.now();
    let emergency = change.emergency.as_ref();
    let done = sqlx::query!(
        r#"update patients set full_name = $3, preferred_name = $4, birth_date = $5, sex_at_birth = $6, country = $7,
                  phone = $8, emergency_name = $9, emergency_phone = $10, emergency_relation = $11,
                  blood_group_sealed = $12, version = version + 1, updated_at = $13
           where id = $1 and version = $2 and deleted_at is null"#,
        patient as PatientId,
        change.version,
        change.full_name,
        change.preferred_name,
        change.birth_date as LocalDate,
        change.sex_at_birth.code(),
        change.country,
        change.phone,
        emergency.map(|contact| contact.name.as_str()),
        emergency.map(|contact| contact.phone.as_str()),
        emergency.map(|contact| contact.relation.as_str()).filter(|relation| !relation.is_empty()),
        blood_group_sealed,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}
