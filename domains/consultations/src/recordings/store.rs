//! SQL of recordings, consents and parts.

use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{AccountId, EventId, PatientId, PractitionerId, RecordingId, RecordingPartId, VisitGuestId, VisitId},
};
use uuid::Uuid;
use vault::{At, Vault};

use super::{
    Recording, RecordingEnd, RecordingError, RecordingStatus, Standing, Who,
    model::{Stretch, unpack},
};
use crate::visits::{Side, Visit, unknown};

pub(super) fn at(id: RecordingPartId) -> At {
    At::new("recording_parts", "content_sealed", id.uuid())
}

struct Row {
    id: RecordingId,
    status: String,
    paused_by: Option<String>,
    end_reason: Option<String>,
    started_at: Option<Timestamp>,
    keep_until: Timestamp,
    changed_at: Timestamp,
    parts: i64,
    length_ms: i64,
}

impl TryFrom<Row> for Recording {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let paused_by = row.paused_by.as_deref().map(|code| Who::parse(code).ok_or_else(|| unknown("paused_by")));
        let end = row.end_reason.as_deref().map(|code| RecordingEnd::parse(code).ok_or_else(|| unknown("end_reason")));
        Ok(Self {
            id: row.id,
            standing: Standing {
                status: RecordingStatus::parse(&row.status).ok_or_else(|| unknown("visit_recordings.status"))?,
                paused_by: paused_by.transpose()?,
                end: end.transpose()?,
            },
            started_at: row.started_at,
            keep_until: row.keep_until,
            changed_at: row.changed_at,
            parts: row.parts,
            length_ms: row.length_ms,
        })
    }
}

/// The recording of a visit, for its two people.
pub(crate) async fn find(tx: &mut Tx, visit: VisitId) -> Result<Option<Recording>, Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select r.id as "id: RecordingId", r.status, r.paused_by, r.end_reason, r.started_at as "started_at: Timestamp",
               r.keep_until as "keep_until: Timestamp", r.updated_at as "changed_at: Timestamp", p.parts as "parts!", p.length_ms as "length_ms!"
           from visit_recordings r, lateral (
               select count(*) as parts, coalesce(sum(length_ms), 0) as length_ms from recording_parts where visit_id = r.visit_id) p
           where r.visit_id = $1"#,
        visit as VisitId
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(TryInto::try_into).transpose()
}

/// The same, held until the transaction ends.
pub(super) async fn lock(tx: &mut Tx, visit: VisitId) -> Result<Option<Recording>, Error> {
    sqlx::query!("select 1 as held from visit_recordings where visit_id = $1 for update", visit as VisitId)
        .fetch_optional(tx.conn())
        .await?;
    find(tx, visit).await
}

