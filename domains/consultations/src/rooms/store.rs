//! SQL of tickets.

use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{AccountId, EventId, VisitId},
};

use crate::visits::Side;

pub(super) async fn insert(
    tx: &mut Tx,
    hash: &[u8],
    visit: VisitId,
    (account, side): (AccountId, Side),
    expires_at: Timestamp,
) -> Result<(), Error> {
    let (now, id) = (tx.now(), tx.id::<EventId>());
    sqlx::query!(
        r#"insert into room_tokens (id, token_hash, visit_id, account_id, role, expires_at, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $7)"#,
        id as EventId,
        hash,
        visit as VisitId,
        account as AccountId,
        side.code(),
        expires_at as Timestamp,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whether this ticket opens this visit to this account now.
pub(super) async fn is_valid(tx: &mut Tx, hash: &[u8], visit: VisitId, account: AccountId) -> Result<bool, Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select exists (select from room_tokens where token_hash = $1 and visit_id = $2 and account_id = $3
               and revoked_at is null and expires_at > $4) as "valid!""#,
        hash,
        visit as VisitId,
        account as AccountId,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

/// No ticket of this visit opens anything any more. Runs past row-level security, for the tickets are two people's.
pub(crate) async fn revoke_for_visit(tx: &mut Tx, visit: VisitId) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query_scalar!(r#"select app.revoke_room_tokens($1, $2) as "revoked!""#, visit as VisitId, now as Timestamp)
        .fetch_one(tx.conn())
        .await?;
    Ok(())
}

/// The visit of an appointment, for the system.
pub(crate) async fn find_visit(tx: &mut Tx, appointment: kernel::ids::AppointmentId) -> Result<Option<VisitId>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: VisitId" from visits where appointment_id = $1"#,
        appointment as kernel::ids::AppointmentId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Tickets that have been of no use for a day.
pub(crate) async fn delete_spent(tx: &mut Tx) -> Result<u64, Error> {
    let before = tx.now().plus_days(-1);
    Ok(sqlx::query!("delete from room_tokens where expires_at < $1", before as Timestamp)
        .execute(tx.conn())
        .await?
        .rows_affected())
}
