//! SQL of transcripts, consents and segments.

use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{AccountId, EventId, PatientId, PractitionerId, SegmentId, TranscriptId, VisitId},
};
use vault::{At, Vault};

use super::{EndReason, NewSegment, Said, Segment, Terms, Transcript, TranscriptError, TranscriptStatus};
use crate::visits::{Side, Visit, unknown};

pub(super) fn at(id: SegmentId) -> At {
    At::new("transcript_segments", "content_sealed", id.uuid())
}

struct Row {
    id: TranscriptId,
    status: String,
    paused_by: Option<String>,
    end_reason: Option<String>,
    engine: String,
    language: String,
    sound_to: Option<String>,
    recipient: Option<String>,
    started_at: Option<Timestamp>,
    keep_until: Timestamp,
    changed_at: Timestamp,
}

impl TryFrom<Row> for Transcript {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        Ok(Self {
            id: row.id,
            status: TranscriptStatus::parse(&row.status).ok_or_else(|| unknown("visit_transcripts.status"))?,
            paused_by: row.paused_by.as_deref().map(Side::parse).transpose()?,
            end_reason: match row.end_reason.as_deref() {
                None => None,
                Some(code) => Some(EndReason::parse(code).ok_or_else(|| unknown("visit_transcripts.end_reason"))?),
            },
            engine: row.engine,
            language: row.language,
            sound_to: row.sound_to,
            recipient: row.recipient,
            started_at: row.started_at,
            keep_until: row.keep_until,
            changed_at: row.changed_at,
        })
    }
}

/// Reads a transcript with one list of columns; the condition and its argument follow.
macro_rules! select_transcript {
    ($rest:literal, $visit:expr) => {
        sqlx::query_as!(
            Row,
            r#"select id as "id: TranscriptId", status, paused_by, end_reason, engine, language, sound_to, recipient, started_at as "started_at: Timestamp",
                   keep_until as "keep_until: Timestamp", updated_at as "changed_at: Timestamp"
               from visit_transcripts where visit_id = $1"# + $rest,
            $visit as VisitId
        )
    };
}

/// The transcript of a visit, for its two people.
pub(crate) async fn find(tx: &mut Tx, visit: VisitId) -> Result<Option<Transcript>, Error> {
    select_transcript!("", visit).fetch_optional(tx.conn()).await?.map(TryInto::try_into).transpose()
}

/// The same, held until the transaction ends.
pub(crate) async fn lock(tx: &mut Tx, visit: VisitId) -> Result<Option<Transcript>, Error> {
    select_transcript!(" for update", visit).fetch_optional(tx.conn()).await?.map(TryInto::try_into).transpose()
}

/// The language in which the patient uses this hospital; `None` for a patient without an account.
pub(super) async fn find_locale(tx: &mut Tx, visit: VisitId) -> Result<Option<String>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select r.locale as "locale!" from visits v join patients p on p.id = v.patient_id
               cross join lateral app.recipient(p.account_id) r where v.id = $1"#,
        visit as VisitId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Asked for the first time, or once more after it ended. The zero of time and what was written stay.
