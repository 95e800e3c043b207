//! SQL of shared screens.

use db::{Error, ResultExt as _, Tx};
use kernel::{
    Timestamp,
    ids::{AccountId, PatientId, PractitionerId, ScreenShareId, VisitGuestId, VisitId},
};
use vault::Vault;

use super::{EndReason, Share, Sharer, SharingError};
use crate::{guests, visits::Visit};

struct Row {
    id: ScreenShareId,
    account_id: Option<AccountId>,
    guest_id: Option<VisitGuestId>,
    role: String,
    client: String,
    renewed_at: Timestamp,
}

impl From<Row> for Share {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            account: row.account_id,
            guest: row.guest_id,
            role: row.role,
            guest_name: None,
            client: row.client,
            renewed_at: row.renewed_at,
        }
    }
}

/// Holds what is shared until the transaction ends, lapsed or not.
pub(super) async fn lock_current(tx: &mut Tx, visit: VisitId) -> Result<Option<Share>, Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select id as "id: ScreenShareId", account_id as "account_id: AccountId", guest_id as "guest_id: VisitGuestId", role,
                  client, renewed_at as "renewed_at: Timestamp"
           from screen_shares where visit_id = $1 and ended_at is null for update"#,
        visit as VisitId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

/// What is shared now and has not lapsed, with the name of a third party.
pub(crate) async fn find_live(tx: &mut Tx, vault: &Vault, visit: &Visit) -> Result<Option<Share>, vault::Error> {
    let found = sqlx::query!(
        r#"select s.id as "id: ScreenShareId", s.account_id as "account_id: AccountId", s.guest_id as "guest_id: VisitGuestId", s.role,
                  s.client, s.renewed_at as "renewed_at: Timestamp", g.name_sealed as "name_sealed?"
           from screen_shares s left join visit_guests g on g.id = s.guest_id
           where s.visit_id = $1 and s.ended_at is null"#,
        visit.id as VisitId
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(found) = found else { return Ok(None) };
    let row = Row {
        id: found.id,
        account_id: found.account_id,
        guest_id: found.guest_id,
        role: found.role,
        client: found.client,
        renewed_at: found.renewed_at,
    };
    let guest_name = match (row.guest_id, found.name_sealed) {
        (Some(guest), Some(sealed)) => Some(vault.open_text(tx, visit.patient, guests::name_at(guest), &sealed).await?),
        _ => None,
    };
    let share = Share { guest_name, ..row.into() };
    Ok(share.is_live(tx.now()).then_some(share))
}

/// Of two who start at once, the second.
pub(super) async fn insert(
    tx: &mut Tx,
    visit: &Visit,
    who: Sharer,
    client: &str,
) -> Result<ScreenShareId, SharingError> {
    let (now, id) = (tx.now(), tx.id::<ScreenShareId>());
    sqlx::query!(
        r#"insert into screen_shares (id, visit_id, patient_id, practitioner_id, account_id, guest_id, role, client, started_at,
               renewed_at, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9, $9)"#,
        id as ScreenShareId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        who.account() as Option<AccountId>,
        who.guest() as Option<VisitGuestId>,
        who.role(),
        client,
        now as Timestamp
    )
    .execute(tx.conn())
    .await
    .on_constraint("screen_shares_one_at_a_time", || SharingError::Taken)?;
    Ok(id)
}

pub(super) async fn set_renewed(tx: &mut Tx, id: ScreenShareId) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update screen_shares set renewed_at = $2, updated_at = $2 where id = $1",
        id as ScreenShareId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_ended(tx: &mut Tx, id: ScreenShareId, why: EndReason) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update screen_shares set ended_at = $2, end_reason = $3, updated_at = $2 where id = $1",
        id as ScreenShareId,
        now as Timestamp,
        why.code()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A third party goes, or is put out. Whoever calls this tells the room.
pub(crate) async fn end_of_guest(tx: &mut Tx, guest: VisitGuestId, why: EndReason) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update screen_shares set ended_at = $2, end_reason = $3, updated_at = $2 where guest_id = $1 and ended_at is null",
        guest as VisitGuestId,
        now as Timestamp,
        why.code()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// One of the two leaves. Whoever calls this tells the room.
pub(crate) async fn end_of_person(tx: &mut Tx, visit: VisitId, account: AccountId) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"update screen_shares set ended_at = $3, end_reason = $4, updated_at = $3
           where visit_id = $1 and account_id = $2 and ended_at is null"#,
        visit as VisitId,
        account as AccountId,
        now as Timestamp,
        EndReason::Left.code()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The visit is over.
pub(crate) async fn end_for_visit(tx: &mut Tx, visit: VisitId) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update screen_shares set ended_at = $2, end_reason = $3, updated_at = $2 where visit_id = $1 and ended_at is null",
        visit as VisitId,
        now as Timestamp,
        EndReason::VisitOver.code()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