/// Asked for the first time, or once more after it ended. The zero of time and what was kept stay.
pub(super) async fn upsert_asked(tx: &mut Tx, visit: &Visit, keep_until: Timestamp) -> Result<(), Error> {
    let (now, id) = (tx.now(), tx.id::<RecordingId>());
    sqlx::query!(
        r#"insert into visit_recordings (id, visit_id, patient_id, practitioner_id, status, keep_until, asked_at, created_at, updated_at)
           values ($1, $2, $3, $4, 'asked', $5, $6, $6, $6)
           on conflict (visit_id) do update set status = 'asked', end_reason = null, keep_until = excluded.keep_until,
               asked_at = excluded.asked_at, version = visit_recordings.version + 1, updated_at = excluded.updated_at"#,
        id as RecordingId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        keep_until as Timestamp,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set(tx: &mut Tx, visit: VisitId, to: Standing) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"update visit_recordings set status = $2, paused_by = $3, end_reason = $4, version = version + 1, updated_at = $5,
               started_at = case when $2 = 'running' then coalesce(started_at, $5) else started_at end
           where visit_id = $1"#,
        visit as VisitId,
        to.status.code(),
        to.paused_by.map(Who::code),
        to.end.map(RecordingEnd::code),
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Who decides.
#[derive(Debug, Clone, Copy)]
pub(super) enum Decider {
    Account(AccountId, Side),
    Guest(VisitGuestId),
}

pub(super) async fn insert_consent(tx: &mut Tx, visit: &Visit, who: Decider, decision: &str) -> Result<(), Error> {
    let (now, id) = (tx.now(), tx.id::<EventId>());
    let (account, guest, role) = match who {
        Decider::Account(account, side) => (Some(account), None, Who::from(side)),
        Decider::Guest(guest) => (None, Some(guest), Who::Guest),
    };
    sqlx::query!(
        r#"insert into recording_consents (id, visit_id, patient_id, practitioner_id, account_id, guest_id, role, decision, decided_at,
               created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9)"#,
        id as EventId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        account as Option<AccountId>,
        guest as Option<VisitGuestId>,
        role.code(),
        decision,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whose last word since the last question was yes: accounts and guests, as they are called in the media room.
pub(super) async fn list_given(tx: &mut Tx, visit: VisitId) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select who as "who!" from (
               select distinct on (who) who, decision from (
                   select coalesce(c.account_id, c.guest_id) as who, c.decision, c.decided_at, c.id
                   from recording_consents c join visit_recordings r on r.visit_id = c.visit_id and c.decided_at >= r.asked_at
                   where c.visit_id = $1) c
               order by who, decided_at desc, id desc) last
           where decision = 'given'"#,
        visit as VisitId
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The last decision of this account.
pub(super) async fn find_decision(tx: &mut Tx, visit: VisitId, account: AccountId) -> Result<Option<String>, Error> {
    Ok(sqlx::query_scalar!(
        "select decision from recording_consents where visit_id = $1 and account_id = $2 order by decided_at desc, id desc limit 1",
        visit as VisitId,
        account as AccountId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// A part with the next number. The recording's row is held by the caller.
pub(super) async fn insert_part(
    tx: &mut Tx,
    (id, visit): (RecordingPartId, &Visit),
    (starts_ms, length_ms): (i64, i64),
    sealed: &[u8],
) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"with numbered as (
               update visit_recordings set last_number = last_number + 1 where visit_id = $2 returning last_number)
           insert into recording_parts (id, visit_id, patient_id, practitioner_id, number, starts_ms, length_ms, content_sealed,
               created_at, updated_at)
           select $1, $2, $3, $4, last_number, $5::bigint::int, $6::bigint::int, $7, $8, $8 from numbered"#,
        id as RecordingPartId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        starts_ms,
        length_ms,
        sealed,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What was kept when, without the sound.
pub(crate) async fn list_stretches(tx: &mut Tx, visit: VisitId) -> Result<Vec<Stretch>, Error> {
    Ok(sqlx::query_as!(
        Stretch,
        r#"select starts_ms::bigint as "starts_ms!", length_ms::bigint as "length_ms!" from recording_parts where visit_id = $1
           order by number"#,
        visit as VisitId
    )
    .fetch_all(tx.conn())
    .await?)
}

/// All packets, in order. Whoever calls has written down that they are heard.
pub(super) async fn read_sound(tx: &mut Tx, vault: &Vault, visit: &Visit) -> Result<Vec<Vec<u8>>, RecordingError> {
    let rows = sqlx::query!(
        r#"select id as "id: RecordingPartId", content_sealed from recording_parts where visit_id = $1 order by number"#,
        visit.id as VisitId
    )
    .fetch_all(tx.conn())
    .await?;
    let mut packets = Vec::new();
    for row in rows {
        let plain = vault.open(tx, visit.patient, at(row.id), &row.content_sealed).await?.into_inner();
        packets.extend(unpack(&plain).ok_or(RecordingError::Broken)?);
    }
    Ok(packets)
}

pub(super) async fn delete_parts(tx: &mut Tx, visit: VisitId) -> Result<(), Error> {
    sqlx::query!("delete from recording_parts where visit_id = $1", visit as VisitId).execute(tx.conn()).await?;
    Ok(())
}

pub(super) async fn delete_expired(tx: &mut Tx) -> Result<u64, Error> {
    let now = tx.now();
    Ok(sqlx::query!(
        "delete from recording_parts p using visit_recordings r where r.visit_id = p.visit_id and r.keep_until < $1",
        now as Timestamp
    )
    .execute(tx.conn())
    .await?
    .rows_affected())
}
