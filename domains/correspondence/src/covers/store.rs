//! SQL of covers.

use db::Tx;
use kernel::{
    Timestamp, Zone,
    ids::{AccountId, PractitionerId, ThreadCoverId},
};

use super::model::Cover;

/// Of this doctor, on either side, the latest first.
pub(super) async fn list(tx: &mut Tx, doctor: PractitionerId) -> Result<Vec<Cover>, db::Error> {
    Ok(sqlx::query_as!(
        Cover,
        r#"select c.id as "id: ThreadCoverId", c.practitioner_id as "doctor_id: PractitionerId", d.full_name as doctor,
                  c.cover_id as "cover_id: PractitionerId", y.full_name as cover, c.starts_at as "starts_at: Timestamp",
                  c.ends_at as "ends_at: Timestamp", c.ended_at as "ended_at: Timestamp"
           from thread_covers c join practitioners d on d.id = c.practitioner_id join practitioners y on y.id = c.cover_id
           where c.practitioner_id = $1 or c.cover_id = $1 order by c.starts_at desc, c.id limit 50"#,
        doctor as PractitionerId
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(super) async fn insert(
    tx: &mut Tx,
    id: ThreadCoverId,
    (doctor, cover): (PractitionerId, PractitionerId),
    (starts_at, ends_at): (Timestamp, Timestamp),
) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into thread_covers (id, practitioner_id, cover_id, starts_at, ends_at, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $6)",
        id as ThreadCoverId,
        doctor as PractitionerId,
        cover as PractitionerId,
        starts_at as Timestamp,
        ends_at as Timestamp,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// One of this doctor's, on either side, held until the transaction ends.
pub(super) async fn lock(
    tx: &mut Tx,
    doctor: PractitionerId,
    id: ThreadCoverId,
) -> Result<Option<(Timestamp, bool)>, db::Error> {
    let row = sqlx::query!(
        r#"select ends_at as "ends_at: Timestamp", ended_at is not null as "ended!" from thread_covers
           where id = $1 and (practitioner_id = $2 or cover_id = $2) for update"#,
        id as ThreadCoverId,
        doctor as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.ends_at, row.ended)))
}

pub(super) async fn set_ended(tx: &mut Tx, id: ThreadCoverId) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update thread_covers set ended_at = $2, updated_at = $2 where id = $1",
        id as ThreadCoverId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn find_zone(tx: &mut Tx, doctor: PractitionerId) -> Result<Zone, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select time_zone as "zone: Zone" from practitioners where id = $1"#,
        doctor as PractitionerId
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(super) async fn is_published(tx: &mut Tx, doctor: PractitionerId) -> Result<bool, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from practitioners where id = $1 and status = 'published') as "is!""#,
        doctor as PractitionerId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Who may be asked: published doctors, those who share a specialty first.
pub(super) async fn list_colleagues(
    tx: &mut Tx,
    doctor: PractitionerId,
) -> Result<Vec<(PractitionerId, String)>, db::Error> {
    let rows = sqlx::query!(
        r#"select d.id as "id: PractitionerId", d.full_name from practitioners d join practitioners me on me.id = $1
           where d.status = 'published' and d.id <> $1
           order by (d.specialties && me.specialties) desc, d.full_name, d.id limit 300"#,
        doctor as PractitionerId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.full_name)).collect())
}

/// Of the doctor who covers. For the system's context.
pub(crate) async fn find_cover_account(tx: &mut Tx, id: ThreadCoverId) -> Result<Option<AccountId>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select y.account_id as "account: AccountId" from thread_covers c join practitioners y on y.id = c.cover_id where c.id = $1"#,
        id as ThreadCoverId
    )
    .fetch_optional(tx.conn())
    .await?)
}