pub(super) async fn upsert_asked(
    tx: &mut Tx,
    visit: &Visit,
    terms: Terms<'_>,
    keep_until: Timestamp,
) -> Result<(), Error> {
    let (now, id) = (tx.now(), tx.id::<TranscriptId>());
    sqlx::query!(
        r#"insert into visit_transcripts (id, visit_id, patient_id, practitioner_id, status, engine, keep_until, recipient, language, sound_to,
               asked_at, created_at, updated_at)
           values ($1, $2, $3, $4, 'asked', $5, $6, $8, $9, $10, $7, $7, $7)
           on conflict (visit_id) do update set status = 'asked', end_reason = null, engine = excluded.engine,
               language = excluded.language, sound_to = excluded.sound_to, keep_until = excluded.keep_until, recipient = excluded.recipient, asked_at = excluded.asked_at,
               version = visit_transcripts.version + 1, updated_at = excluded.updated_at"#,
        id as TranscriptId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        terms.engine,
        keep_until as Timestamp,
        now as Timestamp,
        terms.recipient,
        terms.language,
        terms.sound_to
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Where a transcript goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change {
    pub(super) status: TranscriptStatus,
    pub(super) paused_by: Option<Side>,
    pub(super) end_reason: Option<EndReason>,
}

impl Change {
    pub(super) const fn to(status: TranscriptStatus) -> Self {
        Self { status, paused_by: None, end_reason: None }
    }

    pub(super) const fn ended(reason: EndReason) -> Self {
        Self { status: TranscriptStatus::Ended, paused_by: None, end_reason: Some(reason) }
    }
}

pub(super) async fn set(tx: &mut Tx, visit: VisitId, change: Change) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"update visit_transcripts set status = $2, paused_by = $3, end_reason = $4, version = version + 1, updated_at = $5,
               started_at = case when $2 = 'running' then coalesce(started_at, $5) else started_at end
           where visit_id = $1"#,
        visit as VisitId,
        change.status.code(),
        change.paused_by.map(Side::code),
        change.end_reason.map(EndReason::code),
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn insert_consent(
    tx: &mut Tx,
    visit: &Visit,
    (account, side): (AccountId, Side),
    decision: &str,
) -> Result<(), Error> {
    let (now, id) = (tx.now(), tx.id::<EventId>());
    sqlx::query!(
        r#"insert into transcript_consents (id, visit_id, patient_id, practitioner_id, account_id, role, decision, decided_at,
               created_at, updated_at, sound_to)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $8, (select sound_to from visit_transcripts where visit_id = $2))"#,
        id as EventId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        account as AccountId,
        side.code(),
        decision,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whose last word since the last question was yes, to whom it named.
pub(super) async fn list_given(tx: &mut Tx, visit: VisitId) -> Result<Vec<(AccountId, Side)>, Error> {
    let rows = sqlx::query!(
        r#"select account_id as "account: AccountId", role from (
               select distinct on (c.account_id) c.account_id, c.role,
                   c.decision = 'given' and c.sound_to is not distinct from t.sound_to as agreed
               from transcript_consents c join visit_transcripts t on t.visit_id = c.visit_id and c.decided_at >= t.asked_at
               where c.visit_id = $1 order by c.account_id, c.decided_at desc, c.id desc) last
           where agreed"#,
        visit as VisitId
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(|row| Ok((row.account, Side::parse(&row.role)?))).collect()
}

/// Whether this account has come into the media room of the visit and not left it.
pub(crate) async fn is_seated(tx: &mut Tx, visit: VisitId, account: AccountId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce((select kind = 'joined' from visit_events where visit_id = $1 and account_id = $2
               and kind in ('joined', 'left') order by happened_at desc, id desc limit 1), false) as "seated!""#,
        visit as VisitId,
        account as AccountId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// The last decision of this account.
pub(super) async fn find_decision(tx: &mut Tx, visit: VisitId, account: AccountId) -> Result<Option<String>, Error> {
    Ok(sqlx::query_scalar!(
        "select decision from transcript_consents where visit_id = $1 and account_id = $2 order by decided_at desc, id desc limit 1",
        visit as VisitId,
        account as AccountId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The number it got. The transcript's row is held by the caller.
pub(super) async fn insert_segment(
    tx: &mut Tx,
    (id, visit, side): (SegmentId, &Visit, Side),
    new: &NewSegment,
    sealed: &[u8],
) -> Result<i32, Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"with numbered as (
               update visit_transcripts set last_number = last_number + 1 where visit_id = $2 returning last_number)
           insert into transcript_segments (id, visit_id, patient_id, practitioner_id, number, role, starts_ms, ends_ms,
               content_sealed, created_at, updated_at)
           select $1, $2, $3, $4, last_number, $5, $6, $7, $8, $9, $9 from numbered
           returning number"#,
        id as SegmentId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        side.code(),
        new.starts_ms,
        new.ends_ms,
        sealed,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

/// What was written down after segment `after` (0 for all), in order of being written. It is read for `purpose`, with the audit row of
/// that; without one only by who has read it in the same sitting: captions of an open room.
pub(crate) async fn list_segments(
    tx: &mut Tx,
    vault: &Vault,
    (visit, purpose): (&Visit, Option<&str>),
    after: i32,
) -> Result<Vec<Segment>, TranscriptError> {
    let rows = sqlx::query!(
        r#"with seen as materialized (select case when $3::text is null then 1
               else audit.append('read', 'visit_transcript', $1, $2, $3) end as seq)
           select seen.seq as "seq!", s.id as "id?: SegmentId", s.number as "number?", s.role as "role?", s.starts_ms as "starts_ms?",
                  s.ends_ms as "ends_ms?", s.content_sealed as "content_sealed?"
           from seen left join transcript_segments s on s.visit_id = $1 and s.number > $4 order by s.number"#,
        visit.id as VisitId,
        visit.patient as PatientId,
        purpose,
        after
    )
    .fetch_all(tx.conn())
    .await?;
    let mut segments = Vec::with_capacity(rows.len());
    for row in rows {
        let (Some(id), Some(number), Some(role), Some(sealed)) = (row.id, row.number, row.role, row.content_sealed)
        else {
            continue;
        };
        let said = vault.open_json::<Said>(tx, visit.patient, at(id), &sealed).await?.into_inner();
        let (starts_ms, ends_ms) = (row.starts_ms.unwrap_or(0), row.ends_ms.unwrap_or(0));
        segments.push(Segment { number, from: Side::parse(&role)?, starts_ms, ends_ms, said });
    }
    Ok(segments)
}

pub(super) async fn delete_segments(tx: &mut Tx, visit: VisitId) -> Result<(), Error> {
    sqlx::query!("delete from transcript_segments where visit_id = $1", visit as VisitId).execute(tx.conn()).await?;
    Ok(())
}

pub(super) async fn delete_expired(tx: &mut Tx) -> Result<u64, Error> {
    let now = tx.now();
    sqlx::query!(
        "delete from visit_drafts d using visit_transcripts t where t.visit_id = d.visit_id and t.keep_until < $1",
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(sqlx::query!(
        r#"delete from transcript_segments s using visit_transcripts t
           where t.visit_id = s.visit_id and t.keep_until < $1"#,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?
    .rows_affected())
}
