//! SQL of the queue. In the system's context.

use db::Tx;
use kernel::{
    Timestamp,
    ids::{AppointmentId, UrgentRequestId},
};

use super::Standing;
use crate::requests::policy;

/// Where this request stands; none once nobody is sought for it.
pub(crate) async fn find_standing(tx: &mut Tx, id: UrgentRequestId) -> Result<Option<Standing>, db::Error> {
    let now = tx.now();
    let seen_since = now.plus_seconds(-policy::SEEN_SECONDS);
    Ok(sqlx::query_as!(
        Standing,
        r#"select
             (select count(*)::int from urgent_requests b where b.status = 'seeking'
                 and (b.acuity, b.promised_by, b.created_at, b.id) < (r.acuity, r.promised_by, r.created_at, r.id)) as "ahead!",
             (select count(*)::int from urgent_doctors u join practitioners p on p.id = u.practitioner_id and p.status = 'published'
                 where u.online_until > $2 and u.seen_at > $3) as "doctors_ready!",
             case when w.measured >= 5 then floor(w.few)::int end as wait_min, case when w.measured >= 5 then ceil(w.many)::int end as wait_max
           from urgent_requests r cross join lateral (
               select count(*) as measured, percentile_cont(0.25) within group (order by l.minutes) as few,
                      percentile_cont(0.75) within group (order by l.minutes) as many
               from (select extract(epoch from a.answered_at - a.created_at) / 60 as minutes from urgent_requests a
                     where a.acuity = r.acuity and a.answered_at is not null and a.created_at > $2::timestamptz - interval '30 days'
                       and exists (select from urgent_offers o where o.request_id = a.id and o.status = 'accepted')
                     order by a.created_at desc limit 30) l) w
           where r.id = $1 and r.status = 'seeking'"#,
        id as UrgentRequestId,
        now as Timestamp,
        seen_since as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// How many of those before this request wait for a doctor and ask none now.
pub(crate) async fn count_waiting_before(tx: &mut Tx, id: UrgentRequestId) -> Result<i64, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from urgent_requests r join urgent_requests b on b.status = 'seeking' and b.rung = 'pool'
               and (b.acuity, b.promised_by, b.created_at, b.id) < (r.acuity, r.promised_by, r.created_at, r.id)
           where r.id = $1 and b.next_at > $2::timestamptz - interval '30 seconds'
             and not exists (select from urgent_offers o where o.request_id = b.id and o.status = 'open' and o.expires_at > $2)"#,
        id as UrgentRequestId,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

/// The doctor of this appointment is ready to be asked.
pub(crate) async fn is_of_ready_doctor(tx: &mut Tx, appointment: AppointmentId) -> Result<bool, db::Error> {
    let now = tx.now();
    let seen_since = now.plus_seconds(-policy::SEEN_SECONDS);
    Ok(sqlx::query_scalar!(
        r#"select exists (select from appointments a join urgent_doctors u on u.practitioner_id = a.practitioner_id
               where a.id = $1 and u.online_until > $2 and u.seen_at > $3) as "ready!""#,
        appointment as AppointmentId,
        now as Timestamp,
        seen_since as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

/// How many are in the queue.
pub(crate) async fn count_seeking(tx: &mut Tx) -> Result<i64, db::Error> {
    Ok(sqlx::query_scalar!(r#"select count(*) as "count!" from urgent_requests where status = 'seeking'"#)
        .fetch_one(tx.conn())
        .await?)
}

/// Those who wait in the pool and would look again later look now; in the order of the queue, with the step that is theirs. Whoever is busy
/// is left alone: they look by themselves.
pub(super) async fn bring_forward(
    tx: &mut Tx,
    before: Option<UrgentRequestId>,
) -> Result<Vec<(UrgentRequestId, i32)>, db::Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"with due as (
               select r.id from urgent_requests r
               where r.status = 'seeking' and r.rung = 'pool' and (r.next_at > $1 or r.next_at < $1::timestamptz - interval '30 seconds')
                 and not exists (select from urgent_offers o where o.request_id = r.id and o.status = 'open' and o.expires_at > $1)
                 and ($2::uuid is null or (r.acuity, r.promised_by, r.created_at, r.id)
                     < (select m.acuity, m.promised_by, m.created_at, m.id from urgent_requests m where m.id = $2))
               order by r.acuity, r.promised_by, r.created_at, r.id limit 20 for update of r skip locked
           )
           update urgent_requests r set next_at = $1, updated_at = $1 from due where r.id = due.id
           returning r.id as "id: UrgentRequestId", r.step"#,
        now as Timestamp,
        before as Option<UrgentRequestId>
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.step)).collect())
}
