//! SQL of tickets.

use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{AccountId, EventId, VisitId},
};
use uuid::Uuid;

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

/// The node of this room: the one it has, while that is among the living, else the first of them. Of two who come at once, both get
/// the same.
pub(super) async fn place(tx: &mut Tx, visit: VisitId, alive: &[String]) -> Result<String, Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"insert into media_rooms as r (visit_id, node, placed_at, created_at, updated_at) values ($1, ($2::text[])[1], $3, $3, $3)
           on conflict (visit_id) do update set
               node = case when r.node = any ($2) then r.node else excluded.node end,
               placed_at = case when r.node = any ($2) then r.placed_at else excluded.placed_at end,
               updated_at = excluded.updated_at
           returning node"#,
        visit as VisitId,
        alive,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(super) async fn node_of(tx: &mut Tx, visit: VisitId) -> Result<Option<String>, Error> {
    Ok(sqlx::query_scalar!("select node from media_rooms where visit_id = $1", visit as VisitId)
        .fetch_optional(tx.conn())
        .await?)
}

/// Rooms of visits that are open go from a dead node to the living, in turn. Which.
pub(super) async fn move_rooms(tx: &mut Tx, dead: &str, alive: &[String]) -> Result<Vec<VisitId>, Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"with lost as (
               select m.visit_id, row_number() over (order by m.visit_id) as number
               from media_rooms m join visits v on v.id = m.visit_id
               where m.node = $1 and v.status = 'open')
           update media_rooms r set node = ($2::text[])[(1 + lost.number % cardinality($2::text[]))::int], placed_at = $3, updated_at = $3
           from lost where r.visit_id = lost.visit_id and r.node = $1
           returning r.visit_id as "visit: VisitId""#,
        dead,
        alive,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Of these seats (room and peer), those of visits that are over or called off, and of third parties who are not, or no longer, let in.
pub(super) async fn list_unwanted(tx: &mut Tx, seats: &[(Uuid, Uuid)]) -> Result<Vec<(Uuid, Uuid)>, Error> {
    let (rooms, peers): (Vec<_>, Vec<_>) = seats.iter().copied().unzip();
    let rows = sqlx::query!(
        r#"select s.room as "room!", s.peer as "peer!" from unnest($1::uuid[], $2::uuid[]) as s (room, peer)
               join media_rooms m on m.visit_id = s.room
           where not exists (select from visits v join appointments a on a.id = v.appointment_id
                             where v.id = s.room and v.status = 'open' and a.status = 'confirmed')
              or exists (select from visit_guests g where g.id = s.peer and (g.admitted_at is null or g.revoked_at is not null))"#,
        &rooms[..],
        &peers[..]
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.room, row.peer)).collect())
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

/// Places of rooms whose visits have been over for a day.
pub(crate) async fn delete_places(tx: &mut Tx) -> Result<u64, Error> {
    let before = tx.now().plus_days(-1);
    Ok(sqlx::query!(
        "delete from media_rooms r using visits v where v.id = r.visit_id and v.ended_at < $1",
        before as Timestamp
    )
    .execute(tx.conn())
    .await?
    .rows_affected())
}
