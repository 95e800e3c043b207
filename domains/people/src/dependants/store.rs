//! SQL of proxies, and of the records that begin with one.

use access::Actor;
use db::{Error, Tx, Whose};
use kernel::{
    LocalDate, Sex, Timestamp,
    ids::{AccountId, PatientId},
};

use super::model::{Dependant, Relation};

pub(super) struct NewChild<'a> {
    pub(super) patient: PatientId,
    pub(super) record_no: &'a str,
    pub(super) full_name: &'a str,
    pub(super) birth_date: LocalDate,
    pub(super) sex: Sex,
    pub(super) country: Option<&'a str>,
}

/// In the system's context: a record without an account.
pub(super) async fn insert_child(tx: &mut Tx, new: &NewChild<'_>) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into patients (id, record_no, full_name, birth_date, sex_at_birth, country, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)",
        new.patient as PatientId,
        new.record_no,
        new.full_name,
        new.birth_date as LocalDate,
        new.sex.code(),
        new.country,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// In the system's context.
pub(super) async fn insert_proxy(
    tx: &mut Tx,
    account: AccountId,
    patient: PatientId,
    relation: Relation,
    ends_on: LocalDate,
) -> Result<(), Error> {
    tx.changes_standing(Whose::Of(account));
    let (now, id) = (tx.now(), tx.id::<kernel::ids::ProxyId>());
    sqlx::query!(
        "insert into proxies (id, patient_id, account_id, relation, ends_on, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $6)",
        id as kernel::ids::ProxyId,
        patient as PatientId,
        account as AccountId,
        relation.code(),
        ends_on as LocalDate,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// In the system's context. False where nobody of this account acts for the patient.
pub(super) async fn set_ended(tx: &mut Tx, account: AccountId, patient: PatientId) -> Result<bool, Error> {
    tx.changes_standing(Whose::Of(account));
    let now = tx.now();
    let done = sqlx::query!(
        "update proxies set ended_at = $3, updated_at = $3 where account_id = $1 and patient_id = $2 and ended_at is null",
        account as AccountId,
        patient as PatientId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Of two who add at once, one waits.
pub(super) async fn lock_account(tx: &mut Tx, account: AccountId) -> Result<(), Error> {
    sqlx::query!(
        r#"select pg_advisory_xact_lock(hashtextextended('people.proxies/' || $1::text, 0)) as "account!: ()""#,
        account.to_string()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}

/// The country of the account's own record.
pub(super) async fn find_country(tx: &mut Tx, account: AccountId) -> Result<Option<String>, Error> {
    let found = sqlx::query_scalar!(
        "select country from patients where account_id = $1 and deleted_at is null",
        account as AccountId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.flatten())
}

/// For whom an account acts now, the first added first.
pub(super) async fn list_of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<Dependant>, Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select x.patient_id as "patient: PatientId", p.full_name, p.birth_date as "birth_date: LocalDate", x.relation,
                  x.ends_on as "ends_on: LocalDate"
           from proxies x join patients p on p.id = x.patient_id and p.deleted_at is null
           where x.account_id = $1 and x.ended_at is null and x.ends_on > ($2::timestamptz at time zone 'UTC')::date
           order by x.created_at, x.id"#,
        account as AccountId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Dependant {
            patient: row.patient,
            full_name: row.full_name,
            birth_date: row.birth_date,
            relation: Relation::from_code(&row.relation).unwrap_or(Relation::Other),
            ends_on: row.ends_on,
        })
        .collect())
}

/// For whom this person acts now.
pub async fn list(tx: &mut Tx, actor: &Actor) -> Result<Vec<Dependant>, Error> {
    list_of_account(tx, actor.account).await
}

/// The patients this person speaks for with their names, their own first: the choice of a form.
pub async fn list_spoken_for(tx: &mut Tx, actor: &Actor) -> Result<Vec<(PatientId, String)>, Error> {
    let known = crate::patients::list_briefs(tx, &actor.patients).await?;
    let named = |id: &PatientId| known.iter().find(|one| one.id == *id).map(|one| (*id, one.full_name.clone()));
    Ok(actor.patients.iter().filter_map(named).collect())
}
