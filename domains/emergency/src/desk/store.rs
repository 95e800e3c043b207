//! SQL of the desk: open requests and their clocks, duty, overrides and what was found of them.

use db::Tx;
use kernel::{
    Page, PageRequest, Timestamp,
    ids::{AccountId, AppointmentId, PatientId, UrgentRequestId},
};

/// Once for a request: whether this call is the first.
pub(super) async fn set_breach_told(tx: &mut Tx, id: UrgentRequestId) -> Result<bool, db::Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update urgent_requests set breach_told_at = $2, updated_at = $2 where id = $1 and breach_told_at is null",
        id as UrgentRequestId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Who is on duty, or all administrators when nobody is.
pub(super) async fn list_on_duty(tx: &mut Tx) -> Result<Vec<AccountId>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"with duty as (select account_id from urgent_duty where until > $1)
           select account_id as "account!: AccountId" from duty
           union all
           select account_id from account_roles where role = 'administrator' and not exists (select from duty) limit 50"#,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(super) async fn set_duty(tx: &mut Tx, account: AccountId, until: Timestamp) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into urgent_duty (account_id, until, updated_at) values ($1, $2, $3)
         on conflict (account_id) do update set until = excluded.until, updated_at = excluded.updated_at",
        account as AccountId,
        until as Timestamp,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) struct OnDuty {
    pub(super) account: AccountId,
    pub(super) name: String,
    pub(super) until: Timestamp,
}

pub(super) async fn list_duty(tx: &mut Tx) -> Result<Vec<OnDuty>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        OnDuty,
        r#"select d.account_id as "account: AccountId", a.name, d.until as "until: Timestamp"
           from urgent_duty d join accounts a on a.id = d.account_id where d.until > $1 order by a.name limit 50"#,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A request on the board.
pub(super) struct OnBoard {
    pub(super) id: UrgentRequestId,
    pub(super) acuity: i16,
    pub(super) status: String,
    pub(super) rung: String,
    pub(super) is_guest: bool,
    pub(super) country: Option<String>,
    pub(super) doctor: Option<String>,
    pub(super) asked: i64,
    pub(super) promised_by: Timestamp,
    pub(super) created_at: Timestamp,
}

/// Everything that is open, the most urgent first.
pub(super) async fn list_open(tx: &mut Tx) -> Result<Vec<OnBoard>, db::Error> {
    Ok(sqlx::query_as!(
        OnBoard,
        r#"select r.id as "id: UrgentRequestId", r.acuity, r.status, r.rung, r.patient_id is null as "is_guest!", r.country,
                  d.full_name as "doctor?", (select count(*) from urgent_offers o where o.request_id = r.id) as "asked!",
                  r.promised_by as "promised_by: Timestamp", r.created_at as "created_at: Timestamp"
           from urgent_requests r left join practitioners d on d.id = r.practitioner_id
           where r.status in ('seeking', 'accepted') order by r.acuity, r.promised_by, r.id limit 200"#
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The last day, in numbers.
pub(super) struct Lately {
    pub(super) asked: i64,
    pub(super) met: i64,
    pub(super) broken: i64,
    pub(super) escalated: i64,
    pub(super) ready: i64,
}

pub(super) async fn find_lately(tx: &mut Tx, seen_since: Timestamp) -> Result<Lately, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        Lately,
        r#"select count(*) as "asked!", count(*) filter (where answered_at <= promised_by) as "met!",
                  count(*) filter (where breach_told_at is not null) as "broken!",
                  count(*) filter (where status = 'escalated') as "escalated!",
                  (select count(*) from urgent_doctors where online_until > $1 and seen_at > $2) as "ready!"
           from urgent_requests where created_at > $1::timestamptz - interval '24 hours'"#,
        now as Timestamp,
        seen_since as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Whose override it is: `Some(None)` is a guest's.
pub(super) async fn find_override(tx: &mut Tx, id: UrgentRequestId) -> Result<Option<Option<PatientId>>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select patient_id as "patient: PatientId" from urgent_requests where id = $1 and is_override"#,
        id as UrgentRequestId
    )
    .fetch_optional(tx.conn())
    .await?)
}

