//! SQL of emergency accesses.

use std::collections::HashMap;

use db::{Error, ResultExt, Tx};
use kernel::{
    Phi, Timestamp,
    ids::{AccountId, BreakGlassId, PatientId, PractitionerId},
};
use vault::{At, Vault};

use super::{
    model::{Access, Outcome, Reason},
    review::ReviewError,
};

pub(super) fn words_at(id: BreakGlassId) -> At {
    At::new("break_glass", "words_sealed", id.uuid())
}

pub(super) fn remark_at(id: BreakGlassId) -> At {
    At::new("break_glass", "remark_sealed", id.uuid())
}

/// The patient of this record number: in the system's context, after the second factor was proved.
pub(super) async fn find_patient(tx: &mut Tx, record_no: &str) -> Result<Option<PatientId>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select app.survivor(id) as "id!: PatientId" from patients where record_no = $1 and deleted_at is null"#,
        record_no
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// How many of this doctor wait for their review; whoever else of them asks waits here.
pub(super) async fn lock_unreviewed(tx: &mut Tx, doctor: PractitionerId) -> Result<i64, Error> {
    sqlx::query_scalar!(
        r#"select pg_advisory_xact_lock(hashtextextended('break_glass:' || $1::uuid::text, 0))::text as "held""#,
        doctor as PractitionerId
    )
    .fetch_one(tx.conn())
    .await?;
    count_unreviewed(tx, doctor).await
}

async fn count_unreviewed(tx: &mut Tx, doctor: PractitionerId) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from break_glass where practitioner_id = $1 and reviewed_at is null"#,
        doctor as PractitionerId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// The one of this doctor that opens this record now.
pub(crate) async fn find_open(
    tx: &mut Tx,
    doctor: PractitionerId,
    patient: PatientId,
) -> Result<Option<(BreakGlassId, Timestamp)>, Error> {
    let now = tx.now();
    let row = sqlx::query!(
        r#"select id as "id: BreakGlassId", ends_at as "ends_at: Timestamp" from break_glass
           where practitioner_id = $1 and patient_id = any (app.joined($2)) and ended_at is null and ends_at > $3 order by ends_at desc limit 1"#,
        doctor as PractitionerId,
        patient as PatientId,
        now as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.id, row.ends_at)))
}

pub(super) struct NewAccess<'a> {
    pub(super) id: BreakGlassId,
    pub(super) patient: PatientId,
    pub(super) doctor: PractitionerId,
    pub(super) account: AccountId,
    pub(super) reason: Reason,
    pub(super) words: &'a [u8],
    pub(super) ends_at: Timestamp,
}

pub(super) async fn insert(tx: &mut Tx, new: &NewAccess<'_>) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into break_glass (id, patient_id, practitioner_id, account_id, reason, words_sealed, started_at, ends_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)"#,
        new.id as BreakGlassId,
        new.patient as PatientId,
        new.doctor as PractitionerId,
        new.account as AccountId,
        new.reason.as_str(),
        new.words,
        now as Timestamp,
        new.ends_at as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// End those of this doctor that are open on this record. Their ids.
pub(super) async fn set_ended(
    tx: &mut Tx,
    doctor: PractitionerId,
    patient: PatientId,
) -> Result<Vec<BreakGlassId>, Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"update break_glass set ended_at = $3, updated_at = $3
           where practitioner_id = $1 and patient_id = any (app.joined($2)) and ended_at is null and ends_at > $3 returning id as "id: BreakGlassId""#,
        doctor as PractitionerId,
        patient as PatientId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Whether this doctor ever had emergency access to this record.
pub(super) async fn any_of(tx: &mut Tx, doctor: PractitionerId, patient: PatientId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from break_glass where practitioner_id = $1 and patient_id = $2) as "any!""#,
        doctor as PractitionerId,
        patient as PatientId
    )
    .fetch_one(tx.conn())
    .await?)
}

struct Row {
    id: BreakGlassId,
    patient: PatientId,
    patient_name: Option<String>,
    doctor: Option<String>,
    account: AccountId,
    reason: String,
    started_at: Timestamp,
    ends_at: Timestamp,
    ended_at: Option<Timestamp>,
    outcome: Option<String>,
    reviewed_at: Option<Timestamp>,
}

impl From<Row> for Access {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            patient: row.patient,
            patient_name: row.patient_name.unwrap_or_default(),
            doctor: row.doctor.unwrap_or_default(),
            account: row.account,
            reason: Reason::of(&row.reason).unwrap_or(Reason::Other),
            started_at: row.started_at,
            ends_at: row.ends_at,
            ended_at: row.ended_at,
            outcome: row.outcome.as_deref().and_then(Outcome::of),
            reviewed_at: row.reviewed_at,
        }
    }
}