pub(super) async fn set_review(
    tx: &mut Tx,
    id: UrgentRequestId,
    verdict: &str,
    reason: &str,
    by: AccountId,
) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into urgent_reviews (request_id, verdict, reason, reviewed_by, reviewed_at, updated_at) values ($1, $2, $3, $4, $5, $5)
         on conflict (request_id) do update set verdict = excluded.verdict, reason = excluded.reason,
             reviewed_by = excluded.reviewed_by, reviewed_at = excluded.reviewed_at, updated_at = excluded.updated_at",
        id as UrgentRequestId,
        verdict,
        reason,
        by as AccountId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// An override with everything that is looked at.
pub(super) struct Override {
    pub(super) id: UrgentRequestId,
    pub(super) created_at: Timestamp,
    pub(super) acuity: i16,
    pub(super) status: String,
    /// Who said how urgent it is last, and why.
    pub(super) source: String,
    pub(super) why: String,
    /// The record's number; none of a guest who never said who they are.
    pub(super) record_no: Option<String>,
    pub(super) doctor: Option<String>,
    /// The rung that found it.
    pub(super) rung: String,
    pub(super) appointment: Option<AppointmentId>,
    pub(super) displaced: Option<AppointmentId>,
    pub(super) displaced_at: Option<Timestamp>,
    pub(super) unjustified_before: i64,
    pub(super) verdict: Option<String>,
    pub(super) reason: Option<String>,
}

/// Those of a stretch of time, latest first; a cursor is the id of the last one shown.
pub(super) async fn list_overrides(
    tx: &mut Tx,
    (from, to): (Timestamp, Timestamp),
    request: &PageRequest,
) -> Result<Page<Override>, db::Error> {
    let after = request.cursor.as_ref().and_then(|cursor| cursor.0.parse::<uuid::Uuid>().ok());
    let rows = sqlx::query_as!(
        Override,
        r#"select r.id as "id: UrgentRequestId", r.created_at as "created_at: Timestamp", r.acuity, r.status,
                  e.source as "source!", e.why as "why!", p.record_no as "record_no?", d.full_name as "doctor?", r.rung,
                  r.appointment_id as "appointment: AppointmentId", s.displaced_id as "displaced?: AppointmentId",
                  g.starts_at as "displaced_at?: Timestamp",
                  (select count(*) from urgent_reviews v join urgent_requests o on o.id = v.request_id
                   where o.patient_id = r.patient_id and v.verdict = 'unjustified' and o.id <> r.id) as "unjustified_before!",
                  w.verdict as "verdict?", w.reason as "reason?"
           from urgent_requests r
           cross join lateral (select source, why from urgent_assessments where request_id = r.id order by number desc limit 1) e
           left join patients p on p.id = r.patient_id
           left join practitioners d on d.id = r.practitioner_id
           left join urgent_steps s on s.request_id = r.id and s.displaced_id is not null
           left join appointments g on g.id = s.displaced_id
           left join urgent_reviews w on w.request_id = r.id
           where r.is_override and r.created_at >= $1 and r.created_at < $2
             and ($3::uuid is null or (r.created_at, r.id) < (select created_at, id from urgent_requests where id = $3))
           order by r.created_at desc, r.id desc limit $4"#,
        from as Timestamp,
        to as Timestamp,
        after,
        request.limit() + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Page::from_rows(rows, request, |last| last.id.to_string()))
}

/// A month in numbers.
pub(super) struct Figures {
    pub(super) asked: i64,
    pub(super) overrides: i64,
    pub(super) displaced: i64,
    pub(super) justified: i64,
    pub(super) unjustified: i64,
    pub(super) broken: i64,
    pub(super) escalated: i64,
    pub(super) median_seconds: Option<f64>,
}

pub(super) async fn find_figures(tx: &mut Tx, from: Timestamp, to: Timestamp) -> Result<Figures, db::Error> {
    Ok(sqlx::query_as!(
        Figures,
        r#"select count(*) as "asked!", count(*) filter (where r.is_override) as "overrides!",
                  (select count(*) from urgent_steps s where s.displaced_id is not null and s.at >= $1 and s.at < $2) as "displaced!",
                  count(v.verdict) filter (where v.verdict = 'justified') as "justified!",
                  count(v.verdict) filter (where v.verdict = 'unjustified') as "unjustified!",
                  count(*) filter (where r.breach_told_at is not null) as "broken!",
                  count(*) filter (where r.status = 'escalated') as "escalated!",
                  percentile_cont(0.5) within group (order by extract(epoch from r.answered_at - r.created_at)) as "median_seconds?"
           from urgent_requests r left join urgent_reviews v on v.request_id = r.id
           where r.created_at >= $1 and r.created_at < $2"#,
        from as Timestamp,
        to as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}