/// Reads accesses with one list of columns; the rest of the statement and its arguments follow.
macro_rules! select_accesses {
    ($rest:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select b.id as "id: BreakGlassId", b.patient_id as "patient: PatientId", p.full_name as "patient_name?",
                  d.full_name as "doctor?", b.account_id as "account: AccountId", b.reason, b.started_at as "started_at: Timestamp",
                  b.ends_at as "ends_at: Timestamp", b.ended_at as "ended_at: Timestamp", b.outcome,
                  b.reviewed_at as "reviewed_at: Timestamp"
               from break_glass b left join patients p on p.id = b.patient_id left join practitioners d on d.id = b.practitioner_id "#
            + $rest
            $(, $argument)*
        )
    };
}

/// Of one doctor, newest first.
pub(crate) async fn list_of(tx: &mut Tx, doctor: PractitionerId) -> Result<Vec<Access>, Error> {
    let rows = select_accesses!(
        "where b.practitioner_id = $1 order by b.started_at desc, b.id desc limit 50",
        doctor as PractitionerId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(Access::from).collect())
}

/// Those that wait for their review, oldest first.
pub(crate) async fn list_to_review(tx: &mut Tx) -> Result<Vec<Access>, Error> {
    let rows = select_accesses!("where b.reviewed_at is null order by b.started_at, b.id limit 100")
        .fetch_all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(Access::from).collect())
}

/// Those that were reviewed lately.
pub(crate) async fn list_reviewed(tx: &mut Tx) -> Result<Vec<Access>, Error> {
    let rows = select_accesses!("where b.reviewed_at is not null order by b.reviewed_at desc, b.id desc limit 20")
        .fetch_all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(Access::from).collect())
}

/// Held for its review: as far as the context may see it.
pub(super) async fn lock(tx: &mut Tx, id: BreakGlassId) -> Result<Option<Access>, Error> {
    let row = select_accesses!("where b.id = $1 for update of b", id as BreakGlassId).fetch_optional(tx.conn()).await?;
    Ok(row.map(Access::from))
}

/// What was said when each of them was begun.
pub(crate) async fn open_words(
    tx: &mut Tx,
    vault: &Vault,
    accesses: &[Access],
) -> Result<HashMap<BreakGlassId, Phi<String>>, vault::Error> {
    let ids: Vec<BreakGlassId> = accesses.iter().map(|access| access.id).collect();
    let rows = sqlx::query!(
        r#"select id as "id: BreakGlassId", patient_id as "patient: PatientId", words_sealed from break_glass where id = any ($1)"#,
        &ids as &[BreakGlassId]
    )
    .fetch_all(tx.conn())
    .await
    .map_err(Error::from)?;
    let mut words = HashMap::with_capacity(rows.len());
    for row in rows {
        words.insert(row.id, vault.open_text(tx, row.patient, words_at(row.id), &row.words_sealed).await?);
    }
    Ok(words)
}

pub(super) async fn set_reviewed(
    tx: &mut Tx,
    id: BreakGlassId,
    by: AccountId,
    outcome: Outcome,
    remark: &[u8],
) -> Result<(), ReviewError> {
    let now = tx.now();
    sqlx::query!(
        r#"update break_glass set outcome = $2, reviewed_by = $3, reviewed_at = $4, remark_sealed = $5, updated_at = $4 where id = $1"#,
        id as BreakGlassId,
        outcome.as_str(),
        by as AccountId,
        now as Timestamp,
        remark
    )
    .execute(tx.conn())
    .await
    .on_constraint("break_glass_four_eyes", || ReviewError::OwnAccess)?;
    Ok(())
}

/// Who looks after privacy: every administrator with an account in use.
pub(crate) async fn list_officers(tx: &mut Tx) -> Result<Vec<AccountId>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select r.account_id as "account: AccountId" from account_roles r join accounts a on a.id = r.account_id
           where r.role = 'administrator' and a.status = 'active' order by r.account_id limit 200"#
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Some officer, for whoever may not see who has which role. In the system's context.
pub(super) async fn find_doctor_name(tx: &mut Tx, doctor: PractitionerId) -> Result<Option<String>, Error> {
    Ok(sqlx::query_scalar!("select full_name from practitioners where id = $1", doctor as PractitionerId)
        .fetch_optional(tx.conn())
        .await?)
}
